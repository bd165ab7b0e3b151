// SPDX-License-Identifier: Apache-2.0

/// The pairs that bind a ciphertext to its use: not secret, but the same ones must be given to decrypt it.
package struct EncryptionContext: Sendable, Hashable {
    /// A name and its value.
    package struct Pair: Sendable, Hashable {
        /// The name; case matters for decrypting.
        package let name: String
        /// The value.
        package let value: String
    }

    /// The pairs, sorted by the bytes of their names.
    package let pairs: [Pair]

    /// Makes a context; the last of several values of one name counts.
    package init(_ values: [String: String] = [:]) {
        pairs = values.map { Pair(name: $0.key, value: $0.value) }
            .sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
    }

    /// The pairs by name.
    package var values: [String: String] {
        Dictionary(pairs.map { ($0.name, $0.value) }) { _, last in last }
    }

    /// Appends a form that is the same for the same pairs and differs for all others: the number of pairs, then each
    /// name and value with its length before it.
    func append(to bytes: inout [UInt8]) {
        Self.append(pairs.count, to: &bytes)
        for pair in pairs {
            Self.append(pair.name, to: &bytes)
            Self.append(pair.value, to: &bytes)
        }
    }

    private static func append(_ text: String, to bytes: inout [UInt8]) {
        append(text.utf8.count, to: &bytes)
        bytes.append(contentsOf: text.utf8)
    }

    private static func append(_ count: Int, to bytes: inout [UInt8]) {
        for shift in stride(from: 24, through: 0, by: -8) {
            bytes.append(UInt8(truncatingIfNeeded: count >> shift))
        }
    }
}
