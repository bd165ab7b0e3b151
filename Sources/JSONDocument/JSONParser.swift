// SPDX-License-Identifier: Apache-2.0

/// What the parser refuses beyond bad grammar.
package struct JSONLimits: Sendable, Hashable {
    /// How deep arrays and objects may nest.
    package var maxDepth: Int
    /// How many bytes the document may have.
    package var maxBytes: Int

    /// Depth 64 and 8 MiB unless said otherwise.
    package init(maxDepth: Int = 64, maxBytes: Int = 8 << 20) {
        self.maxDepth = maxDepth
        self.maxBytes = maxBytes
    }
}

extension JSONValue {
    /// Reads one JSON document, RFC 8259, and nothing after it but white space.
    ///
    /// Refused, with the position: duplicate member names, bad UTF-8, unpaired surrogates, a byte order mark,
    /// anything over `limits`.
    /// - Complexity: O(n).
    package init(parsing text: String, limits: JSONLimits = JSONLimits()) throws(JSONParseError) {
        try self.init(parsing: Array(text.utf8), limits: limits)
    }

    /// Reads one JSON document from UTF-8 bytes; see ``init(parsing:limits:)-(String,_)``.
    package init(parsing bytes: [UInt8], limits: JSONLimits = JSONLimits()) throws(JSONParseError) {
        var parser = JSONParser(bytes: bytes, limits: limits)
        self = try parser.document()
    }
}

/// A recursive-descent parser; recursion is bounded by ``JSONLimits/maxDepth``.
struct JSONParser {
    let bytes: [UInt8]
    let limits: JSONLimits
    var position = 0
    /// Tells the offset and pointer of each value that starts, for ``JSONLocator``.
    var path: [JSONPointer.Token]?
    var onValue: ((_ path: [JSONPointer.Token], _ offset: Int) -> Bool)?

    init(bytes: [UInt8], limits: JSONLimits) {
        self.bytes = bytes
        self.limits = limits
    }

    mutating func document() throws(JSONParseError) -> JSONValue {
        guard bytes.count <= limits.maxBytes else {
            throw error("the document has \(bytes.count) bytes; at most \(limits.maxBytes) are accepted", at: 0)
        }
        skipSpace()
        let value = try value(depth: 0)
        skipSpace()
        guard position == bytes.count else {
            throw error("found \(found()) after the end of the document", at: position)
        }
        return value
    }

