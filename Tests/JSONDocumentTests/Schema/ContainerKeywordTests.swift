// SPDX-License-Identifier: Apache-2.0

import Testing

@Suite("Keywords for arrays and objects")
struct ContainerKeywordTests {
    @Test(arguments: arrays) func `array keywords see elements and their places`(_ example: SchemaCase) throws {
        try example.check()
    }

    @Test(arguments: uniqueness) func `uniqueItems compares values`(_ example: SchemaCase) throws {
        try example.check()
    }

    @Test(arguments: objects) func `object keywords see members and their names`(_ example: SchemaCase) throws {
        try example.check()
    }

    @Test(arguments: dependencies) func `dependencies hold when the member is there`(_ example: SchemaCase) throws {
        try example.check()
    }

    static let arrays: [SchemaCase] = [
        SchemaCase(
            "one schema for all",
            #"{"items": {"type": "integer"}}"#,
            fits: ["[]", "[1, 2, 3]", #"{"0": "a", "length": 1}"#, #""a""#],
            fails: [#"["a"]"#, "[1, 2, null]"]
        ),
        SchemaCase(
            "schemas by place",
            #"{"items": [{"type": "integer"}, {"type": "string"}]}"#,
            fits: ["[]", "[1]", #"[1, "a"]"#, #"[1, "a", null, 5]"#],
            fails: [#"["a"]"#, "[1, 2]"]
        ),
        SchemaCase(
            "additional elements refused",
            #"{"items": [{}, {}], "additionalItems": false}"#,
            fits: ["[]", "[1]", "[1, 2]"],
            fails: ["[1, 2, 3]"]
        ),
        SchemaCase(
            "additional elements by a schema",
            #"{"items": [{}], "additionalItems": {"type": "integer"}}"#,
            fits: ["[null]", "[null, 2, 3]"],
            fails: [#"[null, 2, "a"]"#]
        ),
        SchemaCase("additional elements accepted", #"{"items": [{}], "additionalItems": true}"#, fits: ["[1, 2]"]),
        SchemaCase(
            "additionalItems means nothing without places",
            #"{"items": {"type": "integer"}, "additionalItems": {"type": "string"}}"#,
            fits: ["[1, 2]"],
            fails: [#"["a"]"#]
        ),
        SchemaCase("additionalItems alone", #"{"additionalItems": false}"#, fits: ["[1, 2, 3]", "{}"]),
        SchemaCase("nothing fits", #"{"items": {"not": {}}}"#, fits: ["[]", "1"], fails: ["[null]"]),
        SchemaCase("maxItems", #"{"maxItems": 2}"#, fits: ["[1, 2]", "[]", #""abc""#], fails: ["[1, 2, 3]"]),
        SchemaCase("minItems", #"{"minItems": 1}"#, fits: ["[1]", #""""#, "{}"], fails: ["[]"]),
        SchemaCase(
            "nested",
            #"{"items": {"items": {"type": "number"}}}"#,
            fits: ["[[1], [2, 3], 4]"],
            fails: [#"[[1], ["2"]]"#]
        ),
    ]

    static let uniqueness: [SchemaCase] = [
        SchemaCase(
            "on",
            #"{"uniqueItems": true}"#,
            fits: [
                "[]", "[1]", "[1, 2]", "[0, false]", "[1, true]", "[[0], [false]]", #"[{"a": false}, {"a": 0}]"#,
                #"["a", "A"]"#, "[null, 0, false]", #"[[1, "a"], ["a", 1]]"#, #"["\u00e9", "e\u0301"]"#,
                #"[{"a": 1}, {"a": 1, "b": 2}]"#, #"[1, "1"]"#, #""aa""#, #"{"a": 1, "b": 1}"#,
            ],
            fails: [
                "[1, 1]", "[1, 1.0]", "[1.0, 1.00, 1]", "[100, 1e2]", "[0, -0]", "[0, 0.0]", #"["a", "b", "a"]"#,
                #"[{"a": 1, "b": 2}, {"b": 2, "a": 1.0}]"#, "[[1, 2], [1.0, 2]]", "[null, null]", "[{}, {}]",
                "[[], []]",
                "[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 1]", "[[[true]], [[true]]]",
            ]
        ),
        SchemaCase("off", #"{"uniqueItems": false}"#, fits: ["[1, 1]"]),
    ]

    static let objects: [SchemaCase] = [
        SchemaCase(
            "properties",
            #"{"properties": {"a": {"type": "integer"}, "b": {"type": "string"}}}"#,
            fits: ["{}", #"{"a": 1}"#, #"{"a": 1, "b": "x", "c": []}"#, "[]", "12"],
            fails: [#"{"a": "x"}"#, #"{"a": 1, "b": 1}"#]
        ),
        SchemaCase(
            "names are exact",
            #"{"properties": {"\u00e9": {"type": "null"}, "A": {"type": "null"}, "a\u0000b": {"type": "null"}}}"#,
            fits: [#"{"e\u0301": 1}"#, #"{"a": 1}"#, #"{"\u00e9": null}"#, #"{"a": 1, "b": 2}"#],
            fails: [#"{"\u00e9": 1}"#, #"{"A": 1}"#, #"{"a\u0000b": 1}"#]
        ),
        SchemaCase(
            "names that other languages treat specially",
            #"{"properties": {"__proto__": {"type": "number"}, "constructor": {"type": "number"}, "": {"type": "null"}}}"#,
            fits: ["{}", #"{"__proto__": 1, "constructor": 2, "": null}"#, #"{"toString": 1}"#],
            fails: [#"{"__proto__": "a"}"#, #"{"constructor": "a"}"#, #"{"": 1}"#]
        ),
        SchemaCase(
            "patternProperties",
            #"{"patternProperties": {"f.*o": {"type": "integer"}, "^x": {"type": "number"}}}"#,
            fits: [#"{"foo": 1, "xfo": 2, "x": 1.5, "y": "a"}"#, "[]", #""foo""#],
            fails: [#"{"foo": "a"}"#, #"{"xfoo": 1.5}"#, #"{"x": null}"#]
        ),
        SchemaCase(
            "properties and patternProperties together",
            #"{"properties": {"foo": {"maxLength": 3}}, "patternProperties": {"^f": {"minLength": 2}}}"#,
            fits: [#"{"foo": "ab"}"#],
            fails: [#"{"foo": "a"}"#, #"{"foo": "abcd"}"#, #"{"fa": "a"}"#]
        ),
        SchemaCase(
            "unknown members refused",
            #"{"properties": {"a": {}}, "patternProperties": {"^v": {}}, "additionalProperties": false}"#,
            fits: ["{}", #"{"a": 1, "vx": 2}"#, "[]"],
            fails: [#"{"b": 1}"#, #"{"a": 1, "A": 1}"#, #"{"xv": 1}"#]
        ),
        SchemaCase("no members at all", #"{"additionalProperties": false}"#, fits: ["{}", "1"], fails: [#"{"a": 1}"#]),
        SchemaCase(
            "additional members by a schema",
            #"{"properties": {"a": {}}, "additionalProperties": {"type": "boolean"}}"#,
            fits: [#"{"a": 1, "b": true}"#],
            fails: [#"{"a": 1, "b": 1}"#]
        ),
        SchemaCase(
            "additional members don't see through allOf",
            #"{"allOf": [{"properties": {"a": {}}}], "additionalProperties": {"type": "boolean"}}"#,
            fits: [#"{"a": true}"#],
            fails: [#"{"a": 1}"#]
        ),
        SchemaCase(
            "required",
            #"{"required": ["a", "b c"]}"#,
            fits: [#"{"a": null, "b c": 1}"#, "[]", #""a""#, "1"],
            fails: ["{}", #"{"a": 1}"#, #"{"b c": 1}"#]
        ),
        SchemaCase(
            "maxProperties",
            #"{"maxProperties": 1}"#,
            fits: ["{}", #"{"a": 1}"#],
            fails: [#"{"a": 1, "b": 1}"#]
        ),
        SchemaCase("maxProperties zero", #"{"maxProperties": 0}"#, fits: ["{}", "[1]"], fails: [#"{"a": 1}"#]),
        SchemaCase("minProperties", #"{"minProperties": 1}"#, fits: [#"{"a": 1}"#, "[]", #""""#], fails: ["{}"]),
        SchemaCase(
            "default changes nothing",
            #"{"properties": {"a": {"default": 1, "type": "string"}}}"#,
            fits: ["{}"]
        ),
        SchemaCase(
            "many members",
            #"{"properties": {"m13": {"type": "null"}}, "required": ["m14"]}"#,
            fits: [
                #"{"m1":1,"m2":1,"m3":1,"m4":1,"m5":1,"m6":1,"m7":1,"m8":1,"m9":1,"m10":1,"m11":1,"m12":1,"m14":1}"#
            ],
            fails: [
                #"{"m1":1,"m2":1,"m3":1,"m4":1,"m5":1,"m6":1,"m7":1,"m8":1,"m9":1,"m10":1,"m11":1,"m12":1,"m13":1,"m14":1}"#,
                #"{"m1":1,"m2":1,"m3":1,"m4":1,"m5":1,"m6":1,"m7":1,"m8":1,"m9":1,"m10":1,"m11":1,"m12":1,"m13":null}"#,
            ]
        ),
    ]

    static let dependencies: [SchemaCase] = [
        SchemaCase(
            "on members",
            #"{"dependencies": {"a": ["b", "c"]}}"#,
            fits: ["{}", #"{"b": 1}"#, #"{"a": 1, "b": 2, "c": 3}"#, #"["a"]"#, #""a""#],
            fails: [#"{"a": 1}"#, #"{"a": 1, "b": 2}"#, #"{"a": null, "c": 2}"#]
        ),
        SchemaCase(
            "on a schema",
            #"{"dependencies": {"a": {"properties": {"b": {"type": "integer"}}, "minProperties": 2}}}"#,
            fits: ["{}", #"{"b": "x"}"#, #"{"a": 1, "b": 2}"#],
            fails: [#"{"a": 1}"#, #"{"a": 1, "b": "x"}"#]
        ),
        SchemaCase(
            "names with special characters",
            #"{"dependencies": {"a\nb": ["c\"d"], "e'f": {"required": ["~/"]}}}"#,
            fits: [#"{"a\nb": 1, "c\"d": 2}"#, #"{"e'f": 1, "~/": 2}"#],
            fails: [#"{"a\nb": 1, "cd": 2}"#, #"{"e'f": 1}"#]
        ),
    ]
}
