// SPDX-License-Identifier: Apache-2.0

import JSONDocument
import Testing

@Suite("Limits of validation")
struct SchemaLimitTests {
    private func nested(_ depth: Int) -> JSONValue {
        var value: JSONValue = 1
        for _ in 0..<depth {
            value = .array([value])
        }
        return value
    }

    @Test(
        arguments: [
            ["items": ["$ref": "#"]],
            ["anyOf": [["type": "integer"], ["type": "array", "items": ["$ref": "#"]]]],
            ["oneOf": [["not": ["not": ["allOf": [["items": ["$ref": "#"]]]]]]]],
        ] as [JSONValue]
    )
    func `a document that is nested too deeply is refused, not a crash`(text: JSONValue) throws {
        let schema = try JSONSchema(compiling: text)
        #expect(schema.validate(nested(64)).isEmpty)
        let violations = schema.validate(nested(5000))
        #expect(violations.count == 1)
        #expect(violations.first?.message.contains("nested too deeply") == true)
        #expect(!schema.accepts(nested(5000)))
    }

    @Test func `a negation does not turn an undecided answer into a yes`() throws {
        let deep = try JSONSchema(compiling: ["not": ["items": ["$ref": "#"]]])
        #expect(!deep.accepts(nested(5000)))
        let pattern = try JSONSchema(compiling: ["not": ["pattern": "^(a*)*\\1b$"]])
        let text = JSONValue.string(String(repeating: "a", count: 60))
        #expect(!pattern.accepts(text))
        #expect(pattern.validate(text).map(\.keyword) == ["pattern"])
    }

    @Test func `a pattern that can't be decided says so`() throws {
        let schema = try JSONSchema(compiling: ["patternProperties": ["^(a*)*\\1b$": [:]]])
        let document: JSONValue = .object([String(repeating: "a", count: 60): 1])
        let violations = schema.validate(document)
        #expect(violations.map(\.keyword) == ["patternProperties"])
        #expect(violations.first?.message.contains("can't be decided") == true)
    }

    @Test func `a schema that branches without end is given up`() throws {
        // Each level applies the next one twice: 2^40 applications.
        var definitions = JSONObject()
        for level in 0..<40 {
            let next: JSONValue = ["$ref": .string("#/definitions/d\(level + 1)")]
            definitions["d\(level)"] = ["allOf": [next, next]]
        }
        definitions["d40"] = [:]
        let schema = try JSONSchema(
            compiling: ["definitions": .object(definitions), "allOf": [["$ref": "#/definitions/d0"]]]
        )
        #expect(schema.validate(1).map(\.keyword) == ["$ref"])
    }

    @Test func `a dependency that leads back to its own schema is given up`() throws {
        let schema = try JSONSchema(compiling: ["dependencies": ["a": ["$ref": "#"]]])
        #expect(schema.accepts(["b": 1]))
        #expect(schema.validate(["a": 1]).map(\.keyword) == ["$ref"])
    }

    @Test func `long chains of references work`() throws {
        var definitions = JSONObject()
        for level in 0..<300 {
            definitions["d\(level)"] = ["$ref": .string("#/definitions/d\(level + 1)")]
        }
        definitions["d300"] = ["type": "null"]
        let schema = try JSONSchema(
            compiling: ["definitions": .object(definitions), "items": ["$ref": "#/definitions/d0"]]
        )
        #expect(schema.accepts([.null]))
        #expect(!schema.accepts([1]))
    }

    @Test func `uniqueItems does not compare every pair`() throws {
        let schema = try JSONSchema(compiling: ["uniqueItems": true])
        let elements = (0..<100_000).map { JSONValue.number(JSONNumber($0)) }
        #expect(schema.accepts(.array(elements)))
        #expect(!schema.accepts(.array(elements + [5])))
    }
}

extension JSONValue {
    /// An object of members whose names are computed.
    fileprivate static func object(_ members: [String: JSONValue]) -> JSONValue {
        var object = JSONObject()
        for (name, value) in members {
            object[name] = value
        }
        return .object(object)
    }
}
