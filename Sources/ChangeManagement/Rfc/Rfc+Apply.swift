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
            actionState = .noActionPending
        case .scheduled:
            status = .scheduled
            actionState = .noActionPending
        case .rejected(let reason, let bySystem):
            if bySystem {
                approval.aws = .rejected
            } else {
                approval.customer = .rejected
            }
            close(as: .rejected, reason: reason)
        case .canceled(let reason):
            close(as: .canceled, reason: reason)
        case .started:
            status = .inProgress
            actionState = .awsActionPending
            startedAt = recorded.time
        case .reported(let output):
            executionOutput = output
        case .succeeded(let output):
            executionOutput = output
            endedAt = recorded.time
            close(as: .success, reason: nil)
        case .failed(let reason, let output):
            executionOutput = output ?? executionOutput
            endedAt = recorded.time
            close(as: .failure, reason: reason)
        }
    }

    private mutating func reset() {
        status = .editing
        statusReason = nil
        actionState = .noActionPending
        approval = .submissionPending
        planHash = nil
    }

    private mutating func close(as status: RfcStatus, reason: String?) {
        self.status = status
        statusReason = reason
        actionState = .noActionPending
    }
}
