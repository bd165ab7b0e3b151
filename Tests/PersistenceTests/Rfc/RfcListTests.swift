// SPDX-License-Identifier: Apache-2.0

import ChangeManagement
import CoreValues
import GRDB
import JSONDocument
import TestSupport
import Testing

@testable import Persistence

struct RfcListTests {
    let temporary: TemporaryDatabase
    let store: SQLiteRfcStore

    init() throws {
        temporary = try TemporaryDatabase()
        store = SQLiteRfcStore(temporary.database)
    }

    /// Random RFCs on random points of their way, some filed in the same millisecond.
    private static func decisions(_ generator: inout SeededGenerator, count: Int) throws -> [RfcDecision] {
        let titles = ["KMS key for Ärger", "kms KEY", "Delete stack", "%_ wild", "a'b\"c"]
        var decisions: [RfcDecision] = []
        for number in 0..<count {
            var time = Sample.noon.advanced(bySeconds: Int64.random(in: 0...50, using: &generator))
            let start =
                generator.once(in: 3) ? time.advanced(bySeconds: Int64.random(in: 60...600, using: &generator)) : nil
            let user = generator.pick(["alice", "Bob"])
            let actor = ARN(service: "iam", account: Sample.account.description, resource: "user/\(user)")
            var draft = RfcDraft(title: generator.pick(titles))
            draft.requestedStart = start
            let creation = RfcCreation(
                id: Sample.rfcID(number),
                account: generator.once(in: 10) ? Sample.account("210987654321") : Sample.account,
                changeType: ChangeTypeReference(
                    id: generator.pick(["ct-1d84keiri1jhg", "ct-0q0bic0ywqk6c"]),
                    version: generator.pick(["1.0", "2.0"])
                ),
                automation: generator.pick(AutomationStatus.allCases),
                expectedDurationMinutes: 60,
                draft: draft
            )
            var decision = Rfc.create(creation, by: actor, at: time)
            let approvals = ApprovalState(aws: .approvalPending, customer: .notRequired)
            let way: [RfcCommand] = [
                .submit(override: .noOverrides, approvals: approvals), .approvePlan([:], hash: "h"), .begin,
                .succeed(output: "{}"),
            ]
            for command in way.prefix(Int.random(in: 0...4, using: &generator)) {
                time = time.advanced(bySeconds: Int64.random(in: 0...30, using: &generator))
                try? decision.then(command, by: actor, at: time)
            }
            decisions.append(decision)
        }
        return decisions
    }

    private static func filter(_ generator: inout SeededGenerator) -> RfcFilter {
        func moment() -> Timestamp {
            Sample.noon.advanced(bySeconds: Int64.random(in: -10...200, using: &generator))
        }
        let member = generator.pick(RfcFilter.TimeMember.allCases)
        switch Int.random(in: 0..<8, using: &generator) {
        case 0: return .before(member, moment())
        case 1: return .after(member, moment())
        case 2:
            let first = moment()
            return .between(member, first, first.advanced(bySeconds: Int64.random(in: 0...60, using: &generator)))
        case 3: return .contains(.title, [generator.pick(["KMS", "ärg", "%", "_", "'", "nothing"])])
        case 4: return .contains(.createdBy, [generator.pick(["ALICE", "bob", "user/"])])
        case 5: return .equals(.status, [generator.pick(RfcStatus.allCases).rawValue, "Success"])
        case 6: return .equals(.changeTypeID, ["ct-1d84keiri1jhg"])
        default:
            return .equals(
                generator.pick([.automationStatus, .changeTypeVersion]),
                [generator.pick(["Manual", "1.0"])]
            )
        }
    }