    private mutating func value(depth: Int) throws(JSONParseError) -> JSONValue {
        if let path, let onValue, !onValue(path, position) {
            self.onValue = nil
        }
        guard position < bytes.count else { throw unexpected("a value") }
        switch bytes[position] {
        case UInt8(ascii: "{"): return try object(depth: depth)
        case UInt8(ascii: "["): return try array(depth: depth)
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "-"), 48...57: return .number(try number())
        case UInt8(ascii: "t"): return try word("true", .bool(true))
        case UInt8(ascii: "f"): return try word("false", .bool(false))
        case UInt8(ascii: "n"): return try word("null", .null)
        default: throw unexpected("a value")
        }
    }

    private mutating func object(depth: Int) throws(JSONParseError) -> JSONValue {
        try enter(depth)
        var object = JSONObject()
        skipSpace()
        if skip(UInt8(ascii: "}")) {
            return .object(object)
        }
        while true {
            let nameOffset = position
            guard position < bytes.count, bytes[position] == UInt8(ascii: "\"") else {
                throw unexpected(
                    object.isEmpty ? "a member name in double quotes or `}`" : "a member name in double quotes"
                )
            }
            let name = try string()
            skipSpace()
            guard skip(UInt8(ascii: ":")) else { throw unexpected("`:` after the member name") }
            skipSpace()
            path?.append(.name(name))
            let value = try value(depth: depth + 1)
            path?.removeLast()
            guard object.append(name, value) else {
                throw error("the member name `\(name)` stands twice in one object", at: nameOffset)
            }
            skipSpace()
            if skip(UInt8(ascii: "}")) {
                return .object(object)
            }
            guard skip(UInt8(ascii: ",")) else { throw unexpected("`,` or `}`") }
            skipSpace()
        }
    }

    private mutating func array(depth: Int) throws(JSONParseError) -> JSONValue {
        try enter(depth)
        var elements: [JSONValue] = []
        skipSpace()
        if skip(UInt8(ascii: "]")) {
            return .array(elements)
        }
        while true {
            path?.append(.index(elements.count))
            elements.append(try value(depth: depth + 1))
            path?.removeLast()
            skipSpace()
            if skip(UInt8(ascii: "]")) {
                return .array(elements)
            }
            guard skip(UInt8(ascii: ",")) else { throw unexpected("`,` or `]`") }
            skipSpace()
        }
    }

    private mutating func enter(_ depth: Int) throws(JSONParseError) {
        guard depth < limits.maxDepth else {
            throw error("nested deeper than \(limits.maxDepth) levels", at: position)
        }
        position += 1
    }

    private mutating func word(_ word: StaticString, _ value: JSONValue) throws(JSONParseError) -> JSONValue {
        let count = word.utf8CodeUnitCount
        let matches =
            position + count <= bytes.count
            && (0..<count).allSatisfy { bytes[position + $0] == word.utf8Start[$0] }
        guard matches else { throw unexpected("a value") }
        position += count
        return value
    }

    // MARK: Numbers

    private mutating func number() throws(JSONParseError) -> JSONNumber {
        let start = position
        _ = skip(UInt8(ascii: "-"))
        if skip(48) {
            if digit != nil {
                throw error("a number must not start with 0 followed by another digit", at: start)
            }
        } else {
            try digits("a digit")
        }
        if skip(UInt8(ascii: ".")) {
            try digits("a digit after the decimal point")
        }
        if skip(UInt8(ascii: "e")) || skip(UInt8(ascii: "E")) {
            _ = skip(UInt8(ascii: "+")) || skip(UInt8(ascii: "-"))
            try digits("a digit in the exponent")
        }
        return JSONNumber(validLiteral: String(decoding: bytes[start..<position], as: UTF8.self))
    }

    private var digit: UInt8? {
        position < bytes.count && (48...57).contains(bytes[position]) ? bytes[position] : nil
    }

    private mutating func digits(_ expected: String) throws(JSONParseError) {
        guard digit != nil else { throw unexpected(expected) }
        while digit != nil {
            position += 1
        }
    }

    // MARK: Strings

    private mutating func string() throws(JSONParseError) -> String {
        let start = position
        position += 1
        while position < bytes.count {
            let byte = bytes[position]
            if byte == UInt8(ascii: "\"") {
                let slice = bytes[(start + 1)..<position]
                guard let text = String(validating: slice, as: UTF8.self) else { throw invalidUTF8(in: slice) }
                position += 1
                return text
            }
            if byte == UInt8(ascii: "\\") {
                return try escapedString(from: start)
            }
            guard byte >= 0x20 else { throw controlCharacter(byte) }
            position += 1
        }
        throw error("the string that starts here is not closed with a double quote", at: start)
    }

    private mutating func escapedString(from start: Int) throws(JSONParseError) -> String {
        var text = Array(bytes[(start + 1)..<position])
        while position < bytes.count {
            let byte = bytes[position]
            switch byte {
            case UInt8(ascii: "\""):
                guard let string = String(validating: text, as: UTF8.self) else { throw invalidUTF8(in: text[...]) }
                position += 1
                return string
            case UInt8(ascii: "\\"):
                text.append(contentsOf: Array(String(try escape()).utf8))
            default:
                guard byte >= 0x20 else { throw controlCharacter(byte) }
                text.append(byte)
                position += 1
            }
        }
        throw error("the string that starts here is not closed with a double quote", at: start)
    }

    private mutating func escape() throws(JSONParseError) -> Unicode.Scalar {
        let start = position
        position += 1
        guard position < bytes.count else { throw unexpected("an escape") }
        let kind = bytes[position]
        position += 1
        switch kind {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return Unicode.Scalar(kind)
        case UInt8(ascii: "b"): return "\u{8}"
        case UInt8(ascii: "f"): return "\u{C}"
        case UInt8(ascii: "n"): return "\n"
        case UInt8(ascii: "r"): return "\r"
        case UInt8(ascii: "t"): return "\t"
        case UInt8(ascii: "u"): return try unicodeEscape(from: start)
        default: throw error("`\\` must be followed by one of `\" \\ / b f n r t u`", at: start)
        }
    }

    private mutating func unicodeEscape(from start: Int) throws(JSONParseError) -> Unicode.Scalar {
        let first = try fourHexDigits(from: start)
        if let scalar = Unicode.Scalar(first) {
            return scalar
        }
        guard first < 0xDC00, skip(UInt8(ascii: "\\")), skip(UInt8(ascii: "u")) else {
            throw error("the escape names half of a surrogate pair", at: start)
        }
        let second = try fourHexDigits(from: start)
        guard (0xDC00..<0xE000).contains(second),
            let scalar = Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00))
        else {
            throw error("the escape names half of a surrogate pair", at: start)
        }
        return scalar
    }

    private mutating func fourHexDigits(from start: Int) throws(JSONParseError) -> UInt32 {
        var value: UInt32 = 0
        for _ in 0..<4 {
            guard position < bytes.count, let digit = hexDigit(bytes[position]) else {
                throw error("`\\u` must be followed by four hexadecimal digits", at: start)
            }
            value = value << 4 | digit
            position += 1
        }
        return value
    }

    private func hexDigit(_ byte: UInt8) -> UInt32? {
        switch byte {
        case 48...57: UInt32(byte - 48)
        case 97...102: UInt32(byte - 87)
        case 65...70: UInt32(byte - 55)
        default: nil
        }
    }

    // MARK: Lexing and errors

    private mutating func skipSpace() {
        while position < bytes.count {
            switch bytes[position] {
            case 0x20, 0x0A, 0x0D, 0x09: position += 1
            default: return
            }
        }
    }

    private mutating func skip(_ byte: UInt8) -> Bool {
        guard position < bytes.count, bytes[position] == byte else { return false }
        position += 1
        return true
    }

    private func unexpected(_ expected: String) -> JSONParseError {
        error("found \(found()) where \(expected) was expected", at: position)
    }

    private func controlCharacter(_ byte: UInt8) -> JSONParseError {
        let code = String(byte, radix: 16, uppercase: true)
        return error(
            "a string must not contain the control character U+00\(byte < 16 ? "0" : "")\(code) unescaped",
            at: position
        )
    }

    private func invalidUTF8(in slice: ArraySlice<UInt8>) -> JSONParseError {
        error("the string before this place is not valid UTF-8", at: position)
    }

    /// Names the character at the present position, with its code point where a reader could mistake it.
    private func found() -> String {
        guard position < bytes.count else { return "the end of the document" }
        let tail = bytes[position..<min(position + 4, bytes.count)]
        let text = String(decoding: tail, as: UTF8.self)
        guard let scalar = text.unicodeScalars.first else { return "nothing" }
        let code = String(scalar.value, radix: 16, uppercase: true)
        let padded = "U+" + String(repeating: "0", count: max(0, 4 - code.count)) + code
        if scalar.value == 0xFEFF {
            return "a byte order mark (\(padded))"
        }
        if (0x201C...0x201F).contains(scalar.value) {
            return "the curly quote `\(scalar)` (\(padded)), which is no JSON quote,"
        }
        return scalar.isASCII && scalar.value > 0x20 ? "`\(scalar)`" : "the character \(padded)"
    }

    private func error(_ reason: String, at offset: Int) -> JSONParseError {
        let place = TextPosition(in: bytes, offset: offset)
        return JSONParseError(reason: reason, line: place.line, column: place.column, offset: offset)
    }
}

extension TextPosition {
    /// The place of a byte offset.
    init(in bytes: [UInt8], offset: Int) {
        var line = 1
        var column = 1
        for byte in bytes.prefix(offset) {
            if byte == UInt8(ascii: "\n") {
                line += 1
                column = 1
            } else if byte & 0xC0 != 0x80 {
                column += 1
            }
        }
        self.init(line: line, column: column)
    }
}
