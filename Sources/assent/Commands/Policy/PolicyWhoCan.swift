// SPDX-License-Identifier: Apache-2.0

import AccessPolicy
import ArgumentParser
import JSONDocument

/// `assent policy who-can ACTION FILE`: everybody who can do something.
struct PolicyWhoCan: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "who-can",
        abstract: "List everybody who can do something, how, when and by which statement.",
        discussion: "Whoever isn't in the list can't. Ends with status 1 when the list is empty."
    )

    @Argument(help: "The operation, such as kms:Decrypt.")
    var action: String

    @Argument(help: "A file with the key policy, - for standard input, key:ID or rfc:ID.")
    var file: String?

    @OptionGroup var source: PolicySource

    @Flag(help: "Print JSON.")
    var json = false

    func run() async throws {
        let action = try PolicyArguments.action(action)
        let loaded = try await source.policy(file)
        let document = try loaded.document()
        let holders: [PolicyQuestions.Holder]
        do {
            let questions = try PolicyQuestions(document, account: loaded.account, region: loaded.region)
            holders = try questions.whoCan(action)
        } catch {
            throw PolicyExit.unusable("\(loaded.place): \(error)")
        }
        if json {
            PolicyTerminal.show(["action": .string(action.name), "holders": .array(holders.map(\.document))])
        } else {
            let none = ["nobody can \(action.name)"]
            PolicyTerminal.show(holders.isEmpty ? none : holders.flatMap { $0.lines(policy: document) })
        }
        if holders.isEmpty {
            throw PolicyExit.no
        }
    }
}
