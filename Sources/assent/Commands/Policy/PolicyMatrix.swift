// SPDX-License-Identifier: Apache-2.0

import AccessPolicy
import ArgumentParser

/// `assent policy matrix FILE`: who can do what.
struct PolicyMatrix: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "matrix",
        abstract: "Show who can do what with the key, and under which conditions.",
        discussion: "The JSON form has for each cell the deciding statements, and a request that shows what it says."
    )

    @Argument(help: "A file with the key policy, - for standard input, key:ID or rfc:ID.")
    var file: String?

    @OptionGroup var source: PolicySource

    @Flag(help: "Print JSON.")
    var json = false

    func run() async throws {
        let loaded = try await source.policy(file)
        let matrix: AccessMatrix
        do {
            matrix = try AccessMatrix(policy: loaded.document(), account: loaded.account, region: loaded.region)
        } catch let refusal as FragmentRefusal {
            throw PolicyExit.unusable("\(loaded.place): \(refusal)")
        }
        if json {
            PolicyTerminal.show(matrix.document)
        } else {
            PolicyTerminal.show(
                matrix.table.split(separator: "\n", omittingEmptySubsequences: false).dropLast().map(String.init)
            )
        }
    }
}
