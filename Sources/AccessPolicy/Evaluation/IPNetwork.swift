// SPDX-License-Identifier: Apache-2.0

/// An IP address or CIDR block, version 4 or 6.
struct IPNetwork: Sendable, Hashable {
    private let address: UInt128
    private let isVersion6: Bool
    private let prefix: Int

    private var width: Int {
        isVersion6 ? 128 : 32
    }

    /// Reads `203.0.113.0/24`, `2001:db8::/32`, or a single address.
    /// - Returns: `nil` when the text is neither.
    init?(_ text: String) {
        let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        isVersion6 = parts[0].contains(":")
        guard let address = isVersion6 ? Self.version6(parts[0]) : Self.version4(parts[0]) else { return nil }
        let width = isVersion6 ? 128 : 32
        if parts.count == 2 {
            guard parts[1].utf8.count <= 3, parts[1].utf8.allSatisfy({ (48...57).contains($0) }),
                let length = Int(parts[1]), length <= width
            else { return nil }
            prefix = length
        } else {
            prefix = width
        }
        self.address = address
    }

    /// Whether the whole of another block lies in this one.
    func contains(_ other: IPNetwork) -> Bool {
        guard isVersion6 == other.isVersion6, other.prefix >= prefix else { return false }
        guard prefix > 0 else { return true }
        let shift = UInt128(width - prefix)
        return address >> shift == other.address >> shift
    }

    /// The first and the last address of the block and those just outside, as texts.
    var landmarks: [String] {
        let size = width - prefix
        let mask: UInt128 = size == 128 ? .max : (1 << UInt128(size)) - 1
        let first = address & ~mask
        let last = address | mask
        let end: UInt128 = isVersion6 ? .max : UInt128(UInt32.max)
        return (first > 0 ? [first - 1] : []).map(text) + [text(first), text(last)]
            + (last < end ? [text(last + 1)] : [])
    }

    private func text(_ address: UInt128) -> String {
        let step: UInt128 = isVersion6 ? 16 : 8
        let count = isVersion6 ? 8 : 4
        let parts = (0..<count).map { (address >> (step * UInt128(count - 1 - $0))) & ((1 << step) - 1) }
        return isVersion6
            ? parts.map { String($0, radix: 16) }.joined(separator: ":")
            : parts.map { String($0) }.joined(separator: ".")
    }

    private static func version4(_ text: Substring) -> UInt128? {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 4 else { return nil }
        var address: UInt128 = 0
        for part in parts {
            guard (1...3).contains(part.utf8.count), part.utf8.allSatisfy({ (48...57).contains($0) }),
                let value = UInt8(part)
            else { return nil }
            address = address << 8 | UInt128(value)
        }
        return address
    }

    private static func version6(_ text: Substring) -> UInt128? {
        var text = String(text)
        if text.contains("."), let colon = text.lastIndex(of: ":") {
            guard let tail = version4(text[text.index(after: colon)...]) else { return nil }
            let high = String(UInt32(truncatingIfNeeded: tail >> 16), radix: 16)
            let low = String(UInt32(truncatingIfNeeded: tail & 0xFFFF), radix: 16)
            text = text[...colon] + high + ":" + low
        }
        let groups = text.split(separator: ":", omittingEmptySubsequences: false)
        guard let gap = gap(groups) else { return nil }
        let present = gap.isEmpty ? groups : Array(groups[..<gap.lowerBound] + groups[gap.upperBound...])
        guard gap.isEmpty ? present.count == 8 : present.count <= 7 else { return nil }
        let before = gap.isEmpty ? 8 : gap.lowerBound
        var address: UInt128 = 0
        for (index, group) in present.enumerated() {
            guard (1...4).contains(group.utf8.count), let value = UInt16(group, radix: 16), group.first != "+" else {
                return nil
            }
            let place = index < before ? index : 8 - present.count + index
            address |= UInt128(value) << UInt128(16 * (7 - place))
        }
        return address
    }

    /// Where `::` stands among the groups: an empty range when there is none, `nil` when empty groups are misplaced.
    private static func gap(_ groups: [Substring]) -> Range<Int>? {
        let empty = groups.indices.filter { groups[$0].isEmpty }
        guard let first = empty.first, let last = empty.last else { return 0..<0 }
        guard groups.count >= 3, last - first + 1 == empty.count else { return nil }
        let touchesStart = first == 0
        let touchesEnd = last == groups.count - 1
        let expected = touchesStart && touchesEnd ? 3 : touchesStart || touchesEnd ? 2 : 1
        return empty.count == expected ? first..<(last + 1) : nil
    }
}
