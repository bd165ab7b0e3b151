// SPDX-License-Identifier: Apache-2.0

package import CoreValues

extension Rfc {
    /// Files a new RFC.
    package static func create(_ creation: RfcCreation, by actor: ARN, at time: Timestamp) -> RfcDecision {
        let event = RecordedEvent(sequence: 0, time: time, actor: actor, event: .created(creation))
        return RfcDecision(rfc: Rfc(creation, by: actor, at: time), events: [event], effects: [])
    }

    /// Decides what a command does to the RFC: the table of reference/rfc-lifecycle.md §2.
    ///
    /// Pure: the RFC is unchanged, the decision carries the new state with the events that led to it and what has
    /// to be done next.
    /// - Throws: ``RfcError`` `invalidState` when the status or the time does not allow the command,
    ///   `invalidSchedule` when an RFC is submitted whose requested start has passed.
    package func handle(
        _ command: RfcCommand,
        by actor: ARN,
        at time: Timestamp
    ) throws(RfcError) -> RfcDecision {
        let event = try event(for: command, at: time)
        var decision = RfcDecision(rfc: self, events: [], effects: [])
        decision.append(RecordedEvent(sequence: version, time: time, actor: actor, event: event))
        if let start = decision.rfc.startToWaitFor(at: time) {
            let scheduled = RfcEvent.scheduled(start: start)
            decision.append(RecordedEvent(sequence: version + 1, time: time, actor: actor, event: scheduled))
        }
        decision.effects = decision.rfc.effects(of: command, at: time)
        return decision
    }

    private func event(for command: RfcCommand, at time: Timestamp) throws(RfcError) -> RfcEvent {
        switch (command, status) {
        case (.update(let draft), .editing), (.update(let draft), .rejected), (.update(let draft), .canceled),
            (.update(let draft), .scheduled):
            return .updated(draft)
        case (.submit(let override, let approvals), .editing), (.submit(let override, let approvals), .rejected),
            (.submit(let override, let approvals), .canceled):
            try checkStart(at: time)
            return .submitted(override: override, approvals: approvals)
        case (.cancel(let reason), .editing), (.cancel(let reason), .pendingApproval),
            (.cancel(let reason), .scheduled):
            return .canceled(reason: reason)
        case (.approve, .pendingApproval) where approval.customer == .approvalPending && !hasExpired(at: time):
            return .customerApproved
        case (.reject(let reason), .pendingApproval) where approval.customer == .approvalPending:
            return .rejected(reason: reason, bySystem: false)
        case (.approvePlan(let plan, let hash), .pendingApproval) where planHash == nil && !hasExpired(at: time):
            return .planApproved(plan, hash: hash)
        case (.refusePlan(let reason), .pendingApproval), (.refusePlan(let reason), .scheduled):
            return .rejected(reason: reason, bySystem: true)
        case (.expire, .pendingApproval) where hasExpired(at: time), (.expire, .scheduled) where hasExpired(at: time):
            return expiry
        default:
            return try executionEvent(for: command, at: time)
        }
    }

    private func executionEvent(for command: RfcCommand, at time: Timestamp) throws(RfcError) -> RfcEvent {
        switch (command, status) {
        case (.begin, .pendingApproval) where mayRun, (.begin, .scheduled) where isInWindow(at: time):
            return .started
        case (.report(let output), .inProgress):
            return .reported(output: output)
        case (.succeed(let output), .inProgress):
            return .succeeded(output: output)
        case (.fail(let reason, let output), .inProgress):
            return .failed(reason: reason, output: output)
        default:
            throw refusal(of: command, at: time)
        }
    }

    private func checkStart(at time: Timestamp) throws(RfcError) {
        guard let start = draft.requestedStart, start <= time else { return }
        throw RfcError(
            .invalidSchedule,
            "RequestedStartTime `\(start.basicForm)` has passed (it is \(time.basicForm)); "
                + "give a later start, or none for as soon as possible"
        )
    }

    private func refusal(of command: RfcCommand, at time: Timestamp) -> RfcError {
        let because =
            switch command {
            case .approve where status == .pendingApproval && approval.customer == .approvalPending,
                .approvePlan where status == .pendingApproval && planHash == nil:
                "the time for its approval ended at \(approvalDeadline?.basicForm ?? "")"
            case .approve where status == .pendingApproval, .reject where status == .pendingApproval:
                "its customer approval is \(approval.customer.rawValue)"
            case .approvePlan where planHash != nil: "its plan has been approved"
            case .begin where status == .pendingApproval: "it is not approved"
            case .begin where status == .scheduled, .expire where status == .scheduled:
                "it is \(time.basicForm) and its window is \(windowText)"
            default: "it is \(status.rawValue)"
            }
        return RfcError(.invalidState, "RFC \(id) can't \(command.verb): \(because)")
    }

    /// What has to be done next, now that the command has led here.
    private func effects(of command: RfcCommand, at time: Timestamp) -> [RfcEffect] {
        switch command {
        case .submit, .approve, .approvePlan:
            [.advance(due: nextStep(at: time))]
        case .begin, .report:
            // The work that led here goes on; its item stays, so that it is found again after a crash.
            []
        case .update, .cancel, .reject, .refusePlan, .expire, .succeed, .fail:
            [.rest]
        }
    }

    /// When something has to happen to an RFC on its way without anybody asking.
    private func nextStep(at time: Timestamp) -> Timestamp {
        if status == .scheduled {
            return draft.requestedStart ?? time
        }
        let isOurTurn = mayRun || (planHash == nil && automation == .automated)
        return isOurTurn ? time : approvalDeadline ?? time
    }
}

/// What a command came to: the new state, the events that led there, and what has to be done next.
package struct RfcDecision: Sendable, Hashable {
    /// The RFC after the events.
    package private(set) var rfc: Rfc
    /// The new events, in order.
    package private(set) var events: [RecordedEvent]
    /// What has to be done once the events are durable.
    package fileprivate(set) var effects: [RfcEffect]

    init(rfc: Rfc, events: [RecordedEvent], effects: [RfcEffect]) {
        self.rfc = rfc
        self.events = events
        self.effects = effects
    }

    fileprivate mutating func append(_ event: RecordedEvent) {
        rfc.apply(event)
        events.append(event)
    }

    /// Lets a further command follow in the same step; what has to be done next is what the last command asks for.
    package mutating func then(_ command: RfcCommand, by actor: ARN, at time: Timestamp) throws(RfcError) {
        let next = try rfc.handle(command, by: actor, at: time)
        rfc = next.rfc
        events += next.events
        effects = next.effects
    }
}
