// SPDX-License-Identifier: Apache-2.0

import AWSWire

/// The declared users and roles of an account.
package struct IdentityState: Sendable {
    private var principals: [String: PrincipalRecord] = [:]

    /// Makes an empty state.
    package init() {}

    /// The user or role of that name, whatever its case.
    package func principal(_ kind: PrincipalRecord.Kind, _ name: String) -> PrincipalRecord? {
        principals[PrincipalRecord.recordID(kind, name)]
    }

    /// All principals of a kind, by name.
    package func all(_ kind: PrincipalRecord.Kind) -> [PrincipalRecord] {
        principals.values.filter { $0.kind == kind }.sorted { $0.name < $1.name }
    }

    /// Applies a change that has been decided.
    mutating func apply(_ change: IdentityMutation) {
        switch change {
        case .put(let record): principals[record.recordID] = record
        case .remove(let record): principals[record.recordID] = nil
        }
    }
}

/// A decided change of users or roles.
package enum IdentityMutation: Sendable {
    /// Writes a principal, over an older record of it.
    case put(PrincipalRecord)
    /// Removes a principal.
    case remove(PrincipalRecord)

    /// Reads a stored record.
    /// - Throws: EmbeddedRecordError when the body isn't a principal's.
    init(restoring record: EmbeddedRecord) throws {
        self = .put(try record.read(PrincipalRecord.init(stored:)))
    }

    /// What the store writes for it.
    var stored: EmbeddedChange {
        switch self {
        case .put(let record):
            .put(EmbeddedRecord(kind: .principal, id: record.recordID, body: record.storedForm))
        case .remove(let record): .remove(.principal, id: record.recordID)
        }
    }
}
