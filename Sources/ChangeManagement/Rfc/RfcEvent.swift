// SPDX-License-Identifier: Apache-2.0

package import CoreValues
package import JSONDocument

/// What happened to an RFC; the events in order are its audit trail, and replaying them gives its state.
package enum RfcEvent: Sendable, Hashable {
    /// It was filed.
    case created(RfcCreation)
    /// Its draft was changed.
    case updated(RfcDraft)
    /// It was submitted.
    case submitted(override: RestrictedTimesOverride, approvals: ApprovalState)
    /// The system approved this plan, which is kept as evidence and is what runs.
    case planApproved(JSONValue, hash: String)
    /// The customer approved.
    case customerApproved
    /// It was approved and waits for its start.
    case scheduled(start: Timestamp)
    /// It was refused: by the system, or by the customer's approver.
    case rejected(reason: String, bySystem: Bool)
    /// It was withdrawn.
    case canceled(reason: String)
    /// It missed the time for its approval or its start.
    case expired(Expiry, reason: String)
    /// Its execution began.
    case started
    /// Its execution reported.
    case reported(output: String)
    /// Its execution reached its end.
    case succeeded(output: String)
    /// Its execution did not reach its end.
    case failed(reason: String, output: String?)

    /// What becomes of an RFC that missed its time; the raw value is part of the storage format.
    package enum Expiry: String, Sendable, Hashable, CaseIterable {
        /// An approval was not given in time, or the window passed.
        case rejected
        /// The validation was not finished in time.
        case canceled
    }
}

/// What is fixed when an RFC is filed.
package struct RfcCreation: Sendable, Hashable {
    /// The RFC's id.
    package let id: RfcID
    /// The account it belongs to.
    package let account: AccountID
    /// The change type version.
    package let changeType: ChangeTypeReference
    /// Whether the change type runs by itself.
    package let automation: AutomationStatus
    /// How long the change is expected to take, in minutes.
    package let expectedDurationMinutes: Int
    /// What the requester wrote.
    package let draft: RfcDraft

    /// Makes a creation.
    package init(
        id: RfcID,
        account: AccountID,
        changeType: ChangeTypeReference,
        automation: AutomationStatus,
        expectedDurationMinutes: Int,
        draft: RfcDraft
    ) {
        self.id = id
        self.account = account
        self.changeType = changeType
        self.automation = automation
        self.expectedDurationMinutes = expectedDurationMinutes
        self.draft = draft
    }
}

/// An event with who caused it and when.
package struct RecordedEvent: Sendable, Hashable {
    /// The event's number in its RFC, from 0.
    package let sequence: Int
    /// When it happened.
    package let time: Timestamp
    /// Who caused it.
    package let actor: ARN
    /// What happened.
    package let event: RfcEvent

    /// Makes a recorded event.
    package init(sequence: Int, time: Timestamp, actor: ARN, event: RfcEvent) {
        self.sequence = sequence
        self.time = time
        self.actor = actor
        self.event = event
    }
}

/// What has to be done after an event, as a value; performed by the worker once the event is durable.
package enum RfcEffect: Sendable, Hashable {
    /// Take the RFC's next step at that moment; there is one such moment for each RFC, the last one asked for.
    case advance(due: Timestamp)
    /// Nothing has to be done until somebody asks.
    case rest
}
