// SPDX-License-Identifier: Apache-2.0

package import CoreValues

/// A request for change: its present state, which is the sum of its events.
package struct Rfc: Sendable, Hashable {
    /// Its id.
    package let id: RfcID
    /// The account it belongs to.
    package let account: AccountID
    /// The change type version it was filed against; fixed for life.
    package let changeType: ChangeTypeReference
    /// Whether its change type runs by itself.
    package let automation: AutomationStatus
    /// How long the change is expected to take, in minutes; sets the end of the requested window.
    package let expectedDurationMinutes: Int
    /// What the requester wrote.
    package var draft: RfcDraft

    /// Where it stands.
    package var status: RfcStatus = .editing
    /// Why it was rejected, canceled or failed.
    package var statusReason: String?
    /// Who has to act next.
    package var actionState: RfcActionState = .noActionPending
    /// Both parties' approvals.
    package var approval: ApprovalState = .submissionPending
    /// Whether restricted execution times hold for it.
    package var restrictedTimesOverride: RestrictedTimesOverride = .noOverrides
    /// The hash of the plan that was approved and is executed.
    package var planHash: String?
    /// What the execution reported, JSON text.
    package var executionOutput: String?

    /// Who filed it.
    package let createdBy: ARN
    /// When it was filed.
    package let createdAt: Timestamp
    /// Who changed it last.
    package var modifiedBy: ARN
    /// When its status or content last changed.
    package var modifiedAt: Timestamp
    /// When it was last submitted.
    package var submittedAt: Timestamp?
    /// When its execution began.
    package var startedAt: Timestamp?
    /// When its execution ended.
    package var endedAt: Timestamp?
    /// How many events it has; the next one's number.
    package var version: Int

    /// The requested window: start and start plus expected duration, `nil` when as soon as possible.
    ///
    /// Source: reference/amscm-api.md §2.2 (a requested end is overwritten).
    package var requestedWindow: (start: Timestamp, end: Timestamp)? {
        draft.requestedStart.map { ($0, $0.advanced(bySeconds: Int64(expectedDurationMinutes) * 60)) }
    }
}

/// Whether a change type runs by itself or through an operator.
package enum AutomationStatus: String, Sendable, Hashable, CaseIterable {
    /// Without an operator.
    case automated = "Automated"
    /// Through the operator queue.
    case manual = "Manual"
}
