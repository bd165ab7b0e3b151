// SPDX-License-Identifier: Apache-2.0

import GRDB

/// The schema, as numbered steps; a step is never changed once it has been released.
enum Migrations {
    static var all: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("0001") { database in
            try database.execute(sql: first)
        }
        return migrator
    }

    /// RFCs, their events and work; the embedded AWS; access keys.
    private static let first = """
        CREATE TABLE rfc (
            id TEXT NOT NULL PRIMARY KEY,
            account TEXT NOT NULL,
            created_at INTEGER NOT NULL,
            status TEXT NOT NULL,
            change_type_id TEXT NOT NULL,
            change_type_version TEXT NOT NULL,
            automation TEXT NOT NULL,
            created_by TEXT NOT NULL,
            title_folded TEXT NOT NULL,
            modified_at INTEGER NOT NULL,
            submitted_at INTEGER,
            started_at INTEGER,
            ended_at INTEGER,
            requested_start INTEGER,
            requested_end INTEGER,
            version INTEGER NOT NULL,
            document TEXT NOT NULL
        ) STRICT;
        CREATE INDEX rfc_by_creation ON rfc (account, created_at DESC, id DESC);
        CREATE INDEX rfc_by_status ON rfc (account, status, created_at DESC, id DESC);
        CREATE INDEX rfc_by_change_type ON rfc (account, change_type_id, created_at DESC, id DESC);
        CREATE INDEX rfc_by_modification ON rfc (account, modified_at);
        CREATE INDEX rfc_by_start ON rfc (account, requested_start) WHERE requested_start IS NOT NULL;

        CREATE TABLE rfc_event (
            rfc_id TEXT NOT NULL REFERENCES rfc (id),
            sequence INTEGER NOT NULL,
            time INTEGER NOT NULL,
            actor TEXT NOT NULL,
            name TEXT NOT NULL,
            body TEXT NOT NULL,
            hash BLOB NOT NULL,
            PRIMARY KEY (rfc_id, sequence)
        ) STRICT;

        CREATE TABLE work (
            rfc_id TEXT NOT NULL PRIMARY KEY REFERENCES rfc (id),
            account TEXT NOT NULL,
            due_at INTEGER NOT NULL,
            generation INTEGER NOT NULL,
            attempts INTEGER NOT NULL DEFAULT 0
        ) STRICT;
        CREATE INDEX work_by_due ON work (due_at, rfc_id);

        CREATE TABLE embedded_record (
            position INTEGER PRIMARY KEY AUTOINCREMENT,
            kind TEXT NOT NULL,
            id TEXT NOT NULL,
            body TEXT NOT NULL,
            UNIQUE (kind, id)
        ) STRICT;

        CREATE TABLE access_key (
            id TEXT NOT NULL PRIMARY KEY,
            principal TEXT NOT NULL,
            sealed_secret BLOB NOT NULL,
            created_at INTEGER NOT NULL,
            is_active INTEGER NOT NULL
        ) STRICT;
        """
}
