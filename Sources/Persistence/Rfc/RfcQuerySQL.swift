// SPDX-License-Identifier: Apache-2.0

import ChangeManagement
import CoreValues
import GRDB

/// The SELECT for a list of RFCs; identifiers come from closed sets, values are always bound.
enum RfcQuerySQL {
    static func statement(for query: RfcQuery) -> (sql: String, arguments: StatementArguments) {
        var conditions = ["account = ?"]
        var arguments: StatementArguments = [query.account.description]
        for filter in query.filters {
            let (condition, values) = condition(for: filter)
            conditions.append(condition)
            arguments += values
        }
        if let after = query.after {
            conditions.append("(created_at, id) < (?, ?)")
            arguments += [after.createdAt.milliseconds, after.id.description]
        }
        arguments += [query.limit]
        let sql =
            "SELECT document FROM rfc WHERE " + conditions.joined(separator: " AND ")
            + " ORDER BY created_at DESC, id DESC LIMIT ?"
        return (sql, arguments)
    }

    private static func condition(for filter: RfcFilter) -> (String, StatementArguments) {
        switch filter {
        case .equals(let member, let values):
            let marks = values.map { _ in "?" }.joined(separator: ", ")
            return ("\(column(member)) IN (\(marks))", StatementArguments(values))
        case .contains(let member, let values):
            let alternatives = values.map { _ in "instr(\(column(member)), ?) > 0" }.joined(separator: " OR ")
            let folded = values.map { $0.lowercased() }
            return ("(\(alternatives.isEmpty ? "0" : alternatives))", StatementArguments(folded))
        case .before(let member, let time):
            return implied(member, "\(column(member)) < ?", time, [time.milliseconds])
        case .after(let member, let time):
            return ("\(column(member)) > ?", [time.milliseconds])
        case .between(let member, let first, let last):
            let values: StatementArguments = [first.milliseconds, last.milliseconds]
            return implied(member, "\(column(member)) BETWEEN ? AND ?", last, values)
        }
    }

    /// Nothing happens to an RFC before it is filed, so that an upper bound for any of its times is one for its
    /// creation too; by that the index of the list's order can skip what is newer.
    private static func implied(
        _ member: RfcFilter.TimeMember,
        _ condition: String,
        _ upperBound: Timestamp,
        _ arguments: StatementArguments
    ) -> (String, StatementArguments) {
        guard member != .created else { return (condition, arguments) }
        return (condition + " AND created_at <= ?", arguments + [upperBound.milliseconds])
    }

    private static func column(_ member: RfcFilter.EqualityMember) -> String {
        switch member {
        case .automationStatus: "automation"
        case .changeTypeID: "change_type_id"
        case .changeTypeVersion: "change_type_version"
        case .status: "status"
        }
    }

    private static func column(_ member: RfcFilter.TextMember) -> String {
        switch member {
        case .createdBy: "lower(created_by)"
        case .title: "title_folded"
        }
    }

    private static func column(_ member: RfcFilter.TimeMember) -> String {
        switch member {
        case .actualStart: "started_at"
        case .actualEnd: "ended_at"
        case .created: "created_at"
        case .lastModified: "modified_at"
        case .lastSubmitted: "submitted_at"
        case .requestedStart: "requested_start"
        case .requestedEnd: "requested_end"
        }
    }
}
