// SPDX-License-Identifier: Apache-2.0

/// Searches one text by backtracking; a second run remembers where it has been, so that it can't take exponential time.
struct PatternMatcher {
    /// Up to how many places (instruction and position) a run can remember, one bit each.
    private static let maxRemembered = 1 << 27
    /// How many steps the run with memory may take; look-around may visit a place more than once.
    private static let maxStepsWithMemory = 40_000_000

    /// A way not taken yet: go on at `instruction` from `position`, then from each place on to `limit`.
    private struct Choice {
        /// The instruction; below 0 this restores a slot instead: slot `-1 - instruction` to `position`.
        let instruction: Int
        var position: Int
        let limit: Int
    }

    private let instructions: [PatternProgram.Instruction]
    private let sets: [ScalarSet]
    private let program: PatternProgram
    private let text: [UInt32]

    private var choices: [Choice] = []
    private var slots: [Int]
    private var steps = 0
    private var maxSteps: Int
    private var isExhausted = false

    /// One bit for each instruction and position that was tried, empty in a run without memory.
    private var visited: [UInt64] = []
    /// The bits set since an assertion began, to be taken back when it succeeds.
    private var trail: [Int] = []
    private var assertionDepth = 0

    init(program: PatternProgram, text: [UInt32]) {
        self.program = program
        self.text = text
        instructions = program.instructions
        sets = program.sets
        slots = [Int](repeating: -1, count: program.slotCount)
        maxSteps = ECMAPattern.maxSteps
    }

    mutating func search() -> ECMAPattern.Outcome {
        let places = instructions.count * (text.count + 1)
        let canRemember = !program.usesReferences && places <= Self.maxRemembered
        if canRemember {
            // Most searches end within a few steps a character; memory pays for the others only.
            maxSteps = min(ECMAPattern.maxSteps, 1000 + 16 * text.count)
        }
        let outcome = run()
        guard outcome == .undecided, canRemember else { return outcome }
        visited = [UInt64](repeating: 0, count: places / 64 + 1)
        steps = 0
        maxSteps = Self.maxStepsWithMemory
        isExhausted = false
        return run()
    }

    private mutating func run() -> ECMAPattern.Outcome {
        for start in 0...(program.isAnchored ? 0 : text.count) {
            choices.removeAll(keepingCapacity: true)
            for slot in slots.indices {
                slots[slot] = -1
            }
            if match(from: 0, at: start) {
                return .found
            }
            if isExhausted {
                return .undecided
            }
        }
        return .notFound
    }

    // MARK: The machine

    /// Runs from an instruction until `accept`, or until every choice made since is used up.
    private mutating func match(from first: Int, at start: Int) -> Bool {
        let base = choices.count
        var instruction = first
        var position = start
        while true {
            steps += 1
            guard steps < maxSteps else {
                isExhausted = true
                return false
            }
            let current = instructions[instruction]
            if current.operation == .accept {
                return true
            }
            let goesOn = (visited.isEmpty || visit(instruction, position)) && step(current, &instruction, &position)
            if !goesOn {
                guard let choice = nextChoice(above: base) else { return false }
                instruction = choice.instruction
                position = choice.position
            }
        }
    }

    /// Notes a place in a run with memory.
    /// - Returns: `false` when it was tried before, and so leads nowhere.
    private mutating func visit(_ instruction: Int, _ position: Int) -> Bool {
        let bit = instruction * (text.count + 1) + position
        guard visited[bit >> 6] & (1 << UInt64(bit & 63)) == 0 else { return false }
        visited[bit >> 6] |= 1 << UInt64(bit & 63)
        if assertionDepth > 0 {
            trail.append(bit)
        }
        return true
    }

    private mutating func nextChoice(above base: Int) -> Choice? {
        while choices.count > base {
            let last = choices.count - 1
            let choice = choices[last]
            if choice.instruction < 0 {
                slots[-1 - choice.instruction] = choice.position
                choices.removeLast()
                continue
            }
            if choice.position == choice.limit {
                choices.removeLast()
            } else {
                choices[last].position += choice.limit > choice.position ? 1 : -1
            }
            return choice
        }
        return nil
    }

