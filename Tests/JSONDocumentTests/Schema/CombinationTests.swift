// SPDX-License-Identifier: Apache-2.0

import Testing

@Suite("Combinations and references")
struct CombinationTests {
    @Test(arguments: combinations) func `combinations follow their truth tables`(_ example: SchemaCase) throws {
        try example.check()
    }

    @Test(arguments: references) func `references find their targets`(_ example: SchemaCase) throws {
        try example.check()
    }

    @Test(arguments: identifiers) func `identifiers change what references mean`(_ example: SchemaCase) throws {
        try example.check()
    }

    static let combinations: [SchemaCase] = [
        SchemaCase(
            "allOf",
            #"{"allOf": [{"minimum": 2}, {"maximum": 4}, {}]}"#,
            fits: ["2", "3", "4", #""a""#],
            fails: ["1", "5"]
        ),
        SchemaCase(
            "allOf beside keywords",
            #"{"properties": {"a": {"type": "integer"}}, "allOf": [{"required": ["a"]}, {"required": ["b"]}]}"#,
            fits: [#"{"a": 1, "b": 2}"#],
            fails: [#"{"a": 1}"#, #"{"b": 1}"#, #"{"a": "x", "b": 1}"#]
        ),
        SchemaCase(
            "anyOf",
            #"{"anyOf": [{"type": "integer"}, {"minimum": 2}]}"#,
            fits: ["1", "2.5", "3", #""a""#],
            fails: ["1.5"]
        ),
        SchemaCase(
            "anyOf beside keywords",
            #"{"type": "string", "anyOf": [{"maxLength": 2}, {"minLength": 4}]}"#,
            fits: [#""a""#, #""abcd""#],
            fails: ["3", #""abc""#]
        ),
        SchemaCase(
            "oneOf",
            #"{"oneOf": [{"type": "integer"}, {"minimum": 2}]}"#,
            fits: ["1", "2.5"],
            fails: ["3", "1.5"]
        ),
        SchemaCase("oneOf with a catch-all", #"{"oneOf": [{"type": "number"}, {}]}"#, fits: [#""a""#], fails: ["1"]),
        SchemaCase(
            "oneOf by members",
            #"{"oneOf": [{"required": ["a", "b"]}, {"required": ["a", "c"]}]}"#,
            fits: [#"{"a": 1, "b": 2}"#, #"{"a": 1, "c": 2}"#],
            fails: [#"{"b": 2}"#, #"{"a": 1, "b": 2, "c": 3}"#]
        ),
        SchemaCase("not", #"{"not": {"type": ["integer", "boolean"]}}"#, fits: ["1.5", "null"], fails: ["1", "true"]),
        SchemaCase("not anything", #"{"not": {}}"#, fails: ["1", "null", "{}", "[]"]),
        SchemaCase("double negation", #"{"not": {"not": {"type": "null"}}}"#, fits: ["null"], fails: ["0"]),
        SchemaCase("not a member", #"{"properties": {"a": {"not": {}}}}"#, fits: [#"{"b": 1}"#], fails: [#"{"a": 1}"#]),
        SchemaCase(
            "all three",
            #"{"allOf": [{"multipleOf": 2}], "anyOf": [{"multipleOf": 3}], "oneOf": [{"multipleOf": 5}]}"#,
            fits: ["30", "0"],
            fails: ["2", "3", "5", "6", "10", "15"]
        ),
        SchemaCase(
            "nested alternatives",
            #"{"anyOf": [{"oneOf": [{"type": "null"}, {"type": "null"}]}, {"allOf": [{"anyOf": [{"type": "string"}]}]}]}"#,
            fits: [#""a""#],
            fails: ["null", "1"]
        ),
    ]

    static let references: [SchemaCase] = [
        SchemaCase(
            "the whole schema",
            ##"{"properties": {"a": {"$ref": "#"}}, "additionalProperties": false}"##,
            fits: [#"{"a": false}"#, #"{"a": {"a": {"a": 1}}}"#],
            fails: [#"{"b": 1}"#, #"{"a": {"b": 1}}"#]
        ),
        SchemaCase(
            "a neighbour",
            ##"{"properties": {"a": {"type": "integer"}, "b": {"$ref": "#/properties/a"}}}"##,
            fits: [#"{"b": 3}"#],
            fails: [#"{"b": true}"#]
        ),
        SchemaCase(
            "an element",
            ##"{"items": [{"type": "integer"}, {"$ref": "#/items/0"}]}"##,
            fits: ["[1, 2]"],
            fails: [#"[1, "a"]"#]
        ),
        SchemaCase(
            "escapes",
            #"""
            {"definitions": {"t~d": {"type": "integer"}, "s/h": {"type": "integer"}, "p%t": {"type": "integer"},
             "q\"e": {"type": "integer"}, "~1": {"type": "integer"}},
             "properties": {"t": {"$ref": "#/definitions/t~0d"}, "s": {"$ref": "#/definitions/s~1h"},
             "p": {"$ref": "#/definitions/p%25t"}, "q": {"$ref": "#/definitions/q%22e"},
             "u": {"$ref": "#/definitions/~01"}}}
            """#,
            fits: [#"{"t": 1, "s": 1, "p": 1, "q": 1, "u": 1}"#],
            fails: [#"{"t": "a"}"#, #"{"s": "a"}"#, #"{"p": "a"}"#, #"{"q": "a"}"#, #"{"u": "a"}"#]
        ),
        SchemaCase(
            "chains",
            #"""
            {"definitions": {"a": {"type": "integer"}, "b": {"$ref": "#/definitions/a"},
             "c": {"$ref": "#/definitions/b"}}, "items": {"$ref": "#/definitions/c"}}
            """#,
            fits: ["[5]"],
            fails: [#"["a"]"#]
        ),
        SchemaCase(
            "siblings are ignored",
            #"""
            {"definitions": {"r": {"type": "array"}},
             "properties": {"a": {"$ref": "#/definitions/r", "maxItems": 0, "type": "string"}}}
            """#,
            fits: [#"{"a": [1]}"#],
            fails: [#"{"a": "x"}"#]
        ),
        SchemaCase(
            "a member called $ref",
            #"{"properties": {"$ref": {"type": "string"}}}"#,
            fits: [#"{"$ref": "a"}"#],
            fails: [#"{"$ref": 2}"#]
        ),
        SchemaCase(
            "a member called $ref that is a reference",
            ##"{"properties": {"$ref": {"$ref": "#/definitions/s"}}, "definitions": {"s": {"type": "string"}}}"##,
            fits: [#"{"$ref": "a"}"#],
            fails: [#"{"$ref": 2}"#]
        ),
        SchemaCase(
            "references in enum are values",
            ##"{"enum": [{"$ref": "#/nowhere"}]}"##,
            fits: [##"{"$ref": "#/nowhere"}"##],
            fails: ["{}"]
        ),
        SchemaCase(
            "empty names",
            ##"{"definitions": {"": {"definitions": {"": {"type": "null"}}}}, "items": {"$ref": "#/definitions//definitions/"}}"##,
            fits: ["[null]"],
            fails: ["[1]"]
        ),
        SchemaCase(
            "into an unknown keyword",
            ##"{"shapes": {"s": [{"type": "null"}]}, "items": {"$ref": "#/shapes/s/0"}}"##,
            fits: ["[null]"],
            fails: ["[1]"]
        ),
        SchemaCase(
            "the metaschema",
            #"{"$ref": "http://json-schema.org/draft-04/schema#"}"#,
            fits: [#"{"minLength": 1}"#, #"{"definitions": {"a": {"type": "null"}}}"#],
            fails: [#"{"minLength": -1}"#, #"{"definitions": {"a": {"type": 1}}}"#, "1", #"{"required": []}"#]
        ),
        SchemaCase(
            "a part of the metaschema",
            #"{"items": {"$ref": "http://json-schema.org/draft-04/schema#/definitions/simpleTypes"}}"#,
            fits: [#"["null", "array"]"#],
            fails: [#"["any"]"#]
        ),
        SchemaCase(
            "a tree",
            ##"""
            {"type": "object", "required": ["value"], "properties": {"value": {"type": "number"},
             "children": {"type": "array", "items": {"$ref": "#"}}}}
            """##,
            fits: [#"{"value": 1, "children": [{"value": 2, "children": []}, {"value": 3}]}"#],
            fails: [#"{"value": 1, "children": [{"value": 2, "children": [{}]}]}"#]
        ),
    ]

    static let identifiers: [SchemaCase] = [
        SchemaCase(
            "relative to the root's",
            ##"""
            {"id": "http://example.com/root.json", "definitions": {"a": {"id": "t/inner.json", "type": "integer"}},
             "properties": {"r": {"$ref": "t/inner.json"}, "s": {"$ref": "http://example.com/t/../t/inner.json#"},
             "u": {"$ref": "/t/inner.json"}, "v": {"$ref": "//example.com/t/inner.json"}}}
            """##,
            fits: [#"{"r": 1, "s": 1, "u": 1, "v": 1}"#],
            fails: [#"{"r": "a"}"#, #"{"s": "a"}"#, #"{"u": "a"}"#, #"{"v": "a"}"#]
        ),
        SchemaCase(
            "fragments without pointer",
            ##"{"definitions": {"a": {"id": "#foo", "type": "integer"}}, "items": {"$ref": "#foo"}}"##,
            fits: ["[1]"],
            fails: [#"["a"]"#]
        ),
        SchemaCase(
            "pointers count from the nearest identified schema",
            ##"""
            {"id": "http://example.com/a", "definitions": {"x": {"type": "string"}}, "properties": {"p":
             {"id": "b", "definitions": {"x": {"type": "integer"}}, "items": {"$ref": "#/definitions/x"}}}}
            """##,
            fits: [#"{"p": [1]}"#],
            fails: [#"{"p": ["a"]}"#]
        ),
        SchemaCase(
            "an id beside $ref changes nothing",
            ##"""
            {"id": "http://example.com/base/", "definitions": {"f": {"id": "http://example.com/f", "type": "string"},
             "g": {"id": "f", "type": "number"}}, "items": {"id": "http://example.com/", "$ref": "f"}}
            """##,
            fits: ["[1]"],
            fails: [#"["a"]"#]
        ),
        SchemaCase(
            "an id in enum is none",
            ##"""
            {"definitions": {"e": {"enum": [{"id": "http://example.com/i", "type": "null"}]},
             "r": {"id": "http://example.com/i", "type": "string"}}, "items": {"$ref": "http://example.com/i"}}
            """##,
            fits: [#"["a"]"#],
            fails: ["[null]", "[1]"]
        ),
        SchemaCase(
            "a member called id is none",
            #"{"properties": {"id": {"type": "string"}}}"#,
            fits: [#"{"id": "a"}"#],
            fails: [#"{"id": 1}"#]
        ),
        SchemaCase(
            "URNs",
            ##"""
            {"id": "urn:uuid:deadbeef-1234-ffff-ffff-4321feebdaed", "definitions": {"b": {"type": "string"}},
             "items": {"$ref": "#/definitions/b"}}
            """##,
            fits: [#"["a"]"#],
            fails: ["[1]"]
        ),
        SchemaCase(
            "two schemas that name each other",
            ##"""
            {"id": "http://example.com/tree", "required": ["nodes"], "properties": {"nodes": {"items":
             {"$ref": "node"}}}, "definitions": {"node": {"id": "http://example.com/node", "required": ["value"],
             "properties": {"value": {"type": "number"}, "sub": {"$ref": "tree"}}}}}
            """##,
            fits: [#"{"nodes": [{"value": 1}, {"value": 2, "sub": {"nodes": [{"value": 3}]}}]}"#],
            fails: [#"{"nodes": [{"value": 1, "sub": {"nodes": [{"value": "a"}]}}]}"#, #"{"nodes": [{}]}"#]
        ),
    ]
}
