// SPDX-License-Identifier: Apache-2.0

import AWSWire
import JSONDocument
import Testing

struct InputReaderTests {
    private func reader(_ text: String, isText: Bool = false) throws -> InputReader {
        try InputReader(try JSONValue(parsing: text), isText: isText)
    }

    @Test(arguments: [
        ("[]", "expected an object, found an array"), ("1", "expected an object, found a number"),
        ("null", "expected an object, found null"), (#""x""#, "expected an object, found a string"),
    ])
    func `a request is an object`(_ text: String, _ message: String) {
        let problem = #expect(throws: InputProblem.self) { try reader(text) }
        #expect(problem?.kind == .wrongType)
        #expect(problem?.description == message)
    }

    @Test func `absent and null members are not there`() throws {
        let reader = try reader(#"{"A":null}"#)
        for name in ["A", "B"] {
            #expect(try reader.string(name) == nil)
            #expect(try reader.integer(name) == nil)
            #expect(try reader.bool(name) == nil)
            #expect(try reader.blob(name) == nil)
            #expect(try reader.strings(name) == nil)
            #expect(try reader.stringMap(name) == nil)
            #expect(try reader.structure(name) == nil)
            #expect(try reader.structures(name) { $0.path } == nil)
            let problem = #expect(throws: InputProblem.self) { try reader.requiredString(name) }
            #expect(problem == InputProblem(.missing, at: JSONPointer().appending(name), problem?.message ?? ""))
            #expect(problem?.description == "/\(name): the required member `\(name)` is missing")
        }
    }

    typealias Read = @Sendable (InputReader) throws -> String

    struct Reading: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let read: Read

        init(_ name: String, _ read: @escaping Read) {
            testDescription = name
            self.read = read
        }
    }

    private static let string = Reading("string") { "\(try $0.requiredString("A"))" }
    private static let integer = Reading("integer") { "\(try $0.required("A", try $0.integer("A")))" }
    private static let bool = Reading("bool") { "\(try $0.required("A", try $0.bool("A")))" }
    private static let blob = Reading("blob") { "\(try $0.requiredBlob("A"))" }
    private static let strings = Reading("strings") { "\(try $0.required("A", try $0.strings("A")))" }
    private static let map = Reading("map") {
        try $0.required("A", try $0.stringMap("A")).map { "\($0.name)=\($0.value)" }.joined(separator: ",")
    }
    private static let structure = Reading("structure") {
        try $0.required("A", try $0.structure("A")).requiredString("B")
    }
    private static let structures = Reading("structures") {
        try $0.required(
            "A",
            try $0.structures("A") { reader throws(InputProblem) in
                try reader.requiredString("B")
            }
        )
        .joined(separator: ",")
    }

    @Test(arguments: [
        (string, #""x""#, "x"), (string, #""""#, ""), (integer, "7", "7"), (integer, "-7", "-7"),
        (integer, "9223372036854775807", "9223372036854775807"), (integer, "7.0", "7"), (integer, "7e1", "70"),
        (bool, "true", "true"), (bool, "false", "false"), (blob, #""AQI=""#, "[1, 2]"), (blob, #""""#, "[]"),
        (strings, "[]", "[]"), (strings, #"["a","b"]"#, #"["a", "b"]"#), (map, #"{"b":"1","a":"2"}"#, "b=1,a=2"),
        (map, "{}", ""), (structure, #"{"B":"x"}"#, "x"), (structures, #"[{"B":"x"},{"B":"y"}]"#, "x,y"),
    ])
    func `a member of its type is read`(_ reading: Reading, _ value: String, _ expected: String) throws {
        #expect(try reading.read(reader("{\"A\":\(value)}")) == expected)
    }

    @Test(arguments: [
        (string, "1", "/A: expected a string, found a number"),
        (string, "{}", "/A: expected a string, found an object"),
        (integer, #""7""#, "/A: expected an integer, found a string"),
        (integer, "7.5", "/A: expected an integer, found a number"),
        (integer, "9223372036854775808", "/A: expected an integer, found a number"),
        (bool, #""true""#, "/A: expected true or false, found a string"),
        (bool, "0", "/A: expected true or false, found a number"), (blob, #""AQI""#, "/A: expected base64 text"),
        (blob, "[1]", "/A: expected a string, found an array"),
        (strings, #""a""#, "/A: expected a list, found a string"),
        (strings, #""""#, "/A: expected a list, found a string"),
        (strings, #"["a",1]"#, "/A/1: expected a string, found a number"),
        (strings, "[null]", "/A/0: expected a string, found null"),
        (map, "[]", "/A: expected an object, found an array"),
        (map, #"{"b":true}"#, "/A/b: expected a string, found a boolean"),
        (structure, "[]", "/A: expected an object, found an array"),
        (structure, "{}", "/A/B: the required member `B` is missing"),
        (structures, "[[]]", "/A/0: expected an object, found an array"),
        (structures, #"[{"B":"x"},{"B":1}]"#, "/A/1/B: expected a string, found a number"),
    ])
    func `a member of another type is refused with its path`(
        _ reading: Reading,
        _ value: String,
        _ message: String
    ) throws {
        let reader = try reader("{\"A\":\(value)}")
        let problem = #expect(throws: InputProblem.self) { try reading.read(reader) }
        #expect(problem?.description == message)
    }

    @Test(arguments: [
        (integer, "7", "7"), (integer, "-7", "-7"), (bool, "true", "true"), (bool, "False", "false"),
        (strings, "", "[]"), (map, "", ""), (structures, "", ""), (string, "", ""), (blob, "AQ==", "[1]"),
    ])
    func `text stands for other types in the Query protocol`(
        _ reading: Reading,
        _ value: String,
        _ expected: String
    ) throws {
        #expect(try reading.read(reader("{\"A\":\"\(value)\"}", isText: true)) == expected)
    }

    @Test(arguments: [
        (integer, ""), (integer, "seven"), (integer, "7.0"), (integer, " 7"), (bool, ""), (bool, "1"), (bool, "yes"),
        (strings, "a"), (map, "a"), (structure, ""), (structures, "a"),
    ])
    func `text that stands for nothing is refused`(_ reading: Reading, _ value: String) throws {
        let reader = try reader("{\"A\":\"\(value)\"}", isText: true)
        let problem = #expect(throws: InputProblem.self) { try reading.read(reader) }
        #expect(problem?.kind == .wrongType)
        #expect(problem?.path == JSONPointer().appending("A"))
    }

    @Test func `structures keep the protocol and the path`() throws {
        let outer = try reader(#"{"A":{"B":[{"C":"5"}]}}"#, isText: true)
        let inner = try #require(try outer.structure("A"))
        let values = try inner.structures("B") { reader throws(InputProblem) in
            #expect(reader.path.description == "/A/B/0")
            return try reader.integer("C")
        }
        #expect(values == [5])
        #expect(inner.invalid("B", "no").description == "/A/B: no")
        #expect(inner.invalid("B", "no").kind == .invalidValue)
    }
}
