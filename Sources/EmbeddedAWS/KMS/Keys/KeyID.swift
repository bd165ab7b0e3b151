// SPDX-License-Identifier: Apache-2.0

import CoreValues

/// The UUID that names a KMS key, sixteen bytes that hash and compare fast.
package struct KeyID: Sendable, Hashable, Comparable, CustomStringConvertible {
    /// How many bytes the id has.
    static let byteCount = 16

    private let high: UInt64
    private let low: UInt64

    /// Reads the 8-4-4-4-12 form in lower case, the only one KMS writes.
    /// - Returns: `nil` for any other text.
    package init?(_ text: some StringProtocol) {
        var value: (high: UInt64, low: UInt64) = (0, 0)
        var position = 0
        for character in text.utf8 {
            if position == 8 || position == 13 || position == 18 || position == 23 {
                guard character == UInt8(ascii: "-") else { return nil }
            } else {
                let digit: UInt8
                switch character {
                case 48...57: digit = character - 48
                case 97...102: digit = character - 87
                default: return nil
                }
                value.high = value.high << 4 | value.low >> 60
                value.low = value.low << 4 | UInt64(digit)
            }
            position += 1
        }
        guard position == 36 else { return nil }
        (high, low) = value
    }

    /// Reads the sixteen bytes of the id; `nil` for any other number of them.
    init?(bytes: some Collection<UInt8>) {
        guard bytes.count == Self.byteCount else { return nil }
        high = bytes.prefix(8).reduce(0) { $0 << 8 | UInt64($1) }
        low = bytes.suffix(8).reduce(0) { $0 << 8 | UInt64($1) }
    }

    /// Appends the sixteen bytes of the id.
    func append(to bytes: inout [UInt8]) {
        for half in [high, low] {
            for shift in stride(from: 56, through: 0, by: -8) {
                bytes.append(UInt8(truncatingIfNeeded: half >> UInt64(shift)))
            }
        }
    }

    /// The 8-4-4-4-12 form.
    package var description: String {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(Self.byteCount)
        append(to: &bytes)
        let digits = Array(Hex.encode(bytes).utf8)
        var text: [UInt8] = []
        text.reserveCapacity(36)
        for (index, digit) in digits.enumerated() {
            if index == 8 || index == 12 || index == 16 || index == 20 {
                text.append(UInt8(ascii: "-"))
            }
            text.append(digit)
        }
        return String(decoding: text, as: UTF8.self)
    }

    package static func < (lhs: KeyID, rhs: KeyID) -> Bool {
        (lhs.high, lhs.low) < (rhs.high, rhs.low)
    }
}
