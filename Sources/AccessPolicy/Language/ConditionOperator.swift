// SPDX-License-Identifier: Apache-2.0

/// A condition operator with its qualifiers, such as `ForAnyValue:StringLikeIfExists`.
///
/// Source: IAM user guide, "IAM JSON policy elements: Condition operators".
package struct ConditionOperator: Sendable, Hashable {
    /// What is compared and how.
    package enum Base: String, Sendable, Hashable, CaseIterable {
        case stringEquals = "StringEquals"
        case stringNotEquals = "StringNotEquals"
        case stringEqualsIgnoreCase = "StringEqualsIgnoreCase"
        case stringNotEqualsIgnoreCase = "StringNotEqualsIgnoreCase"
        case stringLike = "StringLike"
        case stringNotLike = "StringNotLike"
        case numericEquals = "NumericEquals"
        case numericNotEquals = "NumericNotEquals"
        case numericLessThan = "NumericLessThan"
        case numericLessThanEquals = "NumericLessThanEquals"
        case numericGreaterThan = "NumericGreaterThan"
        case numericGreaterThanEquals = "NumericGreaterThanEquals"
        case dateEquals = "DateEquals"
        case dateNotEquals = "DateNotEquals"
        case dateLessThan = "DateLessThan"
        case dateLessThanEquals = "DateLessThanEquals"
        case dateGreaterThan = "DateGreaterThan"
        case dateGreaterThanEquals = "DateGreaterThanEquals"
        case bool = "Bool"
        case binaryEquals = "BinaryEquals"
        case ipAddress = "IpAddress"
        case notIPAddress = "NotIpAddress"
        case arnEquals = "ArnEquals"
        case arnNotEquals = "ArnNotEquals"
        case arnLike = "ArnLike"
        case arnNotLike = "ArnNotLike"
        case null = "Null"

        /// Whether it holds when no value matches, and when the key is missing.
        package var isNegated: Bool {
            switch self {
            case .stringNotEquals, .stringNotEqualsIgnoreCase, .stringNotLike, .numericNotEquals, .dateNotEquals,
                .notIPAddress, .arnNotEquals, .arnNotLike:
                true
            default:
                false
            }
        }
    }

    /// How many of the request's values must satisfy the comparison.
    package enum SetQualifier: String, Sendable, Hashable {
        /// Every value; true when there is none.
        case forAllValues = "ForAllValues"
        /// At least one value; false when there is none.
        case forAnyValue = "ForAnyValue"
    }

    /// What is compared and how.
    package var base: Base
    /// How a list of values in the request is treated.
    package var set: SetQualifier?
    /// Whether a missing key satisfies the test.
    package var ifExists: Bool

    /// Makes an operator.
    package init(_ base: Base, set: SetQualifier? = nil, ifExists: Bool = false) {
        self.base = base
        self.set = set
        self.ifExists = ifExists
    }

    /// Reads an operator's name, in any case of letters.
    /// - Returns: `nil` for a name that is none, and for `NullIfExists`.
    package init?(parsing name: String) {
        var rest = Substring(name.lowercased())
        set = nil
        if rest.hasPrefix("forallvalues:") {
            set = .forAllValues
            rest = rest.dropFirst(13)
        } else if rest.hasPrefix("foranyvalue:") {
            set = .forAnyValue
            rest = rest.dropFirst(12)
        }
        ifExists = rest.hasSuffix("ifexists")
        if ifExists {
            rest = rest.dropLast(8)
        }
        guard let base = Self.basesByName[String(rest)], !(ifExists && base == .null) else { return nil }
        self.base = base
    }

    /// The operator as policies write it.
    package var name: String {
        (set.map { $0.rawValue + ":" } ?? "") + base.rawValue + (ifExists ? "IfExists" : "")
    }

    private static let basesByName = Dictionary(
        uniqueKeysWithValues: Base.allCases.map { ($0.rawValue.lowercased(), $0) }
    )
}
