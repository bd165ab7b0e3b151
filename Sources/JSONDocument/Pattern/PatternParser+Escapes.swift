// SPDX-License-Identifier: Apache-2.0

extension PatternParser {
    /// What follows a backslash outside of a class.
    mutating func escape(from start: Int) throws(PatternError) -> (PatternTree, Bool) {
        guard let scalar = next else { throw error("the expression ends with a single backslash", at: start) }
        switch scalar {
        case "b", "B":
            position += 1
            return (.wordBoundary(isNegated: scalar == "B"), false)
        case "1"..."9":
            return (.reference(try groupNumber(from: start)), true)
        case "k":
            position += 1
            return (.reference(try namedReference(from: start)), true)
        default:
            if let set = try classEscape(from: start) {
                return (.set(set), true)
            }
            return (.set(ScalarSet(try characterEscape(from: start))), true)
        }
    }

    private mutating func groupNumber(from start: Int) throws(PatternError) -> Int {
        var number = 0
        while let digit = next?.value, (48...57).contains(digit) {
            number = min(number * 10 + Int(digit - 48), PatternCompiler.maxCount)
            position += 1
        }
        guard number <= groupCount else {
            throw error("`\\\(number)` refers to a group that does not exist; there are \(groupCount)", at: start)
        }
        return number
    }

    private mutating func namedReference(from start: Int) throws(PatternError) -> Int {
        guard skip("<" as Unicode.Scalar) else {
            throw error("`\\k` must be followed by a group's name, as in `\\k<name>`", at: start)
        }
        let name = String(String.UnicodeScalarView(scalars[position...].prefix { $0 != ">" }))
        position += name.unicodeScalars.count
        guard skip(">" as Unicode.Scalar), let number = groupNumbers[name] else {
            throw error("`\\k` refers to a group `\(name)` that does not exist", at: start)
        }
        return number
    }

    /// An escape that stands for a set of characters; `nil`, with nothing consumed, for any other.
    mutating func classEscape(from start: Int) throws(PatternError) -> ScalarSet? {
        guard let scalar = next else { return nil }
        let set: ScalarSet
        switch scalar {
        case "d": set = .digits
        case "D": set = .nonDigits
        case "w": set = .wordCharacters
        case "W": set = .nonWordCharacters
        case "s": set = .spaces
        case "S": set = .nonSpaces
        case "p", "P":
            position += 1
            return try propertyEscape(isNegated: scalar == "P", from: start)
        default: return nil
        }
        position += 1
        return set
    }

    private mutating func propertyEscape(isNegated: Bool, from start: Int) throws(PatternError) -> ScalarSet {
        guard skip("{" as Unicode.Scalar) else {
            throw error("`\\p` must be followed by a property in braces, as in `\\p{L}`", at: start)
        }
        let name = String(String.UnicodeScalarView(scalars[position...].prefix { $0 != "}" }))
        position += name.unicodeScalars.count
        guard skip("}" as Unicode.Scalar), let property = UnicodeProperty(named: name) else {
            throw error(
                "`\(Excerpt.of(name))` is no known property; general categories such as `L`, `Lu`, `Nd` are",
                at: start
            )
        }
        var set = ScalarSet()
        set.insert(property, isNegated: isNegated)
        return set
    }

    /// An escape that stands for one code point.
    mutating func characterEscape(from start: Int) throws(PatternError) -> UInt32 {
        guard let scalar = next else { throw error("the expression ends with a single backslash", at: start) }
        position += 1
        switch scalar {
        case "t": return 0x09
        case "n": return 0x0A
        case "v": return 0x0B
        case "f": return 0x0C
        case "r": return 0x0D
        case "0":
            guard !(next.map { ("0"..."9").contains($0) } ?? false) else {
                throw error("octal escapes are not accepted; write `\\xHH`", at: start)
            }
            return 0
        case "c":
            guard let letter = next, letter.isASCII, letter.properties.isAlphabetic else {
                throw error("`\\c` must be followed by a letter from A to Z", at: start)
            }
            position += 1
            return letter.value & 31
        case "x":
            guard let value = hexadecimal(2) else {
                throw error("`\\x` must be followed by two hexadecimal digits", at: start)
            }
            return value
        case "u":
            return try unicodeEscape(from: start)
        default:
            guard !scalar.isASCII || !(scalar.properties.isAlphabetic || scalar.properties.numericType != nil) else {
                throw error("`\\\(scalar)` is no escape of ECMA-262", at: start)
            }
            return scalar.value
        }
    }

