// SPDX-License-Identifier: Apache-2.0

import AccessPolicy
import CoreValues
import JSONDocument
import TestSupport
import Testing

struct KeyPolicyTests {
    let samples: Samples

    init() throws {
        samples = try Samples()
    }

    struct Rendered: Sendable, CustomTestStringConvertible {
        let parameterisation: String
        let rendering: KeyPolicy.Rendering

        var testDescription: String {
            "\(parameterisation), \(rendering.rawValue)"
        }

        static let all = KeyPolicy.Rendering.allCases.flatMap { rendering in
            Samples.parameterisations.map { Rendered(parameterisation: $0, rendering: rendering) }
        }
    }

    @Test(arguments: Rendered.all)
    func `each parameterisation renders as its golden file`(_ rendered: Rendered) throws {
        let parameters = try samples.parameterisation(rendered.parameterisation)
        let policy = KeyPolicy(parameters, rendering: rendered.rendering)
        let name = "key-policies/\(rendered.parameterisation).\(rendered.rendering.rawValue).json"
        #expect(Golden.compare(policy.json.text(.indented) + "\n", name) == .matches)
    }

    @Test(arguments: Rendered.all)
    func `what is built can be read back and is accepted by KMS`(_ rendered: Rendered) throws {
        let parameters = try samples.parameterisation(rendered.parameterisation)
        let policy = KeyPolicy(parameters, rendering: rendered.rendering)
        let text = policy.json.text()
        let read = try KeyPolicyAcceptance().check(text)
        #expect(read == policy.document)
        #expect(read.json.text() == text)
    }

    @Test(arguments: DocumentedStatements.all)
    func `documented statements are those of the reference, byte for byte`(_ documented: DocumentedStatements) throws {
        let parameters = try samples.parameterisation(documented.parameterisation)
        let statements = KeyPolicy(parameters, rendering: .documented).statements.dropFirst()
        let expected = try documented.statements.map { try JSONValue(parsing: $0).text() }
        #expect(statements.map { $0.statement.json.text() } == expected)
    }

    @Test func `the base statement is the one of the default key policy`() throws {
        let policy = KeyPolicy(try samples.parameterisation("none"), rendering: .documented)
        let expected =
            #"{"Sid":"Enable IAM User Permissions","Effect":"Allow","#
            + #""Principal":{"AWS":"arn:aws:iam::999999999999:root"},"Action":"kms:*","Resource":"*"}"#
        #expect(policy.statements.map { $0.statement.json.text() } == [expected])
        #expect(policy.statements[0].parameter == nil)
    }

    @Test func `every statement says which parameter made it, in the documented order`() throws {
        let policy = KeyPolicy(try samples.parameterisation("all"), rendering: .documented)
        let expected = [
            "IAMPrincipalsRequiringDecryptPermissions", "IAMPrincipalsRequiringEncryptPermissions",
            "IAMPrincipalsRequiringGrantsPermissions", "LimitGrantsToAWSResources", "EnforceEncryptionContextKeys",
            "AllowedEncryptionContextKeys", "AllowServiceRolesAccessKMSKeys",
        ]
        #expect(policy.statements.dropFirst().map(\.parameter) == expected)
    }

    @Test func `corrected statements have ids, all different`() throws {
        for rendering in [KeyPolicy.Rendering.corrected, .hardened] {
            let policy = KeyPolicy(try samples.parameterisation("all"), rendering: rendering)
            let sids = policy.statements.compactMap(\.statement.sid)
            #expect(sids.count == policy.statements.count)
            #expect(Set(sids).count == sids.count)
        }
    }

    @Test func `two spellings of one principal are written once`() throws {
        var parameters = KeyAccessParameters(account: samples.account)
        parameters.decryptPrincipals = try samples.principals("role/roleA", "arn:aws:iam::999999999999:role/roleA")
        let statement = KeyPolicy(parameters, rendering: .corrected).statements[1].statement
        #expect(statement.principal == .aws(["arn:aws:iam::999999999999:role/roleA"]))
    }

    @Test func `another partition shows in every ARN`() throws {
        let parameters = KeyAccessParameters(
            account: samples.account,
            partition: "aws-us-gov",
            grantsPrincipals: [
                try PrincipalReference.parse("role/a", account: samples.account, partition: "aws-us-gov")
            ]
        )
        let text = KeyPolicy(parameters, rendering: .corrected).json.text()
        #expect(text.contains("arn:aws-us-gov:iam::999999999999:root"))
        #expect(!text.contains("arn:aws:"))
    }
}

