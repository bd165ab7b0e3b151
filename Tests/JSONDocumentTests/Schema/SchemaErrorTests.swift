// SPDX-License-Identifier: Apache-2.0

import JSONDocument
import Testing

@Suite("Schemas that are refused")
struct SchemaErrorTests {
    /// A schema, where the error lies, and words that its message must have.
    struct Refusal: Sendable, CustomTestStringConvertible {
        let schema: String
        let pointer: String
        let words: String

        init(_ schema: String, _ pointer: String, _ words: String) {
            self.schema = schema
            self.pointer = pointer
            self.words = words
        }

        var testDescription: String {
            schema
        }
    }

    @Test(arguments: malformedKeywords + danglingReferences + patterns)
    func `a refusal names the place and what is wrong`(_ refusal: Refusal) throws {
        let schema = try JSONValue(parsing: refusal.schema)
        let error = try #require(throws: SchemaError.self) {
            try JSONSchema(compiling: schema)
        }
        #expect(error.pointer.description == refusal.pointer)
        #expect(error.reason.contains(refusal.words), "\(error.reason)")
        #expect(!error.reason.hasSuffix("."))
    }

    @Test func `the description starts with the pointer unless the whole schema is meant`() throws {
        let inner = try #require(throws: SchemaError.self) {
            try JSONSchema(compiling: ["properties": ["a/b": ["type": "any"]]])
        }
        #expect(inner.description.hasPrefix("/properties/a~1b/type: `any` is no type"))
        let whole = try #require(throws: SchemaError.self) { try JSONSchema(compiling: .array([])) }
        #expect(whole.description == "found an array; expected a schema, which is an object in draft-04")
    }

    @Test func `the first error in the document's order is reported`() throws {
        let error = try #require(throws: SchemaError.self) {
            try JSONSchema(compiling: ["properties": ["a": ["type": 1], "b": ["type": 2]]])
        }
        #expect(error.pointer.description == "/properties/a/type")
    }

    @Test func `what is not referenced is checked as well`() {
        #expect(throws: SchemaError.self) {
            try JSONSchema(compiling: ["definitions": ["unused": ["items": ["not": ["pattern": "("]]]]])
        }
    }

    static let malformedKeywords: [Refusal] = [
        Refusal("1", "", "expected a schema"),
        Refusal("true", "", "expected a schema"),
        Refusal(#"{"type": 1}"#, "/type", "found a number"),
        Refusal(#"{"type": "any"}"#, "/type", "`any` is no type"),
        Refusal(#"{"type": []}"#, "/type", "empty array"),
        Refusal(#"{"type": ["null", "null"]}"#, "/type", "stands twice"),
        Refusal(#"{"type": ["null", 1]}"#, "/type", "found a number"),
        Refusal(#"{"enum": []}"#, "/enum", "empty array"),
        Refusal(#"{"enum": {}}"#, "/enum", "expected an array"),
        Refusal(#"{"enum": [1, 1.0]}"#, "/enum", "stands twice"),
        Refusal(#"{"maximum": "1"}"#, "/maximum", "expected a number"),
        Refusal(#"{"minimum": null}"#, "/minimum", "expected a number"),
        Refusal(#"{"maximum": 1, "exclusiveMaximum": 2}"#, "/exclusiveMaximum", "expected true or false"),
        Refusal(#"{"exclusiveMaximum": true}"#, "/exclusiveMaximum", "without `maximum`"),
        Refusal(#"{"exclusiveMinimum": false}"#, "/exclusiveMinimum", "without `minimum`"),
        Refusal(#"{"multipleOf": 0}"#, "/multipleOf", "above 0"),
        Refusal(#"{"multipleOf": -1}"#, "/multipleOf", "above 0"),
        Refusal(#"{"multipleOf": 0.0}"#, "/multipleOf", "above 0"),
        Refusal(#"{"maxLength": -1}"#, "/maxLength", "whole number"),
        Refusal(#"{"minLength": 1.5}"#, "/minLength", "whole number"),
        Refusal(#"{"maxItems": 1.0}"#, "/maxItems", "whole number"),
        Refusal(#"{"minItems": "1"}"#, "/minItems", "expected a number"),
        Refusal(#"{"maxProperties": -3}"#, "/maxProperties", "whole number"),
        Refusal(#"{"minProperties": []}"#, "/minProperties", "expected a number"),
        Refusal(#"{"uniqueItems": 1}"#, "/uniqueItems", "expected true or false"),
        Refusal(#"{"items": 1}"#, "/items", "a schema or an array of schemas"),
        Refusal(#"{"items": []}"#, "/items", "empty array"),
        Refusal(#"{"items": [1]}"#, "/items/0", "expected a schema"),
        Refusal(#"{"additionalItems": 1}"#, "/additionalItems", "a schema, true or false"),
        Refusal(#"{"additionalProperties": "no"}"#, "/additionalProperties", "a schema, true or false"),
        Refusal(#"{"properties": []}"#, "/properties", "members are schemas"),
        Refusal(#"{"properties": {"a": true}}"#, "/properties/a", "expected a schema"),
        Refusal(#"{"patternProperties": {"a": 1}}"#, "/patternProperties/a", "expected a schema"),
        Refusal(#"{"required": true}"#, "/required", "an array of member names"),
        Refusal(#"{"required": []}"#, "/required", "at least one"),
        Refusal(#"{"required": ["a", "a"]}"#, "/required", "`a` stands twice"),
        Refusal(#"{"required": [1]}"#, "/required", "strings only"),
        Refusal(#"{"dependencies": []}"#, "/dependencies", "expected an object"),
        Refusal(#"{"dependencies": {"a": []}}"#, "/dependencies/a", "at least one"),
        Refusal(#"{"dependencies": {"a": "b"}}"#, "/dependencies/a", "expected a schema"),
        Refusal(#"{"allOf": {}}"#, "/allOf", "an array of schemas"),
        Refusal(#"{"anyOf": []}"#, "/anyOf", "at least one schema"),
        Refusal(#"{"oneOf": [{}, 1]}"#, "/oneOf/1", "expected a schema"),
        Refusal(#"{"not": []}"#, "/not", "expected a schema"),
        Refusal(#"{"definitions": 1}"#, "/definitions", "members are schemas"),
        Refusal(#"{"format": 1}"#, "/format", "expected a string"),
        Refusal(#"{"title": 1}"#, "/title", "expected a string"),
        Refusal(#"{"description": {}}"#, "/description", "expected a string"),
        Refusal(#"{"id": 1}"#, "/id", "expected a string"),
        Refusal(#"{"$schema": 1}"#, "/$schema", "expected the string"),
        Refusal(#"{"$schema": "http://json-schema.org/draft-07/schema#"}"#, "/$schema", "draft-04"),
    ]

    static let danglingReferences: [Refusal] = [
        Refusal(#"{"$ref": 1}"#, "/$ref", "expected a string"),
        Refusal(#"{"items": {"$ref": "http://example.com/a"}}"#, "/items/$ref", "nothing is fetched"),
        Refusal(#"{"$ref": "a.json"}"#, "/$ref", "names nothing"),
        Refusal(##"{"definitions": {"b": {}}, "items": {"$ref": "#/definitions/a"}}"##, "/items/$ref", "beside `b`"),
        Refusal(##"{"items": [{}], "not": {"$ref": "#/items/01"}}"##, "/not/$ref", "no `01`"),
        Refusal(##"{"items": [{}], "not": {"$ref": "#/items/1"}}"##, "/not/$ref", "no `1`"),
        Refusal(##"{"type": "null", "not": {"$ref": "#/type"}}"##, "/not/$ref", "names a string, not a schema"),
        Refusal(##"{"not": {"$ref": "#/%"}}"##, "/not/$ref", "percent escape"),
        Refusal(##"{"not": {"$ref": "#/%+1"}}"##, "/not/$ref", "percent escape"),
        Refusal(##"{"not": {"$ref": "#/%ff"}}"##, "/not/$ref", "percent escape"),
        Refusal(##"{"not": {"$ref": "#nowhere"}}"##, "/not/$ref", "names nothing"),
        Refusal(
            ##"{"definitions": {"a": {"id": "#x"}, "b": {"id": "#x"}}, "not": {"$ref": "#x"}}"##,
            "/not/$ref",
            "names 2 subschemas"
        ),
        Refusal(##"{"$ref": "#"}"##, "", "never ends"),
        Refusal(##"{"definitions": {"a": {"$ref": "#/definitions/a"}}}"##, "/definitions/a", "never ends"),
        Refusal(##"{"items": {"allOf": [{}, {"not": {"$ref": "#/items"}}]}}"##, "/items", "never ends"),
        Refusal(##"{"anyOf": [{"$ref": "#/oneOf/0"}], "oneOf": [{"$ref": "#/anyOf/0"}]}"##, "/oneOf/0", "never ends"),
    ]

    static let patterns: [Refusal] = [
        Refusal(#"{"pattern": 1}"#, "/pattern", "expected a string"),
        Refusal(#"{"pattern": "(a"}"#, "/pattern", "at character 1: the group"),
        Refusal(#"{"properties": {"a": {"pattern": "a**"}}}"#, "/properties/a/pattern", "at character 3"),
        Refusal(#"{"patternProperties": {"[": {}}}"#, "/patternProperties/[", "not closed by `]`"),
    ]
}