    private mutating func unicodeEscape(from start: Int) throws(PatternError) -> UInt32 {
        if skip("{" as Unicode.Scalar) {
            var value: UInt32?
            while let digit = hexadecimal(1) {
                value = min((value ?? 0) * 16 + digit, 0x110000)
            }
            guard let value, value < 0x110000, skip("}" as Unicode.Scalar) else {
                throw error("`\\u{` must be followed by a code point up to 10FFFF and `}`", at: start)
            }
            return value
        }
        guard let first = hexadecimal(4) else {
            throw error("`\\u` must be followed by four hexadecimal digits", at: start)
        }
        let afterFirst = position
        guard (0xD800..<0xDC00).contains(first), skip("\\u"), let second = hexadecimal(4),
            (0xDC00..<0xE000).contains(second)
        else {
            // Half of a surrogate pair: it stands for itself, which no text contains.
            position = afterFirst
            return first
        }
        return 0x10000 + (first - 0xD800) << 10 + (second - 0xDC00)
    }

    /// Exactly `count` hexadecimal digits; `nil`, with nothing consumed, when they don't stand here.
    private mutating func hexadecimal(_ count: Int) -> UInt32? {
        guard position + count <= scalars.count else { return nil }
        var value: UInt32 = 0
        for scalar in scalars[position..<position + count] {
            switch scalar.value {
            case 48...57: value = value << 4 | (scalar.value - 48)
            case 65...70: value = value << 4 | (scalar.value - 55)
            case 97...102: value = value << 4 | (scalar.value - 87)
            default: return nil
            }
        }
        position += count
        return value
    }

    // MARK: Classes

    /// The rest of a class whose `[` is consumed.
    mutating func characterClass(from start: Int) throws(PatternError) -> ScalarSet {
        let isInverted = skip("^" as Unicode.Scalar)
        var set = ScalarSet()
        while !skip("]" as Unicode.Scalar) {
            guard next != nil else { throw error("the class that starts here is not closed by `]`", at: start) }
            let atomStart = position
            let lower = try classAtom()
            guard next == "-", position + 1 < scalars.count, scalars[position + 1] != "]" else {
                set.formUnion(lower.set)
                continue
            }
            position += 1
            let upper = try classAtom()
            guard let first = lower.scalar, let last = upper.scalar else {
                // A set such as `\w` is no end of a range: the hyphen stands for itself.
                set.formUnion(lower.set)
                set.formUnion(upper.set)
                set.formUnion(ScalarSet(0x2D))
                continue
            }
            guard first <= last else { throw error("the range's ends are in the wrong order", at: atomStart) }
            set.insert(first...last)
        }
        return isInverted ? set.inverted : set
    }

    /// One member of a class; `scalar` is `nil` when it is a set.
    private mutating func classAtom() throws(PatternError) -> (set: ScalarSet, scalar: UInt32?) {
        let start = position
        guard let scalar = next else { throw error("the class is not closed by `]`") }
        position += 1
        guard scalar == "\\" else { return (ScalarSet(scalar.value), scalar.value) }
        if skip("b" as Unicode.Scalar) {
            return (ScalarSet(0x08), 0x08)
        }
        if let set = try classEscape(from: start) {
            return (set, nil)
        }
        let value = try characterEscape(from: start)
        return (ScalarSet(value), value)
    }
}
