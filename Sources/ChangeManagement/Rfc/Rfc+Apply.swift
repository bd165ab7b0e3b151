// SPDX-License-Identifier: Apache-2.0

import CoreValues

extension Rfc {
    /// Makes the RFC that a creation describes.
    init(_ creation: RfcCreation, by actor: ARN, at time: Timestamp) {
        self.init(
            id: creation.id,
            account: creation.account,
            changeType: creation.changeType,
            automation: creation.automation,
            expectedDurationMinutes: creation.expectedDurationMinutes,
            draft: creation.draft,
            createdBy: actor,
            createdAt: time,
            modifiedBy: actor,
            modifiedAt: time,
            version: 1
        )
    }

    /// Replays a history.
    /// - Returns: `nil` when the first event is not a creation, or another one is.
    package init?(replaying events: [RecordedEvent]) {
        guard let first = events.first, case .created(let creation) = first.event else { return nil }
        self.init(creation, by: first.actor, at: first.time)
        for event in events.dropFirst() {
            if case .created = event.event {
                return nil
            }
            apply(event)
        }
    }

    /// Takes an event into the state; says nothing about whether it was allowed.
    mutating func apply(_ recorded: RecordedEvent) {
        modifiedAt = recorded.time
        modifiedBy = recorded.actor
        version += 1
        switch recorded.event {
        case .created:
            break
        case .updated(let newDraft):
            draft = newDraft
            reset()
        case .submitted(let override, let approvals):
            reset()
            status = .pendingApproval
            actionState = .awsActionPending
            restrictedTimesOverride = override
            approval = approvals
            submittedAt = recorded.time
        case .planApproved(_, let hash):
            approval.aws = approval.aws == .notRequired ? .notRequired : .approved
            actionState = .noActionPending
            planHash = hash
        case .customerApproved:
            approval.customer = .approved
            actionState = planHash == nil ? .awsActionPending : .noActionPending
        case .scheduled:
            status = .scheduled
            actionState = .noActionPending
        case .started:
            status = .inProgress
            actionState = .awsActionPending
            startedAt = recorded.time
        case .reported(let output):
            executionOutput = output
        default:
            close(recorded)
        }
    }

    /// Takes in the events that end an RFC's way, for good or until it is submitted again.
    private mutating func close(_ recorded: RecordedEvent) {
        switch recorded.event {
        case .rejected(let reason, let bySystem):
            if bySystem {
                approval.aws = .rejected
            } else {
                approval.customer = .rejected
            }
            approval.replacePending(with: .submissionPending)
            rest(as: .rejected, reason)
        case .canceled(let reason):
            approval.replacePending(with: .submissionPending)
            rest(as: .canceled, reason)
        case .expired(let expiry, let reason):
            approval.replacePending(with: expiry == .rejected ? .rejected : .submissionPending)
            rest(as: expiry == .rejected ? .rejected : .canceled, reason)
        case .succeeded(let output):
            executionOutput = output
            endedAt = recorded.time
            rest(as: .success, nil)
        case .failed(let reason, let output):
            executionOutput = output ?? executionOutput
            endedAt = recorded.time
            rest(as: .failure, reason)
        default:
            break
        }
    }

    private mutating func reset() {
        status = .editing
        statusReason = nil
        actionState = .noActionPending
        approval = .submissionPending
        planHash = nil
    }

    private mutating func rest(as status: RfcStatus, _ reason: String?) {
        self.status = status
        statusReason = reason
        actionState = .noActionPending
    }
}
