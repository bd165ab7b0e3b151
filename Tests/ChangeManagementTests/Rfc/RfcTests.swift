// SPDX-License-Identifier: Apache-2.0

import ChangeManagement
import CoreValues
import JSONDocument
import TestSupport
import Testing

struct RfcTests {
    /// For each situation the status that each command leads to; `-` where the command is refused.
    private static let table = """
        situation        update  submit          cancel   approve         reject   approvePlan     refusePlan expire   begin      report     succeed fail
        editing          Editing PendingApproval Canceled -               -        -               -          -        -          -          -       -
        submitted        -       -               Canceled -               -        PendingApproval Rejected   -        -          -          -       -
        submittedForBoth -       -               Canceled PendingApproval Rejected PendingApproval Rejected   -        -          -          -       -
        planned          -       -               Canceled PendingApproval Rejected -               Rejected   -        -          -          -       -
        customerFirst    -       -               Canceled -               -        PendingApproval Rejected   -        -          -          -       -
        approved         -       -               Canceled -               -        -               Rejected   -        InProgress -          -       -
        unapproved       -       -               Canceled -               Rejected -               Rejected   Rejected -          -          -       -
        unplanned        -       -               Canceled -               -        -               Rejected   Canceled -          -          -       -
        forgotten        -       -               Canceled -               Rejected -               Rejected   Rejected -          -          -       -
        scheduled        Editing -               Canceled -               -        -               Rejected   -        -          -          -       -
        due              Editing -               Canceled -               -        -               Rejected   -        InProgress -          -       -
        missed           Editing -               Canceled -               -        -               Rejected   Rejected -          -          -       -
        inProgress       -       -               -        -               -        -               -          -        -          InProgress Success Failure
        success          -       -               -        -               -        -               -          -        -          -          -       -
        failure          -       -               -        -               -        -               -          -        -          -          -       -
        rejected         Editing PendingApproval -        -               -        -               -          -        -          -          -       -
        canceled         Editing PendingApproval -        -               -        -               -          -        -          -          -       -
        """

    private static func expected(_ situation: Situation, _ command: CommandName) -> String? {
        let rows = table.split(separator: "\n").map { $0.split(separator: " ").map(String.init) }
        guard let column = rows[0].firstIndex(of: command.rawValue),
            let row = rows.first(where: { $0[0] == situation.rawValue })
        else { return nil }
        return row[column]
    }

    @Test(arguments: Situation.allCases, CommandName.allCases)
    func `each command does in each situation what the table says`(
        _ situation: Situation,
        _ command: CommandName
    ) throws {
        let expected = try #require(Self.expected(situation, command))
        var history = try situation.history()
        let before = history
        do {
            try history.apply(command.command)
            #expect(history.rfc.status.rawValue == expected)
            #expect(history.rfc.modifiedAt == history.time)
        } catch {
            #expect(expected == "-", "\(error)")
            #expect(error.code == .invalidState)
            #expect(error.message.hasPrefix("RFC \(Sample.rfcID()) can't "))
            #expect(history.rfc == before.rfc)
        }
        #expect(try Consistency.violations(history) == [])
    }

    @Test func `the table has a row for each situation and a column for each command`() {
        let rows = Self.table.split(separator: "\n").map { $0.split(separator: " ").map(String.init) }
        #expect(rows.dropFirst().map { $0[0] } == Situation.allCases.map(\.rawValue))
        #expect(Array(rows[0].dropFirst()) == CommandName.allCases.map(\.rawValue))
    }

