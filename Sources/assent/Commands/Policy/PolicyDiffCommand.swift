// SPDX-License-Identifier: Apache-2.0

import AccessPolicy
import ArgumentParser

/// `assent policy diff OLD NEW`: what a change of a key policy means.
struct PolicyDiffCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "diff",
        abstract: "Say in words who gains and who loses by a change of a key policy.",
        discussion: """
            Ends with status 0 when the change has no meaning, which is then proven for all requests, and 1 when it \
            has one.
            """
    )

    @Argument(help: "The policy before: a file, - for standard input, key:ID or rfc:ID.")
    var old: String

    @Argument(help: "The policy after.")
    var new: String

    @Option(help: "The folder of the server to ask (default: assent under the user's data home).")
    var dataDir: String?

    @Option(help: "The account that owns the key (default: the server's, or the one the old policy delegates to).")
    var account: String?

    @Option(help: "The region that the key is in (default: the server's, or us-east-1).")
    var region: String?

    @Flag(help: "Print JSON.")
    var json = false

    func run() async throws {
        var source = try PolicySource.parse([])
        source.dataDir = dataDir
        source.account = account
        source.region = region
        let before = try await source.load(old)
        let after = try await source.load(new)
        let (first, second) = (try before.document(), try after.document())
        let diff: PolicyDiff
        do {
            diff = try PolicyDiff(from: first, to: second, account: before.account, region: before.region)
        } catch {
            throw PolicyExit.unusable("\(error.policy == 0 ? new : old): \(error)")
        }
        if json {
            PolicyTerminal.show(diff.document)
        } else {
            let lines = diff.text.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
            PolicyTerminal.show(
                lines.flatMap { line in
                    let indent = String(line.prefix { $0 == " " })
                    return TextLayout.wrap(String(line), first: indent, rest: indent + "  ")
                }
            )
        }
        if !diff.hasNoMeaning {
            throw PolicyExit.no
        }
    }
}
