// SPDX-License-Identifier: Apache-2.0

extension JSONNumber {
    /// Whether the number is a whole multiple of `divisor`, decided on the decimal digits: exact at any size.
    ///
    /// Zero is a multiple of everything; nothing but zero is a multiple of zero.
    /// - Complexity: O(digits of the number × digits of the divisor); an exponent costs nothing.
    package func isMultiple(of divisor: JSONNumber) -> Bool {
        let (digits, exponent, _) = normalized
        let (divisorDigits, divisorExponent, _) = divisor.normalized
        guard !digits.isEmpty else { return true }
        guard !divisorDigits.isEmpty, exponent >= divisorExponent else {
            // The digits don't end in zero, so no power of ten can be divided out of them.
            return false
        }
        // A divisor of n digits has fewer than 4n factors 2 or 5; more zeros than that change nothing.
        let zeros = min(exponent - divisorExponent, divisorDigits.count * 4)
        if divisorDigits.count <= 18 {
            return Self.remainder(of: digits, zeros: zeros, by: Self.word(divisorDigits)) == 0
        }
        var remainder = WideRemainder(divisor: divisorDigits)
        for digit in digits {
            remainder.append(digit - 48)
        }
        for _ in 0..<zeros {
            remainder.append(0)
        }
        return remainder.isZero
    }

    private static func word(_ digits: [UInt8]) -> UInt64 {
        digits.reduce(0) { $0 * 10 + UInt64($1 - 48) }
    }

    /// The remainder by a divisor of at most 18 digits, which leaves room for one digit more in 64 bits.
    private static func remainder(of digits: [UInt8], zeros: Int, by divisor: UInt64) -> UInt64 {
        var remainder: UInt64 = 0
        for digit in digits {
            remainder = (remainder * 10 + UInt64(digit - 48)) % divisor
        }
        for _ in 0..<zeros {
            remainder = remainder * 10 % divisor
        }
        return remainder
    }
}

/// The remainder of a growing number by a divisor of any size: schoolbook division, digit by digit.
private struct WideRemainder {
    /// Both numbers in base 2^32, lowest limb first, of the same length with one limb to spare.
    private let divisor: [UInt32]
    private var limbs: [UInt32]

    init(divisor digits: [UInt8]) {
        var divisor = [UInt32](repeating: 0, count: digits.count / 9 + 2)
        for digit in digits {
            Self.multiplyByTen(&divisor, adding: UInt32(digit - 48))
        }
        self.divisor = divisor
        limbs = [UInt32](repeating: 0, count: divisor.count)
    }

    var isZero: Bool {
        limbs.allSatisfy { $0 == 0 }
    }

    mutating func append(_ digit: UInt8) {
        Self.multiplyByTen(&limbs, adding: UInt32(digit))
        while !isBelowDivisor {
            subtractDivisor()
        }
    }

    private static func multiplyByTen(_ limbs: inout [UInt32], adding digit: UInt32) {
        var carry = UInt64(digit)
        for index in limbs.indices {
            carry += UInt64(limbs[index]) * 10
            limbs[index] = UInt32(truncatingIfNeeded: carry)
            carry >>= 32
        }
    }

    private var isBelowDivisor: Bool {
        for index in limbs.indices.reversed() where limbs[index] != divisor[index] {
            return limbs[index] < divisor[index]
        }
        return false
    }

    private mutating func subtractDivisor() {
        var borrow: Int64 = 0
        for index in limbs.indices {
            let difference = Int64(limbs[index]) - Int64(divisor[index]) + borrow
            limbs[index] = UInt32(truncatingIfNeeded: difference)
            borrow = difference >> 32
        }
    }
}
