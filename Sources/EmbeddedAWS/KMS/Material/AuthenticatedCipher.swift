// SPDX-License-Identifier: Apache-2.0

import Crypto
import FoundationEssentials

/// AES-256-GCM over byte arrays: nonce, ciphertext and tag in a row.
enum AuthenticatedCipher {
    /// 96 bits, as NIST SP 800-38D recommends.
    static let nonceByteCount = 12
    /// What sealing adds: the nonce and a 128-bit tag.
    static let overheadByteCount = nonceByteCount + 16

    /// Seals bytes.
    /// - Returns: `nil` when the nonce has a wrong size or the library fails.
    static func seal(
        _ plaintext: [UInt8],
        using key: SymmetricKey,
        nonce: [UInt8],
        authenticating associatedData: [UInt8]
    ) -> [UInt8]? {
        var sealed: [UInt8] = []
        sealed.reserveCapacity(overheadByteCount + plaintext.count)
        let isSealed = append(
            sealing: plaintext,
            using: key,
            nonce: nonce,
            authenticating: associatedData,
            to: &sealed
        )
        return isSealed ? sealed : nil
    }

    /// Appends bytes in their sealed form.
    /// - Returns: `false`, with nothing appended, when the nonce has a wrong size or the library fails.
    static func append(
        sealing plaintext: [UInt8],
        using key: SymmetricKey,
        nonce: [UInt8],
        authenticating associatedData: [UInt8],
        to bytes: inout [UInt8]
    ) -> Bool {
        guard nonce.count == nonceByteCount, let nonce = try? AES.GCM.Nonce(data: nonce),
            let box = try? AES.GCM.seal(plaintext, using: key, nonce: nonce, authenticating: associatedData),
            let combined = box.combined
        else { return false }
        combined.withUnsafeBytes { bytes.append(contentsOf: $0) }
        return true
    }

    /// Opens what seal(_:using:nonce:authenticating:) made.
    /// - Returns: `nil` when anything about it is not as it was sealed.
    static func open(
        _ sealed: ArraySlice<UInt8>,
        using key: SymmetricKey,
        authenticating associatedData: [UInt8]
    ) -> [UInt8]? {
        guard sealed.count >= overheadByteCount, let box = try? AES.GCM.SealedBox(combined: sealed),
            let plaintext = try? AES.GCM.open(box, using: key, authenticating: associatedData)
        else { return nil }
        return Array(plaintext)
    }
}
