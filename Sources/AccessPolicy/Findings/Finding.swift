// SPDX-License-Identifier: Apache-2.0

package import JSONDocument

/// Something about a key policy that a reader should know before it is put in force.
package struct Finding: Sendable, Hashable {
    /// How much it matters.
    package enum Severity: String, Sendable, Hashable, CaseIterable, Comparable {
        /// Nothing to change: said so that nobody overlooks it.
        case informational
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
            case .informational: 0
            case .low: 1
            case .medium: 2
            case .high: 3
            case .critical: 4
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
    /// The line of that place, from 1, when the policy was read from text.
    package internal(set) var line: Int?
    /// The column, from 1.
    package internal(set) var column: Int?
}
