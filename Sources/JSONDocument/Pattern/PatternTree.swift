// SPDX-License-Identifier: Apache-2.0

/// A parsed regular expression.
indirect enum PatternTree: Sendable {
    case empty
    case set(ScalarSet)
    case sequence([PatternTree])
    case alternatives([PatternTree])
    /// A capturing group with its number, from 1.
    case group(PatternTree, number: Int)
    /// What the group with the number matched.
    case reference(Int)
    case start
    case end
    case wordBoundary(isNegated: Bool)
    case look(PatternTree, isAhead: Bool, isNegated: Bool)
    /// `max` is `nil` without upper limit; `groups` are the numbers of the groups inside.
    case repetition(PatternTree, min: Int, max: Int?, isGreedy: Bool, groups: Range<Int>)

    /// Whether it can match without consuming anything.
    var canBeEmpty: Bool {
        switch self {
        case .set: false
        case .empty, .reference, .start, .end, .wordBoundary, .look: true
        case .sequence(let parts): parts.allSatisfy(\.canBeEmpty)
        case .alternatives(let parts): parts.contains(where: \.canBeEmpty)
        case .group(let inner, _): inner.canBeEmpty
        case .repetition(let inner, let min, _, _, _): min == 0 || inner.canBeEmpty
        }
    }

    /// Whether every match begins at the start of the text.
    var isAnchored: Bool {
        switch self {
        case .start: true
        case .empty, .set, .reference, .end, .wordBoundary, .look: false
        case .sequence(let parts):
            // Assertions before the `^` consume nothing and don't move it.
            parts.drop { part in if case .look = part { true } else { false } }.first?.isAnchored ?? false
        case .alternatives(let parts): parts.allSatisfy(\.isAnchored)
        case .group(let inner, _): inner.isAnchored
        case .repetition(let inner, let min, _, _, _): min > 0 && inner.isAnchored
        }
    }

    /// Whether it refers back to what a group matched.
    var hasReferences: Bool {
        switch self {
        case .reference: true
        case .empty, .set, .start, .end, .wordBoundary: false
        case .sequence(let parts), .alternatives(let parts): parts.contains(where: \.hasReferences)
        case .group(let inner, _), .look(let inner, _, _), .repetition(let inner, _, _, _, _): inner.hasReferences
        }
    }
}
