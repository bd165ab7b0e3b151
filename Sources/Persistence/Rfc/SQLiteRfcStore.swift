// SPDX-License-Identifier: Apache-2.0

package import ChangeManagement
package import CoreValues
import GRDB
import JSONDocument
import Synchronization

/// RFCs, their events and their work in SQLite.
///
/// The data directory belongs to one process, so who is at which work item is remembered in memory: taking work costs
/// no write, and a process that dies holds nothing any more.
package final class SQLiteRfcStore: RfcStore {
    let database: AssentDatabase
    private let held = Mutex<Set<RfcID>>([])

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
            // Not cached: the shapes of filters are without number.
            try String.fetchAll(try database.makeStatement(sql: sql), arguments: arguments).map(Self.rfc)
        }
    }

    package func append(_ decision: RfcDecision) async throws {
        try await database.writer.write { database in
            try RfcWriting.append(decision, database)
        }
    }

    // MARK: Work

    package func takeWork(dueBy now: Timestamp, limit: Int) throws -> WorkBatch {
        try held.withLock { held in
            let rows = try dueFirst(limit + held.count + 1)
            var items: [WorkItem] = []
            for row in rows {
                let item = try Self.workItem(row)
                guard !held.contains(item.rfcID) else { continue }
                let due = Timestamp(milliseconds: row[4])
                guard due <= now, items.count < limit else {
                    return WorkBatch(items: items, nextDue: due)
                }
                held.insert(item.rfcID)
                items.append(item)
            }
            return WorkBatch(items: items, nextDue: nil)
        }
    }

    package func release(_ item: WorkItem) {
        held.withLock { _ = $0.remove(item.rfcID) }
    }

    package func postpone(_ item: WorkItem, until due: Timestamp) async throws {
        defer { release(item) }
        try await database.writer.write { database in
            try RfcWriting.postpone(item, until: due, database)
        }
    }

    package func finish(_ item: WorkItem) async throws {
        defer { release(item) }
        try await database.writer.write { database in
            try RfcWriting.finish(item, database)
        }
    }

    private func dueFirst(_ count: Int) throws -> [Row] {
        try database.pool.read { database in
            try Row.fetchAll(try database.cachedStatement(sql: Self.dueFirstSQL), arguments: [count])
        }
    }

    static let dueFirstSQL = """
        SELECT rfc_id, account, generation, attempts, due_at FROM work ORDER BY due_at, rfc_id LIMIT ?
        """

    // MARK: Rows

    private static func rfc(_ document: String) throws -> Rfc {
        try Rfc(stored: try JSONValue(parsing: document))
    }

    static func event(_ row: Row) throws -> RecordedEvent {
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
        guard let rfcID = RfcID(row[0]), let account = AccountID(row[1] as String) else {
            throw PersistenceError("a work item in the database names no usable RFC")
        }
        return WorkItem(rfcID: rfcID, account: account, generation: row[2], attempts: row[3])
    }
}
