// SPDX-License-Identifier: Apache-2.0

import JSONDocument
import Testing

@Suite("Answers to test vectors")
struct SchemaConformanceTests {
    @Test(arguments: [
        (#"{"id": 1, "schema": {"type": "null"}, "data": null}"#, #"{"id":1,"valid":true}"#),
        (#"{"id": "a b", "schema": {"type": "null"}, "data": 1}"#, #"{"id":"a b","valid":false}"#),
        (#"{"data": 1, "schema": {}, "id": {"x": [1.50]}}"#, #"{"id":{"x":[1.50]},"valid":true}"#),
        (#"{"schema": {}, "data": 1}"#, #"{"id":null,"valid":true}"#),
        (#"{"id": 1, "data": 1}"#, #"{"id":1,"error":"the member `schema` is missing"}"#),
        (#"{"id": 1, "schema": {}}"#, #"{"id":1,"error":"the member `data` is missing"}"#),
        (
            #"{"id": 2, "schema": {"type": "x"}, "data": 1}"#,
            #"{"id":2,"error":"the schema can't be used: /type: `x` is no type; expected one of `array`, `boolean`, "#
                + #"`integer`, `null`, `number`, `object`, `string`"}"#
        ),
        (
            "[]",
            #"{"id":null,"error":"the line holds an array; expected an object with id, schema and data"}"#
        ),
        (
            #"{"id": 3"#,
            #"{"id":null,"error":"the line is not valid JSON: line 1, column 9: found the end of the document where "#
                + #"`,` or `}` was expected"}"#
        ),
    ])
    func `a vector is answered by one line`(line: String, answer: String) {
        #expect(SchemaConformance.answer(line) == answer)
    }

    @Test func `an undecided answer is an error`() {
        let text = String(repeating: "a", count: 60)
        let line = #"{"id": 1, "schema": {"pattern": "^(a*)*\\1b$"}, "data": "\#(text)"}"#
        #expect(SchemaConformance.answer(line).hasPrefix(#"{"id":1,"error":"whether the text matches"#))
    }

    @Test func `deep documents are answered`() {
        let deep = String(repeating: "[", count: 250) + String(repeating: "]", count: 250)
        let line = ##"{"id": 1, "schema": {"items": {"$ref": "#"}}, "data": \##(deep)}"##
        #expect(SchemaConformance.answer(line) == #"{"id":1,"valid":true}"#)
    }
}
