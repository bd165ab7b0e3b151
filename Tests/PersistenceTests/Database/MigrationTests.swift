// SPDX-License-Identifier: Apache-2.0

import ChangeManagement
import Foundation
import GRDB
import TestSupport
import Testing

@testable import Persistence

struct MigrationTests {
    /// The text of a database that a release with the first schema has left behind.
    private static func dump(file: String = #filePath) throws -> String {
        let fixture = URL(fileURLWithPath: file).deletingLastPathComponent().deletingLastPathComponent()
            .appendingPathComponent("Fixtures/schema-0001.sql")
        return try String(contentsOf: fixture, encoding: .utf8)
    }

    @Test func `a database of the first schema opens with everything in it`() throws {
        let temporary = try TemporaryDatabase { path in
            let queue = try DatabaseQueue(path: path)
            try queue.write { try $0.execute(sql: try Self.dump()) }
            try queue.close()
        }
        let store = SQLiteRfcStore(temporary.database)
        let rfcs = try store.rfcs(RfcQuery(account: Sample.account))
        #expect(rfcs.map(\.status) == [.success, .pendingApproval])
        #expect(try store.takeWork(dueBy: Sample.noon, limit: 10).items.map(\.rfcID) == [Sample.rfcID(2)])
        for rfc in rfcs {
            #expect(try store.verifyChain(of: rfc.id) == nil)
        }
    }

    @Test func `the first schema is what the fixture was made with`() throws {
        let fresh = try TemporaryDatabase()
        let old = try DatabaseQueue()
        try old.write { try $0.execute(sql: try Self.dump()) }
        let query = "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY name"
        #expect(
            try fresh.database.pool.read { try String.fetchAll($0, sql: query) }
                == old.read { try String.fetchAll($0, sql: query) }
        )
    }
}
