// SPDX-License-Identifier: Apache-2.0

import Crypto
import Synchronization

/// Remembers derived signing keys, which are good for a day and cost four HMACs each.
///
/// Bounded: when the younger half is full it becomes the older half and the previous older half is forgotten.
package final class SigningKeyCache: Sendable {
    private struct Name: Hashable {
        let accessKeyID: String
        let scope: CredentialScope
    }

    private struct Entry {
        /// What the key was derived from: an access key may get another secret while the process runs.
        let secret: SymmetricKey
        let key: SymmetricKey
    }

    private struct Halves {
        var younger: [Name: Entry] = [:]
        var older: [Name: Entry] = [:]
    }

    private let halves = Mutex(Halves())
    private let halfCapacity: Int

    /// Makes an empty cache for about `capacity` keys.
    package init(capacity: Int = 1024) {
        halfCapacity = max(1, capacity / 2)
    }

    /// How many keys are remembered.
    package var count: Int {
        halves.withLock { $0.younger.count + $0.older.count }
    }

    /// The signing key, remembered or derived.
    func key(accessKeyID: String, scope: CredentialScope, secretAccessKey: String) -> SymmetricKey {
        let name = Name(accessKeyID: accessKeyID, scope: scope)
        let secret = SigningKey.secret(secretAccessKey)
        let known = halves.withLock { $0.younger[name] ?? $0.older[name] }
        if let known, known.secret == secret {
            return known.key
        }
        let entry = Entry(secret: secret, key: SigningKey.derive(secret, scope: scope))
        halves.withLock { halves in
            if halves.younger.count >= halfCapacity {
                halves.older = halves.younger
                halves.younger = [:]
            }
            halves.older[name] = nil
            halves.younger[name] = entry
        }
        return entry.key
    }
}
