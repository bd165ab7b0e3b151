// SPDX-License-Identifier: Apache-2.0

/// A recursive-descent parser for ECMA-262 patterns.
struct PatternParser {
    /// How deep groups may nest.
    static let maxNesting = 100

    let scalars: [Unicode.Scalar]
    var position = 0
    private var nesting = 0
    /// How many capturing groups opened so far.
    private var opened = 0
    /// How many capturing groups the whole expression has; references may point forwards.
    let groupCount: Int
    let groupNumbers: [String: Int]

    init(_ source: String) throws(PatternError) {
        scalars = Array(source.unicodeScalars)
        (groupCount, groupNumbers) = try Self.countGroups(scalars)
    }

    private static func countGroups(_ scalars: [Unicode.Scalar]) throws(PatternError) -> (Int, [String: Int]) {
        var count = 0
        var numbers: [String: Int] = [:]
        var isInClass = false
        var position = 0
        while position < scalars.count {
            switch scalars[position] {
            case "\\": position += 1
            case "[": isInClass = true
            case "]": isInClass = false
            case "(" where !isInClass:
                let next = scalars[(position + 1)...].prefix(3)
                if next.first != "?" {
                    count += 1
                } else if next.count == 3, next.dropFirst().first == "<", next.last != "=", next.last != "!" {
                    count += 1
                    let name = String(String.UnicodeScalarView(scalars[(position + 3)...].prefix { $0 != ">" }))
                    guard numbers.updateValue(count, forKey: name) == nil else {
                        throw PatternError("the group name `\(name)` stands twice", at: position)
                    }
                }
            default: break
            }
            position += 1
        }
        return (count, numbers)
    }

    // MARK: Lexing

    var next: Unicode.Scalar? {
        position < scalars.count ? scalars[position] : nil
    }

    mutating func skip(_ scalar: Unicode.Scalar) -> Bool {
        guard next == scalar else { return false }
        position += 1
        return true
    }

    mutating func skip(_ text: StaticString) -> Bool {
        let text = Array("\(text)".unicodeScalars)
        guard scalars[position...].starts(with: text) else { return false }
        position += text.count
        return true
    }

    func error(_ reason: String, at offset: Int? = nil) -> PatternError {
        PatternError(reason, at: offset ?? position)
    }

    // MARK: Grammar

    mutating func pattern() throws(PatternError) -> PatternTree {
        let tree = try alternatives()
        guard position == scalars.count else { throw error("`)` closes no group; write `\\)` for the character") }
        return tree
    }

    private mutating func alternatives() throws(PatternError) -> PatternTree {
        var parts = [try sequence()]
        while skip("|" as Unicode.Scalar) {
            parts.append(try sequence())
        }
        return parts.count == 1 ? parts[0] : .alternatives(parts)
    }

    private mutating func sequence() throws(PatternError) -> PatternTree {
        var parts: [PatternTree] = []
        while let scalar = next, scalar != "|", scalar != ")" {
            let firstGroup = opened + 1
            let start = position
            let (tree, isRepeatable) = try term()
            let repeated = try quantified(tree, groups: firstGroup..<(opened + 1))
            guard isRepeatable || repeated == nil else {
                throw error("an assertion can't be repeated", at: start)
            }
            parts.append(repeated ?? tree)
        }
        switch parts.count {
        case 0: return .empty
        case 1: return parts[0]
        default: return .sequence(parts)
        }
    }

    /// One assertion or atom, and whether a quantifier may follow it.
    private mutating func term() throws(PatternError) -> (PatternTree, Bool) {
        let start = position
        guard let scalar = next else { return (.empty, false) }
        position += 1
        switch scalar {
        case "^": return (.start, false)
        case "$": return (.end, false)
        case ".": return (.set(.dot), true)
        case "(": return try group(from: start)
        case "[": return (.set(try characterClass(from: start)), true)
        case "\\": return try escape(from: start)
        case "*", "+", "?":
            throw error("`\(scalar)` has nothing to repeat; write `\\\(scalar)` for the character", at: start)
        case "{":
            position = start
            guard try quantifier() == nil else {
                throw error("the quantifier has nothing to repeat; write `\\{` for the character", at: start)
            }
            position = start + 1
            return (.set(ScalarSet(scalar.value)), true)
        default: return (.set(ScalarSet(scalar.value)), true)
        }
    }

    private mutating func group(from start: Int) throws(PatternError) -> (PatternTree, Bool) {
        nesting += 1
        defer { nesting -= 1 }
        guard nesting <= Self.maxNesting else {
            throw error("groups nest deeper than \(Self.maxNesting) levels", at: start)
        }
        if skip("?:") {
            return (try groupBody(from: start), true)
        }
        if skip("?=") || skip("?!") {
            let isNegated = scalars[position - 1] == "!"
            return (.look(try groupBody(from: start), isAhead: true, isNegated: isNegated), true)
        }
        if skip("?<=") || skip("?<!") {
            let isNegated = scalars[position - 1] == "!"
            return (.look(try groupBody(from: start), isAhead: false, isNegated: isNegated), false)
        }
        if skip("?<") {
            try groupName(from: start)
        } else if next == "?" {
            throw error("`(?` must be followed by one of `:` `=` `!` `<=` `<!` or `<name>`", at: start)
        }
        opened += 1
        let number = opened
        return (.group(try groupBody(from: start), number: number), true)
    }

    private mutating func groupName(from start: Int) throws(PatternError) {
        let nameStart = position
        while let scalar = next, scalar != ">" {
            guard scalar == "_" || scalar == "$" || scalar.properties.isIDContinue else { break }
            position += 1
        }
        let isName = position > nameStart && !("0"..."9").contains(scalars[nameStart])
        guard skip(">" as Unicode.Scalar), isName else {
            throw error("the group's name must be letters, digits and `_`, closed by `>`", at: start)
        }
    }

    private mutating func groupBody(from start: Int) throws(PatternError) -> PatternTree {
        let tree = try alternatives()
        guard skip(")" as Unicode.Scalar) else {
            throw error("the group that starts here is not closed by `)`", at: start)
        }
        return tree
    }

    // MARK: Quantifiers

    private mutating func quantified(
        _ tree: PatternTree,
        groups: Range<Int>
    ) throws(PatternError) -> PatternTree? {
        guard let (min, max) = try quantifier() else { return nil }
        let isGreedy = !skip("?" as Unicode.Scalar)
        return .repetition(tree, min: min, max: max, isGreedy: isGreedy, groups: groups)
    }

    /// The bounds of a quantifier that stands here; a brace that forms none is left in place.
    private mutating func quantifier() throws(PatternError) -> (min: Int, max: Int?)? {
        let start = position
        if skip("*" as Unicode.Scalar) { return (0, nil) }
        if skip("+" as Unicode.Scalar) { return (1, nil) }
        if skip("?" as Unicode.Scalar) { return (0, 1) }
        guard skip("{" as Unicode.Scalar), let min = count() else {
            position = start
            return nil
        }
        var max: Int? = min
        if skip("," as Unicode.Scalar) {
            max = count()
        }
        guard skip("}" as Unicode.Scalar) else {
            position = start
            return nil
        }
        if let max, max < min {
            throw error("the quantifier's bounds are in the wrong order", at: start)
        }
        return (min, max)
    }

    /// A decimal number; those beyond any text's length are all the same.
    private mutating func count() -> Int? {
        var value: Int?
        while let digit = next?.value, (48...57).contains(digit) {
            value = min((value ?? 0) * 10 + Int(digit - 48), PatternCompiler.maxCount)
            position += 1
        }
        return value
    }
}
