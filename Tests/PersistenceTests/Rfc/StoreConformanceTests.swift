// SPDX-License-Identifier: Apache-2.0

import ChangeManagement
import CoreValues
import JSONDocument
import Persistence
import TestSupport
import Testing

/// What every store of RFCs must do; run over each of them.
struct StoreConformanceTests {
    /// A kind of store.
    enum Kind: String, CaseIterable {
        case memory, sqlite

        func make() throws -> Opened {
            switch self {
            case .memory: return Opened(store: MemoryRfcStore(), keeper: nil)
            case .sqlite:
                let temporary = try TemporaryDatabase()
                return Opened(store: SQLiteRfcStore(temporary.database), keeper: temporary)
            }
        }
    }

    /// A store, with what keeps its files.
    struct Opened {
        let store: any RfcStore
        let keeper: TemporaryDatabase?
    }

    private static let later = Sample.noon.advanced(bySeconds: 60)
    private static let submit = RfcCommand.submit(
        override: .noOverrides,
        approvals: ApprovalState(aws: .approvalPending, customer: .notRequired)
    )

    private static func submitted(
        _ store: any RfcStore,
        _ number: Int = 1,
        at time: Timestamp = Sample.noon
    ) async throws -> Rfc {
        let created = Sample.created(Sample.rfcID(number))
        try await store.append(created)
        let submitted = try created.rfc.handle(submit, by: Sample.requester, at: time)
        try await store.append(submitted)
        return submitted.rfc
    }

    @Test(arguments: Kind.allCases)
    func `what was appended is read back`(_ kind: Kind) async throws {
        let opened = try kind.make()
        let rfc = try await Self.submitted(opened.store)
        #expect(try opened.store.rfc(rfc.id, in: Sample.account) == rfc)
        let events = try opened.store.events(of: rfc.id)
        #expect(events.map(\.event.name) == ["created", "submitted"])
        #expect(Rfc(replaying: events) == rfc)
    }

    @Test(arguments: Kind.allCases)
    func `there is no RFC in another account, and none of another id`(_ kind: Kind) async throws {
        let opened = try kind.make()
        let rfc = try await Self.submitted(opened.store)
        #expect(try opened.store.rfc(rfc.id, in: Sample.account("210987654321")) == nil)
        #expect(try opened.store.rfc(Sample.rfcID(2), in: Sample.account) == nil)
        #expect(try opened.store.events(of: Sample.rfcID(2)) == [])
    }

    @Test(arguments: Kind.allCases)
    func `a decision on an RFC that has changed since is a conflict, and nothing is written`(_ kind: Kind) async throws
    {
        let opened = try kind.make()
        let rfc = try await Self.submitted(opened.store)
        let first = try rfc.handle(.cancel(reason: "a"), by: Sample.requester, at: Self.later)
        let second = try rfc.handle(.cancel(reason: "b"), by: Sample.requester, at: Self.later)
        try await opened.store.append(first)
        let error = await #expect(throws: RfcError.self) { try await opened.store.append(second) }
        #expect(error?.code == .conflict)
        #expect(try opened.store.rfc(rfc.id, in: Sample.account)?.statusReason == "a")
        #expect(try opened.store.events(of: rfc.id).count == 3)
    }

