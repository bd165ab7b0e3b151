// SPDX-License-Identifier: Apache-2.0

package import ChangeManagement
import CoreValues

/// Answers a query by looking at every RFC; what the stores' answers are compared with.
package struct NaiveRfcQuery {
    private let query: RfcQuery

    /// Takes a query.
    package init(_ query: RfcQuery) {
        self.query = query
    }

    /// The RFCs that the query asks for, out of all there are.
    package func answer(_ all: [Rfc]) -> [Rfc] {
        let sorted = all.filter { $0.account == query.account }
            .sorted { ($1.createdAt, $1.id) < ($0.createdAt, $0.id) }
        let after = sorted.filter { rfc in
            guard let position = query.after else { return true }
            return (rfc.createdAt, rfc.id) < (position.createdAt, position.id)
        }
        return Array(after.filter { rfc in query.filters.allSatisfy { Self.holds($0, rfc) } }.prefix(query.limit))
    }

    private static func holds(_ filter: RfcFilter, _ rfc: Rfc) -> Bool {
        switch filter {
        case .equals(let member, let values): values.contains(value(member, rfc))
        case .contains(let member, let values):
            values.contains { value(member, rfc).lowercased().contains($0.lowercased()) }
        case .before(let member, let time): value(member, rfc).map { $0 < time } ?? false
        case .after(let member, let time): value(member, rfc).map { $0 > time } ?? false
        case .between(let member, let first, let last):
            value(member, rfc).map { first <= $0 && $0 <= last } ?? false
        }
    }

    private static func value(_ member: RfcFilter.EqualityMember, _ rfc: Rfc) -> String {
        switch member {
        case .automationStatus: rfc.automation.rawValue
        case .changeTypeID: rfc.changeType.id
        case .changeTypeVersion: rfc.changeType.version
        case .status: rfc.status.rawValue
        }
    }

    private static func value(_ member: RfcFilter.TextMember, _ rfc: Rfc) -> String {
        switch member {
        case .createdBy: rfc.createdBy.description
        case .title: rfc.draft.title
        }
    }

    private static func value(_ member: RfcFilter.TimeMember, _ rfc: Rfc) -> Timestamp? {
        switch member {
        case .actualStart: rfc.startedAt
        case .actualEnd: rfc.endedAt
        case .created: rfc.createdAt
        case .lastModified: rfc.modifiedAt
        case .lastSubmitted: rfc.submittedAt
        case .requestedStart: rfc.requestedWindow?.start
        case .requestedEnd: rfc.requestedWindow?.end
        }
    }
}
