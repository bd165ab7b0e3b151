// SPDX-License-Identifier: Apache-2.0

import AWSWire
import ChangeManagement
import CoreValues

/// One element of `Filters`: attribute, condition, values, and the deprecated single `Value`.
///
/// Source: reference/amscm-api.md §2.3.
struct RfcFilterInput {
    /// How many filters a request has at most.
    static let maxFilters = 20
    /// How many values a filter has at most.
    static let maxValues = 100
    /// How many bytes a value has at most; source: reference/amscm-api.md §2.3, CreatedBy.
    static let maxValueBytes = 2_048

    private let reader: InputReader
    private let attribute: String
    private let condition: String?
    private let values: [String]

    init(_ reader: InputReader) throws(InputProblem) {
        self.reader = reader
        attribute = try reader.requiredFilledString("Attribute")
        condition = try reader.filledString("Condition")
        let several = (try reader.strings("Values") ?? []).filter { !$0.isEmpty }
        let one = try reader.filledString("Value").map { [$0] } ?? []
        values = several + one
        guard values.count <= Self.maxValues else {
            throw reader.invalid("Values", "found \(values.count) values; at most \(Self.maxValues) are accepted")
        }
        guard values.allSatisfy({ $0.utf8.count <= Self.maxValueBytes }) else {
            throw reader.invalid("Values", "a value has more than \(Self.maxValueBytes) bytes")
        }
    }

    /// The filter in the domain's terms.
    func filter() throws(InputProblem) -> RfcFilter {
        if let member = RfcFilter.EqualityMember(rawValue: attribute) {
            try require("Equals")
            return .equals(member, try someValues())
        }
        if let member = RfcFilter.TextMember(rawValue: attribute) {
            try require("Contains")
            return .contains(member, try someValues())
        }
        if let member = RfcFilter.TimeMember(rawValue: attribute) {
            return try timeFilter(member)
        }
        let known =
            RfcFilter.EqualityMember.allCases.map(\.rawValue) + RfcFilter.TextMember.allCases.map(\.rawValue)
            + RfcFilter.TimeMember.allCases.map(\.rawValue)
        throw reader.invalid(
            "Attribute",
            "`\(attribute)` is none of \(known.sorted().joined(separator: ", "))"
        )
    }

    private func timeFilter(_ member: RfcFilter.TimeMember) throws(InputProblem) -> RfcFilter {
        switch condition {
        case "Before": return .before(member, try times(1)[0])
        case "After": return .after(member, try times(1)[0])
        case "Between":
            let bounds = try times(2)
            guard bounds[0] <= bounds[1] else {
                throw reader.invalid("Values", "the first of the two times must be the earlier one")
            }
            return .between(member, bounds[0], bounds[1])
        default:
            throw reader.invalid("Condition", "\(attribute) needs one of Before, After, Between")
        }
    }

    private func times(_ count: Int) throws(InputProblem) -> [Timestamp] {
        guard values.count == count else {
            throw reader.invalid("Values", "found \(values.count) values; \(condition ?? "") needs \(count)")
        }
        var result: [Timestamp] = []
        for value in values {
            guard let time = Timestamp(parsing: value) else {
                throw reader.invalid("Values", "`\(value)` is no ISO 8601 time")
            }
            result.append(time)
        }
        return result
    }

    private func require(_ only: String) throws(InputProblem) {
        guard condition == nil || condition == only else {
            throw reader.invalid("Condition", "`\(condition ?? "")` does not go with \(attribute); use \(only)")
        }
    }

    private func someValues() throws(InputProblem) -> [String] {
        guard !values.isEmpty else { throw reader.invalid("Values", "at least one value is required") }
        return values
    }
}