    @Test(arguments: Kind.allCases)
    func `of many who decide on the same RFC exactly one succeeds`(_ kind: Kind) async throws {
        let opened = try kind.make()
        let store = opened.store
        let rfc = try await Self.submitted(store)
        let successes = await withTaskGroup(of: Bool.self) { group in
            for number in 0..<16 {
                group.addTask {
                    do {
                        let command = RfcCommand.cancel(reason: "\(number)")
                        try await store.append(try rfc.handle(command, by: Sample.requester, at: Self.later))
                        return true
                    } catch {
                        return false
                    }
                }
            }
            return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
        #expect(successes == 1)
        #expect(try store.events(of: rfc.id).count == 3)
    }

    // MARK: Work

    @Test(arguments: Kind.allCases)
    func `work is taken once, and again after it was released`(_ kind: Kind) async throws {
        let opened = try kind.make()
        let rfc = try await Self.submitted(opened.store)
        let batch = try opened.store.takeWork(dueBy: Sample.noon, limit: 10)
        #expect(batch.items.map(\.rfcID) == [rfc.id])
        #expect(batch.nextDue == nil)
        #expect(try opened.store.takeWork(dueBy: Self.later, limit: 10) == WorkBatch(items: [], nextDue: nil))
        opened.store.release(batch.items[0])
        #expect(try opened.store.takeWork(dueBy: Self.later, limit: 10).items == batch.items)
    }

    @Test(arguments: Kind.allCases)
    func `work that is not due is told and not taken`(_ kind: Kind) async throws {
        let opened = try kind.make()
        _ = try await Self.submitted(opened.store, at: Self.later)
        #expect(try opened.store.takeWork(dueBy: Sample.noon, limit: 10) == WorkBatch(items: [], nextDue: Self.later))
        #expect(try opened.store.takeWork(dueBy: Self.later, limit: 10).items.count == 1)
    }

    @Test(arguments: Kind.allCases)
    func `the longest due comes first, and what is over the limit is told`(_ kind: Kind) async throws {
        let opened = try kind.make()
        for number in 1...5 {
            _ = try await Self.submitted(opened.store, number, at: Sample.noon.advanced(bySeconds: Int64(10 - number)))
        }
        let first = try opened.store.takeWork(dueBy: Self.later, limit: 2)
        #expect(first.items.map(\.rfcID) == [Sample.rfcID(5), Sample.rfcID(4)])
        #expect(first.nextDue == Sample.noon.advanced(bySeconds: 7))
        let second = try opened.store.takeWork(dueBy: Self.later, limit: 10)
        #expect(second.items.map(\.rfcID) == [Sample.rfcID(3), Sample.rfcID(2), Sample.rfcID(1)])
    }

    @Test(arguments: Kind.allCases)
    func `postponed work comes back later, with one attempt more`(_ kind: Kind) async throws {
        let opened = try kind.make()
        _ = try await Self.submitted(opened.store)
        let item = try opened.store.takeWork(dueBy: Sample.noon, limit: 1).items[0]
        try await opened.store.postpone(item, until: Self.later)
        #expect(try opened.store.takeWork(dueBy: Sample.noon, limit: 1) == WorkBatch(items: [], nextDue: Self.later))
        let again = try opened.store.takeWork(dueBy: Self.later, limit: 1).items[0]
        #expect(again.attempts == item.attempts + 1)
    }

    @Test(arguments: Kind.allCases)
    func `finished work is gone`(_ kind: Kind) async throws {
        let opened = try kind.make()
        _ = try await Self.submitted(opened.store)
        let item = try opened.store.takeWork(dueBy: Sample.noon, limit: 1).items[0]
        try await opened.store.finish(item)
        #expect(try opened.store.takeWork(dueBy: Self.later, limit: 1) == WorkBatch(items: [], nextDue: nil))
    }

    @Test(arguments: Kind.allCases)
    func `what an RFC asked for while it was worked on is neither finished nor postponed`(_ kind: Kind) async throws {
        let opened = try kind.make()
        for (number, isPostponed) in [(1, true), (2, false)] {
            let rfc = try await Self.submitted(opened.store, number)
            let item = try opened.store.takeWork(dueBy: Sample.noon, limit: 1).items[0]
            let canceled = try rfc.handle(.cancel(reason: "x"), by: Sample.requester, at: Sample.noon)
            try await opened.store.append(canceled)
            try await opened.store.append(
                try canceled.rfc.handle(.update(rfc.draft), by: Sample.requester, at: Sample.noon)
            )
            let edited = try #require(try opened.store.rfc(rfc.id, in: Sample.account))
            try await opened.store.append(try edited.handle(Self.submit, by: Sample.requester, at: Sample.noon))
            if isPostponed {
                try await opened.store.postpone(item, until: Self.later.advanced(bySeconds: 3600))
            } else {
                try await opened.store.finish(item)
            }
            let next = try opened.store.takeWork(dueBy: Self.later, limit: 1).items
            #expect(next.map(\.rfcID) == [rfc.id])
            #expect(next.first?.attempts == 0)
        }
    }

    @Test(arguments: Kind.allCases)
    func `an RFC that rests asks for nothing any more`(_ kind: Kind) async throws {
        let opened = try kind.make()
        let rfc = try await Self.submitted(opened.store)
        try await opened.store.append(try rfc.handle(.cancel(reason: "x"), by: Sample.requester, at: Sample.noon))
        #expect(try opened.store.takeWork(dueBy: Self.later, limit: 1) == WorkBatch(items: [], nextDue: nil))
    }
}
