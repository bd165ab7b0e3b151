// SPDX-License-Identifier: Apache-2.0

import ChangeManagement
import CoreValues
import EmbeddedAWS
import JSONDocument
import TestSupport
import Testing

@testable import API

struct AmscmInputTests {
    /// A request that is refused, and what the message must contain.
    struct Case: CustomTestStringConvertible, Sendable {
        let operation: String
        let body: String
        let message: [String]
        var type = "InvalidArgumentException"

        var testDescription: String {
            "\(operation) \(body.prefix(80))"
        }

        static let all = creations + lists + others

        static let creations = [
            Case(operation: "CreateRfc", body: "{}", message: ["`ChangeTypeId`", "missing"]),
            create(#""Title":"""#, "`Title`"),
            create(#""Title":7"#, "/Title", "a string"),
            create(#""Title":"a\nb""#, "/Title", "line break"),
            create(#""Title":"t","Description":["x"]"#, "/Description", "an array"),
            create(#""Title":"t","ExecutionParameters":{"a":1}"#, "/ExecutionParameters", "an object"),
            create(#""Title":"t","ExecutionParameters":"{""#, "ExecutionParameters is not valid JSON", "line 1"),
            create(#""Title":"t","RequestedStartTime":"tomorrow""#, "/RequestedStartTime", "`tomorrow`"),
            create(#""Title":"t","RequestedStartTime":"2026-11-24T11:59:59Z""#, "/RequestedStartTime", "has passed"),
            create(
                #""Title":"t","RequestedEndTime":"20261225T000000Z""#,
                "/RequestedEndTime",
                "without RequestedStartTime"
            ),
            create(
                #""Title":"t","RequestedStartTime":"20261225T000000Z","RequestedEndTime":"20261225T000000Z""#,
                "/RequestedEndTime",
                "not after"
            ),
            create(#""Title":"t","Notification":"mail""#, "/Notification"),
            create(
                #""Title":"t","Notification":{"Email":{"EmailRecipients":["nobody"]}}"#,
                "/Notification/Email/EmailRecipients/0"
            ),
            create(
                #""Title":"t","Notification":{"Email":{"EmailRecipients":["a@b@c"]}}"#,
                "/Notification/Email/EmailRecipients/0"
            ),
        ]

        static let lists = [
            list(#""MaxResults":19"#, "/MaxResults", "20 to 100"),
            list(#""MaxResults":101"#, "/MaxResults", "20 to 100"),
            list(#""MaxResults":"50""#, "/MaxResults", "an integer"),
            list(#""NextToken":"!""#, "/NextToken"),
            list(#""NextToken":"bm9uc2Vuc2U=""#, "/NextToken"),
            list(#""Filters":[{}]"#, "/Filters/0/Attribute"),
            list(
                #""Filters":[{"Attribute":"Colour","Value":"red"}]"#,
                "/Filters/0/Attribute",
                "`Colour`",
                "RfcStatusId"
            ),
            list(#""Filters":[{"Attribute":"RfcStatusId"}]"#, "/Filters/0/Values"),
            list(
                #""Filters":[{"Attribute":"RfcStatusId","Condition":"Contains","Value":"S"}]"#,
                "/Filters/0/Condition",
                "Equals"
            ),
            list(
                #""Filters":[{"Attribute":"Title","Condition":"Equals","Value":"S"}]"#,
                "/Filters/0/Condition",
                "Contains"
            ),
            list(
                #""Filters":[{"Attribute":"CreatedTime","Value":"20261124T120000Z"}]"#,
                "/Filters/0/Condition",
                "Before, After, Between"
            ),
            list(
                #""Filters":[{"Attribute":"CreatedTime","Condition":"Before","Values":["x"]}]"#,
                "/Filters/0/Values",
                "`x`"
            ),
            list(
                #""Filters":[{"Attribute":"CreatedTime","Condition":"Before","Values":["20261124T120000Z","20261125T120000Z"]}]"#,
                "/Filters/0/Values",
                "2 values"
            ),
            list(
                #""Filters":[{"Attribute":"CreatedTime","Condition":"Between","Values":["20261124T120000Z"]}]"#,
                "/Filters/0/Values",
                "1 values"
            ),
            list(
                #""Filters":[{"Attribute":"CreatedTime","Condition":"Between","Values":["20261125T120000Z","20261124T120000Z"]}]"#,
                "/Filters/0/Values",
                "earlier"
            ),
            list(
                #""Filters":[\#(Array(repeating: #"{"Attribute":"Title","Value":"x"}"#, count: 21).joined(separator: ","))]"#,
                "/Filters",
                "at most 20"
            ),
            list(
                #""Filters":[{"Attribute":"Title","Values":[\#(Array(repeating: #""x""#, count: 101).joined(separator: ","))]}]"#,
                "/Filters/0/Values",
                "at most 100"
            ),
        ]

        static let others = [
            Case(operation: "GetRfc", body: #"{"RfcId":"nonsense"}"#, message: ["/RfcId", "`nonsense`"]),
            Case(operation: "GetRfc", body: #"{"RfcId":""}"#, message: ["`RfcId`", "missing"]),
            Case(
                operation: "CancelRfc",
                body: #"{"RfcId":"6cb4bd5a-a816-bd1a-c49c-000000000001"}"#,
                message: ["`Reason`", "missing"]
            ),
            Case(
                operation: "RejectRfc",
                body: #"{"RfcId":"6cb4bd5a-a816-bd1a-c49c-000000000001","Reason":""}"#,
                message: ["`Reason`", "missing"]
            ),
            Case(
                operation: "SubmitRfc",
                body: #"{"RfcId":"6cb4bd5a-a816-bd1a-c49c-000000000001","RestrictedExecutionTimesOverrideId":"Yes"}"#,
                message: ["/RestrictedExecutionTimesOverrideId", "`Yes`", "NoOverrides"]
            ),
            Case(operation: "GetChangeTypeVersion", body: "{}", message: ["`ChangeTypeId`"]),
            Case(
                operation: "ListChangeTypeVersionSummaries",
                body: #"{"Filters":[{"Attribute":"Category","Value":"x"}]}"#,
                message: ["/Filters/0/Attribute", "ChangeTypeId"]
            ),
            Case(operation: "ListChangeTypeItems", body: #"{"Category":"Management"}"#, message: ["`Subcategory`"]),
        ]

        private static func create(_ members: String, _ message: String...) -> Case {
            let body = #"{"ChangeTypeId":"ct-1d84keiri1jhg","ChangeTypeVersion":"1.0",\#(members)}"#
            return Case(operation: "CreateRfc", body: body, message: message)
        }

        private static func list(_ members: String, _ message: String...) -> Case {
            Case(operation: "ListRfcSummaries", body: "{\(members)}", message: message)
        }
    }

    let bench: APIBench

    init() throws {
        bench = try APIBench()
    }

    @Test(arguments: Case.all)
    func `what can't be accepted is refused with its place, and nothing is written`(_ sample: Case) async throws {
        let answer = await bench.call(sample.operation, sample.body)
        #expect(answer.status == 400)
        #expect(answer.type == sample.type)
        for part in sample.message {
            #expect(answer.message.contains(part), "\(answer.message)")
        }
        #expect(try bench.store.rfcs(RfcQuery(account: Sample.account)).isEmpty)
    }

    @Test func `the empty members of a CLI skeleton count as absent`() async throws {
        let answer = await bench.call(
            "CreateRfc",
            #"""
            {"ChangeTypeId":"ct-1d84keiri1jhg","ChangeTypeVersion":"1.0","Title":"Create KMS Key","Description":"",
             "RequestedStartTime":"","RequestedEndTime":"","ExecutionParameters":"","ExpectedOutcome":"",
             "ImplementationPlan":"","RollbackPlan":"","WorstCaseScenario":"",
             "Notification":{"Email":{"EmailRecipients":[""]}}}
            """#
        )
        #expect(answer.status == 200)
        let id = try #require(answer.json["RfcId"]?.string)
        let rfc = await bench.call("GetRfc", ["RfcId": .string(id)]).json["Rfc"]
        for name in ["Description", "ExecutionParameters", "ExpectedOutcome", "Notification", "StatusReason"] {
            #expect(rfc?[name] == nil)
        }
        #expect(rfc?["RequestedExecutionTimeRange"] == [:])
    }

    @Test func `a skeleton in an update keeps the recipients, an empty list removes them`() async throws {
        let create = #"""
            {"ChangeTypeId":"ct-1d84keiri1jhg","ChangeTypeVersion":"1.0","Title":"t",
             "Notification":{"Email":{"EmailRecipients":["email@example.com"]}}}
            """#
        let id = await bench.call("CreateRfc", create).json["RfcId"]?.string ?? ""
        func recipients() async -> JSONValue? {
            await bench.call("GetRfc", ["RfcId": .string(id)]).json["Rfc"]?["Notification"]
        }
        _ = await bench.call("UpdateRfc", #"{"RfcId":"\#(id)","Notification":{"Email":{"EmailRecipients":[""]}}}"#)
        #expect(await recipients() == ["Email": ["EmailRecipients": ["email@example.com"]]])
        _ = await bench.call("UpdateRfc", #"{"RfcId":"\#(id)","Notification":{"Email":{"EmailRecipients":[]}}}"#)
        #expect(await recipients() == nil)
    }

    @Test(arguments: ["20261224T170000Z", "2026-12-24T17:00:00Z", "2026-12-24T18:00:00+01:00"])
    func `a requested start is taken in every form, and the end follows from it`(_ start: String) async throws {
        let body = #"""
            {"ChangeTypeId":"ct-1d84keiri1jhg","ChangeTypeVersion":"1.0","Title":"t","RequestedStartTime":"\#(start)",
             "RequestedEndTime":"20261231T000000Z"}
            """#
        let id = await bench.call("CreateRfc", body).json["RfcId"]?.string ?? ""
        let rfc = await bench.call("GetRfc", ["RfcId": .string(id)]).json["Rfc"]
        #expect(
            rfc?["RequestedExecutionTimeRange"] == ["StartTime": "20261224T170000Z", "EndTime": "20261224T180000Z"]
        )
    }

    @Test func `pages follow each other by their tokens`() async throws {
        for number in 0..<45 {
            bench.time.advance(bySeconds: 1)
            _ = await bench.create(title: "rfc \(number)")
        }
        var titles: [String] = []
        var token = ""
        var sizes: [Int] = []
        repeat {
            let answer = await bench.call("ListRfcSummaries", ["MaxResults": 20, "NextToken": .string(token)]).json
            let page = answer["RfcSummaries"]?.array ?? []
            sizes.append(page.count)
            titles += page.compactMap { $0["Title"]?.string }
            token = answer["NextToken"]?.string ?? ""
        } while !token.isEmpty && sizes.count < 10
        #expect(sizes == [20, 20, 5])
        #expect(titles == (0..<45).reversed().map { "rfc \($0)" })
    }

    @Test func `nothing that is sensitive reaches the log`() async throws {
        let secret = "Kryptonite"
        let create: JSONValue = [
            "ChangeTypeId": "ct-1d84keiri1jhg", "ChangeTypeVersion": "1.0", "Title": .string(secret),
            "Description": .string(secret), "ExpectedOutcome": .string(secret), "ImplementationPlan": .string(secret),
            "RollbackPlan": .string(secret), "WorstCaseScenario": .string(secret),
            "ExecutionParameters": .string(SampleParameters.key(#""Alias":"\#(secret)""#)),
            "Notification": ["Email": ["EmailRecipients": [.string("\(secret)@example.com")]]],
        ]
        let id = await bench.call("CreateRfc", create).json["RfcId"]?.string ?? ""
        _ = await bench.call("UpdateRfc", ["RfcId": .string(id), "Title": .string(secret)])
        _ = await bench.call("SubmitRfc", ["RfcId": .string(id)])
        _ = await bench.call("CancelRfc", ["RfcId": .string(id), "Reason": .string(secret)])
        _ = await bench.call("CreateRfc", ["Title": .string(secret)])
        _ = await bench.call("CreateRfc", #"{"Title":"\#(secret)", broken"#)
        #expect(bench.log.text.contains(id))
        #expect(bench.log.text.contains("change submitted"))
        #expect(!bench.log.text.contains(secret))
        #expect(!bench.log.text.contains(bench.secret))
    }
}
