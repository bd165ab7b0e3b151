// SPDX-License-Identifier: Apache-2.0

/// A set of code points: a bitmap for ASCII, ranges and Unicode properties for the rest.
struct ScalarSet: Sendable {
    private var low: UInt64 = 0
    private var high: UInt64 = 0
    private var ranges: [ClosedRange<UInt32>] = []
    private var properties: [(property: UnicodeProperty, isNegated: Bool)] = []
    private var isInverted = false

    init() {}

    init(_ scalar: UInt32) {
        insert(scalar...scalar)
    }

    init(_ ranges: [ClosedRange<UInt32>]) {
        for range in ranges {
            insert(range)
        }
    }

    mutating func insert(_ range: ClosedRange<UInt32>) {
        var scalar = range.lowerBound
        while scalar < 128 && scalar <= range.upperBound {
            insertASCII(scalar)
            scalar += 1
        }
        if range.upperBound >= 128 {
            ranges.append(max(range.lowerBound, 128)...range.upperBound)
        }
    }

    mutating func insert(_ property: UnicodeProperty, isNegated: Bool) {
        for scalar in UInt32(0)..<128 where property.contains(scalar) != isNegated {
            insertASCII(scalar)
        }
        properties.append((property, isNegated))
    }

    mutating func formUnion(_ other: ScalarSet) {
        // INVARIANT: only finished classes are inverted, and those are never put into another.
        low |= other.low
        high |= other.high
        ranges += other.ranges
        properties += other.properties
    }

    private mutating func insertASCII(_ scalar: UInt32) {
        if scalar < 64 {
            low |= 1 << UInt64(scalar)
        } else {
            high |= 1 << UInt64(scalar - 64)
        }
    }

    /// The set of all other code points.
    var inverted: ScalarSet {
        var copy = self
        copy.isInverted.toggle()
        return copy
    }

    func contains(_ scalar: UInt32) -> Bool {
        if scalar < 64 {
            return (low >> UInt64(scalar) & 1 == 1) != isInverted
        }
        if scalar < 128 {
            return (high >> UInt64(scalar - 64) & 1 == 1) != isInverted
        }
        return containsBeyondASCII(scalar) != isInverted
    }

    private func containsBeyondASCII(_ scalar: UInt32) -> Bool {
        for range in ranges where range.contains(scalar) {
            return true
        }
        for (property, isNegated) in properties where property.contains(scalar) != isNegated {
            return true
        }
        return false
    }
}

extension ScalarSet {
    /// `\d`.
    static let digits = ScalarSet([0x30...0x39])
    /// `\w`.
    static let wordCharacters = ScalarSet([0x30...0x39, 0x41...0x5A, 0x5F...0x5F, 0x61...0x7A])
    /// `\s`: white space and line terminators of ECMA-262 §7.2 and §7.3.
    static let spaces = ScalarSet(spaceRanges)
    /// `\D`.
    static let nonDigits = ScalarSet([0...0x2F, 0x3A...0x10FFFF])
    /// `\W`.
    static let nonWordCharacters = ScalarSet([0...0x2F, 0x3A...0x40, 0x5B...0x5E, 0x60...0x60, 0x7B...0x10FFFF])
    /// `\S`.
    static let nonSpaces = ScalarSet(gaps(in: spaceRanges))
    /// `.`: everything but the line terminators.
    static let dot = ScalarSet([0x0A...0x0A, 0x0D...0x0D, 0x2028...0x2029]).inverted

    private static let spaceRanges: [ClosedRange<UInt32>] = [
        0x09...0x0D, 0x20...0x20, 0xA0...0xA0, 0x1680...0x1680, 0x2000...0x200A, 0x2028...0x2029, 0x202F...0x202F,
        0x205F...0x205F, 0x3000...0x3000, 0xFEFF...0xFEFF,
    ]

    /// What lies between and around sorted ranges.
    private static func gaps(in ranges: [ClosedRange<UInt32>]) -> [ClosedRange<UInt32>] {
        var gaps: [ClosedRange<UInt32>] = []
        var start: UInt32 = 0
        for range in ranges {
            if start < range.lowerBound {
                gaps.append(start...(range.lowerBound - 1))
            }
            start = range.upperBound + 1
        }
        gaps.append(start...0x10FFFF)
        return gaps
    }
}
