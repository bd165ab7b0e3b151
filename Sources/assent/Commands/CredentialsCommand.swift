// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import CoreValues
import EmbeddedAWS
import FoundationEssentials
import JSONDocument
import Persistence

/// `assent credentials`: access keys of the embedded account.
struct CredentialsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "credentials",
        abstract: "Make access keys for the server's callers.",
        subcommands: [Create.self]
    )

    /// `assent credentials create`: one more key pair, as JSON on standard output.
    struct Create: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "create",
            abstract: "Make an access key for a principal and print it as JSON.",
            discussion: "Works whether the server runs or not. The secret is shown once and can't be read back."
        )

        @Option(help: "The ARN of a user or role of the server's account, or user/NAME, or role/NAME.")
        var principal: String

        @Option(help: "The server's folder (default: assent under the user's data home).")
        var dataDir: String?

        func run() async throws {
            let directory = DataDirectory(path: dataDir)
            guard let identity = try directory.accountSettings() else {
                throw SetupError("\(directory.url.path) holds no server yet; run `assent serve` once first")
            }
            try directory.create()
            let database = try AssentDatabase(path: directory.databasePath)
            let authority = CredentialAuthority(
                account: identity.account,
                store: SQLiteAccessKeyStore(database),
                rootKey: try directory.rootKey(SystemRandomness()),
                random: SystemRandomness()
            )
            let key = try authority.createAccessKey(for: try arn(in: identity.account), at: SystemTime().now())
            let document: JSONValue = [
                "AccessKeyId": .string(key.accessKeyID),
                "SecretAccessKey": .string(key.secretAccessKey),
                "Principal": .string(key.principal.description),
                "Region": .string(identity.region),
            ]
            print(document.text(.indented))
        }

        private func arn(in account: AccountID) throws -> ARN {
            if principal.hasPrefix("user/") || principal.hasPrefix("role/") {
                return ARN(service: "iam", account: account.description, resource: principal)
            }
            guard let arn = ARN(parsing: principal) else {
                throw SetupError(
                    "--principal: `\(principal)` is no ARN such as arn:aws:iam::\(account):user/alice"
                )
            }
            return arn
        }
    }
}
