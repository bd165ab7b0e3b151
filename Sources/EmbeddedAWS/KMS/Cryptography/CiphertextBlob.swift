// SPDX-License-Identifier: Apache-2.0

import Crypto
import FoundationEssentials

/// The ciphertexts of this KMS: which key and material made them, then AES-256-GCM.
///
/// Format version 1: one version byte, the 16 bytes of the key's id, the 32 bytes of the material's id, a 4-byte
/// checksum of all that, a random 12-byte nonce, the ciphertext, a 16-byte tag. The header and the encryption context
/// in its canonical form are authenticated with the ciphertext. The checksum protects nothing: it tells a damaged
/// header from that of a key that is gone.
struct CiphertextBlob {
    static let version: UInt8 = 1
    private static let materialByteCount = 32
    private static let checkedByteCount = 1 + KeyID.byteCount + materialByteCount
    static let headerByteCount = checkedByteCount + 4

    /// The key that made it.
    let keyID: KeyID
    /// The bytes of the id of the material that made it.
    let materialID: ArraySlice<UInt8>
    private let bytes: [UInt8]

    /// Reads the header.
    /// - Returns: `nil` for anything that this KMS can't have made.
    init?(_ bytes: [UInt8]) {
        guard bytes.count >= Self.headerByteCount + AuthenticatedCipher.overheadByteCount, bytes[0] == Self.version,
            let keyID = KeyID(bytes: bytes[1...KeyID.byteCount]),
            Self.checksum(bytes[..<Self.checkedByteCount])
                .elementsEqual(
                    bytes[Self.checkedByteCount..<Self.headerByteCount]
                )
        else { return nil }
        self.keyID = keyID
        materialID = bytes[(1 + KeyID.byteCount)..<Self.checkedByteCount]
        self.bytes = bytes
    }

    /// The plaintext; `nil` when anything about the blob or the context is not as it was.
    func open(using key: SymmetricKey, _ context: EncryptionContext) -> [UInt8]? {
        AuthenticatedCipher.open(
            bytes[Self.headerByteCount...],
            using: key,
            authenticating: Self.associatedData(bytes[..<Self.headerByteCount], context)
        )
    }

    /// Encrypts.
    /// - Returns: `nil` when the library fails.
    static func seal(
        _ plaintext: [UInt8],
        keyID: KeyID,
        material: KeyMaterial,
        using key: SymmetricKey,
        _ context: EncryptionContext,
        nonce: [UInt8]
    ) -> [UInt8]? {
        var blob: [UInt8] = []
        blob.reserveCapacity(headerByteCount + AuthenticatedCipher.overheadByteCount + plaintext.count)
        blob.append(version)
        keyID.append(to: &blob)
        blob.append(contentsOf: material.idBytes)
        guard blob.count == checkedByteCount else { return nil }
        blob.append(contentsOf: checksum(blob[...]))
        let associatedData = associatedData(blob[...], context)
        let isSealed = AuthenticatedCipher.append(
            sealing: plaintext,
            using: key,
            nonce: nonce,
            authenticating: associatedData,
            to: &blob
        )
        return isSealed ? blob : nil
    }

    private static func associatedData(_ header: ArraySlice<UInt8>, _ context: EncryptionContext) -> [UInt8] {
        var bytes = Array(header)
        context.append(to: &bytes)
        return bytes
    }

    /// FNV-1a, 32 bits.
    private static func checksum(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
        var hash: UInt32 = 0x811c_9dc5
        for byte in bytes {
            hash = (hash ^ UInt32(byte)) &* 0x0100_0193
        }
        return [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: hash >> UInt32($0)) }
    }
}
