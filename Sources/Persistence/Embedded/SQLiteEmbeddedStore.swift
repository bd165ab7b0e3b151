// SPDX-License-Identifier: Apache-2.0

package import EmbeddedAWS
import GRDB
import JSONDocument
import Synchronization

/// The embedded AWS's records in SQLite.
package struct SQLiteEmbeddedStore: EmbeddedStore {
    private let database: AssentDatabase
    private let onLoss: @Sendable (any Error) -> Void

    /// Keeps the records in that database.
    ///
    /// The account's state in memory is ahead of the disk once a commit has failed, and nothing that builds on it may
    /// be acknowledged: `onLoss` is called before anybody hears of the failure and should end the process, which finds
    /// at its next start all that was ever acknowledged.
    package init(_ database: AssentDatabase, onLoss: @escaping @Sendable (any Error) -> Void) {
        self.database = database
        self.onLoss = onLoss
    }

    package func load() throws -> [EmbeddedRecord] {
        try database.pool.read { database in
            let rows = try Row.fetchCursor(
                database,
                sql: "SELECT kind, id, body FROM embedded_record ORDER BY position"
            )
            var records: [EmbeddedRecord] = []
            while let row = try rows.next() {
                let name: String = row[0]
                guard let kind = EmbeddedRecordKind(rawValue: name) else {
                    throw PersistenceError("the database has a record of the unknown kind `\(name)`")
                }
                records.append(EmbeddedRecord(kind: kind, id: row[1], body: try JSONValue(parsing: row[2] as String)))
            }
            return records
        }
    }

    package func enqueue(_ changes: [EmbeddedChange]) -> PendingCommit {
        let commit = CommitSignal()
        database.writer.enqueue { database in
            for change in changes {
                try Self.write(change, database)
            }
        } finish: { [onLoss] error in
            if let error {
                onLoss(error)
            }
            commit.finish(error)
        }
        return PendingCommit { try await commit.wait() }
    }

    private static func write(_ change: EmbeddedChange, _ database: Database) throws {
        switch change {
        case .put(let record):
            let statement = try database.cachedStatement(
                sql: """
                    INSERT INTO embedded_record (kind, id, body) VALUES (?, ?, ?)
                    ON CONFLICT (kind, id) DO UPDATE SET body = excluded.body
                    """
            )
            try statement.execute(arguments: [record.kind.rawValue, record.id, record.body.text()])
        case .remove(let kind, let id):
            let statement = try database.cachedStatement(
                sql: "DELETE FROM embedded_record WHERE kind = ? AND id = ?"
            )
            try statement.execute(arguments: [kind.rawValue, id])
        }
    }
}

/// One commit's end, awaited by at most one task, before or after it comes.
private final class CommitSignal: Sendable {
    private enum State {
        case pending
        case awaited(CheckedContinuation<Void, any Error>)
        case finished((any Error)?)
    }

    private let state = Mutex(State.pending)

    func finish(_ error: (any Error)?) {
        let waiter = state.withLock { state -> CheckedContinuation<Void, any Error>? in
            defer { state = .finished(error) }
            if case .awaited(let continuation) = state {
                return continuation
            }
            return nil
        }
        Self.resume(waiter, error)
    }

    func wait() async throws {
        try await withCheckedThrowingContinuation { continuation in
            let finished = state.withLock { state -> ((any Error)?)? in
                if case .finished(let error) = state {
                    return .some(error)
                }
                state = .awaited(continuation)
                return nil
            }
            if let error = finished {
                Self.resume(continuation, error)
            }
        }
    }

    private static func resume(_ continuation: CheckedContinuation<Void, any Error>?, _ error: (any Error)?) {
        if let error {
            continuation?.resume(throwing: error)
        } else {
            continuation?.resume()
        }
    }
}
