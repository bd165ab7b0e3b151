// SPDX-License-Identifier: Apache-2.0

import AWSWire
import ArgumentParser
import CoreValues
import Foundation
import JSONDocument

/// `assent-bench run`: all measurements, each with its ratio to a baseline of the same run.
struct RunBenchmarks: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "run", abstract: "Take all measurements.")

    @Option(help: "The release build of assent (default: beside this program).")
    var assent: String?

    @Option(help: "moto_server's path; without it the comparison with moto is left out.")
    var motoServer: String?

    @Option(help: "How many seconds each measurement takes.")
    var seconds: Double = 8

    @Option(help: "How many clients call at the same time.")
    var clients = 16

    func run() async throws {
        let own = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
        let program = assent ?? own.deletingLastPathComponent().appendingPathComponent("assent").path
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("assent-bench-\(getpid())")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        print("\(clients) clients, \(seconds) s each, \(ProcessInfo.processInfo.activeProcessorCount) cores")

        let echo = try measureEcho(own.path)
        report("bare HTTP echo (same framework)", echo)
        let commits = try SQLiteCommits.measure(in: folder, seconds: seconds)
        report("raw durable SQLite commits, one connection", commits)

        let server = AssentServer(program: program, directory: folder.appendingPathComponent("data"), port: 8591)
        let running = try server.start()
        try running.waitUntilReady()
        let writer = RequestWriter(port: server.port, credentials: try server.credentials())
        let key = try createKey(writer)
        let encrypt = try measure(port: server.port, request: encryptRequest(writer, key))
        report("KMS Encrypt", encrypt, against: [("bare echo", echo)])
        let ciphertext = try self.ciphertext(writer, key)
        let decryptBody = "{\"CiphertextBlob\":\"\(ciphertext)\",\"EncryptionContext\":{\"App\":\"bench\"}}"
        let decrypt = try measure(
            port: server.port,
            request: writer.json("TrentService.Decrypt", service: "kms", decryptBody)
        )
        report("KMS Decrypt", decrypt, against: [("bare echo", echo)])
        let rfcs = try RfcFlow(writer: writer).measure(clients: clients, seconds: seconds)
        report("RFC create + submit -> Success", rfcs, against: [("raw durable commits", commits)])
        running.stop()
        try measureColdStart(server)
        if let motoServer {
            try compareWithMoto(motoServer, encrypt)
        }
    }

    // MARK: Measurements

    private func measureEcho(_ own: String) throws -> Throughput {
        let echo = try ChildServer(own, ["echo-server", "--port", "8592"], port: 8592)
        defer { echo.stop() }
        try echo.waitUntilReady()
        let writer = RequestWriter(port: 8592, credentials: SigningCredentials(accessKeyID: "-", secretAccessKey: "-"))
        return try measure(port: 8592, request: writer.plain(String(repeating: "x", count: 307)))
    }

    private func measure(port: Int, request: [UInt8]) throws -> Throughput {
        try Load.measure(clients: clients, seconds: seconds) { _ in
            let client = try LeanClient(port: port)
            return { _ = try client.exchange(request) }
        }
    }

    private func measureColdStart(_ server: AssentServer) throws {
        var times: [Double] = []
        for _ in 0..<5 {
            let before = Load.now()
            let running = try server.start()
            try running.waitUntilReady()
            let client = try LeanClient(port: server.port)
            let health = "GET /healthz HTTP/1.1\r\nhost: 127.0.0.1:\(server.port)\r\n\r\n"
            _ = try client.exchange(Array(health.utf8))
            times.append((Load.now() - before) * 1000)
            running.stop()
        }
        let middle = times.sorted()[times.count / 2]
        print("cold start to first answer, existing data directory: \(Self.text(middle)) ms (median of 5)")
    }

    private func compareWithMoto(_ program: String, _ encrypt: Throughput) throws {
        let moto = try ChildServer(program, ["-H", "127.0.0.1", "-p", "8593"], port: 8593)
        defer { moto.stop() }
        try moto.waitUntilReady()
        let credentials = SigningCredentials(accessKeyID: "AKIDEXAMPLE", secretAccessKey: "secret")
        let writer = RequestWriter(port: 8593, credentials: credentials)
        let key = try createKey(writer)
        let theirs = try measure(port: 8593, request: encryptRequest(writer, key))
        report("moto KMS Encrypt", theirs)
        print("KMS Encrypt: \(Self.text(encrypt.perSecond / theirs.perSecond)) x moto's server")
    }

    // MARK: Requests

    private func createKey(_ writer: RequestWriter) throws -> String {
        let client = try LeanClient(port: writer.port)
        let answer = try client.exchange(writer.json("TrentService.CreateKey", service: "kms", "{}"))
        guard let key = try JSONValue(parsing: Array(answer))["KeyMetadata"]?["KeyId"]?.string else {
            throw BenchError("CreateKey answered no key id")
        }
        return key
    }

    private func encryptRequest(_ writer: RequestWriter, _ key: String) -> [UInt8] {
        let plaintext = Base64.encode([UInt8](repeating: 7, count: 64))
        let body = "{\"KeyId\":\"\(key)\",\"Plaintext\":\"\(plaintext)\",\"EncryptionContext\":{\"App\":\"bench\"}}"
        return writer.json("TrentService.Encrypt", service: "kms", body)
    }

    private func ciphertext(_ writer: RequestWriter, _ key: String) throws -> String {
        let answer = try LeanClient(port: writer.port).exchange(encryptRequest(writer, key))
        guard let blob = try JSONValue(parsing: Array(answer))["CiphertextBlob"]?.string else {
            throw BenchError("Encrypt answered no ciphertext")
        }
        return blob
    }

    // MARK: Output

    private func report(_ name: String, _ measured: Throughput, against baselines: [(String, Throughput)] = []) {
        let figures =
            "\(Self.text(measured.perSecond))/s, median \(Self.text(measured.median)) ms, p99 "
            + "\(Self.text(measured.p99)) ms"
        let ratios = baselines.map { ", \(Self.text(measured.perSecond / $0.1.perSecond)) x \($0.0)" }.joined()
        print("\(name): \(figures)\(ratios)")
    }

    private static func text(_ number: Double) -> String {
        String(format: number >= 100 ? "%.0f" : "%.2f", number)
    }
}