    private func append(_ decisions: [RfcDecision]) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for decision in decisions {
                group.addTask { try await store.append(decision) }
            }
            try await group.waitForAll()
        }
    }

    @Test(arguments: 1...6 as ClosedRange<UInt64>)
    func `every filter finds what looking at each RFC finds`(_ seed: UInt64) async throws {
        var generator = SeededGenerator(seed: seed)
        let decisions = try Self.decisions(&generator, count: 120)
        try await append(decisions)
        let all = decisions.map(\.rfc)
        for _ in 0..<60 {
            let filters = (0..<Int.random(in: 0...2, using: &generator)).map { _ in Self.filter(&generator) }
            let query = RfcQuery(account: Sample.account, filters: filters, limit: 100)
            let expected = NaiveRfcQuery(query).answer(all).map(\.id)
            #expect(try store.rfcs(query).map(\.id) == expected, "seed \(seed): \(filters)")
        }
    }

    @Test func `pages hold every RFC once, in order, even those of the same moment`() async throws {
        var generator = SeededGenerator(seed: 7)
        let decisions = try Self.decisions(&generator, count: 130)
        try await append(decisions)
        var query = RfcQuery(account: Sample.account, limit: 20)
        var pages: [[RfcID]] = []
        while true {
            let page = try store.rfcs(query)
            guard let last = page.last else { break }
            pages.append(page.map(\.id))
            query.after = RfcQuery.Position(createdAt: last.createdAt, id: last.id)
        }
        let whole = NaiveRfcQuery(RfcQuery(account: Sample.account, limit: 1000)).answer(decisions.map(\.rfc))
        #expect(pages.flatMap { $0 } == whole.map(\.id))
        #expect(pages.dropLast().allSatisfy { $0.count == 20 })
    }

    @Test func `a filter without values finds nothing`() async throws {
        try await store.append(Sample.created())
        #expect(try store.rfcs(RfcQuery(account: Sample.account, filters: [.equals(.status, [])])) == [])
        #expect(try store.rfcs(RfcQuery(account: Sample.account, filters: [.contains(.title, [])])) == [])
    }

    // MARK: Query plans

    /// Hot queries, and the index each must go by.
    static let plans: [(name: String, sql: String, index: String)] =
        [
            ("work that is due", SQLiteRfcStore.dueFirstSQL, "work_by_due"),
            ("the list", list(), "rfc_by_creation"),
            ("a further page", list(isFurtherPage: true), "rfc_by_creation"),
            ("by status", list([.equals(.status, ["Success"])]), "rfc_by_status"),
            ("by change type", list([.equals(.changeTypeID, ["ct-1d84keiri1jhg"])]), "rfc_by_change_type"),
            ("by title", list([.contains(.title, ["x"])]), "rfc_by_creation"),
            ("by creation", list([.after(.created, Sample.noon)]), "rfc_by_creation"),
        ]
        + RfcFilter.TimeMember.allCases.map { member in
            ("before a time of \(member.rawValue)", list([.before(member, Sample.noon)]), "rfc_by_")
        }

    private static func list(_ filters: [RfcFilter] = [], isFurtherPage: Bool = false) -> String {
        var query = RfcQuery(account: Sample.account, filters: filters)
        if isFurtherPage {
            query.after = RfcQuery.Position(createdAt: Sample.noon, id: Sample.rfcID())
        }
        return RfcQuerySQL.statement(for: query).sql
    }

    @Test(arguments: plans.indices)
    func `hot queries go by an index and sort nothing`(_ index: Int) throws {
        let (name, sql, wanted) = Self.plans[index]
        let count = sql.utf8.count { $0 == UInt8(ascii: "?") }
        let steps = try temporary.database.pool.read { database in
            try Row.fetchAll(
                database,
                sql: "EXPLAIN QUERY PLAN " + sql,
                arguments: StatementArguments(repeatElement(1, count: count))
            )
            .map { $0["detail"] as String }
        }
        #expect(steps.contains { $0.contains("INDEX \(wanted)") }, "\(name): \(steps)")
        #expect(!steps.contains { $0.hasPrefix("SCAN rfc") }, "\(name): \(steps)")
        if wanted != "rfc_by_" {
            #expect(!steps.contains { $0.contains("TEMP B-TREE") }, "\(name): \(steps)")
        }
    }
}
