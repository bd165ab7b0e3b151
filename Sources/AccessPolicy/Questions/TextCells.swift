// SPDX-License-Identifier: Apache-2.0

/// Finds one text for every combination of patterns that a text can match.
///
/// All patterns are followed together, character by character, over the characters they mention and one of each kind
/// they don't; every set of patterns that some text matches and no other is reached, and the shortest such text is
/// kept. This is the determinisation of the product of the patterns, so nothing is missed.
struct TextCells {
    /// Raised when the patterns fall into too many states.
    struct TooMany: Error {}

    private let atoms: [TextAtom]
    private let domain: Range<Int>
    private let starts: [Int]
    private let tokens: [TextAtom.Token?]
    private let folds: [Bool]
    private let wordCount: Int
    /// The positions of each pattern of the domain.
    private let domainMasks: [[UInt64]]

    /// Prepares a search.
    /// - Parameters:
    ///   - atoms: the patterns.
    ///   - domain: patterns that every text must match to be possible at all.
    init(_ atoms: [TextAtom], domain: [TextAtom]) {
        self.atoms = atoms + domain
        self.domain = atoms.count..<(atoms.count + domain.count)
        var starts: [Int] = []
        var tokens: [TextAtom.Token?] = []
        var folds: [Bool] = []
        for atom in self.atoms {
            starts.append(tokens.count)
            tokens += atom.tokens.map { $0 } + [nil]
            folds += Array(repeating: atom.folds, count: atom.tokens.count + 1)
        }
        self.starts = starts
        self.tokens = tokens
        self.folds = folds
        let wordCount = (tokens.count + 63) / 64
        self.wordCount = wordCount
        let count = self.atoms.count
        let ends = starts.dropFirst() + [tokens.count]
        domainMasks = zip(starts, ends)
            .suffix(count - atoms.count)
            .map { start, end in
                (start..<end)
                    .reduce(into: [UInt64](repeating: 0, count: wordCount)) { $0[$1 >> 6] |= 1 << UInt64($1 & 63) }
            }
    }

    private struct Node {
        let state: [UInt64]
        let parent: Int
        let scalar: Unicode.Scalar?
    }

    /// The texts, one for each combination, the shortest first.
    func texts() throws(TooMany) -> [String] {
        let alphabet = self.alphabet
        var nodes = [Node(state: initial, parent: -1, scalar: nil)]
        var seen: Set<[UInt64]> = [nodes[0].state]
        var found: Set<[Bool]> = []
        var texts: [String] = []
        var next = 0
        while next < nodes.count {
            let state = nodes[next].state
            let accepted = acceptance(state)
            if domain.allSatisfy({ accepted[$0] }), found.insert(accepted).inserted {
                texts.append(text(next, nodes))
            }
            for scalar in alphabet {
                let following = step(state, scalar)
                guard isPossible(following), seen.insert(following).inserted else { continue }
                guard nodes.count < RequestLimits.patternStates else { throw TooMany() }
                nodes.append(Node(state: following, parent: next, scalar: scalar))
            }
            next += 1
        }
        return texts
    }

    /// Whether a text is possible at all.
    func isInDomain(_ text: String) -> Bool {
        let accepted = acceptance(text.unicodeScalars.reduce(initial) { step($0, $1) })
        return domain.allSatisfy { accepted[$0] }
    }

    // MARK: States

    private var initial: [UInt64] {
        var state = [UInt64](repeating: 0, count: wordCount)
        for start in starts {
            add(start, to: &state)
        }
        return state
    }

    /// Adds a position and those reached from it without a character.
    private func add(_ position: Int, to state: inout [UInt64]) {
        var position = position
        while true {
            state[position >> 6] |= 1 << UInt64(position & 63)
            guard tokens[position]?.repeats == true else { return }
            position += 1
        }
    }

    private func step(_ state: [UInt64], _ scalar: Unicode.Scalar) -> [UInt64] {
        var result = [UInt64](repeating: 0, count: wordCount)
        for word in 0..<wordCount {
            var bits = state[word]
            while bits != 0 {
                let position = word << 6 + bits.trailingZeroBitCount
                bits &= bits - 1
                guard let token = tokens[position],
                    token.characters.contains(scalar, folds: folds[position])
                else { continue }
                add(token.repeats ? position : position + 1, to: &result)
            }
        }
        return result
    }

    private func acceptance(_ state: [UInt64]) -> [Bool] {
        atoms.indices.map { index in
            let end = starts[index] + atoms[index].tokens.count
            return state[end >> 6] & (1 << UInt64(end & 63)) != 0
        }
    }

    /// Whether the text so far can still go on to be in the domain.
    private func isPossible(_ state: [UInt64]) -> Bool {
        for mask in domainMasks {
            var isAlive = false
            for word in 0..<wordCount where state[word] & mask[word] != 0 {
                isAlive = true
            }
            guard isAlive else { return false }
        }
        return true
    }

    private func text(_ node: Int, _ nodes: [Node]) -> String {
        var scalars: [Unicode.Scalar] = []
        var index = node
        while index > 0, let scalar = nodes[index].scalar {
            scalars.append(scalar)
            index = nodes[index].parent
        }
        var view = String.UnicodeScalarView()
        view.append(contentsOf: scalars.reversed())
        return String(view)
    }

    // MARK: Characters

    /// Every character that is mentioned, and one of each kind that is not.
    private var alphabet: [Unicode.Scalar] {
        var mentioned: Set<Unicode.Scalar> = []
        for atom in atoms {
            for case .literal(let scalar) in atom.tokens.map(\.characters) {
                mentioned.insert(scalar)
                if atom.folds, let letter = Unicode.Scalar(TextAtom.folded(scalar).value),
                    ("a"..."z").contains(letter)
                {
                    mentioned.insert(letter)
                    mentioned.insert(Unicode.Scalar(UInt8(ascii: letter) & ~0x20))
                }
            }
        }
        let kinds = [
            "xyzwvutsrqponmlkjihgfedcba-", "0123456789", "XYZWVUTSRQPONMLKJIHGFEDCBA_+=,.@",
            "/~^!$%&()[]{}|;'<>\"#`*?\\",
        ]
        var fresh = kinds.compactMap { kind in kind.unicodeScalars.first { !mentioned.contains($0) } }
        fresh +=
            (0x4E00...0x9FFF).lazy.compactMap { Unicode.Scalar($0 as UInt32) }
            .first { !mentioned.contains($0) }
            .map { [$0] } ?? []
        let colon: [Unicode.Scalar] = mentioned.contains(":") ? [] : [":"]
        return fresh + mentioned.sorted { $0.value < $1.value } + colon
    }
}
