// SPDX-License-Identifier: Apache-2.0

import ChangeManagement
import CoreValues
import GRDB
import JSONDocument
import TestSupport
import Testing

@testable import Persistence

struct EventChainTests {
    let temporary: TemporaryDatabase
    let store: SQLiteRfcStore
    let id = Sample.rfcID()

    init() async throws {
        temporary = try TemporaryDatabase()
        store = SQLiteRfcStore(temporary.database)
        let created = Sample.created(id)
        try await store.append(created)
        let approvals = ApprovalState(aws: .approvalPending, customer: .notRequired)
        var decision = try created.rfc.handle(
            .submit(override: .noOverrides, approvals: approvals),
            by: Sample.requester,
            at: Sample.noon
        )
        try await store.append(decision)
        decision = try decision.rfc.handle(.approvePlan([:], hash: "h"), by: Sample.system, at: Sample.noon)
        try decision.then(.begin, by: Sample.system, at: Sample.noon)
        try await store.append(decision)
        let done = try decision.rfc.handle(.succeed(output: "{}"), by: Sample.system, at: Sample.noon)
        try await store.append(done)
    }

    /// Ways to tamper with the file, and what the check then says.
    static let tamperings: [(sql: String, finding: String)] = [
        (
            "UPDATE rfc_event SET actor = 'arn:aws:iam::123456789012:user/mallory' WHERE sequence = 1",
            "event 1 is not what was written"
        ),
        ("UPDATE rfc_event SET body = '{}' WHERE sequence = 2", "event 2 is not what was written"),
        ("UPDATE rfc_event SET time = time + 1 WHERE sequence = 0", "event 0 is not what was written"),
        ("UPDATE rfc_event SET name = 'reported' WHERE sequence = 4", "event 4 is not what was written"),
        ("DELETE FROM rfc_event WHERE sequence = 2", "event 2 is missing"),
        ("DELETE FROM rfc_event WHERE sequence = 4", "the RFC has had 5 events, 4 are left"),
        ("DELETE FROM rfc_event WHERE sequence = 0", "event 0 is missing"),
        ("UPDATE rfc_event SET hash = x'00' WHERE sequence = 3", "event 3 is not what was written"),
        (
            "UPDATE rfc SET document = replace(document, '\"status\":\"Success\"', '\"status\":\"Failure\"')",
            "the state is not what the events add up to"
        ),
    ]

    @Test func `an untouched history is sound`() throws {
        #expect(try store.events(of: id).count == 5)
        #expect(try store.verifyChain(of: id) == nil)
        #expect(try store.verifyChain(of: Sample.rfcID(2)) == nil)
    }

    @Test(arguments: tamperings.indices)
    func `tampering is found`(_ index: Int) throws {
        let (sql, finding) = Self.tamperings[index]
        try temporary.database.pool.write { try $0.execute(sql: sql) }
        #expect(try store.verifyChain(of: id) == finding)
    }

    @Test func `swapped events are found`() throws {
        try temporary.database.pool.write { database in
            try database.execute(
                sql: """
                    UPDATE rfc_event SET sequence = 9 WHERE sequence = 1;
                    UPDATE rfc_event SET sequence = 1 WHERE sequence = 2;
                    UPDATE rfc_event SET sequence = 2 WHERE sequence = 9;
                    """
            )
        }
        #expect(try store.verifyChain(of: id) == "event 1 is not what was written")
    }
}
