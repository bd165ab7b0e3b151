// SPDX-License-Identifier: Apache-2.0

import ChangeManagement
import CoreValues
import Synchronization
import TestSupport
import Testing

struct RfcServiceTests {
    let store = MemoryRfcStore()
    let time = ManualTime()
    let service: RfcService
    private let wakeUps = WakeUps()

    private final class WakeUps: Sendable {
        let count = Mutex(0)
    }

    init() throws {
        let wakeUps = wakeUps
        service = RfcService(
            catalogue: try SampleChangeTypes.catalogue(),
            store: store,
            planner: Planner(region: Sample.region),
            time: time,
            ids: SeededIDs(),
            workArrived: { wakeUps.count.withLock { $0 += 1 } }
        )
    }

    private func create(
        _ changeTypeID: String = "ct-1d84keiri1jhg",
        version: String = "1.0",
        _ change: (inout RfcDraft) -> Void = { _ in }
    ) async throws -> RfcID {
        var draft = RfcDraft(title: "my-app-key")
        draft.executionParameters = SampleParameters.requiredOnly
        change(&draft)
        return try await service.create(draft, changeTypeID: changeTypeID, version: version, by: Sample.caller)
    }

    private func refusal(_ body: () async throws -> Void) async -> RfcError? {
        do {
            try await body()
            return nil
        } catch {
            return error as? RfcError
        }
    }

    @Test func `a new RFC stays in editing and wakes nobody`() async throws {
        let id = try await create()
        #expect(try service.rfc(id, for: Sample.caller).status == .editing)
        #expect(store.workCount == 0)
        #expect(wakeUps.count.withLock { $0 } == 0)
    }

    @Test func `a submitted RFC asks for work and wakes the worker`() async throws {
        let id = try await create()
        try await service.submit(id, override: .noOverrides, by: Sample.caller)
        let rfc = try service.rfc(id, for: Sample.caller)
        #expect(rfc.status == .pendingApproval)
        #expect(rfc.approval == ApprovalState(aws: .approvalPending, customer: .notRequired))
        #expect(store.workCount == 1)
        #expect(wakeUps.count.withLock { $0 } == 1)
    }

    @Test func `an RFC without parameters is filed, and can't be submitted`() async throws {
        let id = try await create { $0.executionParameters = nil }
        let error = await refusal { try await service.submit(id, override: .noOverrides, by: Sample.caller) }
        #expect(error?.code == .invalidArgument)
        #expect(error?.message.contains("UpdateRfc") == true)
        var patch = RfcPatch()
        patch.executionParameters = SampleParameters.requiredOnly
        try await service.update(id, patch, by: Sample.caller)
        try await service.submit(id, override: .noOverrides, by: Sample.caller)
    }

    @Test func `an unknown change type is a bad argument of a creation`() async throws {
        let error = await refusal { _ = try await create("ct-0000000000000") }
        #expect(error?.code == .invalidArgument)
        #expect(await refusal { _ = try await create(version: "9.0") }?.code == .invalidArgument)
    }

    /// Drafts that are over a limit, and what the refusal must name.
    static let excesses: [(String, @Sendable (inout RfcDraft) -> Void)] = [
        ("/Title: has 256 characters", { $0.title = String(repeating: "ä", count: 256) }),
        ("/Title: contains a line break", { $0.title = "a\nb" }),
        ("/Title: is empty", { $0.title = "" }),
        ("/Description: has 5001", { $0.description = String(repeating: "x", count: 5001) }),
        ("/ExpectedOutcome: has 5001", { $0.expectedOutcome = String(repeating: "x", count: 5001) }),
        ("/ImplementationPlan: has 5001", { $0.implementationPlan = String(repeating: "x", count: 5001) }),
        ("/RollbackPlan: has 5001", { $0.rollbackPlan = String(repeating: "x", count: 5001) }),
        ("/WorstCaseScenario: has 5001", { $0.worstCaseScenario = String(repeating: "x", count: 5001) }),
        (
            "/ExecutionParameters: has 65537 bytes",
            { $0.executionParameters = String(repeating: " ", count: 65_537) }
        ),
        (
            "/Notification/Email/EmailRecipients: has 21",
            { $0.emailRecipients = Array(repeating: "a@example.com", count: 21) }
        ),
        ("/RequestedStartTime: `20261124T120000Z` has passed", { $0.requestedStart = Sample.noon }),
    ]

    @Test(arguments: excesses.indices)
    func `what is over a limit is refused with the member's name`(_ index: Int) async throws {
        let (message, change) = Self.excesses[index]
        let error = await refusal { _ = try await create { change(&$0) } }
        #expect(error?.code == .invalidArgument)
        #expect(error?.message.hasPrefix(message) == true, "\(error?.message ?? "accepted")")
    }

    @Test func `what is just within the limits is accepted`() async throws {
        _ = try await create { draft in
            draft.title = String(repeating: "ä", count: 255)
            draft.description = String(repeating: "ö", count: 5000)
            draft.emailRecipients = Array(repeating: "a@example.com", count: 20)
            draft.requestedStart = Sample.noon.advanced(bySeconds: 1)
        }
    }

    @Test func `a reason has its limit too`() async throws {
        let id = try await create()
        let reason = String(repeating: "x", count: 5001)
        #expect(
            await refusal { try await service.cancel(id, reason: reason, by: Sample.caller) }?.code == .invalidArgument
        )
    }

    @Test func `an update keeps what it does not name`() async throws {
        let id = try await create { $0.description = "kept" }
        var patch = RfcPatch()
        patch.title = "new"
        try await service.update(id, patch, by: Sample.caller)
        let draft = try service.rfc(id, for: Sample.caller).draft
        #expect(draft.title == "new")
        #expect(draft.description == "kept")
        #expect(draft.executionParameters == SampleParameters.requiredOnly)
    }

    @Test func `an update of a submitted RFC is refused because of its status, whatever it holds`() async throws {
        let id = try await create()
        try await service.submit(id, override: .noOverrides, by: Sample.caller)
        var patch = RfcPatch()
        patch.executionParameters = "nonsense"
        #expect(await refusal { try await service.update(id, patch, by: Sample.caller) }?.code == .invalidState)
    }

    @Test func `another account's RFC is not found`() async throws {
        let id = try await create()
        let stranger = CallerIdentity(
            kind: .root,
            arn: ARN(service: "iam", account: "210987654321", resource: "root"),
            accountID: Sample.account("210987654321"),
            userID: "210987654321"
        )
        #expect(await refusal { _ = try service.rfc(id, for: stranger) }?.code == .notFound)
        #expect(await refusal { try await service.cancel(id, reason: "x", by: stranger) }?.code == .notFound)
    }

    @Test func `of two who decide at the same time, the second decides on what the first left`() async throws {
        let id = try await create("ct-approved00001")
        try await service.submit(id, override: .noOverrides, by: Sample.caller)
        async let approved: Void = service.approve(id, by: Sample.caller)
        async let canceled: Void = service.cancel(id, reason: "x", by: Sample.caller)
        _ = await (try? approved, try? canceled)
        let rfc = try service.rfc(id, for: Sample.caller)
        #expect(rfc.status == .canceled)
        #expect(try Rfc(replaying: store.events(of: id)) == rfc)
    }
}
