// SPDX-License-Identifier: Apache-2.0

import ArgumentParser

/// The `assent` executable.
@main
struct AssentCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "assent",
        abstract: "Self-hosted change control for AWS that speaks the AMS change-management API.",
        version: "0.1.0",
        subcommands: [
            ServeCommand.self, CredentialsCommand.self, AWSConfigCommand.self, PolicyCommand.self,
            ConformanceCommand.self,
        ]
    )
}
