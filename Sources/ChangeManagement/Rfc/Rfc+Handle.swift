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
    /// - Throws: ``RfcError`` `invalidState` when the status does not allow the command, `invalidSchedule` when
    ///   the requested start has passed.
    package func handle(
        _ command: RfcCommand,
        by actor: ARN,
        at time: Timestamp
    ) throws(RfcError) -> RfcDecision {
        var decision = RfcDecision(rfc: self, events: [], effects: [])
        for event in try events(for: command, at: time) {
            decision.append(RecordedEvent(sequence: decision.rfc.version, time: time, actor: actor, event: event))
        }
        decision.effects = effects(of: command, on: decision.rfc, at: time)
        return decision
    }

    private func events(for command: RfcCommand, at time: Timestamp) throws(RfcError) -> [RfcEvent] {
        switch (command, status) {
        case (.update(let draft), .editing), (.update(let draft), .rejected), (.update(let draft), .canceled),
            (.update(let draft), .scheduled):
            return [.updated(draft)]
        case (.submit(let override, let approvals), .editing), (.submit(let override, let approvals), .rejected),
            (.submit(let override, let approvals), .canceled):
            try checkStart(at: time)
            return [.submitted(override: override, approvals: approvals)]
        case (.cancel(let reason), .editing), (.cancel(let reason), .pendingApproval), (.cancel(let reason), .scheduled):
            return [.canceled(reason: reason)]
        case (.approve, .pendingApproval) where approval.customer == .approvalPending:
            let settled = ApprovalState(aws: approval.aws, customer: .approved)
            return [.customerApproved] + waiting(settled, at: time)
        case (.reject(let reason), .pendingApproval) where approval.customer == .approvalPending:
            return [.rejected(reason: reason, bySystem: false)]
        case (.approvePlan(let plan, let hash), .pendingApproval) where planHash == nil:
            let settled = ApprovalState(aws: .approved, customer: approval.customer)
            return [.planApproved(plan, hash: hash)] + waiting(settled, at: time)
        case (.refusePlan(let reason), .pendingApproval), (.refusePlan(let reason), .scheduled):
            return [.rejected(reason: reason, bySystem: true)]
        case (.begin, .pendingApproval) where approval.isComplete, (.begin, .scheduled):
            return [.started]
        case (.report(let output), .inProgress):
            return [.reported(output: output)]
        case (.succeed(let output), .inProgress):
            return [.succeeded(output: output)]
        case (.fail(let reason, let output), .inProgress):
            return [.failed(reason: reason, output: output)]
        default:
            throw refusal(of: command)
        }
    }

    /// Once both parties agree, an RFC with a start in the future waits for it.
    private func waiting(_ settled: ApprovalState, at time: Timestamp) -> [RfcEvent] {
        guard settled.isComplete, let start = draft.requestedStart, start > time else { return [] }
        return [.scheduled(start: start)]
    }

    private func checkStart(at time: Timestamp) throws(RfcError) {
        guard let start = draft.requestedStart, start <= time else { return }
        throw RfcError(
            .invalidSchedule,
            "RequestedStartTime `\(start.basicForm)` has passed (it is \(time.basicForm)); "
                + "give a later start, or none for as soon as possible"
        )
    }

    private func refusal(of command: RfcCommand) -> RfcError {
        let because =
            switch command {
            case .approve, .reject: "its customer approval is \(approval.customer.rawValue)"
            case .approvePlan where planHash != nil: "its plan has been approved"
            default: "it is \(status.rawValue)"
            }
        return RfcError(.invalidState, "RFC \(id) can't \(command.verb): \(because)")
    }

    private func effects(of command: RfcCommand, on rfc: Rfc, at time: Timestamp) -> [RfcEffect] {
        switch command {
        case .submit:
            [.advance(due: time)]
        case .approve, .approvePlan:
            rfc.approval.isComplete
                ? [.advance(due: rfc.status == .scheduled ? rfc.draft.requestedStart ?? time : time)] : []
        default:
            []
        }
    }
}

/// What a command came to: the new state, the events that led there, and what has to be done next.
package struct RfcDecision: Sendable, Hashable {
    /// The RFC after the events.
    package private(set) var rfc: Rfc
    /// The new events, in order.
    package private(set) var events: [RecordedEvent]
    /// What has to be done once the events are durable.
    package var effects: [RfcEffect]

    init(rfc: Rfc, events: [RecordedEvent], effects: [RfcEffect]) {
        self.rfc = rfc
        self.events = events
        self.effects = effects
    }

    mutating func append(_ event: RecordedEvent) {
        rfc.apply(event)
        events.append(event)
    }

    /// Lets a further command follow in the same step.
    package mutating func then(_ command: RfcCommand, by actor: ARN, at time: Timestamp) throws(RfcError) {
        let next = try rfc.handle(command, by: actor, at: time)
        rfc = next.rfc
        events += next.events
        effects += next.effects
    }
}
