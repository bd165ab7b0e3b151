// SPDX-License-Identifier: Apache-2.0

import JSONDocument
import TestSupport
import Testing

@Suite("Reading JSON")
struct JSONParserTests {
    @Test(
        arguments: [
            ("null", JSONValue.null), (" true ", true), ("\t\r\nfalse\n", false), ("0", 0), ("-12", -12),
            (#""a""#, "a"),
            ("[]", []), ("[ ]", []), ("[1,[2]]", [1, [2]]), ("{}", [:]),
            (#"{ "a" : { "b" : [ ] } }"#, ["a": ["b": []]]),
            (#""\"\\\/\b\f\n\r\t\u0041\u00e9""#, "\"\\/\u{8}\u{C}\n\r\tAé"), (#""\ud83d\udca9💩""#, "💩💩"),
            (#""\u0000""#, "\0"), (#"{"": 1}"#, ["": 1]), ("\"\u{7F}\u{2028}\"", "\u{7F}\u{2028}"),
        ] as [(String, JSONValue)]
    )
    func `well-formed documents are read`(text: String, value: JSONValue) throws {
        #expect(try JSONValue(parsing: text) == value)
    }

    @Test(arguments: [
        ("", 1, 1, "end of the document"), ("  ", 1, 3, "end of the document"), ("nul", 1, 1, "a value"),
        ("nulls", 1, 5, "after the end"), ("1 2", 1, 3, "`2`"), ("[1,]", 1, 4, "a value"), ("[1", 1, 3, "`,` or `]`"),
        ("{\"a\":1,}", 1, 8, "member name"), ("{a:1}", 1, 2, "double quotes or `}`"), ("{\"a\" 1}", 1, 6, "`:`"),
        ("{\n \"a\": 1,\n \"a\": 2\n}", 3, 2, "`a` stands twice"), ("01", 1, 1, "must not start with 0"),
        ("-", 1, 2, "a digit"), ("1.", 1, 3, "after the decimal point"), ("1e", 1, 3, "exponent"), ("+1", 1, 1, "`+`"),
        (".5", 1, 1, "`.`"), ("NaN", 1, 1, "`N`"), ("'a'", 1, 1, "`'`"), ("\u{201C}a\u{201D}", 1, 1, "curly quote"),
        ("\u{FEFF}1", 1, 1, "byte order mark"), ("\"a", 1, 1, "not closed"), ("\"a\nb\"", 1, 3, "U+000A"),
        (#""\x""#, 1, 2, "must be followed"), (#""\u12""#, 1, 2, "four hexadecimal"), (#""\ud800""#, 1, 2, "surrogate"),
        (#""\udc00\ud800""#, 1, 2, "surrogate"), (#""\ud800\u0041""#, 1, 2, "surrogate"), ("é", 1, 1, "U+00E9"),
        ("[\"é💩\", x]", 1, 8, "`x`"), ("{\"a\":1 \"b\":2}", 1, 8, "`,` or `}`"), ("/**/1", 1, 1, "`/`"),
        ("[1 2]", 1, 4, "`,` or `]`"), ("]", 1, 1, "`]`"), ("tru", 1, 1, "a value"), ("\u{A0}1", 1, 1, "U+00A0"),
    ])
    func `a malformed document is refused with its place`(text: String, line: Int, column: Int, words: String) throws {
        let error = try #require(throws: JSONParseError.self) { try JSONValue(parsing: text) }
        #expect(error.line == line)
        #expect(error.column == column)
        #expect(error.reason.contains(words), "\(error.reason)")
        #expect(error.description.hasPrefix("line \(line), column \(column): "))
    }

    @Test(
        arguments: [
            [0x22, 0xFF, 0x22], [0x22, 0xC3, 0x22], [0x22, 0xC0, 0x80, 0x22], [0x22, 0xED, 0xA0, 0x80, 0x22],
            [0x22, 0xF4, 0x90, 0x80, 0x80, 0x22], [0x22, 0x5C, 0x6E, 0x80, 0x22], [0xFF],
            [0x7B, 0x22, 0xFE, 0x22, 0x3A],
        ] as [[UInt8]]
    )
    func `bad UTF-8 is refused`(bytes: [UInt8]) {
        #expect(throws: JSONParseError.self) { try JSONValue(parsing: bytes) }
    }

    @Test func `nesting is limited`() throws {
        func nested(_ depth: Int) -> String {
            String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
        }
        #expect(try JSONValue(parsing: nested(64)).array != nil)
        let error = try #require(throws: JSONParseError.self) { try JSONValue(parsing: nested(65)) }
        #expect(error.reason.contains("deeper than 64 levels"))
        #expect(error.column == 65)
        #expect(throws: JSONParseError.self) { try JSONValue(parsing: String(repeating: "{\"a\":", count: 1_000_000)) }
        #expect(throws: JSONParseError.self) { try JSONValue(parsing: "[[1]]", limits: JSONLimits(maxDepth: 1)) }
    }

    @Test func `size is limited`() {
        #expect(throws: JSONParseError.self) { try JSONValue(parsing: "[1, 2]", limits: JSONLimits(maxBytes: 5)) }
        #expect(throws: Never.self) { try JSONValue(parsing: "[1, 2]", limits: JSONLimits(maxBytes: 6)) }
    }

    @Test func `names that only look the same are different members`() throws {
        let names = (0..<20).map { "\"n\($0)\": 0," }.joined()
        let value = try JSONValue(parsing: "{\(names) \"\\u00e9\": 1, \"e\\u0301\": 2}")
        #expect(value["\u{E9}"] == 1)
        #expect(value["e\u{301}"] == 2)
        #expect(throws: JSONParseError.self) { try JSONValue(parsing: "{\(names) \"n7\": 1}") }
    }
}

@Suite("Hostile JSON")
struct JSONFuzzTests {
    /// A random document whose numbers, names and strings cover the grammar.
    private func document(_ generator: inout SeededGenerator, depth: Int = 0) -> JSONValue {
        let texts = ["", "a", "é", "e\u{301}", "💩", "\"\\/\n\u{1}", "\u{2028}", "~/", "member", "\0"]
        switch Int.random(in: 0..<(depth < 4 ? 7 : 5), using: &generator) {
        case 0: return .null
        case 1: return .bool(generator.once(in: 2))
        case 2: return .number(JSONNumber(Int.random(in: -1000...1000, using: &generator)))
        case 3:
            let double = Double(bitPattern: generator.next())
            return JSONNumber(double).map { .number($0) } ?? .null
        case 4: return .string(generator.pick(texts) + generator.pick(texts))
        case 5:
            return .array(
                (0..<Int.random(in: 0...4, using: &generator)).map { _ in document(&generator, depth: depth + 1) }
            )
        default:
            var object = JSONObject()
            for _ in 0..<Int.random(in: 0...16, using: &generator) {
                object[generator.pick(texts) + generator.pick(texts)] = document(&generator, depth: depth + 1)
            }
            return .object(object)
        }
    }

    @Test(arguments: [1, 2, 3] as [UInt64], [JSONValue.Layout.compact, .indented])
    func `what is written is read back the same`(seed: UInt64, layout: JSONValue.Layout) throws {
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<300 {
            let value = document(&generator)
            let bytes = value.bytes(layout)
            let copy = try JSONValue(parsing: bytes)
            #expect(copy == value)
            #expect(copy.hashValue == value.hashValue)
            #expect(copy.bytes(layout) == bytes, "seed \(seed)")
        }
    }

    @Test(arguments: [11, 12, 13] as [UInt64]) func `damaged documents never crash`(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<500 {
            var bytes = document(&generator).bytes()
            for _ in 0..<Int.random(in: 1...4, using: &generator) where !bytes.isEmpty {
                let place = Int.random(in: 0..<bytes.count, using: &generator)
                switch Int.random(in: 0..<3, using: &generator) {
                case 0: bytes[place] = UInt8.random(in: 0...255, using: &generator)
                case 1: bytes.remove(at: place)
                default: bytes.removeSubrange(place...)
                }
            }
            do {
                let value = try JSONValue(parsing: bytes)
                #expect((try? JSONValue(parsing: value.bytes())) == value, "seed \(seed)")
            } catch {
                #expect((0...bytes.count).contains(error.offset), "seed \(seed)")
            }
        }
    }

    @Test(arguments: [21, 22] as [UInt64]) func `random bytes never crash`(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let alphabet = Array("{}[]\",:0123456789.eE+-\\u/truefalsn \n".utf8) + [0, 0x80, 0xC3, 0xED, 0xF0, 0xFF]
        for _ in 0..<5000 {
            let bytes = (0..<Int.random(in: 0...24, using: &generator)).map { _ in generator.pick(alphabet) }
            if let value = try? JSONValue(parsing: bytes) {
                #expect((try? JSONValue(parsing: value.bytes())) == value, "seed \(seed)")
            }
        }
    }

    @Test(arguments: [31, 32] as [UInt64]) func `random schemas and documents never crash`(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let keywords = [
            "type", "enum", "items", "properties", "required", "allOf", "anyOf", "not", "$ref", "id", "pattern",
            "dependencies", "additionalProperties", "maxLength", "multipleOf", "definitions", "format",
        ]
        for _ in 0..<1500 {
            var schema = JSONObject()
            for _ in 0..<3 {
                schema[generator.pick(keywords)] = generator.once(in: 2) ? document(&generator) : ["a": [:]]
            }
            if let compiled = try? JSONSchema(compiling: .object(schema)) {
                let value = document(&generator)
                #expect(compiled.validate(value).isEmpty == compiled.accepts(value), "seed \(seed)")
            }
        }
    }
}
