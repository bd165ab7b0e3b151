// SPDX-License-Identifier: Apache-2.0

import AWSWire
import Foundation

/// A server in a process of its own, ended with the benchmark.
final class ChildServer {
    let port: Int
    private let process = Process()

    /// Starts a program that serves HTTP on a port of the loopback.
    init(_ program: String, _ arguments: [String], port: Int) throws {
        self.port = port
        process.executableURL = URL(fileURLWithPath: program)
        process.arguments = arguments
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
    }

    /// Returns once somebody accepts connections.
    func waitUntilReady(seconds: Double = 30) throws {
        let deadline = Load.now() + seconds
        while (try? LeanClient(port: port)) == nil {
            guard process.isRunning else { throw BenchError("the server on port \(port) has ended") }
            guard Load.now() < deadline else { throw BenchError("the server on port \(port) does not answer") }
            usleep(500)
        }
    }

    /// Ends it and waits for its end.
    func stop() {
        guard process.isRunning else { return }
        process.terminate()
        process.waitUntilExit()
    }

    deinit {
        stop()
    }
}

/// An Assent server with its data directory.
struct AssentServer {
    let program: String
    let directory: URL
    let port: Int

    func start() throws -> ChildServer {
        try ChildServer(
            program,
            ["serve", "--port", String(port), "--data-dir", directory.path, "--log-level", "warning"],
            port: port
        )
    }

    /// The administrator's access key.
    func credentials() throws -> SigningCredentials {
        let text = try String(contentsOf: directory.appendingPathComponent("aws/credentials"), encoding: .utf8)
        func value(_ name: String) throws -> String {
            guard let line = text.split(separator: "\n").first(where: { $0.hasPrefix(name) }),
                let equals = line.firstIndex(of: "=")
            else { throw BenchError("no \(name) in the credentials file") }
            return line[line.index(after: equals)...].trimmingCharacters(in: .whitespaces)
        }
        return SigningCredentials(
            accessKeyID: try value("aws_access_key_id"),
            secretAccessKey: try value("aws_secret_access_key")
        )
    }
}
