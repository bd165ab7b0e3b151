// SPDX-License-Identifier: Apache-2.0

import GRDB
import Testing

@testable import Persistence

struct DurabilityTests {
    @Test func `every commit reaches the disk before it is acknowledged`() throws {
        let temporary = try TemporaryDatabase()
        let (synchronous, journal, foreignKeys) = try temporary.database.pool.writeWithoutTransaction { database in
            (
                try Int.fetchOne(database, sql: "PRAGMA synchronous"),
                try String.fetchOne(database, sql: "PRAGMA journal_mode"),
                try Int.fetchOne(database, sql: "PRAGMA foreign_keys")
            )
        }
        #expect(synchronous == 2)
        #expect(journal == "wal")
        #expect(foreignKeys == 1)
    }

    @Test func `a healthy database says so, a closed one does not`() throws {
        let temporary = try TemporaryDatabase()
        #expect(temporary.database.isHealthy())
        try temporary.database.close()
        #expect(!temporary.database.isHealthy())
    }

    @Test func `a file of a newer release is refused`() throws {
        let temporary = try TemporaryDatabase()
        try temporary.database.pool.write { database in
            try database.execute(sql: "INSERT INTO grdb_migrations (identifier) VALUES ('9999')")
        }
        #expect(throws: Persistence.PersistenceError.self) { try temporary.reopened() }
    }
}
