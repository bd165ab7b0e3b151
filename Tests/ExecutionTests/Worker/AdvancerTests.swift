// SPDX-License-Identifier: Apache-2.0

import ChangeManagement
import CoreValues
import JSONDocument
import TestSupport
import Testing

@testable import Execution

/// Everything an advancer needs, with RFCs to advance.
struct AdvancerBench {
    let store = MemoryRfcStore()
    let stacks: FakeStackService
    let time = ManualTime()
    let clock = ManualClock()
    let service: RfcService
    private let catalogue: Catalogue
    private let planner = Planner(region: Sample.region)

    init(_ behaviour: FakeStackService.Behaviour = .succeeds) throws {
        stacks = FakeStackService(behaviour)
        catalogue = try SampleChangeTypes.catalogue()
        service = RfcService(
            catalogue: catalogue,
            store: store,
            planner: planner,
            time: time,
            ids: SeededIDs(),
            workArrived: {}
        )
    }

    /// An advancer as a process makes it at its start.
    func advancer(dyingAt kill: KillSwitch? = nil) -> RfcAdvancer {
        RfcAdvancer(
            catalogue: catalogue,
            store: kill.map { KillableStore(store, $0) } ?? store,
            planner: Planner(region: Sample.region),
            stacks: kill.map { KillableStacks(stacks, $0) } ?? stacks,
            time: time,
            clock: clock
        )
    }

    /// Files and submits an RFC.
    func submit(
        _ changeTypeID: String = "ct-1d84keiri1jhg",
        parameters: String = SampleParameters.requiredOnly,
        start: Timestamp? = nil
    ) async throws -> RfcID {
        var draft = RfcDraft(title: "my-app-key")
        draft.executionParameters = parameters
        draft.requestedStart = start
        let id = try await service.create(draft, changeTypeID: changeTypeID, version: "1.0", by: Sample.caller)
        try await service.submit(id, override: .noOverrides, by: Sample.caller)
        return id
    }

    /// Advances whatever is due, once.
    func advanceDue(_ advancer: RfcAdvancer) async throws {
        for item in try store.takeWork(dueBy: time.now(), limit: 100).items {
            try await advancer.advance(item)
            store.release(item)
        }
    }

    func rfc(_ id: RfcID) throws -> Rfc {
        try service.rfc(id, for: Sample.caller)
    }

    /// The stack that an RFC's order names.
    var stackName: String {
        stacks.orders.first?.name ?? ""
    }
}

struct AdvancerTests {
    private static let deletion = #"{"StackId":"stack-a1b2c3d4e5f6g7h8i","TimeoutInMinutes":30}"#

