// SPDX-License-Identifier: Apache-2.0

package import CoreValues

/// Which RFCs a list shows; source: reference/amscm-api.md §2.3.
package struct RfcQuery: Sendable, Hashable {
    /// The account whose RFCs are listed.
    package var account: AccountID
    /// All of these must hold.
    package var filters: [RfcFilter]
    /// At most this many.
    package var limit: Int
    /// Only RFCs after this one in the order of the list.
    package var after: Position?

    /// An RFC's place in the list: newest first, ties by id.
    package struct Position: Sendable, Hashable {
        /// When it was created.
        package let createdAt: Timestamp
        /// Its id.
        package let id: RfcID

        /// Makes a place.
        package init(createdAt: Timestamp, id: RfcID) {
            self.createdAt = createdAt
            self.id = id
        }
    }

    /// Makes a query.
    package init(account: AccountID, filters: [RfcFilter] = [], limit: Int = 100, after: Position? = nil) {
        self.account = account
        self.filters = filters
        self.limit = limit
        self.after = after
    }
}

/// One condition on RFCs; the values of one filter are alternatives.
package enum RfcFilter: Sendable, Hashable {
    /// The member equals one of the values.
    case equals(EqualityMember, [String])
    /// The member contains one of the values, whatever the case.
    case contains(TextMember, [String])
    /// The time lies before the moment.
    case before(TimeMember, Timestamp)
    /// The time lies after the moment.
    case after(TimeMember, Timestamp)
    /// The time lies between the moments, both included.
    case between(TimeMember, Timestamp, Timestamp)

    /// Members compared as a whole; raw values are the API's attribute names.
    package enum EqualityMember: String, Sendable, CaseIterable {
        /// `Automated` or `Manual`.
        case automationStatus = "AutomationStatusId"
        /// The change type's id.
        case changeTypeID = "ChangeTypeId"
        /// The change type's version.
        case changeTypeVersion = "ChangeTypeVersion"
        /// The status.
        case status = "RfcStatusId"
    }

    /// Members searched in.
    package enum TextMember: String, Sendable, CaseIterable {
        /// The ARN of who filed the RFC.
        case createdBy = "CreatedBy"
        /// The subject.
        case title = "Title"
    }

    /// Times.
    package enum TimeMember: String, Sendable, CaseIterable {
        /// When the execution began.
        case actualStart = "ActualStartTime"
        /// When the execution ended.
        case actualEnd = "ActualEndTime"
        /// When the RFC was filed.
        case created = "CreatedTime"
        /// When it changed last.
        case lastModified = "LastModifiedTime"
        /// When it was last submitted.
        case lastSubmitted = "LastSubmittedTime"
        /// The start of the requested window.
        case requestedStart = "RequestedStartTime"
        /// The end of the requested window.
        case requestedEnd = "RequestedEndTime"
    }
}
