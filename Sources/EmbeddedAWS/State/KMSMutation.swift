// SPDX-License-Identifier: Apache-2.0

import AWSWire

/// A decided change of keys, aliases or grants.
///
/// Removing a key does not remove what hangs on it: a transaction removes its aliases and grants beside it, so that
/// the store sees each removal.
package enum KMSMutation: Sendable, Equatable {
    /// Writes a key, over an older record of it.
    case putKey(KeyRecord)
    /// Removes a key with all its material.
    case removeKey(KeyID)
    /// Writes an alias, over an older record of it.
    case putAlias(AliasRecord)
    /// Removes an alias.
    case removeAlias(String)
    /// Writes a grant, over an older record of it.
    case putGrant(GrantRecord)
    /// Removes a grant.
    case removeGrant(String)

    /// Reads a stored record.
    /// - Throws: EmbeddedRecordError when the body isn't what the kind promises.
    init(restoring record: EmbeddedRecord) throws {
        self = try record.read { (reader) throws(InputProblem) in
            switch record.kind {
            case .key: .putKey(try KeyRecord(stored: reader))
            case .alias: .putAlias(try AliasRecord(stored: reader))
            case .grant: .putGrant(try GrantRecord(stored: reader))
            case .stack, .stackEvent, .changeSet, .principal:
                throw InputProblem(.invalidValue, at: reader.path, "a \(record.kind.rawValue) is no record of KMS")
            }
        }
    }

    /// What the store writes for it.
    var stored: EmbeddedChange {
        switch self {
        case .putKey(let key): .put(EmbeddedRecord(kind: .key, id: key.id.description, body: key.storedForm))
        case .removeKey(let id): .remove(.key, id: id.description)
        case .putAlias(let alias): .put(EmbeddedRecord(kind: .alias, id: alias.name, body: alias.storedForm))
        case .removeAlias(let name): .remove(.alias, id: name)
        case .putGrant(let grant): .put(EmbeddedRecord(kind: .grant, id: grant.id, body: grant.storedForm))
        case .removeGrant(let id): .remove(.grant, id: id)
        }
    }
}
