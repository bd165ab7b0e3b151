// SPDX-License-Identifier: Apache-2.0

import ChangeManagement
import JSONDocument
import TestSupport
import Testing

struct PlannerRefusalTests {
    /// Parameters that are refused, and what the message must contain.
    struct Case: CustomTestStringConvertible, Sendable {
        let name: String
        let parameters: String
        let message: [String]
        var isVersion2 = false

        var testDescription: String {
            name
        }

        static let all = documents + principals + values + tags + version2

        static let documents = [
            Case(
                name: "curly quote",
                parameters:
                    "{ \"Description\": \"KMS key for my-app\",\n  \"VpcId\": \"VPC_ID\u{201D}, \"Name\": \"x\" }",
                message: ["ExecutionParameters is not valid JSON", "line 2", "column"]
            ),
            Case(
                name: "curly quote in place of a plain one",
                parameters: "{ \"VpcId\": \u{201D}vpc-12345678\u{201D} }",
                message: ["line 1, column 12", "U+201D"]
            ),
            Case(name: "no object", parameters: "[]", message: ["object"]),
            Case(name: "empty object", parameters: "{}", message: ["Description", "Parameters", "VpcId"]),
            Case(
                name: "placeholder for the VPC",
                parameters: SampleParameters.requiredOnly.replacing("vpc-12345678901234567", with: "VPC_ID"),
                message: ["/VpcId", "line 1", "`VPC_ID`", "vpc-"]
            ),
            Case(
                name: "missing Parameters",
                parameters: #"{"Description":"d","VpcId":"vpc-12345678","Name":"n","#
                    + #""StackTemplateId":"stm-enf1j068fhg34vugt","TimeoutInMinutes":60}"#,
                message: ["Parameters"]
            ),
            Case(
                name: "unknown member",
                parameters: SampleParameters.key(#""EnableKeyRotatoin":"true""#),
                message: ["/Parameters", "EnableKeyRotatoin"]
            ),
            Case(
                name: "twice the same member",
                parameters: SampleParameters.key(#""Alias":"a","Alias":"b""#),
                message: ["line 3", "Alias"]
            ),
        ]

        static let principals = [
            Case(
                name: "instance profile",
                parameters: decrypt("arn:aws:iam::123456789012:instance-profile/web"),
                message: [
                    "/Parameters/IAMPrincipalsRequiringDecryptPermissions/0", "line 3", "instance profile", "role",
                ]
            ),
            Case(
                name: "group",
                parameters: decrypt("arn:aws:iam::123456789012:group/devs"),
                message: ["/Parameters/IAMPrincipalsRequiringDecryptPermissions/0", "group"]
            ),
            Case(
                name: "wildcard",
                parameters: decrypt("arn:aws:iam::123456789012:role/*"),
                message: ["/Parameters/IAMPrincipalsRequiringDecryptPermissions/0", "wildcard"]
            ),
            Case(
                name: "account where only principals are taken",
                parameters: decrypt("888888888888"),
                message: ["/Parameters/IAMPrincipalsRequiringDecryptPermissions/0", "account"]
            ),
            Case(
                name: "session",
                parameters: decrypt("arn:aws:sts::123456789012:assumed-role/app/session"),
                message: ["arn:aws:iam::123456789012:role/app"]
            ),
        ]

        static let values = [
            Case(
                name: "flag as Boolean",
                parameters: key(#""EnableKeyRotation":true"#),
                message: ["/Parameters/EnableKeyRotation", "string"]
            ),
            Case(
                name: "window below",
                parameters: key(#""PendingWindow":6"#),
                message: ["/Parameters/PendingWindow", "7"]
            ),
            Case(
                name: "window above",
                parameters: key(#""PendingWindow":31"#),
                message: ["/Parameters/PendingWindow", "30"]
            ),
            Case(
                name: "window as text",
                parameters: key(#""PendingWindow":"30""#),
                message: ["/Parameters/PendingWindow", "integer"]
            ),
            Case(name: "AWS's alias", parameters: key(#""Alias":"aws/s3""#), message: ["/Parameters/Alias"]),
            Case(
                name: "AWS's alias in full",
                parameters: key(#""Alias":"alias/aws/s3""#),
                message: ["/Parameters/Alias", "reserved"]
            ),
            Case(name: "alias with a space", parameters: key(#""Alias":"my key""#), message: ["/Parameters/Alias"]),
            Case(
                name: "alias that is nothing but its prefix",
                parameters: key(#""Alias":"alias/""#),
                message: ["/Parameters/Alias"]
            ),
            Case(
                name: "alias too long",
                parameters: key(#""Alias":"\#(String(repeating: "a", count: 251))""#),
                message: ["/Parameters/Alias", "250"]
            ),
        ]

        static let tags = [
            Case(
                name: "tag twice",
                parameters: SampleParameters.key(
                    #""Alias":"a""#,
                    tags: #""Tags":[{"Key":"a","Value":"1"},{"Key":"a","Value":"2"}],"#
                ),
                message: ["/Tags/1/Key", "twice", "/Tags/0"]
            ),
            Case(
                name: "AWS's tag",
                parameters: SampleParameters.key(#""Alias":"a""#, tags: #""Tags":[{"Key":"AWS:x","Value":"1"}],"#),
                message: ["/Tags/0/Key", "`aws:`"]
            ),
            Case(
                name: "the server's tag",
                parameters: SampleParameters.key(
                    #""Alias":"a""#,
                    tags: #""Tags":[{"Key":"assent:rfc-id","Value":"1"}],"#
                ),
                message: ["/Tags/0/Key", "reserved"]
            ),
            Case(
                name: "tag with a character that tags can't have",
                parameters: SampleParameters.key(#""Alias":"a""#, tags: #""Tags":[{"Key":"a","Value":"<b>"}],"#),
                message: ["/Tags/0/Value", "`<b>`"]
            ),
            Case(
                name: "empty tag key",
                parameters: SampleParameters.key(#""Alias":"a""#, tags: #""Tags":[{"Key":"","Value":"1"}],"#),
                message: ["/Tags/0/Key"]
            ),
        ]

        static let version2 = [
            Case(
                name: "flag as text",
                parameters: SampleParameters.allOfVersion2.replacing(
                    "\"LimitGrantsToAWSResources\":true",
                    with: "\"LimitGrantsToAWSResources\":\"true\""
                ),
                message: ["/Parameters/LimitGrantsToAWSResources", "boolean"],
                isVersion2: true
            ),
            Case(
                name: "another region",
                parameters: SampleParameters.requiredOfVersion2.replacing("us-east-1", with: "eu-west-1"),
                message: ["/Region", "`eu-west-1`", "`us-east-1`"],
                isVersion2: true
            ),
            Case(
                name: "parameters of version 1",
                parameters: SampleParameters.requiredOnly,
                message: ["VpcId"],
                isVersion2: true
            ),
            Case(
                name: "nested tag twice",
                parameters: SampleParameters.allOfVersion2.replacing(
                    #"{"Key":"foo","Value":"bar"}"#,
                    with: #"{"Key":"foo","Value":"bar"},{"Key":"foo","Value":"baz"}"#
                ),
                message: ["/Parameters/Tags/1/Key", "twice"],
                isVersion2: true
            ),
        ]

        private static func decrypt(_ principal: String) -> String {
            SampleParameters.key(#""IAMPrincipalsRequiringDecryptPermissions":["\#(principal)"]"#)
        }

        private static func key(_ members: String) -> String {
            SampleParameters.key(members)
        }
    }

    private static func refusal(_ sample: Case) throws -> RfcError? {
        let changeType = try sample.isVersion2 ? SampleChangeTypes.keyVersion2() : SampleChangeTypes.keyVersion1()
        do {
            _ = try Planner(region: Sample.region)
                .plan(
                    parameters: sample.parameters,
                    changeType: changeType,
                    rfc: Sample.rfcID(),
                    account: Sample.account
                )
            return nil
        } catch {
            return error
        }
    }

    @Test(arguments: Case.all)
    func `what can't be accepted is refused with its place and what would be accepted`(_ sample: Case) throws {
        let error = try #require(try Self.refusal(sample))
        #expect(error.code == .invalidArgument)
        for part in sample.message {
            #expect(error.message.contains(part), "\(error.message)")
        }
        #expect(!error.message.contains("\n"))
    }

    @Test func `several problems stand in one message`() throws {
        let parameters = SampleParameters.key(
            #""PendingWindow":6,"Alias":"aws/x","IAMPrincipalsRequiringDecryptPermissions":["*"]"#
        )
        let error = try #require(try Self.refusal(Case(name: "", parameters: parameters, message: [])))
        for place in [
            "/Parameters/PendingWindow", "/Parameters/Alias", "/Parameters/IAMPrincipalsRequiringDecryptPermissions/0",
        ] {
            #expect(error.message.contains(place), "\(error.message)")
        }
    }

    @Test func `a message lists five problems and counts the rest`() throws {
        let principals = Array(repeating: "\"*\"", count: 9).joined(separator: ",")
        let parameters = SampleParameters.key(#""IAMPrincipalsRequiringDecryptPermissions":[\#(principals)]"#)
        let error = try #require(try Self.refusal(Case(name: "", parameters: parameters, message: [])))
        #expect(error.message.hasSuffix(" more"), "\(error.message)")
        #expect(error.message.ranges(of: "/Parameters/").count == 5)
    }

    @Test(arguments: ["ARN:role/roleA", "role/roleA", "arn:aws:iam::123456789012:role/roleA"])
    func `short principals are the account's own`(_ principal: String) throws {
        let plan = try Planner(region: Sample.region)
            .plan(
                parameters: SampleParameters.key(#""IAMPrincipalsRequiringDecryptPermissions":["\#(principal)"]"#),
                changeType: try SampleChangeTypes.keyVersion1(),
                rfc: Sample.rfcID(),
                account: Sample.account
            )
        #expect(plan.document.text().contains("arn:aws:iam::123456789012:role/roleA"))
    }

    @Test(arguments: [("testkey", "alias/testkey"), ("alias/testkey", "alias/testkey")])
    func `an alias is taken with and without its prefix`(_ given: String, _ made: String) throws {
        let plan = try Planner(region: Sample.region)
            .plan(
                parameters: SampleParameters.key(#""Alias":"\#(given)""#),
                changeType: try SampleChangeTypes.keyVersion1(),
                rfc: Sample.rfcID(),
                account: Sample.account
            )
        #expect(plan.document.text().contains(#"\"AliasName\": \"\#(made)\""#))
    }

    @Test func `an empty alias is none`() throws {
        let plan = try Planner(region: Sample.region)
            .plan(
                parameters: SampleParameters.key(#""Alias":"""#),
                changeType: try SampleChangeTypes.keyVersion1(),
                rfc: Sample.rfcID(),
                account: Sample.account
            )
        #expect(!plan.document.text().contains("AWS::KMS::Alias"))
    }

    @Test func `a policy that is too large for KMS is refused`() throws {
        let principals = (0..<600).map { "\"role/a-role-with-a-rather-long-name-\($0)\"" }.joined(separator: ",")
        let parameters = SampleParameters.key(#""IAMPrincipalsRequiringDecryptPermissions":[\#(principals)]"#)
        let error = try #require(try Self.refusal(Case(name: "", parameters: parameters, message: [])))
        #expect(error.message.contains("32768"), "\(error.message)")
    }
}
