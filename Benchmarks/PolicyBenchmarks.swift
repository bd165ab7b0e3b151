// SPDX-License-Identifier: Apache-2.0

import ArgumentParser

/// `assent-bench policy`: what decisions, matrices and findings cost on one core.
struct PolicyBenchmarks: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "policy",
        abstract: "Measure the policy engine against Foundation's JSON decoder."
    )

    @Option(help: "How many seconds each measurement takes.")
    var seconds: Double = 2

    func run() async throws {
        for line in try PolicyMeasurements(seconds: seconds).lines() {
            print(line)
        }
    }
}
