// SPDX-License-Identifier: Apache-2.0

import ChangeManagement
import CoreValues
import JSONDocument
import TestSupport

/// A place on an RFC's way, with the moment at which it is looked at.
enum Situation: String, CaseIterable {
    case editing
    /// Submitted, as soon as possible, not planned yet; the customer has nothing to say.
    case submitted
    /// The same, and the customer's approval is asked for.
    case submittedForBoth
    /// The plan is approved, the customer's approval is not there yet.
    case planned
    /// The customer approved, the plan is not there yet.
    case customerFirst
    /// Everything is approved, as soon as possible.
    case approved
    /// The plan is approved, and the requested start passed without the customer's approval.
    case unapproved
    /// The requested start passed before there was a plan.
    case unplanned
    /// Nobody approved for 30 days.
    case forgotten
    /// Waiting for the window.
    case scheduled
    /// In the window.
    case due
    /// The window has passed.
    case missed
    case inProgress
    case success
    case failure
    case rejected
    case canceled

    static let plan: JSONValue = ["action": ["kind": "delete-stack"]]
    static let hash = Plan.hash(of: plan)
    static let both = ApprovalState(aws: .approvalPending, customer: .approvalPending)
    static let awsOnly = ApprovalState(aws: .approvalPending, customer: .notRequired)

    private static let start = Sample.noon.advanced(bySeconds: 3600)

    /// The RFC and the history that led there.
    func history() throws -> History {
        var history = History(start: hasStart ? Self.start : nil)
        for command in commands {
            try history.apply(command)
        }
        history.time = now
        return history
    }

    private var hasStart: Bool {
        switch self {
        case .unapproved, .unplanned, .scheduled, .due, .missed: true
        default: false
        }
    }

    private var now: Timestamp {
        switch self {
        case .unapproved, .unplanned, .due: Self.start
        case .missed: Self.start.advanced(bySeconds: 3601)
        case .forgotten: Sample.noon.advanced(bySeconds: 30 * 86_400)
        default: Sample.noon.advanced(bySeconds: 60)
        }
    }

    private var commands: [RfcCommand] {
        let submit = RfcCommand.submit(override: .noOverrides, approvals: Self.awsOnly)
        let submitForBoth = RfcCommand.submit(override: .noOverrides, approvals: Self.both)
        let approvePlan = RfcCommand.approvePlan(Self.plan, hash: Self.hash)
        switch self {
        case .editing: return []
        case .submitted, .unplanned: return [submit]
        case .submittedForBoth: return [submitForBoth]
        case .planned, .unapproved, .forgotten: return [submitForBoth, approvePlan]
        case .customerFirst: return [submitForBoth, .approve]
        case .approved, .scheduled, .due, .missed: return [submit, approvePlan]
        case .inProgress: return [submit, approvePlan, .begin]
        case .success: return [submit, approvePlan, .begin, .succeed(output: "{}")]
        case .failure: return [submit, approvePlan, .begin, .fail(reason: "no", output: nil)]
        case .rejected: return [submit, .refusePlan(reason: "no")]
        case .canceled: return [submit, .cancel(reason: "no")]
        }
    }
}

/// An RFC with its events, and how to go on.
struct History {
    var rfc: Rfc
    var events: [RecordedEvent]
    var time = Sample.noon
    private(set) var lastEffects: [RfcEffect] = []

    init(start: Timestamp? = nil, automation: AutomationStatus = .automated) {
        let created = Sample.created(automation: automation, start: start)
        rfc = created.rfc
        events = created.events
    }

    mutating func apply(_ command: RfcCommand) throws(RfcError) {
        let decision = try rfc.handle(command, by: Sample.requester, at: time)
        rfc = decision.rfc
        events += decision.events
        lastEffects = decision.effects
    }
}

/// Commands by the names that tables give them.
enum CommandName: String, CaseIterable {
    case update, submit, cancel, approve, reject, approvePlan, refusePlan, expire, begin, report, succeed, fail

    var command: RfcCommand {
        switch self {
        case .update: .update(Sample.creation(title: "another title").draft)
        case .submit: .submit(override: .noOverrides, approvals: Situation.awsOnly)
        case .cancel: .cancel(reason: "changed my mind")
        case .approve: .approve
        case .reject: .reject(reason: "not now")
        case .approvePlan: .approvePlan(Situation.plan, hash: Situation.hash)
        case .refusePlan: .refusePlan(reason: "no such stack")
        case .expire: .expire
        case .begin: .begin
        case .report: .report(output: #"{"stack_id":"s"}"#)
        case .succeed: .succeed(output: #"{"stack_id":"s","done":true}"#)
        case .fail: .fail(reason: "stack is ROLLBACK_COMPLETE", output: nil)
        }
    }
}