    /// Does one instruction.
    /// - Returns: `false` when it does not match.
    private mutating func step(
        _ current: PatternProgram.Instruction,
        _ instruction: inout Int,
        _ position: inout Int
    ) -> Bool {
        switch current.operation {
        case .one:
            guard matches(current.a, position, current.isBackward) else { return false }
            position += current.isBackward ? -1 : 1
        case .exactly:
            guard length(of: current.a, from: position, atMost: current.b, current.isBackward) == current.b else {
                return false
            }
            position += current.isBackward ? -current.b : current.b
        case .star where !visited.isEmpty:
            // With memory each place is noted, which needs single steps.
            guard matches(current.a, position, current.isBackward) else { break }
            choices.append(Choice(instruction: instruction + 1, position: position, limit: position))
            position += current.isBackward ? -1 : 1
            return true
        case .star, .run:
            repeatSet(current, instruction, &position)
        case .split:
            choices.append(Choice(instruction: current.b, position: position, limit: position))
            instruction = current.a
            return true
        case .jump:
            instruction = current.a
            return true
        case .look:
            guard look(current, instruction, position) else { return false }
            instruction = current.a
            return true
        case .save, .clear, .progress:
            guard changeSlots(current, position) else { return false }
        case .reference:
            guard matchReference(current, &position) else { return false }
        case .start, .end, .wordBoundary:
            guard holds(current, position) else { return false }
        case .accept:
            return false
        }
        instruction += 1
        return true
    }

    private func holds(_ current: PatternProgram.Instruction, _ position: Int) -> Bool {
        switch current.operation {
        case .start: position == 0
        case .end: position == text.count
        default: (isWord(position - 1) != isWord(position)) != current.isNegated
        }
    }

    private func isWord(_ position: Int) -> Bool {
        text.indices.contains(position) && ScalarSet.wordCharacters.contains(text[position])
    }

    // MARK: Sets

    private func matches(_ set: Int, _ position: Int, _ isBackward: Bool) -> Bool {
        let place = isBackward ? position - 1 : position
        return place >= 0 && place < text.count && sets[set].contains(text[place])
    }

    /// How many characters in a row are in a set.
    private func length(of set: Int, from position: Int, atMost limit: Int, _ isBackward: Bool) -> Int {
        let available = min(limit, isBackward ? position : text.count - position)
        var length = 0
        if isBackward {
            while length < available, sets[set].contains(text[position - 1 - length]) {
                length += 1
            }
        } else {
            while length < available, sets[set].contains(text[position + length]) {
                length += 1
            }
        }
        return length
    }

    private mutating func repeatSet(_ current: PatternProgram.Instruction, _ instruction: Int, _ position: inout Int) {
        let limit = current.operation == .star ? text.count : current.b
        let length = length(of: current.a, from: position, atMost: limit, current.isBackward)
        guard length > 0 else { return }
        steps += length >> 3
        let unit = current.isBackward ? -1 : 1
        let far = position + length * unit
        if current.isLazy {
            choices.append(Choice(instruction: instruction + 1, position: position + unit, limit: far))
        } else {
            choices.append(Choice(instruction: instruction + 1, position: far - unit, limit: position))
            position = far
        }
    }

    // MARK: Groups and assertions

    private mutating func set(_ slot: Int, to value: Int) {
        guard slots[slot] != value else { return }
        choices.append(Choice(instruction: -1 - slot, position: slots[slot], limit: 0))
        slots[slot] = value
    }

    private mutating func changeSlots(_ current: PatternProgram.Instruction, _ position: Int) -> Bool {
        switch current.operation {
        case .save:
            set(current.a, to: position)
        case .clear:
            for slot in current.a..<current.b {
                set(slot, to: -1)
            }
        default:
            // With memory an iteration that consumes nothing ends at a place that was noted before.
            return slots[current.a] != position || !visited.isEmpty
        }
        return true
    }

    private func matchReference(_ current: PatternProgram.Instruction, _ position: inout Int) -> Bool {
        let start = slots[2 * current.a]
        let end = slots[2 * current.a + 1]
        guard start >= 0, end >= 0 else { return true }
        let length = end - start
        let from = current.isBackward ? position - length : position
        guard from >= 0, from + length <= text.count,
            text[start..<end].elementsEqual(text[from..<(from + length)])
        else { return false }
        position += current.isBackward ? -length : length
        return true
    }

    private mutating func look(_ current: PatternProgram.Instruction, _ instruction: Int, _ position: Int) -> Bool {
        let base = choices.count
        let before = slots
        let trailStart = trail.count
        assertionDepth += 1
        let matched = match(from: instruction + 1, at: position)
        assertionDepth -= 1
        if matched {
            for bit in trail[trailStart...] {
                visited[bit >> 6] &= ~(1 << UInt64(bit & 63))
            }
        }
        if matched || assertionDepth == 0 {
            trail.removeSubrange(trailStart...)
        }
        choices.removeSubrange(base...)
        guard !isExhausted else { return false }
        if matched && !current.isNegated {
            // What the groups matched stays, and is undone with the choices before the assertion.
            for slot in slots.indices where slots[slot] != before[slot] {
                choices.append(Choice(instruction: -1 - slot, position: before[slot], limit: 0))
            }
        } else {
            slots = before
        }
        return matched != current.isNegated
    }
}
