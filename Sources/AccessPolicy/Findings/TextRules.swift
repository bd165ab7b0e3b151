// SPDX-License-Identifier: Apache-2.0

import JSONDocument

/// Rules about the text of a policy, before it is known to be one.
enum TextRules {
    static let all = [
        invalidCharacter, tooLarge, notJSON, duplicateMember, malformed, unsupportedVersion, unknownOperator,
    ]

    /// What can be said of a text that may or may not be a policy.
    static func problems(_ text: String) -> [Finding] {
        [character(text), size(text)].compactMap(\.self)
    }

    /// The finding for a text that is no JSON.
    static func finding(for error: JSONParseError) -> Finding {
        let rule = error.reason.contains("stands twice") ? duplicateMember : notJSON
        var finding = rule.finding(FindingRule.Match(explanation: error.reason))
        finding.line = error.line
        finding.column = error.column
        return finding
    }

    /// The finding for a JSON document that is no policy.
    static func finding(for error: PolicyParseError, in document: JSONValue) -> Finding {
        let tokens = error.pointer.tokens
        var match = FindingRule.Match(pointer: error.pointer, explanation: error.reason)
        if tokens.count >= 2, case .index(let index) = tokens[1] {
            match.statement = index
        }
        if tokens == [.name("Version")], document["Version"]?.string != nil {
            return unsupportedVersion.finding(match)
        }
        if tokens.count >= 2, tokens[tokens.count - 2] == .name("Condition"), case .name(let name) = tokens.last,
            ConditionOperator(parsing: name) == nil
        {
            return unknownOperator.finding(match)
        }
        return malformed.finding(match)
    }

    private static func character(_ text: String) -> Finding? {
        var position = (line: 1, column: 1)
        for scalar in text.unicodeScalars {
            switch scalar.value {
            case 0x0A: position = (position.line + 1, 1)
            case 0x09, 0x0D, 0x20...0xFF: position.column += 1
            default:
                let code = String(scalar.value, radix: 16, uppercase: true)
                let padded = String(repeating: "0", count: max(0, 4 - code.count)) + code
                let match = FindingRule.Match(
                    explanation: """
                        the character U+\(padded) can't stand in a key policy, which consists of tab, line breaks \
                        and U+0020 to U+00FF
                        """
                )
                var finding = invalidCharacter.finding(match)
                finding.line = position.line
                finding.column = position.column
                return finding
            }
        }
        return nil
    }

    private static func size(_ text: String) -> Finding? {
        let limit = KeyPolicyAcceptance.maxBytes
        guard text.utf8.count > limit else { return nil }
        let match = FindingRule.Match(
            explanation: "the text has \(text.utf8.count) bytes, and KMS takes at most \(limit)"
        )
        return tooLarge.finding(match)
    }

    // MARK: Rules

    private static func rule(
        _ id: String,
        _ title: String,
        _ advice: String,
        _ documentation: String = RuleDocumentation.grammar
    ) -> FindingRule {
        FindingRule(id: id, severity: .critical, title: title, advice: advice, documentation: documentation) { _ in [] }
    }

    static let invalidCharacter = rule(
        "INVALID_CHARACTER",
        "A character that key policies can't contain",
        "replace it, such as a typographic quotation mark or dash, by its plain form",
        RuleDocumentation.putKeyPolicy
    )

    static let tooLarge = rule(
        "POLICY_TOO_LARGE",
        "The policy is larger than KMS accepts",
        "use wildcards in action names, name roles in place of many users, or move permissions to identity policies",
        RuleDocumentation.limits
    )

    static let notJSON = rule(
        "NOT_JSON",
        "The text is no JSON document",
        "correct the text at the given line and column"
    )

    static let duplicateMember = rule(
        "DUPLICATE_MEMBER",
        "A name stands twice in one JSON object",
        "put the values into one list under one name"
    )

    static let malformed = rule(
        "MALFORMED_POLICY",
        "The document is no policy",
        "correct the element; names of elements are written with a capital letter"
    )

    static let unsupportedVersion = rule(
        "UNSUPPORTED_VERSION",
        "A version of the policy language that does not exist",
        "write `\"Version\": \"2012-10-17\"`",
        RuleDocumentation.version
    )

    static let unknownOperator = rule(
        "UNKNOWN_OPERATOR",
        "A condition operator that does not exist",
        "use one of the documented operators, such as `StringEquals` or `ForAnyValue:StringLike`",
        RuleDocumentation.conditionOperators
    )
}
