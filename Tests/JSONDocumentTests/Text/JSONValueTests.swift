// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import JSONDocument

@Suite("JSON values")
struct JSONValueTests {
    @Suite("Numbers") struct Numbers {
        private func number(_ literal: String) throws -> JSONNumber {
            try #require(try JSONValue(parsing: literal).number)
        }

        @Test(arguments: ["1.10", "1E5", "-0", "123456789012345678901234567890", "1e-400", "0.1000"])
        func `literals are kept`(literal: String) throws {
            #expect(try number(literal).literal == literal)
            #expect(try JSONValue(parsing: literal).text() == literal)
        }

        @Test(arguments: [
            ("1", "1.0"), ("100", "1e2"), ("0.1", "1E-1"), ("0", "-0.0"), ("0", "0e99"), ("12.50", "1250e-2"),
            ("1e400", "10e399"),
        ])
        func `numbers are equal by value`(left: String, right: String) throws {
            let (left, right) = (try number(left), try number(right))
            #expect(left == right)
            #expect(left.hashValue == right.hashValue)
            #expect(!(left < right) && !(right < left))
        }

        @Test func `order is exact`() throws {
            let literals = [
                "-1e400", "-10", "-9.5", "-1", "-1e-400", "0", "1e-400", "0.1", "0.10000000000000000001", "1", "9",
                "10",
                "9007199254740992", "9007199254740993", "1e400",
            ]
            let numbers = try literals.map(number)
            for (index, left) in numbers.enumerated() {
                for (other, right) in numbers.enumerated() {
                    #expect((left < right) == (index < other), "\(left.literal) < \(right.literal)")
                }
            }
        }

        @Test(
            arguments: [
                ("5", 5), ("-5", -5), ("5.0", 5), ("5e2", 500), ("0.0", 0), ("-0", 0), ("9223372036854775807", Int.max),
                ("5.5", nil), ("9223372036854775808", nil), ("1e99", nil), ("1e-1", nil), ("1e999999999999", nil),
            ] as [(String, Int?)]
        )
        func `an integer is read when it is one`(literal: String, value: Int?) throws {
            #expect(try number(literal).integer == value)
        }

        @Test func `doubles are written in the shortest form`() throws {
            #expect(JSONNumber(1.0)?.literal == "1")
            #expect(JSONNumber(0.1)?.literal == "0.1")
            #expect(JSONNumber(Double.infinity) == nil)
            #expect(JSONNumber(Double.nan) == nil)
            #expect(try number("1e400").double == .infinity)
            #expect(try number("2.5").double == 2.5)
        }

        @Test(arguments: [
            ("0", "7", true), ("21", "7", true), ("22", "7", false), ("-21", "7", true), ("0.3", "0.1", true),
            ("0.35", "0.1", false), ("1e1000000", "3", false), ("3e1000000", "3", true), ("1e1000000", "1024", true),
            ("5", "0", false), ("0", "0", true), ("1", "1e-1000000", true),
            ("340282366920938463463374607431768211456", "18446744073709551616", true),
            ("340282366920938463463374607431768211457", "18446744073709551616", false),
            ("1e50", "12500000000000000000000000000", true), ("1e50", "12500000000000000000000000001", false),
        ])
        func `multiples are decided on the digits`(value: String, divisor: String, isMultiple: Bool) throws {
            #expect(try number(value).isMultiple(of: try number(divisor)) == isMultiple)
        }
    }

    @Suite("Objects") struct Objects {
        @Test func `members keep their order, also past the threshold of the index`() {
            var object = JSONObject()
            let names = (0..<40).map { "n\($0 * 7 % 40)" }
            for name in names {
                object[name] = .string(name)
            }
            #expect(object.names == names)
            for name in names {
                #expect(object[name] == .string(name))
            }
            object["n7"] = nil
            object["n3"] = 3
            #expect(object.count == 39)
            #expect(object["n7"] == nil)
            #expect(object["n3"] == 3)
            #expect(object.names == names.filter { $0 != "n7" })
            for name in names.dropFirst(8) where name != "n7" {
                object[name] = nil
            }
            #expect(object.count == names.prefix(8).filter { $0 != "n7" }.count)
            #expect(object["n0"] == "n0")
        }

        @Test func `equality does not mind the order`() {
            let left: JSONValue = ["a": 1, "b": [true]]
            let right: JSONValue = ["b": [true], "a": 1]
            #expect(left == right)
            #expect(left.hashValue == right.hashValue)
            #expect(left != ["a": 1, "b": [1]])
            #expect(left != ["a": 1])
        }

        @Test func `strings are equal by code points`() {
            #expect(JSONValue.string("\u{E9}") != .string("e\u{301}"))
            #expect(JSONValue.string("é") == .string("é"))
            #expect((["\u{E9}": 1] as JSONValue) != ["e\u{301}": 1])
        }
    }

    @Suite("Writing") struct Writing {
        @Test func `both layouts`() throws {
            let value: JSONValue = ["b": [1, [:], []], "a": ["c": "\u{1}\"\\\n\t\u{8}\u{C}\r/é"]]
            #expect(value.text() == #"{"b":[1,{},[]],"a":{"c":"\u0001\"\\\n\t\b\f\r/é"}}"#)
            #expect(
                value.text(.indented) == """
                    {
                      "b": [
                        1,
                        {},
                        []
                      ],
                      "a": {
                        "c": "\\u0001\\"\\\\\\n\\t\\b\\f\\r/é"
                      }
                    }
                    """
            )
        }

        @Test func `the sorted form orders names by their bytes at every level`() {
            let value: JSONValue = ["b": 1, "é": 2, "a": ["z": 1, "Z": [["y": 1, "x": 2]]], "B": 3]
            #expect(value.sorted.text() == #"{"B":3,"a":{"Z":[{"x":2,"y":1}],"z":1},"b":1,"é":2}"#)
        }
    }

    @Suite("Pointers") struct Pointers {
        @Test func `names are escaped`() {
            #expect(JSONPointer().description == "")
            #expect(JSONPointer().appending("a/b").appending(3).appending("~").description == "/a~1b/3/~0")
            #expect(JSONPointer().appending("").description == "/")
        }

        @Test(arguments: [
            (JSONPointer(), 1, 1), (JSONPointer([.name("a")]), 2, 8), (JSONPointer([.name("b"), .index(1)]), 3, 14),
            (JSONPointer([.name("b"), .index(1), .name("é")]), 3, 20),
        ])
        func `a place is found in the text`(pointer: JSONPointer, line: Int, column: Int) {
            let text = "{\n  \"a\": 1,\n  \"b\": [\"💩\", {\"é\": 2}]\n}"
            let place = pointer.position(in: Array(text.utf8))
            #expect(place == TextPosition(line: line, column: column))
        }

        @Test func `a place that is not there is not found`() {
            #expect(JSONPointer([.name("x")]).position(in: Array("{\"a\": 1}".utf8)) == nil)
            #expect(JSONPointer([.index(1)]).position(in: Array("[1".utf8)) == nil)
        }
    }
}
