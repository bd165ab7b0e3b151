// SPDX-License-Identifier: Apache-2.0

import JSONDocument
import TestSupport
import Testing

@testable import AWSWire

struct QueryOutputTests {
    private let namespace = "http://cloudformation.amazonaws.com/doc/2010-05-15/"
    private let requestID = "b9a5e1f0-0000-4000-8000-000000000001"

    /// One element a line, so that a golden file can be read and compared.
    private func lines(_ bytes: [UInt8]) -> String {
        String(decoding: bytes, as: UTF8.self).replacing("><", with: ">\n<") + "\n"
    }

    @Test func `an answer with lists and structures is written as AWS does`() {
        let result: JSONValue = [
            "Stacks": [
                [
                    "StackName": "stack-1", "StackStatus": "CREATE_COMPLETE", "DisableRollback": false,
                    "TimeoutInMinutes": 60, "Description": .null, "NotificationARNs": [],
                    "Tags": [["Key": "a&b", "Value": "<\"c'>"]],
                    "Outputs": [
                        ["OutputKey": "KeyId", "OutputValue": "x"], ["OutputKey": "Empty", "OutputValue": ""],
                    ],
                ]
            ],
            "NextToken": "t",
        ]
        let answer = QueryOutput.success(
            action: "DescribeStacks",
            result: result,
            namespace: namespace,
            requestID: requestID
        )
        #expect(Golden.compare(lines(answer), "query/describe-stacks.xml") == .matches)
    }

    @Test func `an answer without a result has only its request id`() {
        let answer = QueryOutput.success(action: "DeleteStack", result: nil, namespace: namespace, requestID: requestID)
        #expect(Golden.compare(lines(answer), "query/delete-stack.xml") == .matches)
        let empty = QueryOutput.success(action: "UpdateX", result: [:], namespace: namespace, requestID: requestID)
        #expect(lines(empty).contains("<UpdateXResult>\n</UpdateXResult>"))
    }

    @Test func `an error says whose fault it is`() {
        let sender = QueryOutput.error(
            AWSError("ValidationError", "Stack with id <x> does not exist"),
            namespace: namespace,
            requestID: requestID
        )
        #expect(Golden.compare(lines(sender), "query/validation-error.xml") == .matches)
        let receiver = QueryOutput.error(
            AWSError("InternalFailure", "no", status: 500),
            namespace: namespace,
            requestID: requestID
        )
        #expect(lines(receiver).contains("<Type>Receiver</Type>"))
    }

    @Test(arguments: [
        ("a\u{0}b", "a\u{FFFD}b"), ("\u{8}\u{B}\u{C}\u{1F}", "\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}"), ("\t\n", "\t\n"),
        ("a\r\nb", "a&#xD;\nb"), ("\u{FFFE}\u{FFFF}", "\u{FFFD}\u{FFFD}"), ("]]>", "]]&gt;"), ("é😀", "é😀"),
        ("\u{7F}\u{85}", "\u{7F}\u{85}"), ("&amp;", "&amp;amp;"),
    ])
    func `text keeps what XML can carry`(_ text: String, _ written: String) {
        var writer = XMLWriter()
        writer.element("X", .string(text))
        #expect(writer.bytes == Array("<X>\(written)</X>".utf8))
    }

    @Test func `numbers keep their digits`() throws {
        var writer = XMLWriter()
        writer.element("X", try JSONValue(parsing: "[1.50,12345678901234567890,true,null]"))
        #expect(
            String(decoding: writer.bytes, as: UTF8.self)
                == "<X><member>1.50</member><member>12345678901234567890</member><member>true</member></X>"
        )
    }

    @Test(arguments: [
        JSONValue.null, "x", ["a": "b"], ["a": ["b", ["c": "d"]], "e": ""], [["x"], ["y", "z"]],
    ])
    func `every element that opens closes`(_ value: JSONValue) {
        let answer = QueryOutput.success(action: "Act", result: value, namespace: namespace, requestID: requestID)
        var open: [Substring] = []
        for tag in String(decoding: answer, as: UTF8.self).split(separator: "<").map({ $0.prefix { $0 != ">" } }) {
            if tag.hasPrefix("/") {
                #expect(open.popLast() == tag.dropFirst())
            } else {
                open.append(tag.prefix { $0 != " " })
            }
        }
        #expect(open.isEmpty)
    }
}
