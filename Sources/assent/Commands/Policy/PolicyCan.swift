// SPDX-License-Identifier: Apache-2.0

import AccessPolicy
import ArgumentParser
import CoreValues
import JSONDocument

/// `assent policy can PRINCIPAL ACTION FILE`: whether something is possible, with a request that shows it.
struct PolicyCan: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "can",
        abstract: "Say whether somebody can do something, with a request that shows it.",
        discussion: """
            A yes comes with a request that is allowed, a no holds for all requests. Condition keys given with \
            --context are known, those given with --without are known to be absent, all others are free. The \
            principal `anyone` asks about all callers, the action `anything` about all operations; with `anyone`, \
            --outside-of asks about callers of other accounts, --without-encryption-context and --context-keys about \
            requests that have no encryption context, or none of some keys in it.

            Ends with status 0 for yes, 1 for no.
            """
    )

    @Argument(
        help: "Who: an ARN, role/NAME, user/NAME, twelve digits for anybody else of an account, a service, or anyone."
    )
    var principal: String

    @Argument(help: "The operation, such as kms:Encrypt, or anything.")
    var action: String

    @Argument(help: "A file with the key policy, - for standard input, key:ID or rfc:ID.")
    var file: String?

    @OptionGroup var source: PolicySource

    @Option(name: .customLong("context"), help: "A condition key that is known, as key=value; may be repeated.")
    var context: [String] = []

    @Option(help: "A condition key that is known to be absent; may be repeated.")
    var without: [String] = []

    @Option(help: "An account that `anyone` shall not belong to; may be repeated.")
    var outsideOf: [String] = []

    @Flag(help: "Ask about requests of `anyone` without encryption context.")
    var withoutEncryptionContext = false

    @Option(
        help: "Ask about requests of `anyone` with none of these keys, separated by commas, in the encryption context."
    )
    var contextKeys: String?

    @Flag(help: "Print JSON.")
    var json = false

    func validate() throws {
        let general = [!outsideOf.isEmpty, withoutEncryptionContext, contextKeys != nil].count { $0 }
        guard principal == "anyone" else {
            guard general == 0 else { throw ValidationError("that question is about the principal `anyone`") }
            guard action != "anything" else { throw ValidationError("`anything` goes with the principal `anyone`") }
            return
        }
        guard general <= 1 else {
            throw ValidationError("ask one of --outside-of, --without-encryption-context and --context-keys at a time")
        }
        guard context.isEmpty, without.isEmpty else {
            throw ValidationError("--context and --without need a principal other than `anyone`")
        }
    }

    func run() async throws {
        let loaded = try await source.policy(file)
        let document = try loaded.document()
        do {
            let questions = try PolicyQuestions(document, account: loaded.account, region: loaded.region)
            let (question, answer) = try ask(questions, loaded)
            if json {
                var object = answer.document.object ?? JSONObject()
                object["question"] = .string(question)
                PolicyTerminal.show(.object(object))
            } else {
                PolicyTerminal.show(answer.lines(question, policy: document))
            }
            if !answer.isPossible {
                throw PolicyExit.no
            }
        } catch let refusal as FragmentRefusal {
            throw PolicyExit.unusable("\(loaded.place): \(refusal)")
        }
    }

    private func ask(
        _ questions: PolicyQuestions,
        _ loaded: LoadedPolicy
    ) throws -> (String, PolicyQuestions.Answer) {
        guard principal == "anyone" else { return try askAboutOne(questions, loaded) }
        let actions = action == "anything" ? nil : [try PolicyArguments.action(action)]
        let what = actions?.first?.name ?? "anything"
        if withoutEncryptionContext {
            let answer = try questions.canDoWithoutEncryptionContext(actions ?? PolicyQuestions.contextActions)
            return ("anyone can \(what) without encryption context", answer)
        }
        if let contextKeys {
            let keys = contextKeys.split(separator: ",").map(String.init)
            let answer = try questions.canEscape(
                contextKeys: keys,
                .atLeastOne,
                actions ?? PolicyQuestions.contextActions
            )
            return ("anyone can \(what) with none of \(keys.joined(separator: ", ")) in the context", answer)
        }
        let accounts = try outsideOf.map { text in
            guard let account = AccountID(text) else {
                throw ValidationError("--outside-of: `\(text)` is no account; an account has twelve digits")
            }
            return account
        }
        let answer =
            if let actions {
                try questions.canOutsiders(of: accounts, do: actions)
            } else {
                try questions.canOutsiders(of: accounts)
            }
        let outside = outsideOf.isEmpty ? "" : " outside of \(outsideOf.joined(separator: ", "))"
        return ("anyone\(outside) can \(what)", answer)
    }

    private func askAboutOne(
        _ questions: PolicyQuestions,
        _ loaded: LoadedPolicy
    ) throws -> (String, PolicyQuestions.Answer) {
        let action = try PolicyArguments.action(action)
        let request = KeyRequest(
            principal: principal,
            action: action,
            context: try PolicyArguments.context(context),
            account: loaded.account,
            partition: loaded.partition
        )
        var pins: [String: RequestContext.Value?] = [:]
        for key in request.context.keys {
            pins[key] = request.context[key]
        }
        for key in without {
            pins[key] = .some(nil)
        }
        let answer = try questions.can(request.principal, action, given: pins)
        return ("\(request.principal) can \(action.name)", answer)
    }
}
