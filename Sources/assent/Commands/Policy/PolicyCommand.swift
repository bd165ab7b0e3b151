// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Foundation

/// `assent policy`: questions about key policies.
struct PolicyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "policy",
        abstract: "Explain, question, compare and check key policies.",
        discussion: """
            A policy is a file (- is standard input), key:ID for the policy of a key that a running server holds, or \
            rfc:ID for the one that a request for change makes. The last two ask the server of --data-dir, with its \
            own credentials.

            Commands end with status 0 for yes, equal or clean, 1 for no, different or findings, and 64 when \
            something can't be read.
            """,
        subcommands: [
            PolicyExplain.self, PolicyCan.self, PolicyWhoCan.self, PolicyDiffCommand.self, PolicyLint.self,
            PolicyMatrix.self,
        ]
    )
}

/// How a `policy` command ends when its answer is no, or when it has none.
enum PolicyExit {
    /// The answer is no.
    static let no = ExitCode(1)

    /// Says on standard error why there is no answer.
    static func unusable(_ reason: some CustomStringConvertible) -> ExitCode {
        FileHandle.standardError.write(Data("Error: \(reason)\n".utf8))
        return ExitCode(64)
    }
}
