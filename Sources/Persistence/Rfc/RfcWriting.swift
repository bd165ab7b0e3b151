// SPDX-License-Identifier: Apache-2.0

import ChangeManagement
import CoreValues
import GRDB
import JSONDocument

/// The statements that make an RFC's decisions durable; they run inside the caller's transaction.
enum RfcWriting {
    /// Writes the new state, the events with their hashes, and the work they ask for.
    /// - Throws: ``RfcError`` `conflict` when the stored RFC is not the one that the decision was made on.
    static func append(_ decision: RfcDecision, _ database: Database) throws {
        guard let first = decision.events.first else { return }
        try writeState(decision.rfc, expecting: first.sequence, database)
        var chain = try lastHash(of: decision.rfc.id, database)
        for event in decision.events {
            chain = try write(event, of: decision.rfc.id, after: chain, database)
        }
        for effect in decision.effects {
            try write(effect, of: decision.rfc, database)
        }
    }

    /// Removes a work item that is still what the RFC asked for last.
    static func finish(_ item: WorkItem, _ database: Database) throws {
        try database.cachedStatement(sql: "DELETE FROM work WHERE rfc_id = ? AND generation = ?")
            .execute(arguments: [item.rfcID.description, item.generation])
    }

    /// Puts a work item off that is still what the RFC asked for last.
    static func postpone(_ item: WorkItem, until due: Timestamp, _ database: Database) throws {
        let statement = try database.cachedStatement(
            sql: "UPDATE work SET due_at = ?, attempts = attempts + 1 WHERE rfc_id = ? AND generation = ?"
        )
        try statement.execute(arguments: [due.milliseconds, item.rfcID.description, item.generation])
    }

    private static func writeState(_ rfc: Rfc, expecting version: Int, _ database: Database) throws {
        let arguments: StatementArguments = [
            rfc.status.rawValue, rfc.draft.title.lowercased(), rfc.modifiedAt.milliseconds,
            rfc.submittedAt?.milliseconds, rfc.startedAt?.milliseconds, rfc.endedAt?.milliseconds,
            rfc.requestedWindow?.start.milliseconds, rfc.requestedWindow?.end.milliseconds, rfc.version,
            rfc.stored.text(), rfc.id.description,
        ]
        if version == 0 {
            let statement = try database.cachedStatement(
                sql: """
                    INSERT INTO rfc (status, title_folded, modified_at, submitted_at, started_at, ended_at,
                        requested_start, requested_end, version, document, id, account, created_at, change_type_id,
                        change_type_version, automation, created_by)
                    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                    """
            )
            try statement.execute(
                arguments: arguments + [
                    rfc.account.description, rfc.createdAt.milliseconds, rfc.changeType.id, rfc.changeType.version,
                    rfc.automation.rawValue, rfc.createdBy.description,
                ]
            )
        } else {
            let statement = try database.cachedStatement(
                sql: """
                    UPDATE rfc SET status = ?, title_folded = ?, modified_at = ?, submitted_at = ?, started_at = ?,
                        ended_at = ?, requested_start = ?, requested_end = ?, version = ?, document = ?
                    WHERE id = ? AND version = ?
                    """
            )
            try statement.execute(arguments: arguments + [version])
            guard database.changesCount == 1 else {
                throw RfcError(.conflict, "RFC \(rfc.id) was changed by somebody else at the same time")
            }
        }
    }

    private static func lastHash(of id: RfcID, _ database: Database) throws -> [UInt8] {
        let statement = try database.cachedStatement(
            sql: "SELECT hash FROM rfc_event WHERE rfc_id = ? ORDER BY sequence DESC LIMIT 1"
        )
        return try DatabaseBlob.fetchOne(statement, arguments: [id.description])?.bytes ?? []
    }

    /// Writes an event; its hash covers the one before it, so that no event can be changed or dropped unnoticed.
    private static func write(
        _ event: RecordedEvent,
        of id: RfcID,
        after previous: [UInt8],
        _ database: Database
    ) throws -> [UInt8] {
        let body = event.event.stored.text()
        let hash = EventChain.hash(of: event, body: body, rfc: id, after: previous)
        let statement = try database.cachedStatement(
            sql: """
                INSERT INTO rfc_event (rfc_id, sequence, time, actor, name, body, hash) VALUES (?, ?, ?, ?, ?, ?, ?)
                """
        )
        try statement.execute(
            arguments: [
                id.description, event.sequence, event.time.milliseconds, event.actor.description, event.event.name,
                body, DatabaseBlob(hash),
            ]
        )
        return hash
    }

    private static func write(_ effect: RfcEffect, of rfc: Rfc, _ database: Database) throws {
        switch effect {
        case .advance(let due):
            let statement = try database.cachedStatement(
                sql: """
                    INSERT INTO work (rfc_id, account, due_at, generation) VALUES (?, ?, ?, ?)
                    ON CONFLICT (rfc_id) DO UPDATE
                    SET due_at = excluded.due_at, generation = excluded.generation, attempts = 0
                    """
            )
            try statement.execute(
                arguments: [rfc.id.description, rfc.account.description, due.milliseconds, rfc.version]
            )
        case .rest:
            try database.cachedStatement(sql: "DELETE FROM work WHERE rfc_id = ?")
                .execute(arguments: [rfc.id.description])
        }
    }
}
