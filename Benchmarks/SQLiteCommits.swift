// SPDX-License-Identifier: Apache-2.0

import Foundation
import GRDB

/// Raw durable SQLite commits: one row of 300 bytes a transaction, WAL, `synchronous = FULL`.
enum SQLiteCommits {
    static func measure(in folder: URL, seconds: Double) throws -> Throughput {
        let path = folder.appendingPathComponent("raw.sqlite").path
        return try Load.measure(clients: 1, seconds: seconds) { _ in
            let queue = try DatabaseQueue(path: path)
            try queue.writeWithoutTransaction { database in
                try database.execute(sql: "PRAGMA journal_mode = WAL")
                try database.execute(sql: "PRAGMA synchronous = FULL")
                try database.execute(sql: "CREATE TABLE item (id INTEGER PRIMARY KEY, body TEXT NOT NULL) STRICT")
            }
            let body = String(repeating: "x", count: 300)
            return {
                try queue.write { database in
                    let statement = try database.cachedStatement(sql: "INSERT INTO item (body) VALUES (?)")
                    try statement.execute(arguments: [body])
                }
            }
        }
    }
}
