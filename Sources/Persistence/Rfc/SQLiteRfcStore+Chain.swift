// SPDX-License-Identifier: Apache-2.0

package import ChangeManagement
import CoreValues
import GRDB
import JSONDocument

extension SQLiteRfcStore {
    /// Checks that an RFC's history is the one that was written: every event hashed in its place, none missing, and
    /// the stored state what the events add up to.
    /// - Returns: what is wrong first, `nil` when nothing is, or when there is no such RFC.
    package func verifyChain(of id: RfcID) throws -> String? {
        try database.pool.read { database in
            let document = try String.fetchOne(
                database,
                sql: "SELECT document FROM rfc WHERE id = ?",
                arguments: [id.description]
            )
            let rows = try Row.fetchAll(
                database,
                sql: """
                    SELECT sequence, time, actor, name, body, hash FROM rfc_event WHERE rfc_id = ? ORDER BY sequence
                    """,
                arguments: [id.description]
            )
            if let broken = Self.brokenLink(rows, id) {
                return broken
            }
            guard let document else {
                return rows.isEmpty ? nil : "there are events of an RFC that is gone"
            }
            return try Self.difference(document, rows)
        }
    }

    private static func brokenLink(_ rows: [Row], _ id: RfcID) -> String? {
        var previous: [UInt8] = []
        for (index, row) in rows.enumerated() {
            let link = EventChain.Link(
                rfc: id.description,
                sequence: row[0],
                time: row[1],
                actor: row[2],
                name: row[3],
                body: row[4]
            )
            guard link.sequence == Int64(index) else { return "event \(index) is missing" }
            let hash = EventChain.hash(link, after: previous)
            guard hash == DatabaseBlob.bytes(row, 5) else { return "event \(index) is not what was written" }
            previous = hash
        }
        return nil
    }

    private static func difference(_ document: String, _ rows: [Row]) throws -> String? {
        let stored = try Rfc(stored: try JSONValue(parsing: document))
        guard stored.version == rows.count else {
            return "the RFC has had \(stored.version) events, \(rows.count) are left"
        }
        return Rfc(replaying: try rows.map(Self.event)) == stored ? nil : "the state is not what the events add up to"
    }
}
