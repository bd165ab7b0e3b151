// SPDX-License-Identifier: Apache-2.0

/// The name of an RFC: 8-4-4-4-12 lower-case hexadecimal digits.
///
/// AMS's ids are not RFC 4122 UUIDs, so no version bits are checked. Source: reference/amscm-api.md §6.
package struct RfcID: Sendable, Hashable, Comparable, CustomStringConvertible {
    /// The id as text.
    package let description: String

    /// Reads an id; upper-case digits are accepted and lowered.
    /// - Returns: `nil` for any other shape.
    package init?(_ text: String) {
        let groups = text.split(separator: "-", omittingEmptySubsequences: false)
        guard groups.map(\.utf8.count) == [8, 4, 4, 4, 12] else { return nil }
        for group in groups {
            guard group.utf8.allSatisfy({ Self.isHexDigit($0) }) else { return nil }
        }
        description = text.lowercased()
    }

    package static func < (lhs: RfcID, rhs: RfcID) -> Bool {
        lhs.description < rhs.description
    }

    private static func isHexDigit(_ byte: UInt8) -> Bool {
        switch byte {
        case 48...57, 65...70, 97...102: true
        default: false
        }
    }
}