    @Test func `a submitted RFC is planned, approved, run and recorded`() async throws {
        let bench = try AdvancerBench()
        let id = try await bench.submit()
        try await bench.advanceDue(bench.advancer())
        let rfc = try bench.rfc(id)
        #expect(rfc.status == .success)
        #expect(rfc.approval == ApprovalState(aws: .approved, customer: .notRequired))
        #expect(bench.store.workCount == 0)
        let names = try bench.store.events(of: id).map(\.event.name)
        #expect(names == ["created", "submitted", "plan-approved", "started", "succeeded"])
        #expect(try bench.store.events(of: id).dropFirst(2).allSatisfy { $0.actor == Sample.system })
        let output = try JSONValue(parsing: rfc.executionOutput ?? "")
        #expect(output["stack_id"]?.string == bench.stackName)
        #expect(output["stack_status"]?.string == "CREATE_COMPLETE")
        #expect(output["key_id"]?.string == "1234abcd-12ab-34cd-56ef-1234567890ab")
        #expect(
            output["key_arn"]?.string == "arn:aws:kms:us-east-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab"
        )
        #expect(output["plan_hash"]?.string == rfc.planHash)
        #expect(output["policy_statements"]?.string == "documented")
        #expect(output["policy_note"]?.string?.contains("documentation prints them") == true)
        #expect(output["findings"]?.array != nil)
    }

    @Test func `the stack is ordered with the RFC's id as its token`() async throws {
        let bench = try AdvancerBench()
        let id = try await bench.submit()
        try await bench.advanceDue(bench.advancer())
        #expect(bench.stacks.orders.map(\.token) == [id.description])
        #expect(bench.stacks.orders.first?.timeoutMinutes == 60)
    }

    @Test func `a stack that fails makes the RFC fail with the first cause`() async throws {
        let bench = try AdvancerBench(.fails("the policy is malformed"))
        let id = try await bench.submit()
        try await bench.advanceDue(bench.advancer())
        let rfc = try bench.rfc(id)
        #expect(rfc.status == .failure)
        #expect(rfc.statusReason == "stack is ROLLBACK_COMPLETE: Key (AWS::KMS::Key): the policy is malformed")
        #expect(rfc.executionOutput?.contains("ROLLBACK_COMPLETE") == true)
        #expect(bench.store.workCount == 0)
    }

    @Test func `what the stack service refuses for good makes the RFC fail`() async throws {
        let bench = try AdvancerBench()
        let id = try await bench.submit()
        bench.stacks.failNext(StackServiceError(code: "ValidationError", message: "no", isRetryable: false))
        try await bench.advanceDue(bench.advancer())
        #expect(try bench.rfc(id).status == .failure)
        #expect(try bench.rfc(id).statusReason == "ValidationError: no")
    }

    @Test func `what may pass is tried again, eight times in all`() async throws {
        let bench = try AdvancerBench()
        let id = try await bench.submit()
        let advancer = bench.advancer()
        for attempt in 0..<8 {
            let item = try #require(try bench.store.takeWork(dueBy: bench.time.now(), limit: 1).items.first)
            #expect(item.attempts == attempt)
            bench.stacks.failNext(StackServiceError(code: "Throttling", message: "slow down", isRetryable: true))
            guard attempt < 7 else {
                try await advancer.advance(item)
                break
            }
            await #expect(throws: StackServiceError.self) { try await advancer.advance(item) }
            #expect(try bench.rfc(id).status == .inProgress)
            try await bench.store.postpone(item, until: bench.time.now())
        }
        #expect(try bench.rfc(id).status == .failure)
        #expect(try bench.rfc(id).statusReason == "Throttling: slow down")
    }

    @Test func `a deletion of a stack that is not there is rejected, with the reason`() async throws {
        let bench = try AdvancerBench()
        let id = try await bench.submit("ct-0q0bic0ywqk6c", parameters: Self.deletion)
        try await bench.advanceDue(bench.advancer())
        #expect(try bench.rfc(id).status == .rejected)
        #expect(try bench.rfc(id).statusReason == "there is no stack `stack-a1b2c3d4e5f6g7h8i` in account 123456789012")
        #expect(try bench.rfc(id).approval.aws == .rejected)
    }

    @Test func `a deletion runs, and tells what the stack leaves behind`() async throws {
        let bench = try AdvancerBench()
        bench.stacks.put("stack-a1b2c3d4e5f6g7h8i")
        let id = try await bench.submit("ct-0q0bic0ywqk6c", parameters: Self.deletion)
        try await bench.advanceDue(bench.advancer())
        let rfc = try bench.rfc(id)
        #expect(rfc.status == .success)
        #expect(bench.stacks.deletionTokens == [id.description])
        let output = try JSONValue(parsing: rfc.executionOutput ?? "")
        #expect(output["retained_resources"]?.array?.first?["type"]?.string == "AWS::KMS::Key")
    }

    @Test func `a deletion that takes longer than its limit fails the RFC and goes on`() async throws {
        let bench = try AdvancerBench(.waits)
        bench.stacks.put("stack-a1b2c3d4e5f6g7h8i")
        let id = try await bench.submit("ct-0q0bic0ywqk6c", parameters: Self.deletion)
        async let advanced: Void = bench.advanceDue(bench.advancer())
        await bench.stacks.untilAwaited()
        await bench.clock.untilAsleep()
        bench.time.advance(bySeconds: 30 * 60)
        bench.clock.advance(by: .seconds(30 * 60))
        try await advanced
        let rfc = try bench.rfc(id)
        #expect(rfc.status == .failure)
        #expect(rfc.statusReason?.contains("was not deleted within 30 minutes; the deletion goes on") == true)
    }

    @Test func `a stack that vanishes while it is deleted is deleted`() async throws {
        let bench = try AdvancerBench(.waits)
        bench.stacks.put("stack-a1b2c3d4e5f6g7h8i")
        let id = try await bench.submit("ct-0q0bic0ywqk6c", parameters: Self.deletion)
        async let advanced: Void = bench.advanceDue(bench.advancer())
        await bench.stacks.untilAwaited()
        bench.stacks.remove("stack-a1b2c3d4e5f6g7h8i")
        try await advanced
        #expect(try bench.rfc(id).status == .success)
    }

    @Test func `a long execution reports on the way, a short one does not`() async throws {
        let bench = try AdvancerBench(.waits)
        let id = try await bench.submit()
        async let advanced: Void = bench.advanceDue(bench.advancer())
        await bench.stacks.untilAwaited()
        #expect(try bench.rfc(id).executionOutput == nil)
        bench.time.advance(bySeconds: 5)
        bench.stacks.addEvent(to: bench.stackName)
        await bench.stacks.untilAwaited()
        #expect(try bench.rfc(id).executionOutput?.contains("CREATE_IN_PROGRESS") == true)
        bench.stacks.complete(bench.stackName)
        try await advanced
        #expect(try bench.rfc(id).status == .success)
        let names = try bench.store.events(of: id).map(\.event.name)
        #expect(names.suffix(3) == ["started", "reported", "succeeded"])
    }

    // MARK: Approvals and times

    @Test func `a manual change type is never approved by the system`() async throws {
        let bench = try AdvancerBench()
        let id = try await bench.submit("ct-manual0000001")
        try await bench.advanceDue(bench.advancer())
        #expect(try bench.rfc(id).status == .pendingApproval)
        #expect(try bench.rfc(id).approval.aws == .approvalPending)
        #expect(try bench.rfc(id).actionState == .awsActionPending)
        bench.time.advance(bySeconds: 30 * 86_400)
        try await bench.advanceDue(bench.advancer())
        #expect(try bench.rfc(id).status == .rejected)
        #expect(bench.stacks.orders.isEmpty)
    }

    @Test func `the customer's approval is waited for, in whichever order approvals come`() async throws {
        for approvesFirst in [false, true] {
            let bench = try AdvancerBench()
            let id = try await bench.submit("ct-approved00001")
            if approvesFirst {
                try await bench.service.approve(id, by: Sample.caller)
            }
            try await bench.advanceDue(bench.advancer())
            if !approvesFirst {
                #expect(try bench.rfc(id).status == .pendingApproval)
                #expect(bench.stacks.orders.isEmpty)
                try await bench.service.approve(id, by: Sample.caller)
                try await bench.advanceDue(bench.advancer())
            }
            #expect(try bench.rfc(id).status == .success)
        }
    }

    @Test func `a scheduled RFC begins at its start and not before`() async throws {
        let bench = try AdvancerBench()
        let id = try await bench.submit(start: Sample.noon.advanced(bySeconds: 600))
        try await bench.advanceDue(bench.advancer())
        #expect(try bench.rfc(id).status == .scheduled)
        bench.time.advance(bySeconds: 599)
        try await bench.advanceDue(bench.advancer())
        #expect(try bench.rfc(id).status == .scheduled)
        bench.time.advance(bySeconds: 1)
        try await bench.advanceDue(bench.advancer())
        #expect(try bench.rfc(id).status == .success)
        #expect(try bench.rfc(id).startedAt == Sample.noon.advanced(bySeconds: 600))
    }

    @Test(
        arguments: [
            (30, false, RfcStatus.success), (3600 + 31, false, .rejected), (31, true, .canceled),
        ] as [(Int64, Bool, RfcStatus)]
    )
    func `a server that was down over the start begins late, within the window only`(
        _ seconds: Int64,
        _ isUnplanned: Bool,
        _ status: RfcStatus
    ) async throws {
        let bench = try AdvancerBench()
        let id = try await bench.submit(start: Sample.noon.advanced(bySeconds: 30))
        if !isUnplanned {
            try await bench.advanceDue(bench.advancer())
        }
        bench.time.advance(bySeconds: seconds)
        try await bench.advanceDue(bench.advancer())
        #expect(try bench.rfc(id).status == status)
    }

    @Test func `an approval that comes too late is refused, and the RFC is rejected`() async throws {
        let bench = try AdvancerBench()
        let id = try await bench.submit("ct-approved00001", start: Sample.noon.advanced(bySeconds: 600))
        try await bench.advanceDue(bench.advancer())
        bench.time.advance(bySeconds: 600)
        await #expect(throws: RfcError.self) { try await bench.service.approve(id, by: Sample.caller) }
        try await bench.advanceDue(bench.advancer())
        #expect(try bench.rfc(id).status == .rejected)
        #expect(try bench.rfc(id).approval == ApprovalState(aws: .approved, customer: .rejected))
    }

    @Test func `work that an RFC does not need any more is dropped`() async throws {
        let bench = try AdvancerBench()
        let id = try await bench.submit()
        let item = try #require(try bench.store.takeWork(dueBy: bench.time.now(), limit: 1).items.first)
        try await bench.service.cancel(id, reason: "x", by: Sample.caller)
        try await bench.advancer().advance(item)
        #expect(bench.store.workCount == 0)
        #expect(bench.stacks.orders.isEmpty)
    }

    @Test func `a plan that was changed after its approval is not run`() async throws {
        let bench = try AdvancerBench()
        let id = try await bench.submit()
        let rfc = try bench.rfc(id)
        var decision = try rfc.handle(
            .approvePlan(["action": "tampered"], hash: "h"),
            by: Sample.system,
            at: Sample.noon
        )
        try decision.then(.begin, by: Sample.system, at: Sample.noon)
        try await bench.store.append(decision)
        try await bench.advanceDue(bench.advancer())
        #expect(try bench.rfc(id).status == .failure)
        #expect(try bench.rfc(id).statusReason == "the approved plan can't be read back unchanged")
        #expect(bench.stacks.orders.isEmpty)
    }
}
