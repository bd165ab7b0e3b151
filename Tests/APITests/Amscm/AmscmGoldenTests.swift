// SPDX-License-Identifier: Apache-2.0

import ChangeManagement
import CoreValues
import JSONDocument
import TestSupport
import Testing

@testable import API

/// The bytes of each operation's answer; ids and times are the same in every run.
struct AmscmGoldenTests {
    /// A call, and what has to have happened before it.
    struct Case: CustomTestStringConvertible, Sendable {
        let name: String
        let operation: String
        let body: String
        var changeType = "ct-1d84keiri1jhg"
        var before: [String] = []

        var testDescription: String {
            name
        }

        static let all = catalogue + rfcs + decisions

        static let catalogue = [
            Case(name: "categories", operation: "ListChangeTypeCategories", body: "{}"),
            Case(name: "subcategories", operation: "ListChangeTypeSubcategories", body: #"{"Category":"Management"}"#),
            Case(
                name: "items",
                operation: "ListChangeTypeItems",
                body: #"{"Category":"Deployment","Subcategory":"Advanced stack components"}"#
            ),
            Case(
                name: "operations",
                operation: "ListChangeTypeOperations",
                body: #"{"Category":"Management","Subcategory":"Standard stacks","Item":"Stack"}"#
            ),
            Case(
                name: "classifications",
                operation: "ListChangeTypeClassificationSummaries",
                body: #"{"Filters":[{"Attribute":"Item","Value":"stack"}]}"#
            ),
            Case(
                name: "versions",
                operation: "ListChangeTypeVersionSummaries",
                body: #"{"Filters":[{"Attribute":"ChangeTypeId","Value":"ct-1d84keiri1jhg"}]}"#
            ),
            Case(
                name: "version",
                operation: "GetChangeTypeVersion",
                body: #"{"ChangeTypeId":"ct-template00001","Version":""}"#
            ),
            Case(
                name: "version-unknown",
                operation: "GetChangeTypeVersion",
                body: #"{"ChangeTypeId":"ct-0000000000000"}"#
            ),
        ]

        static let rfcs = [
            Case(name: "rfc-editing", operation: "GetRfc", body: rfc),
            Case(name: "rfc-submitted", operation: "GetRfc", body: rfc, before: ["SubmitRfc"]),
            Case(name: "rfc-canceled", operation: "GetRfc", body: rfc, before: ["SubmitRfc", "CancelRfc"]),
            Case(name: "rfc-unknown", operation: "GetRfc", body: #"{"RfcId":"6cb4bd5a-a816-bd1a-c49c-000000000001"}"#),
            Case(name: "rfcs", operation: "ListRfcSummaries", body: "{}"),
            Case(
                name: "rfcs-none",
                operation: "ListRfcSummaries",
                body: #"{"Filters":[{"Attribute":"Title","Values":["nothing"]}]}"#
            ),
            Case(name: "update", operation: "UpdateRfc", body: #"{"RfcId":"$ID","Title":"new"}"#),
            Case(
                name: "update-submitted",
                operation: "UpdateRfc",
                body: #"{"RfcId":"$ID","Title":"new"}"#,
                before: ["SubmitRfc"]
            ),
            Case(
                name: "create-unknown",
                operation: "CreateRfc",
                body: #"{"ChangeTypeId":"ct-0000000000000","ChangeTypeVersion":"1.0","Title":"t"}"#
            ),
            Case(
                name: "create",
                operation: "CreateRfc",
                body: #"{"ChangeTypeId":"ct-1d84keiri1jhg","ChangeTypeVersion":"1.0","Title":"t"}"#
            ),
        ]

        static let decisions = [
            Case(name: "submit", operation: "SubmitRfc", body: rfc),
            Case(name: "submit-twice", operation: "SubmitRfc", body: rfc, before: ["SubmitRfc"]),
            Case(name: "cancel", operation: "CancelRfc", body: reason),
            Case(name: "cancel-twice", operation: "CancelRfc", body: reason, before: ["CancelRfc"]),
            Case(
                name: "approve",
                operation: "ApproveRfc",
                body: rfc,
                changeType: "ct-approved00001",
                before: ["SubmitRfc"]
            ),
            Case(name: "approve-not-asked", operation: "ApproveRfc", body: rfc, before: ["SubmitRfc"]),
            Case(
                name: "reject",
                operation: "RejectRfc",
                body: reason,
                changeType: "ct-approved00001",
                before: ["SubmitRfc"]
            ),
            Case(name: "reject-editing", operation: "RejectRfc", body: reason),
        ]

        private static let rfc = #"{"RfcId":"$ID"}"#
        private static let reason = #"{"RfcId":"$ID","Reason":"not now"}"#
    }

    @Test(arguments: Case.all)
    func `each operation answers the same bytes`(_ sample: Case) async throws {
        let bench = try APIBench()
        let id = await bench.create(sample.changeType)
        #expect(id.utf8.count == 36)
        for operation in sample.before {
            bench.time.advance(bySeconds: 30)
            let body: JSONValue = ["RfcId": .string(id), "Reason": "changed my mind"]
            #expect(await bench.call(operation, body).status == 200)
        }
        bench.time.advance(bySeconds: 30)
        let answer = await bench.call(sample.operation, sample.body.replacing("$ID", with: id))
        #expect(Golden.compare(answer.golden, "amscm/\(sample.name).http") == .matches)
    }
}
