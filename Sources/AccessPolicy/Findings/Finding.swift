// SPDX-License-Identifier: Apache-2.0

package import CoreValues
package import JSONDocument

/// Something about a key policy that a reader should know before it is put in force.
package struct Finding: Sendable, Hashable {
    /// How much it matters.
    package enum Severity: String, Sendable, Hashable, CaseIterable, Comparable {
        /// Worth knowing.
        case low
        /// Worth changing.
        case medium
        /// Gives or takes access in a way that few would expect.
        case high
        /// The policy doesn't do what it was written for.
        case critical

        package static func < (lhs: Severity, rhs: Severity) -> Bool {
            lhs.rank < rhs.rank
        }

        private var rank: Int {
            switch self {
            case .low: 0
            case .medium: 1
            case .high: 2
            case .critical: 3
            }
        }
    }

    /// The rule's stable id, such as `UNKNOWN_ACTION`.
    package let id: String
    /// How much it matters.
    package let severity: Severity
    /// The statement it is about, from 0; `nil` when it is about the whole policy.
    package let statement: Int?
    /// The place in the policy document.
    package let pointer: JSONPointer
    /// What the rule looks for, in a few words.
    package let title: String
    /// What this policy does and why that matters.
    package let explanation: String
    /// What to change.
    package let fix: String
    /// Where to read more.
    package let documentation: String
}

/// What the rules need to know about the key beside its policy.
package struct KeyFacts: Sendable, Hashable {
    /// The account that owns the key.
    package var account: AccountID
    /// The region that the key is in.
    package var region: String
    /// The partition that the key is in.
    package var partition: String

    /// Makes a description.
    package init(account: AccountID, region: String, partition: String = "aws") {
        self.account = account
        self.region = region
        self.partition = partition
    }
}

/// Runs the rules over policies.
package enum Findings {
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
}
