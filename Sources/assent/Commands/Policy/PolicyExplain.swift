// SPDX-License-Identifier: Apache-2.0

import AccessPolicy
import ArgumentParser
import CoreValues
import JSONDocument

/// `assent policy explain FILE`: what each statement does, or why one request is decided as it is.
struct PolicyExplain: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain",
        abstract: "Say in words what each statement does, or explain one decision.",
        discussion: """
            With --principal and --action one request is decided: which statements applied, which conditions held or \
            failed, and what they saw. Ends then with status 1 when the request isn't allowed.
            """
    )

    @Argument(help: "A file with the key policy, - for standard input, key:ID or rfc:ID.")
    var file: String?

    @OptionGroup var source: PolicySource

    @Option(help: "Who calls: an ARN, role/NAME, user/NAME, or a service such as logs.us-east-1.amazonaws.com.")
    var principal: String?

    @Option(help: "The operation, such as kms:Encrypt.")
    var action: String?

    @Option(name: .customLong("context"), help: "A condition key of the request, as key=value; may be repeated.")
    var context: [String] = []

    @Option(help: "A file with an identity policy of the caller; may be repeated.")
    var identityPolicy: [String] = []

    @Flag(help: "Print JSON.")
    var json = false

    func validate() throws {
        guard (principal == nil) == (action == nil) else {
            throw ValidationError("--principal and --action belong together")
        }
        guard principal != nil || (context.isEmpty && identityPolicy.isEmpty) else {
            throw ValidationError("--context and --identity-policy need --principal and --action")
        }
    }

    func run() async throws {
        let loaded = try await source.policy(file)
        let document = try loaded.document()
        if let principal, let action {
            try explain(principal, try PolicyArguments.action(action), document, loaded)
            return
        }
        let words = StatementWords.all(document)
        if json {
            PolicyTerminal.show([
                "account": .string(loaded.account.description), "region": .string(loaded.region),
                "statements": .array(words.map(\.document)),
            ])
        } else {
            PolicyTerminal.show(words.flatMap { $0.lines() })
        }
    }

    private func explain(
        _ principal: String,
        _ action: KMSAction,
        _ document: PolicyDocument,
        _ loaded: LoadedPolicy
    ) throws {
        let request = KeyRequest(
            principal: principal,
            action: action,
            context: try PolicyArguments.context(context),
            account: loaded.account,
            partition: loaded.partition
        )
        var policies = PolicySet(resourcePolicy: CompiledPolicy(document))
        let words: DecisionWords
        do {
            for file in identityPolicy {
                policies.identityPolicies.append(CompiledPolicy(try PolicyDocument(parsing: PolicySource.read(file))))
            }
            words = DecisionWords(
                try request.authorization(account: loaded.account, region: loaded.region),
                Authorizer(policies: policies)
            )
        } catch let error as FragmentRefusal {
            throw PolicyExit.unusable("--principal: \(error.construct) can't be decided")
        } catch {
            throw PolicyExit.unusable("\(error)")
        }
        if json {
            PolicyTerminal.show(words.document)
        } else {
            PolicyTerminal.show(words.lines)
        }
        if !words.isAllowed {
            throw PolicyExit.no
        }
    }
}

/// Reads what people write on the command line.
enum PolicyArguments {
    /// An operation, with or without `kms:`.
    static func action(_ text: String) throws -> KMSAction {
        if let action = KMSAction(named: text) ?? KMSAction(named: "kms:" + text) {
            return action
        }
        let word = text.split(separator: ":").last.map { $0.lowercased() } ?? ""
        let near = KMSAction.allCases.filter {
            $0.rawValue.lowercased().hasPrefix(word) || word.hasPrefix($0.rawValue.lowercased())
        }
        let hint = near.isEmpty ? "" : "; did you mean " + near.map(\.name).joined(separator: " or ") + "?"
        throw ValidationError("`\(text)` is no KMS operation\(hint)")
    }

    /// Condition keys and values as `key=value`.
    static func context(_ pairs: [String]) throws -> [(key: String, value: String)] {
        try pairs.map { pair in
            guard let equals = pair.firstIndex(of: "="), equals != pair.startIndex else {
                throw ValidationError("--context: `\(pair)` is not key=value, such as kms:EncryptionContext:App=x")
            }
            return (String(pair[..<equals]), String(pair[pair.index(after: equals)...]))
        }
    }
}
