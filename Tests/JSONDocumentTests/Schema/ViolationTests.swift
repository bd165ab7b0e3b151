// SPDX-License-Identifier: Apache-2.0

import JSONDocument
import Testing

@Suite("What violations say")
struct ViolationTests {
    private func violations(_ schema: String, _ document: String) throws -> [String] {
        try JSONSchema(compiling: try JSONValue(parsing: schema)).validate(try JSONValue(parsing: document))
            .map(\.description)
    }

    /// A schema, a document, and the violations in order.
    struct Example: Sendable, CustomTestStringConvertible {
        let schema: String
        let document: String
        let messages: [String]

        init(_ schema: String, _ document: String, _ messages: String...) {
            self.schema = schema
            self.document = document
            self.messages = messages
        }

        var testDescription: String {
            "\(schema) \(document)"
        }
    }

    @Test(arguments: examples) func `a message says what was found and what is accepted`(_ example: Example) throws {
        #expect(try violations(example.schema, example.document) == example.messages)
    }

    static let examples: [Example] = [
        Example(#"{"type": "integer"}"#, #""7""#, "found a string; expected an integer"),
        Example(#"{"type": "integer"}"#, "7.0", "found the number `7.0`; expected an integer"),
        Example(#"{"type": ["string", "null"]}"#, "[]", "found an array; expected null or a string"),
        Example(
            #"{"properties": {"Vpc": {"pattern": "^vpc-"}}}"#,
            #"{"Vpc": "VPC_ID"}"#,
            "/Vpc: `VPC_ID` does not match `^vpc-`"
        ),
        Example(
            #"{"properties": {"Foos": {}, "Bar": {}}, "additionalProperties": false}"#,
            #"{"foo": 1, "Qux": 2}"#,
            "/foo: unknown member `foo`; did you mean `Foos`? accepted are `Foos`, `Bar`",
            "/Qux: unknown member `Qux`; accepted are `Foos`, `Bar`"
        ),
        Example(
            #"{"patternProperties": {"^x-": {}}, "additionalProperties": false}"#,
            #"{"y": 1}"#,
            "/y: unknown member `y`; accepted are names that match `^x-`"
        ),
        Example(#"{"additionalProperties": false}"#, #"{"y": 1}"#, "/y: unknown member `y`; no members are accepted"),
        Example(
            #"{"properties": {"a": {"required": ["X", "Y"]}}}"#,
            #"{"a": {"Y": 1}}"#,
            "/a: the required member `X` is missing"
        ),
        Example(#"{"enum": ["Low", "High"]}"#, #""low""#, "`low` is none of `Low`, `High`"),
        Example(#"{"enum": [5]}"#, "{}", "an empty object is not `5`, the only value accepted"),
        Example(#"{"maximum": 3}"#, "4", "`4` is too large; at most 3 is accepted"),
        Example(#"{"maximum": 3, "exclusiveMaximum": true}"#, "3", "`3` is too large; less than 3 is accepted"),
        Example(#"{"minimum": 3}"#, "2", "`2` is too small; at least 3 is accepted"),
        Example(#"{"multipleOf": 0.01}"#, "0.001", "`0.001` is not a multiple of 0.01"),
        Example(#"{"maxLength": 1}"#, #""ab""#, "`ab` has 2 characters; at most 1 is accepted"),
        Example(#"{"minLength": 2}"#, #""a""#, "`a` has 1 character; at least 2 are required"),
        Example(#"{"minLength": 1}"#, #""""#, "an empty string has 0 characters; at least 1 is required"),
        Example(#"{"minItems": 2}"#, "[1]", "has 1 element; at least 2 are required"),
        Example(#"{"maxItems": 0}"#, "[1]", "has 1 element; at most 0 are accepted"),
        Example(#"{"maxProperties": 1}"#, #"{"a":1,"b":1}"#, "has 2 members; at most 1 is accepted"),
        Example(
            #"{"items": [{}], "additionalItems": false}"#,
            "[1, 2, 3]",
            "/1: an element too many; at most 1 element may stand here"
        ),
        Example(
            #"{"uniqueItems": true}"#,
            "[1, 2, 1.0]",
            "the elements 0 and 2 (counted from 0) are equal; each value may stand once"
        ),
        Example(
            #"{"dependencies": {"a": ["b"]}}"#,
            #"{"a": 1}"#,
            "the member `a` needs the member `b`, which is missing"
        ),
        Example(#"{"format": "ipv4"}"#, #""x""#, "`x` is not an IPv4 address such as `192.0.2.1`"),
        Example(#"{"not": {"type": "null"}}"#, "null", "`null` fits the schema under `not`, which it must not"),
        Example(#"{"oneOf": [{}, {}]}"#, "1", "`1` fits 2 of the alternatives (1, 2); it must fit exactly one"),
        Example(
            #"{"anyOf": [{"type": "integer"}, {"type": "array"}]}"#,
            #""a""#,
            "found a string; expected an array or an integer"
        ),
        Example(
            #"{"anyOf": [{"type": "string", "pattern": "^a"}, {"type": "array"}]}"#,
            #""b""#,
            "`b` does not match `^a`"
        ),
        Example(
            #"{"anyOf": [{"required": ["a"]}, {"properties": {"b": {"type": "null"}}}]}"#,
            #"{"b": 1}"#,
            "fits none of the alternatives: (1) the required member `a` is missing; "
                + "(2) /b: found the number `1`; expected null"
        ),
    ]

    @Test func `all violations are reported, in the document's order`() throws {
        let schema = #"{"properties": {"a": {"type": "null"}, "b": {"type": "null"}}, "required": ["c", "d"]}"#
        let pointers = try JSONSchema(compiling: try JSONValue(parsing: schema))
            .validate(["b": 1, "a": ["x"]]).map { "\($0.instance) \($0.keyword)" }
        #expect(pointers == ["/b type", "/a type", " required", " required"])
    }

    @Test func `the number of violations is limited`() throws {
        let schema = try JSONSchema(compiling: ["items": ["type": "null"]])
        let violations = schema.validate(.array([JSONValue](repeating: 1, count: 5000)))
        #expect(violations.count == 100)
    }

    @Test func `long values and line breaks are cut from messages`() throws {
        let schema = try JSONSchema(compiling: ["maxLength": 3, "pattern": "^\n$"])
        for violation in schema.validate(.string(String(repeating: "long\n", count: 10_000))) {
            #expect(violation.message.unicodeScalars.count < 250)
            #expect(!violation.message.contains("\n"))
        }
    }

    @Test(arguments: [
        #"{"properties": {"p": {"metadata": {"ams:sensitive": true}, "pattern": "^x"}}}"#,
        #"{"properties": {"p": {"metadata": {"ams:sensitive": "true"}, "enum": ["x"], "format": "ipv4"}}}"#,
        #"{"properties": {"p": {"metadata": {"ams:sensitive": true}, "not": {"type": "string"}}}}"#,
        #"{"allOf": [{"properties": {"p": {"pattern": "^x"}}}, {"properties": {"p": {"metadata": {"ams:sensitive": true}}}}]}"#,
        #"{"allOf": [{"anyOf": [{"properties": {"p": {"pattern": "^x"}}}, {"required": ["q"]}]}, {"properties": {"p": {"metadata": {"ams:sensitive": true}}}}]}"#,
        ##"{"definitions": {"s": {"maxLength": 1, "format": "uri"}}, "properties": {"p": {"$ref": "#/definitions/s", "metadata": {"ams:sensitive": true}}}}"##,
        #"{"metadata": {"ams:sensitive": true}, "properties": {"p": {"pattern": "^x"}}}"#,
    ])
    func `sensitive values are never shown`(schema: String) throws {
        let messages = try violations(schema, #"{"p": "hunter2"}"#)
        #expect(!messages.isEmpty)
        for message in messages {
            #expect(!message.contains("hunter2"))
        }
    }

    @Test func `a value is shown unless its schema says that it is sensitive`() throws {
        let schema = #"{"properties": {"p": {"metadata": {"ams:sensitive": false}, "pattern": "^x"}}}"#
        #expect(try violations(schema, #"{"p": "plain"}"#) == ["/p: `plain` does not match `^x`"])
    }
}
