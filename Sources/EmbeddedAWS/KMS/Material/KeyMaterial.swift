// SPDX-License-Identifier: Apache-2.0

package import CoreValues
package import Crypto
import Synchronization

/// One generation of a key's secret, sealed under the root key, and its clear form once somebody needed it.
///
/// Copies of a key's record share the object, so that the secret is unsealed once and is zeroed when the last of them
/// goes.
package final class KeyMaterial: Sendable {
    /// Why the material was made; the raw value is part of the storage format.
    package enum Origin: String, Sendable, Hashable {
        /// With the key.
        case initial
        /// Because a rotation was due.
        case automatic
        /// Because somebody asked for a rotation.
        case onDemand = "on-demand"
    }

    /// What answers call it: 64 hexadecimal digits.
    package let id: String
    /// Why it was made.
    package let origin: Origin
    /// When it was made.
    package let createdAt: Timestamp
    /// The 32 secret bytes, sealed.
    package let sealed: [UInt8]

    /// The id's bytes, as ciphertexts carry them.
    let idBytes: [UInt8]

    private let opened: Mutex<SymmetricKey?>

    /// Makes material from its sealed form; `opened` when the clear form is at hand.
    package init(id: String, origin: Origin, createdAt: Timestamp, sealed: [UInt8], opened: SymmetricKey? = nil) {
        self.id = id
        idBytes = Hex.decode(id) ?? []
        self.origin = origin
        self.createdAt = createdAt
        self.sealed = sealed
        self.opened = Mutex(opened)
    }

    /// Makes fresh material for a key.
    static func generate(
        for keyID: KeyID,
        origin: Origin,
        at now: Timestamp,
        rootKey: RootKey,
        random: any RandomSource
    ) throws(RootKeyError) -> KeyMaterial {
        let id = Hex.encode(random.bytes(32))
        let secret = random.bytes(32)
        let sealed = try rootKey.seal(
            secret,
            for: .keyMaterial,
            authenticating: associatedData(keyID, id),
            random: random
        )
        return KeyMaterial(
            id: id,
            origin: origin,
            createdAt: now,
            sealed: sealed,
            opened: SymmetricKey(data: secret)
        )
    }

    /// The clear form, unsealed at first use.
    func key(of keyID: KeyID, rootKey: RootKey) throws(RootKeyError) -> SymmetricKey {
        if let key = opened.withLock({ $0 }) {
            return key
        }
        let secret = try rootKey.open(sealed, for: .keyMaterial, authenticating: Self.associatedData(keyID, id))
        let key = SymmetricKey(data: secret)
        opened.withLock { $0 = key }
        return key
    }

    /// What binds sealed material to its key and its place.
    private static func associatedData(_ keyID: KeyID, _ id: String) -> [UInt8] {
        var bytes: [UInt8] = []
        keyID.append(to: &bytes)
        bytes.append(contentsOf: id.utf8)
        return bytes
    }
}

extension KeyMaterial: Equatable {
    /// Equal when the sealed forms and what is known of them are; whether they were opened doesn't matter.
    package static func == (lhs: KeyMaterial, rhs: KeyMaterial) -> Bool {
        lhs === rhs
            || lhs.id == rhs.id && lhs.origin == rhs.origin && lhs.createdAt == rhs.createdAt
                && lhs.sealed == rhs.sealed
    }
}

extension KeyMaterial: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The id; neither the secret nor its sealed form.
    package var description: String {
        "key material \(id)"
    }

    package var debugDescription: String {
        description
    }

    package var customMirror: Mirror {
        Mirror(self, children: ["id": id])
    }
}
