// SPDX-License-Identifier: Apache-2.0

package import CoreValues

/// The keys, aliases and grants of an account in one region.
///
/// Every look-up is one hash; a change costs the same however much there is, as long as nobody keeps a copy of the
/// state across it.
package struct KMSState: Sendable, Equatable {
    private var keys: [KeyID: KeyRecord] = [:]
    private var aliases: [String: AliasRecord] = [:]
    private var grants: [String: GrantRecord] = [:]
    private var aliasNamesByKey: [KeyID: [String]] = [:]
    private var grantsByKey: [KeyID: [GrantRecord]] = [:]
    private(set) var keyOrder = CreationOrder<KeyID>()
    private(set) var aliasOrder = CreationOrder<String>()
    /// The keys to which something happens by the passing of time.
    private(set) var timedKeys: Set<KeyID> = []

    /// Makes an empty state.
    package init() {}

    /// How many keys there are, those whose removal is overdue included.
    package var keyCount: Int {
        keys.count
    }

    /// The record of a key, be its deletion overdue or not.
    package func record(_ id: KeyID) -> KeyRecord? {
        keys[id]
    }

    /// The key as it is at that moment; a key whose deletion date has passed is not there.
    package func key(_ id: KeyID, at now: Timestamp) -> KeyRecord? {
        guard let key = keys[id], !key.isGone(at: now) else { return nil }
        return key
    }

    /// The record of an alias, whether its key still exists or not.
    package func alias(_ name: String) -> AliasRecord? {
        aliases[name]
    }

    /// The names of a key's aliases, sorted.
    package func aliasNames(of id: KeyID) -> [String] {
        aliasNamesByKey[id] ?? []
    }

    /// The grant with that id.
    package func grant(_ id: String) -> GrantRecord? {
        grants[id]
    }

    /// A key's grants, oldest first.
    package func grants(of id: KeyID) -> [GrantRecord] {
        grantsByKey[id] ?? []
    }

    /// Applies a change that has been decided.
    package mutating func apply(_ change: KMSMutation) {
        switch change {
        case .putKey(let key): put(key)
        case .removeKey(let id): removeKey(id)
        case .putAlias(let alias): put(alias)
        case .removeAlias(let name): removeAlias(name)
        case .putGrant(let grant): put(grant)
        case .removeGrant(let id): removeGrant(id)
        }
    }

    private mutating func put(_ key: KeyRecord) {
        if keys.updateValue(key, forKey: key.id) == nil {
            keyOrder.insert(key.id, createdAt: key.createdAt)
        }
        if key.deletionDate != nil || key.rotation != nil {
            timedKeys.insert(key.id)
        } else {
            timedKeys.remove(key.id)
        }
    }

    private mutating func removeKey(_ id: KeyID) {
        guard let key = keys.removeValue(forKey: id) else { return }
        keyOrder.remove(id, createdAt: key.createdAt)
        timedKeys.remove(id)
    }

    private mutating func put(_ alias: AliasRecord) {
        removeAlias(alias.name)
        aliases[alias.name] = alias
        aliasOrder.insert(alias.name, createdAt: alias.createdAt)
        var names = aliasNamesByKey.removeValue(forKey: alias.keyID) ?? []
        names.insert(alias.name, at: names.firstIndex { alias.name < $0 } ?? names.count)
        aliasNamesByKey[alias.keyID] = names
    }

    private mutating func removeAlias(_ name: String) {
        guard let alias = aliases.removeValue(forKey: name) else { return }
        aliasOrder.remove(name, createdAt: alias.createdAt)
        var names = aliasNamesByKey.removeValue(forKey: alias.keyID) ?? []
        names.removeAll { $0 == name }
        if !names.isEmpty {
            aliasNamesByKey[alias.keyID] = names
        }
    }

    private mutating func put(_ grant: GrantRecord) {
        removeGrant(grant.id)
        grants[grant.id] = grant
        var others = grantsByKey.removeValue(forKey: grant.keyID) ?? []
        let later = others.lastIndex { ($0.createdAt, $0.id) < (grant.createdAt, grant.id) }
        others.insert(grant, at: later.map { $0 + 1 } ?? 0)
        grantsByKey[grant.keyID] = others
    }

    private mutating func removeGrant(_ id: String) {
        guard let grant = grants.removeValue(forKey: id) else { return }
        var others = grantsByKey.removeValue(forKey: grant.keyID) ?? []
        others.removeAll { $0.id == id }
        if !others.isEmpty {
            grantsByKey[grant.keyID] = others
        }
    }
}
