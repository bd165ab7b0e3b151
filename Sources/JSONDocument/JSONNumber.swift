// SPDX-License-Identifier: Apache-2.0

/// A JSON number by its exact literal: `1.10` stays `1.10`, and no digit is lost.
package struct JSONNumber: Sendable {
    /// The number as the document writes it.
    package let literal: String

    /// Takes a literal that is known to follow the grammar of RFC 8259 §6.
    init(validLiteral: String) {
        literal = validLiteral
    }

    /// Makes a number from an integer.
    package init(_ value: some BinaryInteger) {
        literal = String(value)
    }

    /// Makes a number from a finite double, in the shortest form that reads back as the same double.
    /// - Returns: `nil` for infinities and NaN, which JSON can't express.
    package init?(_ value: Double) {
        guard value.isFinite else { return nil }
        let text = "\(value)"
        literal = text.hasSuffix(".0") ? String(text.dropLast(2)) : text
    }

    /// The value as an integer; `1.0` and `1e2` count.
    ///
    /// `nil` for a fraction or one out of the 64-bit range.
    package var integer: Int? {
        if let value = Int(literal) {
            return value
        }
        let (digits, exponent, isNegative) = normalized
        guard !digits.isEmpty else { return 0 }
        guard exponent >= 0, digits.count + exponent <= 19 else { return nil }
        return Int(
            (isNegative ? "-" : "") + String(decoding: digits, as: UTF8.self)
                + String(repeating: "0", count: exponent)
        )
    }

    /// The nearest double; infinite when out of range.
    package var double: Double {
        Double(literal) ?? .nan
    }

    /// Whether the literal has neither fraction nor exponent, which is what draft-04 calls an integer.
    package var isIntegerLiteral: Bool {
        literal.utf8.allSatisfy { $0 == UInt8(ascii: "-") || (48...57).contains($0) }
    }

    /// The value as `digits × 10^exponent` without leading or trailing zeros; zero has no digits and exponent 0.
    ///
    /// Exponents beyond ±2^40 are clamped, which no comparison of realistic documents can notice.
    package var normalized: (digits: [UInt8], exponent: Int, isNegative: Bool) {
        var digits: [UInt8] = []
        var exponent = 0
        var isNegative = false
        var seenPoint = false
        let bytes = Array(literal.utf8)
        var position = 0
        if bytes.first == UInt8(ascii: "-") {
            isNegative = true
            position = 1
        }
        while position < bytes.count {
            let byte = bytes[position]
            if byte == UInt8(ascii: ".") {
                seenPoint = true
            } else if byte == UInt8(ascii: "e") || byte == UInt8(ascii: "E") {
                exponent += Self.clampedExponent(bytes[(position + 1)...])
                break
            } else {
                if !digits.isEmpty || byte != 48 {
                    digits.append(byte)
                }
                if seenPoint {
                    exponent -= 1
                }
            }
            position += 1
        }
        while digits.last == 48 {
            digits.removeLast()
            exponent += 1
        }
        return digits.isEmpty ? ([], 0, false) : (digits, exponent, isNegative)
    }

    private static func clampedExponent(_ bytes: ArraySlice<UInt8>) -> Int {
        let limit = 1 << 40
        let text = String(decoding: bytes.first == UInt8(ascii: "+") ? bytes.dropFirst() : bytes, as: UTF8.self)
        return min(max(Int(text) ?? (text.hasPrefix("-") ? -limit : limit), -limit), limit)
    }
}

extension JSONNumber: Hashable, Comparable {
    /// Numeric equality: `1`, `1.0` and `10e-1` are the same number.
    package static func == (lhs: JSONNumber, rhs: JSONNumber) -> Bool {
        lhs.literal == rhs.literal || lhs.normalized == rhs.normalized
    }

    package func hash(into hasher: inout Hasher) {
        let (digits, exponent, isNegative) = normalized
        hasher.combine(digits)
        hasher.combine(exponent)
        hasher.combine(isNegative)
    }

    /// Numeric order, exact at any size.
    package static func < (lhs: JSONNumber, rhs: JSONNumber) -> Bool {
        let left = lhs.normalized
        let right = rhs.normalized
        if left.isNegative != right.isNegative {
            return left.isNegative
        }
        return left.isNegative ? magnitude(right, isBelow: left) : magnitude(left, isBelow: right)
    }

    private static func magnitude(
        _ left: (digits: [UInt8], exponent: Int, isNegative: Bool),
        isBelow right: (digits: [UInt8], exponent: Int, isNegative: Bool)
    ) -> Bool {
        if left.digits.isEmpty || right.digits.isEmpty {
            return left.digits.isEmpty && !right.digits.isEmpty
        }
        let leftTop = left.digits.count + left.exponent
        let rightTop = right.digits.count + right.exponent
        return leftTop == rightTop ? left.digits.lexicographicallyPrecedes(right.digits) : leftTop < rightTop
    }
}
