// SPDX-License-Identifier: Apache-2.0

import CoreValues
package import JSONDocument

/// All that a reader should see of a key policy before it is put in force: its statements in words, who can do what,
/// and what is to be known about it.
package struct KeyPolicyReport: Sendable {
    /// The statements in words.
    package let statements: [StatementWords]
    /// What asked for each statement; empty where that isn't known.
    package let origins: [String]
    /// Who can do what, `nil` where that can't be decided for all requests.
    package let matrix: AccessMatrix?
    /// Why there is no matrix.
    package let refusal: FragmentRefusal?
    /// What is to be known, the gravest first within each statement.
    package let findings: [Finding]

    /// Reports on a policy that was built from a request's parameters.
    package init(_ policy: KeyPolicy, facts: KeyFacts) {
        let origins = policy.statements.map { $0.parameter ?? "every key" }
        self.init(policy.document, origins: origins, facts: facts)
    }

    /// Reports on any key policy.
    package init(_ policy: PolicyDocument, origins: [String] = [], facts: KeyFacts) {
        statements = StatementWords.all(policy)
        self.origins = origins
        findings = Findings.keyPolicy(policy, facts: facts)
        do throws(FragmentRefusal) {
            matrix = try AccessMatrix(policy: policy, account: facts.account, region: facts.region)
            refusal = nil
        } catch {
            matrix = nil
            refusal = error
        }
    }

    /// The report as text of at most ``TextLayout/width`` columns.
    package var text: String {
        let numbered = statements.enumerated()
            .map { number, statement in
                let origin = origins.indices.contains(number) ? origins[number] : nil
                return statement.lines(origin: origin).joined(separator: "\n")
            }
        let access =
            matrix?.table ?? TextLayout.wrap("Undecided: \(refusal?.description ?? "")").joined(separator: "\n")
        let known = findings.map { $0.lines.joined(separator: "\n") }
        return [
            "STATEMENTS", numbered.joined(separator: "\n"), "ACCESS", access.trimmingNewlines,
            "FINDINGS", known.isEmpty ? "none" : known.joined(separator: "\n"),
        ]
        .joined(separator: "\n\n") + "\n"
    }

    /// The report as JSON.
    package var document: JSONValue {
        var object = JSONObject()
        object["statements"] = .array(statements.map(\.document))
        object["access_matrix"] = matrix?.document
        object["undecided"] = refusal.map { .string($0.description) }
        return .object(object)
    }
}

extension Finding {
    /// The finding in lines of at most ``TextLayout/width`` characters.
    package var lines: [String] {
        let place = statement.map { "statement \($0 + 1)" } ?? "policy"
        return TextLayout.wrap("\(severity.rawValue)  \(place)  \(id)  \(title)")
            + TextLayout.wrap(explanation, first: "    ", rest: "    ")
            + TextLayout.wrap("Fix: " + fix, first: "    ", rest: "    ")
    }
}

extension String {
    fileprivate var trimmingNewlines: String {
        var text = self[...]
        while text.last == "\n" {
            text.removeLast()
        }
        return String(text)
    }
}
