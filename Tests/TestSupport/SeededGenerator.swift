// SPDX-License-Identifier: Apache-2.0

/// A small reproducible random number generator (SplitMix64) for property tests; print its seed on failure.
package struct SeededGenerator: RandomNumberGenerator, Sendable {
    /// The seed it was made from.
    package let seed: UInt64
    private var state: UInt64

    /// Makes a generator that always yields the same sequence for the same seed.
    package init(seed: UInt64) {
        self.seed = seed
        state = seed
    }

    package mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// One of the elements; the collection must not be empty.
    package mutating func pick<C: Collection>(_ elements: C) -> C.Element {
        let offset = Int.random(in: 0..<elements.count, using: &self)
        return elements[elements.index(elements.startIndex, offsetBy: offset)]
    }

    /// `true` once in `count` times on average.
    package mutating func once(in count: Int) -> Bool {
        Int.random(in: 0..<count, using: &self) == 0
    }
}
