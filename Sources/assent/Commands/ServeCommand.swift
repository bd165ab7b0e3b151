// SPDX-License-Identifier: Apache-2.0

import AccessPolicy
import ArgumentParser
import CoreValues
import Logging

/// `assent serve`: runs the server until it is told to stop.
struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "Run the server, with the embedded AWS on the same port."
    )

    @Option(help: "The address to listen on; keep it on the loopback unless something in front encrypts.")
    var host = "127.0.0.1"

    @Option(help: "The port to listen on.")
    var port = 8470

    @Option(help: "The folder that keeps everything (default: assent under the user's data home).")
    var dataDir: String?

    @Option(help: "The twelve digits of the account; fixed once the folder exists.")
    var account = "123456789012"

    @Option(help: "The region of the embedded AWS; fixed once the folder exists.")
    var region = "us-east-1"

    @Option(
        help: """
            Render these key policy statements whatever the change type version says: documented, corrected or \
            hardened.
            """,
        transform: Self.rendering
    )
    var keyPolicyStatements: KeyPolicy.Rendering?

    @Option(
        help: "How much to log: trace, debug, info, notice, warning, error or critical.",
        transform: Self.logLevel
    )
    var logLevel: Logger.Level = .info

    func validate() throws {
        guard AccountID(account) != nil else {
            throw ValidationError("--account: `\(account)` is not twelve digits")
        }
        guard (1...65_535).contains(port) else {
            throw ValidationError("--port: `\(port)` is not between 1 and 65535")
        }
        guard region.wholeMatch(of: /[a-z]{2}(-gov)?-[a-z]+-\d/) != nil else {
            throw ValidationError("--region: `\(region)` is no region such as us-east-1")
        }
    }

    func run() async throws {
        guard let account = AccountID(account) else { return }
        let settings = ServerSettings(
            host: host,
            port: port,
            identity: AccountSettings(account: account, region: region),
            statements: keyPolicyStatements,
            logLevel: logLevel
        )
        let environment = try await ServerEnvironment(settings, in: DataDirectory(path: dataDir))
        try await environment.run()
    }

    private static func rendering(_ text: String) throws -> KeyPolicy.Rendering {
        try choice(text, of: KeyPolicy.Rendering.self)
    }

    private static func logLevel(_ text: String) throws -> Logger.Level {
        try choice(text, of: Logger.Level.self)
    }

    private static func choice<Choice: RawRepresentable<String> & CaseIterable>(
        _ text: String,
        of type: Choice.Type
    ) throws -> Choice {
        guard let choice = Choice(rawValue: text) else {
            let known = Choice.allCases.map(\.rawValue).joined(separator: ", ")
            throw ValidationError("`\(text)` is none of \(known)")
        }
        return choice
    }
}
