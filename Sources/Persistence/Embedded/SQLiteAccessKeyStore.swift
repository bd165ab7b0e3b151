// SPDX-License-Identifier: Apache-2.0

import CoreValues
package import EmbeddedAWS
import GRDB

/// Access keys in SQLite; the command line may add some while the server runs.
package struct SQLiteAccessKeyStore: AccessKeyStore {
    private static let columns = "id, principal, sealed_secret, created_at, is_active"

    private let database: AssentDatabase

    /// Keeps the keys in that database.
    package init(_ database: AssentDatabase) {
        self.database = database
    }

    package func accessKey(id: String) throws -> AccessKeyRecord? {
        try database.pool.read { database in
            let statement = try database.cachedStatement(sql: "SELECT \(Self.columns) FROM access_key WHERE id = ?")
            return try Row.fetchOne(statement, arguments: [id]).map(Self.record)
        }
    }

    package func accessKeys() throws -> [AccessKeyRecord] {
        try database.pool.read { database in
            try Row.fetchAll(database, sql: "SELECT \(Self.columns) FROM access_key ORDER BY created_at, id")
                .map(Self.record)
        }
    }

    package func put(_ record: AccessKeyRecord) throws {
        try database.pool.write { database in
            try database.execute(
                sql: """
                    INSERT INTO access_key (\(Self.columns)) VALUES (?, ?, ?, ?, ?)
                    ON CONFLICT (id) DO UPDATE SET principal = excluded.principal,
                        sealed_secret = excluded.sealed_secret, is_active = excluded.is_active
                    """,
                arguments: [
                    record.accessKeyID, record.principal.description, DatabaseBlob(record.sealedSecret),
                    record.createdAt.milliseconds, record.isActive,
                ]
            )
        }
    }

    package func remove(id: String) throws {
        try database.pool.write { database in
            try database.execute(sql: "DELETE FROM access_key WHERE id = ?", arguments: [id])
        }
    }

    private static func record(_ row: Row) throws -> AccessKeyRecord {
        guard let principal = ARN(parsing: row[1] as String) else {
            throw PersistenceError("an access key in the database has no usable principal")
        }
        return AccessKeyRecord(
            accessKeyID: row[0],
            principal: principal,
            sealedSecret: DatabaseBlob.bytes(row, 2),
            createdAt: Timestamp(milliseconds: row[3]),
            isActive: row[4]
        )
    }
}
