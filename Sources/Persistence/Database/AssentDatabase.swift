// SPDX-License-Identifier: Apache-2.0

import GRDB

/// The SQLite file that holds everything Assent must not lose.
///
/// Write-ahead logging with `synchronous = FULL`: an acknowledged commit survives power loss. All writes go through
/// one ``GroupCommitWriter``; reads run beside them.
package final class AssentDatabase: Sendable {
    let pool: DatabasePool
    let writer: GroupCommitWriter

    /// Opens or creates the file and brings its schema up to date.
    /// - Throws: GRDB's error when the file can't be opened or is damaged, ``PersistenceError`` when it was written by
    ///   a newer release.
    package init(path: String) throws {
        var configuration = Configuration()
        configuration.busyMode = .timeout(5)
        configuration.foreignKeysEnabled = true
        configuration.maximumReaderCount = 4
        configuration.label = "assent"
        pool = try DatabasePool(path: path, configuration: configuration)
        guard try pool.read(Migrations.all.hasBeenSuperseded) == false else {
            throw PersistenceError("the database was written by a newer release of Assent; use that release or newer")
        }
        try Migrations.all.migrate(pool)
        try pool.writeWithoutTransaction { database in
            // The pool sets NORMAL after it has opened the connection, so FULL has to come later.
            try database.execute(sql: "PRAGMA synchronous = FULL")
            try database.execute(sql: "PRAGMA wal_autocheckpoint = 4000")
        }
        writer = GroupCommitWriter(pool: pool)
    }

    /// Whether the file can be read and every commit so far reached the disk.
    package func isHealthy() -> Bool {
        guard !writer.hasFailed else { return false }
        let answer = try? pool.read { database in
            try Int.fetchOne(database.cachedStatement(sql: "SELECT 1"))
        }
        return answer == 1
    }

    /// Finishes all queued writes and closes the file; nothing may use the database afterwards.
    package func close() throws {
        try pool.close()
    }
}
