// SPDX-License-Identifier: Apache-2.0

package import CoreValues
import Crypto
import FoundationEssentials

/// The secret that everything secret in the data directory is sealed under.
///
/// Each purpose has a key of its own, derived with HKDF-SHA256 (RFC 5869), so that something sealed for one purpose
/// can't be passed off as another. Sealing is AES-256-GCM with a random 96-bit nonce; the format is one version byte,
/// the nonce, the ciphertext and the tag.
package struct RootKey: Sendable {
    /// What a derived key is for; the raw value is part of the storage format.
    package enum Purpose: String, Sendable, Hashable, CaseIterable {
        /// The material of KMS keys.
        case keyMaterial = "kms-key-material"
        /// The secrets of long-lived access keys.
        case accessKeySecret = "access-key-secret"
        /// Session tokens of the security token service.
        case sessionToken = "sts-session-token"
        /// Tokens of KMS grants.
        case grantToken = "kms-grant-token"
    }

    /// How many bytes the root key has.
    package static let byteCount = 32

    private static let formatVersion: UInt8 = 1
    private let derived: [Purpose: SymmetricKey]

    /// Takes the secret bytes, which the caller should forget.
    /// - Throws: when there aren't exactly 32.
    package init(_ secret: [UInt8]) throws(RootKeyError) {
        guard secret.count == Self.byteCount else {
            throw RootKeyError("the root key has \(secret.count) bytes; it must have \(Self.byteCount)")
        }
        let root = SymmetricKey(data: secret)
        var derived: [Purpose: SymmetricKey] = [:]
        for purpose in Purpose.allCases {
            derived[purpose] = HKDF<SHA256>
                .deriveKey(
                    inputKeyMaterial: root,
                    salt: Array("assent/root-key/1".utf8),
                    info: Array(purpose.rawValue.utf8),
                    outputByteCount: 32
                )
        }
        self.derived = derived
    }

    /// Seals bytes so that only this root key opens them, for the same purpose and with the same associated data.
    package func seal(
        _ plaintext: [UInt8],
        for purpose: Purpose,
        authenticating associatedData: [UInt8],
        random: any RandomSource
    ) throws(RootKeyError) -> [UInt8] {
        let sealed = AuthenticatedCipher.seal(
            plaintext,
            using: try key(for: purpose),
            nonce: random.bytes(AuthenticatedCipher.nonceByteCount),
            authenticating: associatedData
        )
        guard let sealed else { throw RootKeyError("sealing failed") }
        return [Self.formatVersion] + sealed
    }

    /// Opens what seal(_:for:authenticating:random:) made.
    /// - Throws: when it was changed, or made with another root key, purpose or associated data.
    package func open(
        _ sealed: [UInt8],
        for purpose: Purpose,
        authenticating associatedData: [UInt8]
    ) throws(RootKeyError) -> [UInt8] {
        guard sealed.first == Self.formatVersion else { throw RootKeyError("the sealed bytes have an unknown format") }
        let plaintext = AuthenticatedCipher.open(
            sealed.dropFirst(),
            using: try key(for: purpose),
            authenticating: associatedData
        )
        guard let plaintext else {
            throw RootKeyError("the sealed bytes were changed, or sealed under another root key")
        }
        return plaintext
    }

    private func key(for purpose: Purpose) throws(RootKeyError) -> SymmetricKey {
        guard let key = derived[purpose] else { throw RootKeyError("no key for \(purpose.rawValue)") }
        return key
    }
}

extension RootKey: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// No secret.
    package var description: String {
        "root key (redacted)"
    }

    package var debugDescription: String {
        description
    }

    package var customMirror: Mirror {
        Mirror(self, children: [])
    }
}

/// Why the root key can't be used, or something can't be opened with it.
package struct RootKeyError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What is wrong; never holds secrets.
    package let description: String

    init(_ description: String) {
        self.description = description
    }
}
