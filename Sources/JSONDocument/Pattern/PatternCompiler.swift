// SPDX-License-Identifier: Apache-2.0

/// What a matcher runs: instructions, with the sets and slots they name.
struct PatternProgram: Sendable {
    enum Operation: UInt8, Sendable {
        /// One character out of the set `a`.
        case one
        /// Exactly `b` characters out of the set `a`.
        case exactly
        /// Any number of characters out of the set `a`.
        case star
        /// At most `b` characters out of the set `a`.
        case run
        /// Tries instruction `a`, then `b`.
        case split
        case jump
        case start
        case end
        case wordBoundary
        /// Puts the position into slot `a`.
        case save
        /// Clears the slots from `a` up to `b`.
        case clear
        /// The text that the group `a` matched.
        case reference
        /// Runs what follows as an assertion up to its `accept`, then goes on at `a`.
        case look
        /// Fails when nothing was consumed since slot `a` was saved.
        case progress
        case accept
    }

    struct Instruction: Sendable {
        let operation: Operation
        var isBackward = false
        /// Fewest characters first, for `star` and `run`.
        var isLazy = false
        var isNegated = false
        var a = 0
        var b = 0
    }

    var instructions: [Instruction] = []
    var sets: [ScalarSet] = []
    var slotCount = 0
    var usesReferences = false
    var isAnchored = false
}

/// Turns a parsed expression into a program.
struct PatternCompiler {
    /// What counts in quantifiers are cut to: more than any text has characters.
    static let maxCount = Int(Int32.max)
    /// How many instructions a program may have; repeated groups are copied.
    static let maxInstructions = 30_000

    private var program = PatternProgram()
    private var isBackward = false

    static func compile(_ tree: PatternTree, groupCount: Int) throws(PatternError) -> PatternProgram {
        var compiler = PatternCompiler()
        compiler.program.usesReferences = tree.hasReferences
        compiler.program.isAnchored = tree.isAnchored
        compiler.program.slotCount = tree.hasReferences ? 2 * (groupCount + 1) : 0
        try compiler.emit(tree)
        try compiler.append(.init(operation: .accept))
        return compiler.program
    }

    private mutating func append(_ instruction: PatternProgram.Instruction) throws(PatternError) {
        guard program.instructions.count < Self.maxInstructions else {
            throw PatternError("the expression is too large once its repeated groups are written out", at: 0)
        }
        program.instructions.append(instruction)
    }

    private mutating func emit(_ tree: PatternTree) throws(PatternError) {
        switch tree {
        case .empty: break
        case .set(let set): try emitSet(.one, set)
        case .sequence(let parts):
            for part in isBackward ? parts.reversed() : parts {
                try emit(part)
            }
        case .alternatives(let parts): try emitAlternatives(parts)
        case .group(let inner, let number): try emitGroup(inner, number)
        case .reference(let number):
            try append(.init(operation: .reference, isBackward: isBackward, a: number))
        case .start: try append(.init(operation: .start))
        case .end: try append(.init(operation: .end))
        case .wordBoundary(let isNegated): try append(.init(operation: .wordBoundary, isNegated: isNegated))
        case .look(let inner, let isAhead, let isNegated):
            let start = program.instructions.count
            try append(.init(operation: .look, isNegated: isNegated))
            let outer = isBackward
            isBackward = !isAhead
            try emit(inner)
            isBackward = outer
            try append(.init(operation: .accept))
            program.instructions[start].a = program.instructions.count
        case .repetition(let inner, let min, let max, let isGreedy, let groups):
            if case .set(let set) = inner {
                try emitSimpleRepetition(set, min, max, isLazy: !isGreedy)
            } else {
                try emitRepetition(inner, min, max, isGreedy: isGreedy, groups: groups)
            }
        }
    }

    private mutating func emitSet(
        _ operation: PatternProgram.Operation,
        _ set: ScalarSet,
        count: Int = 0,
        isLazy: Bool = false
    ) throws(PatternError) {
        program.sets.append(set)
        try append(
            .init(operation: operation, isBackward: isBackward, isLazy: isLazy, a: program.sets.count - 1, b: count)
        )
    }

    private mutating func emitSimpleRepetition(
        _ set: ScalarSet,
        _ min: Int,
        _ max: Int?,
        isLazy: Bool
    ) throws(PatternError) {
        if min > 0 {
            try emitSet(.exactly, set, count: min)
        }
        if let max {
            if max > min {
                try emitSet(.run, set, count: max - min, isLazy: isLazy)
            }
        } else {
            try emitSet(.star, set, isLazy: isLazy)
        }
    }

    private mutating func emitAlternatives(_ parts: [PatternTree]) throws(PatternError) {
        var jumps: [Int] = []
        for part in parts.dropLast() {
            let split = program.instructions.count
            try append(.init(operation: .split, a: split + 1))
            try emit(part)
            jumps.append(program.instructions.count)
            try append(.init(operation: .jump))
            program.instructions[split].b = program.instructions.count
        }
        if let last = parts.last {
            try emit(last)
        }
        for jump in jumps {
            program.instructions[jump].a = program.instructions.count
        }
    }

    private mutating func emitGroup(_ inner: PatternTree, _ number: Int) throws(PatternError) {
        guard program.usesReferences else { return try emit(inner) }
        try append(.init(operation: .save, a: isBackward ? 2 * number + 1 : 2 * number))
        try emit(inner)
        try append(.init(operation: .save, a: isBackward ? 2 * number : 2 * number + 1))
    }

    private mutating func emitRepetition(
        _ inner: PatternTree,
        _ min: Int,
        _ max: Int?,
        isGreedy: Bool,
        groups: Range<Int>
    ) throws(PatternError) {
        for _ in 0..<min {
            let start = program.instructions.count
            try emitIteration(inner, groups)
            if program.instructions.count == start {
                break
            }
        }
        guard let max else {
            let split = program.instructions.count
            try append(.init(operation: .split))
            try emitOptionalIteration(inner, groups)
            try append(.init(operation: .jump, a: split))
            setBranches(of: split, isGreedy: isGreedy)
            return
        }
        var splits: [Int] = []
        for _ in 0..<(max - min) {
            splits.append(program.instructions.count)
            try append(.init(operation: .split))
            try emitOptionalIteration(inner, groups)
        }
        for split in splits {
            setBranches(of: split, isGreedy: isGreedy)
        }
    }

    private mutating func setBranches(of split: Int, isGreedy: Bool) {
        let end = program.instructions.count
        program.instructions[split].a = isGreedy ? split + 1 : end
        program.instructions[split].b = isGreedy ? end : split + 1
    }

    private mutating func emitIteration(_ inner: PatternTree, _ groups: Range<Int>) throws(PatternError) {
        if program.usesReferences && !groups.isEmpty {
            try append(.init(operation: .clear, a: 2 * groups.lowerBound, b: 2 * groups.upperBound))
        }
        try emit(inner)
    }

    /// An iteration beyond the required ones, which counts only when it consumes something (ECMA-262 §15.10.2.5).
    private mutating func emitOptionalIteration(_ inner: PatternTree, _ groups: Range<Int>) throws(PatternError) {
        guard inner.canBeEmpty else { return try emitIteration(inner, groups) }
        let slot = program.slotCount
        program.slotCount += 1
        try append(.init(operation: .save, a: slot))
        try emitIteration(inner, groups)
        try append(.init(operation: .progress, a: slot))
    }
}