/// The statements that the change type's reference prints, repaired where they are not JSON.
struct DocumentedStatements: Sendable, CustomTestStringConvertible {
    let parameterisation: String
    let statements: [String]

    var testDescription: String {
        parameterisation
    }

    private static let threePrincipals = """
        "Principal": { "AWS": [ "arn:aws:iam::999999999999:role/roleA", "arn:aws:iam::999999999999:user/userB", \
        "arn:aws:iam::999999999999:role/instanceProfileA" ] }
        """

    static let all = [
        DocumentedStatements(
            parameterisation: "decrypt",
            statements: [
                """
                { "Sid": "Allow decrypt using the key", "Effect": "Allow", \(threePrincipals), \
                "Action": [ "kms:DescribeKey", "kms:Decrypt" ], "Resource": "*" }
                """
            ]
        ),
        DocumentedStatements(
            parameterisation: "encrypt",
            statements: [
                """
                { "Sid": "Allow encrypt using the key", "Effect": "Allow", \(threePrincipals), \
                "Action": [ "kms:DescribeKey", "kms:Encrypt", "kms:ReEncrypt*", "kms:GenerateDataKey", \
                "kms:GenerateDataKeyWithoutPlaintext" ], "Resource": "*" }
                """
            ]
        ),
        DocumentedStatements(
            parameterisation: "grants",
            statements: [
                """
                { "Sid": "Allow grants", "Effect": "Allow", "Principal": { "AWS": \
                [ "arn:aws:iam::999999999999:role/roleA", "arn:aws:iam::888888888888:root" ] }, \
                "Action": [ "kms:CreateGrant", "kms:ListGrants", "kms:RevokeGrant" ], "Resource": "*" }
                """
            ]
        ),
        DocumentedStatements(
            parameterisation: "limit-grants",
            statements: [
                """
                { "Sid": "Allow grants", "Effect": "Allow", \
                "Principal": { "AWS": "arn:aws:iam::999999999999:role/roleA" }, \
                "Action": [ "kms:CreateGrant", "kms:ListGrants", "kms:RevokeGrant" ], "Resource": "*" }
                """,
                """
                { "Sid": "Deny if grant is not for AWS resource", "Effect": "Deny", "Principal": { "AWS": "*" }, \
                "Action": [ "kms:CreateGrant", "kms:ListGrants", "kms:RevokeGrant" ], "Resource": "*", \
                "Condition": { "Bool": { "kms:GrantIsForAWSResource": "false" } } }
                """,
            ]
        ),
        DocumentedStatements(
            parameterisation: "enforce-context",
            statements: [
                """
                { "Effect": "Deny", "Principal": { "AWS": "*" }, "Action": [ "kms:CreateGrant", "kms:Decrypt", \
                "kms:Encrypt", "kms:GenerateDataKey*", "kms:ReEncrypt" ], "Resource": "*", \
                "Condition": { "Null": { "kms:EncryptionContextKeys": "true" } } }
                """
            ]
        ),
        DocumentedStatements(
            parameterisation: "allowed-context",
            statements: [
                """
                { "Effect": "Deny", "Principal": { "AWS": "*" }, "Action": [ "kms:CreateGrant", "kms:Decrypt", \
                "kms:Encrypt", "kms:GenerateDataKey*", "kms:ReEncrypt" ], "Resource": "*", \
                "Condition": { "StringEquals": { "kms:EncryptionContextKeys": [ "Name", "Application" ] } } }
                """
            ]
        ),
        DocumentedStatements(
            parameterisation: "services",
            statements: [
                """
                { "Effect": "Allow", "Principal": { "AWS": "*" }, "Action": [ "kms:ListGrants", "kms:CreateGrant", \
                "kms:DescribeKey", "kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*" ], \
                "Resource": "*", "Condition": { "StringEquals": { "kms:ViaService": \
                [ "ec2.us-west-2.amazonaws.com", "ecr.us-east-1.amazonaws.com" ], \
                "kms:CallerAccount": "999999999999" } } }
                """
            ]
        ),
    ]
}
