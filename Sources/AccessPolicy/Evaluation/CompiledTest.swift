// SPDX-License-Identifier: Apache-2.0

import CoreValues
import JSONDocument

/// One condition key with its operator and values, ready to be evaluated.
struct CompiledTest: Sendable {
    enum Relation: Sendable {
        case equal, less, lessOrEqual, greater, greaterOrEqual

        func holds<Value: Comparable>(_ left: Value, _ right: Value) -> Bool {
            switch self {
            case .equal: left == right
            case .less: left < right
            case .lessOrEqual: left <= right
            case .greater: left > right
            case .greaterOrEqual: left >= right
            }
        }
    }

    private enum Values: Sendable {
        case texts([ValuePattern])
        case arns([ARNPattern])
        case numbers([JSONNumber], Relation)
        case dates([Timestamp], Relation)
        case bytes([[UInt8]])
        case networks([IPNetwork])
        case presence(wantsMissing: Bool, wantsPresent: Bool)
    }

    let key: ContextKey
    let conditionOperator: ConditionOperator
    private let values: Values

    init(_ test: ConditionElement.Test, _ conditionOperator: ConditionOperator, variables: Bool) {
        key = ContextKey(test.key)
        self.conditionOperator = conditionOperator
        values = Self.values(test.texts, conditionOperator.base, variables: variables)
    }

    /// Whether the test holds for a request.
    func holds(_ context: RequestContext, _ assumptions: Assumptions) -> Bool {
        let value = context[key]
        if case .presence(let wantsMissing, let wantsPresent) = values {
            // A set qualifier on Null: reference/kms-policy.md §4.
            switch conditionOperator.set {
            case .forAllValues: return true
            case .forAnyValue: return false
            case nil: return value == nil ? wantsMissing : wantsPresent
            }
        }
        let isNegated = conditionOperator.base.isNegated
        guard let value else {
            switch conditionOperator.set {
            case .forAllValues: return true
            case .forAnyValue: return conditionOperator.ifExists
            case nil: return conditionOperator.ifExists || isNegated
            }
        }
        switch (conditionOperator.set, value) {
        case (nil, .one(let text)):
            return matches(text, context) != isNegated
        case (nil, .list(let texts)):
            switch assumptions.setlessOperatorOnList {
            case .neverHolds: return false
            case .anyValue: return texts.contains { matches($0, context) } != isNegated
            }
        case (.forAllValues, _):
            return value.values.allSatisfy { matches($0, context) != isNegated }
        case (.forAnyValue, _):
            return value.values.contains { matches($0, context) != isNegated }
        }
    }

    /// Whether a value of the request matches one of the policy's, negation left aside.
    private func matches(_ text: String, _ context: RequestContext) -> Bool {
        switch values {
        case .texts(let patterns):
            return patterns.contains { $0.matches(text, context) }
        case .arns(let patterns):
            return patterns.contains { $0.matches(text, context) }
        case .numbers(let numbers, let relation):
            guard let number = Self.number(text) else { return false }
            return numbers.contains { relation.holds(number, $0) }
        case .dates(let dates, let relation):
            guard let date = Self.date(text) else { return false }
            return dates.contains { relation.holds(date, $0) }
        case .bytes(let bytes):
            guard let found = Base64.decode(text) else { return false }
            return bytes.contains(found)
        case .networks(let networks):
            guard let address = IPNetwork(text) else { return false }
            return networks.contains { $0.contains(address) }
        case .presence:
            return false
        }
    }

    // MARK: Preparing values

    /// A value of the wrong type is dropped: it matches nothing.
    private static func values(_ texts: [String], _ base: ConditionOperator.Base, variables: Bool) -> Values {
        func patterns(wildcards: Bool, foldsCase: Bool = false) -> Values {
            .texts(
                texts.map {
                    ValuePattern($0, wildcards: wildcards, variables: variables, foldsCase: foldsCase)
                }
            )
        }
        switch base {
        case .stringEquals, .stringNotEquals: return patterns(wildcards: false)
        case .stringEqualsIgnoreCase, .stringNotEqualsIgnoreCase: return patterns(wildcards: false, foldsCase: true)
        case .stringLike, .stringNotLike: return patterns(wildcards: true)
        case .bool: return patterns(wildcards: false, foldsCase: true)
        case .arnEquals, .arnNotEquals, .arnLike, .arnNotLike:
            return .arns(texts.map { ARNPattern($0, variables: variables) })
        case .binaryEquals: return .bytes(texts.compactMap { Base64.decode($0) })
        case .ipAddress, .notIPAddress: return .networks(texts.compactMap { IPNetwork($0) })
        case .null:
            let lowered = texts.map { $0.lowercased() }
            return .presence(wantsMissing: lowered.contains("true"), wantsPresent: lowered.contains("false"))
        default:
            guard let relation = relation(base) else { return .texts([]) }
            return base.rawValue.hasPrefix("Numeric")
                ? .numbers(texts.compactMap(number), relation) : .dates(texts.compactMap(date), relation)
        }
    }

    private static func relation(_ base: ConditionOperator.Base) -> Relation? {
        switch base {
        case .numericEquals, .numericNotEquals, .dateEquals, .dateNotEquals: .equal
        case .numericLessThan, .dateLessThan: .less
        case .numericLessThanEquals, .dateLessThanEquals: .lessOrEqual
        case .numericGreaterThan, .dateGreaterThan: .greater
        case .numericGreaterThanEquals, .dateGreaterThanEquals: .greaterOrEqual
        default: nil
        }
    }

    private static func number(_ text: String) -> JSONNumber? {
        guard text.utf8.count <= 64, case .number(let number)? = try? JSONValue(parsing: text) else { return nil }
        return number
    }

    /// Reads an ISO 8601 moment, a date, or seconds since 1970.
    static func date(_ text: String) -> Timestamp? {
        if text.utf8.count <= 12, let seconds = Int64(text) {
            return Timestamp(seconds: seconds)
        }
        return Timestamp(parsing: text) ?? Timestamp(parsing: text + "T00:00:00Z")
    }
}
