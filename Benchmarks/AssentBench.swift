// SPDX-License-Identifier: Apache-2.0

import ArgumentParser

/// `assent-bench`: measures a release build against baselines taken in the same run on the same machine.
@main
struct AssentBench: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "assent-bench",
        abstract: "Measure Assent against a bare HTTP echo, raw durable SQLite commits, and moto's server.",
        subcommands: [RunBenchmarks.self, PolicyBenchmarks.self, EchoServer.self],
        defaultSubcommand: RunBenchmarks.self
    )
}
