// SPDX-License-Identifier: Apache-2.0

/// A set of condition tests, one bit each.
struct TestMask: Hashable, Sendable {
    /// How many tests a mask can tell apart.
    static let capacity = 512

    private var words = SIMD8<UInt64>.zero

    static let none = TestMask()

    init() {}

    init(_ tests: some Sequence<Int>) {
        for test in tests {
            insert(test)
        }
    }

    var isEmpty: Bool {
        words == .zero
    }

    mutating func insert(_ test: Int) {
        words[test >> 6] |= 1 << UInt64(test & 63)
    }

    func contains(_ test: Int) -> Bool {
        words[test >> 6] & (1 << UInt64(test & 63)) != 0
    }

    func isSubset(of other: TestMask) -> Bool {
        words & ~other.words == .zero
    }

    func isDisjoint(with other: TestMask) -> Bool {
        words & other.words == .zero
    }

    static func | (lhs: TestMask, rhs: TestMask) -> TestMask {
        TestMask(words: lhs.words | rhs.words)
    }

    static func & (lhs: TestMask, rhs: TestMask) -> TestMask {
        TestMask(words: lhs.words & rhs.words)
    }

    static func - (lhs: TestMask, rhs: TestMask) -> TestMask {
        TestMask(words: lhs.words & ~rhs.words)
    }

    static func |= (lhs: inout TestMask, rhs: TestMask) {
        lhs.words |= rhs.words
    }

    private init(words: SIMD8<UInt64>) {
        self.words = words
    }
}
