// SPDX-License-Identifier: Apache-2.0

package import ChangeManagement
package import CoreValues
import GRDB
import JSONDocument

/// RFCs, their events and their work in SQLite.
package struct SQLiteRfcStore: RfcStore {
    private let database: AssentDatabase

    /// Keeps the RFCs in that database.
    package init(_ database: AssentDatabase) {
        self.database = database
    }

    package func rfc(_ id: RfcID, in account: AccountID) throws -> Rfc? {
        try database.pool.read { database in
            let statement = try database.cachedStatement(
                sql: "SELECT document FROM rfc WHERE id = ? AND account = ?"
            )
            return try String.fetchOne(statement, arguments: [id.description, account.description]).map(Self.rfc)
        }
    }

    package func events(of id: RfcID) throws -> [RecordedEvent] {
        try database.pool.read { database in
            let statement = try database.cachedStatement(
                sql: "SELECT sequence, time, actor, name, body FROM rfc_event WHERE rfc_id = ? ORDER BY sequence"
            )
            return try Row.fetchAll(statement, arguments: [id.description]).map(Self.event)
        }
    }

    package func rfcs(_ query: RfcQuery) throws -> [Rfc] {
        let (sql, arguments) = RfcQuerySQL.statement(for: query)
        return try database.pool.read { database in
            try String.fetchAll(try database.cachedStatement(sql: sql), arguments: arguments).map(Self.rfc)
        }
    }

    package func append(_ decision: RfcDecision, finishing finished: WorkItem?) async throws {
        try await database.writer.write { database in
            try RfcWriting.append(decision, database)
            if let finished {
                try RfcWriting.finish(finished, database)
            }
        }
    }

    package func leaseWork(dueBy now: Timestamp, until leaseEnd: Timestamp, limit: Int) async throws -> [WorkItem] {
        try await database.writer.write { database in
            let statement = try database.cachedStatement(
                sql: """
                    UPDATE work SET leased_until = ? WHERE id IN (
                        SELECT id FROM work WHERE due_at <= ? AND leased_until <= ? ORDER BY due_at, id LIMIT ?
                    ) RETURNING id, rfc_id, account, attempts
                    """
            )
            let rows = try Row.fetchAll(
                statement,
                arguments: [leaseEnd.milliseconds, now.milliseconds, now.milliseconds, limit]
            )
            return try rows.map(Self.workItem).sorted { $0.id < $1.id }
        }
    }

    package func postpone(_ item: WorkItem, until due: Timestamp) async throws {
        try await database.writer.write { database in
            let statement = try database.cachedStatement(
                sql: "UPDATE work SET due_at = ?, leased_until = 0, attempts = attempts + 1 WHERE id = ?"
            )
            try statement.execute(arguments: [due.milliseconds, item.id])
        }
    }

    package func finish(_ item: WorkItem) async throws {
        try await database.writer.write { database in
            try RfcWriting.finish(item, database)
        }
    }

    package func releaseLeases() async throws {
        try await database.writer.write { database in
            try database.execute(sql: "UPDATE work SET leased_until = 0 WHERE leased_until > 0")
        }
    }

    package func nextDue() throws -> Timestamp? {
        try database.pool.read { database in
            let statement = try database.cachedStatement(
                sql: "SELECT due_at FROM work WHERE leased_until = 0 ORDER BY due_at, id LIMIT 1"
            )
            return try Int64.fetchOne(statement).map { Timestamp(milliseconds: $0) }
        }
    }

    private static func rfc(_ document: String) throws -> Rfc {
        try Rfc(stored: try JSONValue(parsing: document))
    }

    private static func event(_ row: Row) throws -> RecordedEvent {
        guard let actor = ARN(parsing: row[2] as String) else {
            throw PersistenceError("an event in the database has no usable actor")
        }
        return RecordedEvent(
            sequence: row[0],
            time: Timestamp(milliseconds: row[1]),
            actor: actor,
            event: try RfcEvent(name: row[3], stored: try JSONValue(parsing: row[4] as String))
        )
    }

    private static func workItem(_ row: Row) throws -> WorkItem {
        guard let rfcID = RfcID(row[1]), let account = AccountID(row[2] as String) else {
            throw PersistenceError("a work item in the database names no usable RFC")
        }
        return WorkItem(id: row[0], rfcID: rfcID, account: account, attempts: row[3])
    }
}
