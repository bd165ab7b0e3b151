// SPDX-License-Identifier: Apache-2.0

package import CoreValues
import JSONDocument

/// Runs the rules over policies.
package enum Findings {
    /// What is known of a rule before it meets a policy.
    package struct Rule: Sendable, Hashable {
        /// The stable id, such as `UNKNOWN_ACTION`.
        package let id: String
        /// How much its findings matter.
        package let severity: Finding.Severity
        /// What it looks for, in a few words.
        package let title: String
        /// What to change in general; a finding says it for its policy.
        package let advice: String
        /// Where to read more.
        package let documentation: String
    }

    /// Every rule, those about the text first, then by theme.
    package static var catalogue: [Rule] {
        (TextRules.all + FindingRule.all)
            .map {
                Rule(
                    id: $0.id,
                    severity: $0.severity,
                    title: $0.title,
                    advice: $0.advice,
                    documentation: $0.documentation
                )
            }
    }

    /// What there is to know about a key policy, in the order of its statements, the gravest first within each.
    ///
    /// What concerns the whole policy comes first. The same policy always gives the same list.
    package static func keyPolicy(_ policy: PolicyDocument, facts: KeyFacts) -> [Finding] {
        let subject = RuleSubject(policy, facts)
        let found = FindingRule.all.flatMap { rule in rule.check(subject).map { rule.finding($0) } }
        return found.enumerated()
            .sorted { left, right in
                let leftKey = (left.element.statement ?? -1, right.element.severity, left.offset)
                let rightKey = (right.element.statement ?? -1, left.element.severity, right.offset)
                return leftKey < rightKey
            }
            .map(\.element)
    }

    /// What there is to know about the text of a key policy, each finding with its line and column.
    ///
    /// A text that is no policy gives findings that say why, in place of those about its statements.
    package static func keyPolicyText(_ text: String, facts: KeyFacts) -> [Finding] {
        let bytes = Array(text.utf8)
        let problems = TextRules.problems(text)
        let document: JSONValue
        do {
            document = try JSONValue(parsing: bytes)
        } catch {
            return problems + [TextRules.finding(for: error)]
        }
        let policy: PolicyDocument
        do {
            policy = try PolicyDocument(json: document)
        } catch {
            var finding = TextRules.finding(for: error, in: document)
            finding.move(to: finding.pointer.position(in: bytes))
            return problems + [finding]
        }
        var positions: [JSONPointer: TextPosition] = [:]
        let findings = keyPolicy(policy, facts: facts)
            .map { finding in
                var finding = finding
                let position = positions[finding.pointer] ?? finding.pointer.position(in: bytes)
                positions[finding.pointer] = position
                finding.move(to: position)
                return finding
            }
        return problems + findings
    }

    /// The account that a policy most probably belongs to: the first that it delegates to as a whole.
    package static func likelyAccount(of policy: PolicyDocument) -> AccountID? {
        let names = policy.statements.filter { $0.effect == .allow }.flatMap { $0.principal?.values(of: .aws) ?? [] }
        for name in names {
            if let account = AccountID(name) {
                return account
            }
            if let arn = ARN(parsing: name), arn.service == "iam", arn.resource == "root", let account = arn.accountID {
                return account
            }
        }
        return nil
    }
}

extension Finding {
    fileprivate mutating func move(to position: TextPosition?) {
        line = position?.line
        column = position?.column
    }
}
