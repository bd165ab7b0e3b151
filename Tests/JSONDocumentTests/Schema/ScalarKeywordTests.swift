// SPDX-License-Identifier: Apache-2.0

import Testing

@Suite("Keywords for scalars")
struct ScalarKeywordTests {
    @Test(arguments: types) func `type tells the JSON kinds apart`(_ example: SchemaCase) throws {
        try example.check()
    }

    @Test(arguments: enumerations) func `enum compares values, not texts`(_ example: SchemaCase) throws {
        try example.check()
    }

    @Test(arguments: numbers) func `number keywords are exact at any size`(_ example: SchemaCase) throws {
        try example.check()
    }

    @Test(arguments: strings) func `string keywords count and match code points`(_ example: SchemaCase) throws {
        try example.check()
    }

    static let types: [SchemaCase] = [
        SchemaCase("no keyword", "{}", fits: ["null", "true", "1", "1.5", #""a""#, "[]", "{}"]),
        SchemaCase(
            "null",
            #"{"type": "null"}"#,
            fits: ["null"],
            fails: ["0", "false", #""""#, "[]", "{}", #""null""#]
        ),
        SchemaCase(
            "boolean",
            #"{"type": "boolean"}"#,
            fits: ["true", "false"],
            fails: ["0", "1", "null", #""true""#, "[]", "{}"]
        ),
        SchemaCase(
            "integer has neither fraction nor exponent",
            #"{"type": "integer"}"#,
            fits: ["0", "-0", "1", "-17", "123456789012345678901234567890"],
            fails: ["1.0", "1.5", "1e2", "1E0", "null", #""1""#, "true", "[1]"]
        ),
        SchemaCase(
            "number",
            #"{"type": "number"}"#,
            fits: ["0", "-1", "1.0", "1.5e-300", "1e400"],
            fails: [#""1""#, "null", "true", "[]", "{}"]
        ),
        SchemaCase(
            "string",
            #"{"type": "string"}"#,
            fits: [#""""#, #""1""#, #""\u0000""#],
            fails: ["1", "null", "false", "[]", "{}"]
        ),
        SchemaCase("array", #"{"type": "array"}"#, fits: ["[]", "[null]"], fails: ["{}", #""[]""#, "null", "0"]),
        SchemaCase("object", #"{"type": "object"}"#, fits: ["{}", #"{"a": 1}"#], fails: ["[]", #""{}""#, "null"]),
        SchemaCase(
            "several types",
            #"{"type": ["integer", "string", "null"]}"#,
            fits: ["1", #""a""#, "null"],
            fails: ["1.5", "true", "[]", "{}"]
        ),
        SchemaCase("one type in an array", #"{"type": ["array"]}"#, fits: ["[]"], fails: ["{}"]),
        SchemaCase("integer and number", #"{"type": ["integer", "number"]}"#, fits: ["1", "1.5"], fails: [#""1""#]),
    ]

    static let enumerations: [SchemaCase] = [
        SchemaCase("numbers", #"{"enum": [1, 2]}"#, fits: ["1", "1.0", "10e-1", "2"], fails: ["3", "true", #""1""#]),
        SchemaCase("zero is not false", #"{"enum": [0]}"#, fits: ["0", "-0", "0.0", "0e5"], fails: ["false", "null"]),
        SchemaCase("one is not true", #"{"enum": [true]}"#, fits: ["true"], fails: ["1", "1.0", #""true""#]),
        SchemaCase("false in an array", #"{"enum": [[false]]}"#, fits: ["[false]"], fails: ["[0]", "[0.0]", "[]"]),
        SchemaCase("null", #"{"enum": [null, 6]}"#, fits: ["null", "6"], fails: ["0", "false"]),
        SchemaCase(
            "members without order, elements with order",
            #"{"enum": [{"a": 1, "b": [1, 2]}]}"#,
            fits: [#"{"a": 1, "b": [1, 2]}"#, #"{"b": [1.0, 2], "a": 1.0}"#],
            fails: [#"{"a": 1}"#, #"{"a": 1, "b": [2, 1]}"#, #"{"a": 1, "b": [1, 2], "c": 1}"#]
        ),
        SchemaCase("large numbers", #"{"enum": [1e30]}"#, fits: ["1000000000000000000000000000000"], fails: ["1e31"]),
        SchemaCase(
            "strings by code points",
            #"{"enum": ["\u00e9", "a\u0000"]}"#,
            fits: [#""\u00e9""#, #""é""#, #""a\u0000""#],
            fails: [#""e\u0301""#, #""a""#, #""E""#]
        ),
        SchemaCase(
            "empty values",
            #"{"enum": ["", [], {}]}"#,
            fits: [#""""#, "[]", "{}"],
            fails: ["null", "0", "[[]]"]
        ),
    ]

    static let numbers: [SchemaCase] = [
        SchemaCase(
            "maximum",
            #"{"maximum": 3.0}"#,
            fits: ["2.6", "3", "3.0", "-1e9", #""x""#],
            fails: ["3.5", "1e1"]
        ),
        SchemaCase(
            "exclusive maximum",
            #"{"maximum": 3, "exclusiveMaximum": true}"#,
            fits: ["2.9999999999999999999999999"],
            fails: ["3", "3.0", "4"]
        ),
        SchemaCase("exclusive maximum off", #"{"maximum": 3, "exclusiveMaximum": false}"#, fits: ["3"], fails: ["3.1"]),
        SchemaCase("minimum", #"{"minimum": -2}"#, fits: ["-2", "-2.0", "0", "null"], fails: ["-2.0001", "-3"]),
        SchemaCase(
            "exclusive minimum",
            #"{"minimum": 1.1, "exclusiveMinimum": true}"#,
            fits: ["1.2", "1.10000000000000000000000001"],
            fails: ["1.1", "1.10", "0"]
        ),
        SchemaCase(
            "no rounding to doubles",
            #"{"maximum": 18446744073709551600}"#,
            fits: ["18446744073709551600"],
            fails: ["18446744073709551601", "18446744073709551615"]
        ),
        SchemaCase(
            "many digits",
            #"{"minimum": -972783798187987123879878123.18878137, "exclusiveMinimum": true}"#,
            fits: ["-972783798187987123879878123.18878136"],
            fails: ["-972783798187987123879878123.188781371", "-972783798187987123879878123.18878137"]
        ),
        SchemaCase("beyond doubles", #"{"maximum": 1e400}"#, fits: ["1e400", "9e399"], fails: ["1.1e400", "1e401"]),
        SchemaCase(
            "multiples of an integer",
            #"{"multipleOf": 2}"#,
            fits: ["10", "0", "-4", "1e1"],
            fails: ["7", "1.5"]
        ),
        SchemaCase("multiples of a fraction", #"{"multipleOf": 1.5}"#, fits: ["0", "4.5", "-3"], fails: ["35", "1"]),
        SchemaCase(
            "small decimals",
            #"{"multipleOf": 0.0001}"#,
            fits: ["0.0075", "1", "123456789.1234"],
            fails: ["0.00751", "1e-5"]
        ),
        SchemaCase("hundredths", #"{"multipleOf": 0.01}"#, fits: ["0.07", "1.15", "4.35", "19.99"], fails: ["0.075"]),
        SchemaCase("huge dividends", #"{"multipleOf": 0.123456789}"#, fits: ["0.987654312"], fails: ["1e308"]),
        SchemaCase(
            "halves of huge numbers",
            #"{"multipleOf": 0.5}"#,
            fits: ["1e308", "1e99999", "2.5"],
            fails: ["0.3"]
        ),
        SchemaCase(
            "divisors of more than 18 digits",
            #"{"multipleOf": 12345678901234567890123}"#,
            fits: ["0", "24691357802469135780246", "12345678901234567890123e5"],
            fails: ["12345678901234567890124", "1e300", "24691357802469135780245"]
        ),
        SchemaCase(
            "tiny divisors",
            #"{"multipleOf": 1e-8}"#,
            fits: ["12391239123", "1e-8"],
            fails: ["1e-9", "15e-9"]
        ),
        SchemaCase("other kinds", #"{"multipleOf": 2, "maximum": 1, "minimum": 1}"#, fits: [#""a""#, "[]", "null"]),
    ]

    static let strings: [SchemaCase] = [
        SchemaCase("maxLength", #"{"maxLength": 2}"#, fits: [#""""#, #""ab""#, "12345"], fails: [#""abc""#]),
        SchemaCase("minLength", #"{"minLength": 2}"#, fits: [#""ab""#, "1"], fails: [#""a""#, #""""#]),
        SchemaCase(
            "code points, not UTF-16 units or graphemes",
            #"{"minLength": 2, "maxLength": 2}"#,
            fits: [#""💩💩""#, #""\ud83d\udca9x""#, #""e\u0301""#, #""🇩🇪""#],
            fails: [#""💩""#, #""é""#, #""👩‍👩‍👧""#]
        ),
        SchemaCase("limits beyond 64 bits", #"{"maxLength": 99999999999999999999}"#, fits: [#""abc""#]),
        SchemaCase("pattern", #"{"pattern": "^a*$"}"#, fits: [#""aaa""#, #""""#, "1", "{}"], fails: [#""abc""#]),
        SchemaCase("pattern anywhere", #"{"pattern": "a+"}"#, fits: [#""xxaayy""#], fails: [#""xx""#]),
        SchemaCase(
            "a pattern of the dialect",
            #"{"pattern": "^$|(?!aws/)^[a-zA-Z0-9:/_-]+$"}"#,
            fits: [#""""#, #""my/key""#, #""awsx/""#],
            fails: [#""aws/x""#, #""a b""#]
        ),
        SchemaCase(
            "unknown formats and keywords are ignored",
            #"{"format": "color", "const": 2, "nullable": false, "contentEncoding": "base64", "x": {"type": "no"}}"#,
            fits: [#""a""#, "1", "null"]
        ),
    ]
}