    @Test func `submitting with a start that has passed is refused, and the message tells the time`() throws {
        var history = History(start: Sample.noon)
        #expect {
            try history.apply(.submit(override: .noOverrides, approvals: Situation.awsOnly))
        } throws: { error in
            let error = error as? RfcError
            return error?.code == .invalidSchedule && error?.message.contains("20261124T120000Z") == true
        }
    }

    @Test func `approvals are recorded as they are given`() throws {
        var history = History()
        try history.apply(.submit(override: .noOverrides, approvals: Situation.both))
        #expect(history.rfc.approval == Situation.both)
        try history.apply(.approvePlan(Situation.plan, hash: Situation.hash))
        #expect(history.rfc.approval == ApprovalState(aws: .approved, customer: .approvalPending))
        try history.apply(.approve)
        #expect(history.rfc.approval == ApprovalState(aws: .approved, customer: .approved))
        #expect(history.rfc.mayRun)
    }

    @Test func `without a plan nothing may run, whatever is not required`() throws {
        var history = History()
        let none = ApprovalState(aws: .notRequired, customer: .notRequired)
        try history.apply(.submit(override: .noOverrides, approvals: none))
        #expect(throws: RfcError.self) { try history.apply(.begin) }
        try history.apply(.approvePlan(Situation.plan, hash: Situation.hash))
        #expect(history.rfc.approval == none)
        try history.apply(.begin)
        #expect(history.rfc.status == .inProgress)
    }

    @Test func `an approval falls away when the RFC is changed`() throws {
        var history = try Situation.scheduled.history()
        try history.apply(CommandName.update.command)
        #expect(history.rfc.planHash == nil)
        #expect(history.rfc.approval == .submissionPending)
        #expect(history.rfc.status == .editing)
        #expect(history.lastEffects == [.rest])
        try history.apply(CommandName.submit.command)
        #expect(throws: RfcError.self) { try history.apply(.begin) }
    }

    @Test func `the last of the approvals schedules an RFC with a start`() throws {
        let start = Sample.noon.advanced(bySeconds: 3600)
        var history = History(start: start)
        try history.apply(.submit(override: .noOverrides, approvals: Situation.both))
        try history.apply(.approve)
        #expect(history.rfc.status == .pendingApproval)
        try history.apply(.approvePlan(Situation.plan, hash: Situation.hash))
        #expect(history.rfc.status == .scheduled)
        #expect(history.events.map(\.event.name).suffix(2) == ["plan-approved", "scheduled"])
        #expect(history.lastEffects == [.advance(due: start)])
    }

    @Test func `work is asked for when there is something to do, and called off when there is not`() throws {
        var history = History()
        try history.apply(.submit(override: .noOverrides, approvals: Situation.both))
        #expect(history.lastEffects == [.advance(due: Sample.noon)])
        try history.apply(.approvePlan(Situation.plan, hash: Situation.hash))
        #expect(history.lastEffects == [.advance(due: Sample.noon.advanced(bySeconds: 30 * 86_400))])
        try history.apply(.approve)
        #expect(history.lastEffects == [.advance(due: Sample.noon)])
        try history.apply(.begin)
        #expect(history.lastEffects == [])
        try history.apply(.succeed(output: "{}"))
        #expect(history.lastEffects == [.rest])
    }

    @Test func `a customer who approves before there is a plan does not hold the plan up`() throws {
        var history = History()
        try history.apply(.submit(override: .noOverrides, approvals: Situation.both))
        try history.apply(.approve)
        #expect(history.lastEffects == [.advance(due: Sample.noon)])
    }

    @Test func `a manual RFC asks for no work before its time is up`() throws {
        var history = History(automation: .manual)
        try history.apply(.submit(override: .noOverrides, approvals: Situation.awsOnly))
        #expect(history.lastEffects == [.advance(due: Sample.noon.advanced(bySeconds: 30 * 86_400))])
    }

    @Test(arguments: [
        (Situation.unplanned, "the validation was not finished by the requested start 20261124T130000Z"),
        (.unapproved, "the approval was not given by the requested start 20261124T130000Z"),
        (.forgotten, "the approval was not given within 30 days of the submission"),
        (.missed, "the requested window 20261124T130000Z to 20261124T140000Z passed before the change could begin"),
    ])
    func `an RFC that missed its time says which`(_ situation: Situation, _ reason: String) throws {
        var history = try situation.history()
        try history.apply(.expire)
        #expect(history.rfc.statusReason == reason)
    }

    @Test func `a failure keeps the output that was reported before`() throws {
        var history = try Situation.inProgress.history()
        try history.apply(.report(output: "one"))
        try history.apply(.fail(reason: "two", output: nil))
        #expect(history.rfc.executionOutput == "one")
        #expect(history.rfc.statusReason == "two")
    }

    @Test func `a history that does not begin with its creation is none`() throws {
        let history = try Situation.success.history()
        #expect(Rfc(replaying: Array(history.events.dropFirst())) == nil)
        #expect(Rfc(replaying: []) == nil)
        #expect(Rfc(replaying: [history.events[0], history.events[0]]) == nil)
    }
}
