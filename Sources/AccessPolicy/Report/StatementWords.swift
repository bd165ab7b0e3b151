// SPDX-License-Identifier: Apache-2.0

import CoreValues
package import JSONDocument

/// What a statement of a key policy does, in words.
package struct StatementWords: Sendable, Hashable {
    /// Which statement, from 0.
    package let index: Int
    /// Its id.
    package let sid: String?
    /// Whether it allows or denies.
    package let effect: PolicyStatement.Effect
    /// Whom it is about.
    package let who: [String]
    /// Which operations.
    package let what: [String]
    /// Which resources; `nil` for the key itself, which key policies write as `*`.
    package let on: [String]?
    /// The conditions, which must all hold; empty when there are none.
    package let when: [String]

    /// Puts a statement into words.
    package init(_ statement: PolicyStatement, index: Int) {
        self.index = index
        sid = statement.sid
        effect = statement.effect
        who = Self.who(statement)
        what = Self.what(statement.action)
        let resources = statement.resource?.values.values ?? []
        let isNegated = statement.resource?.isNegated == true
        on = resources == ["*"] && !isNegated ? nil : resources.map { isNegated ? "all but `\($0)`" : "`\($0)`" }
        when = statement.tests.map { Self.phrase(SpaceTest($0.test, $0.conditionOperator)) }
    }

    /// The statements of a policy in words.
    package static func all(_ policy: PolicyDocument) -> [StatementWords] {
        policy.statements.enumerated().map { StatementWords($0.element, index: $0.offset) }
    }

    // MARK: Whom

    private static func who(_ statement: PolicyStatement) -> [String] {
        guard let principal = statement.principal else { return ["whoever the policy is attached to"] }
        if principal.namesEverybody {
            return ["everybody, in any account"]
        }
        let names = principal.entries.flatMap { entry in
            entry.values.values.map { name($0, entry.family, statement) }
        }
        return principal.isNegated ? ["everybody but " + names.joined(separator: ", ")] : names
    }

    private static func name(
        _ text: String,
        _ family: PrincipalElement.Family,
        _ statement: PolicyStatement
    ) -> String {
        switch family {
        case .service: return "the AWS service `\(text)`"
        case .federated: return "the identity provider `\(text)`"
        case .canonicalUser: return "the canonical user `\(text)`"
        case .aws: break
        }
        let arn = ARN(parsing: text)
        let account = AccountID(text) ?? (arn?.resource == "root" ? arn?.accountID : nil)
        guard let account else { return "`\(text)`" }
        return statement.effect == .allow && statement.principal?.isNegated == false
            ? "account \(account), whose identity policies decide" : "all of account \(account)"
    }

    // MARK: What

    private static func what(_ action: MatchElement?) -> [String] {
        guard let action else { return ["nothing"] }
        let names = action.values.values.map(name)
        return action.isNegated ? ["every operation but " + names.joined(separator: ", ")] : names
    }

    private static func name(_ pattern: String) -> String {
        let covered = KMSActionSet(matching: pattern)
        if covered == .all {
            return "every KMS operation"
        }
        if covered.isEmpty {
            return "`\(pattern)`, which is no KMS operation"
        }
        let names = covered.actions.map(\.rawValue)
        guard pattern.contains("*") || pattern.contains("?") else { return names.joined() }
        return names.count > 5 ? "`\(pattern)` (\(names.count) operations)" : names.joined(separator: ", ")
    }

    // MARK: When

    private static func phrase(_ test: SpaceTest) -> String {
        let words = ConditionWords.phrase(test, holds: true)
        let isSetless = test.conditionOperator.set == nil && test.conditionOperator.base != .null
        guard isSetless, RequestKeys.isMultivalued(test.key) else { return words }
        return words + " (open question: requests have a list there, and `\(test.conditionOperator.name)` compares "
            + "one value; read as never holding)"
    }
}

extension StatementWords {
    /// The statement in lines of at most ``TextLayout/width`` characters; `origin` is what asked for it, such as a
    /// parameter of a request.
    package func lines(origin: String? = nil) -> [String] {
        let number = TextLayout.padded("\(index + 1).", to: 4)
        var lines = [number + effect.rawValue + (sid.map { "  \($0)" } ?? "")]
        func add(_ label: String, _ values: [String], _ separator: String) {
            let indent = "    " + TextLayout.padded(label, to: 6)
            let blank = String(repeating: " ", count: 10)
            lines += TextLayout.wrap(values.joined(separator: separator), first: indent, rest: blank)
        }
        if let origin {
            add("from", [origin], "")
        }
        add("who", who, ", ")
        add("what", what, ", ")
        if let on {
            add("on", on.isEmpty ? ["nothing"] : on, ", ")
        }
        add("when", when.isEmpty ? ["always"] : when, ", and ")
        return lines
    }

    /// The statement's words as JSON.
    package var document: JSONValue {
        func list(_ texts: [String]) -> JSONValue {
            .array(texts.map { .string($0) })
        }
        var object = JSONObject()
        object["statement"] = .number(JSONNumber(index))
        object["sid"] = sid.map { .string($0) }
        object["effect"] = .string(effect.rawValue)
        object["who"] = list(who)
        object["what"] = list(what)
        object["on"] = on.map(list)
        object["when"] = list(when)
        return .object(object)
    }
}
