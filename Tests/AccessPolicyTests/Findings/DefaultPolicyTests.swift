// SPDX-License-Identifier: Apache-2.0

import AccessPolicy
import CoreValues
import JSONDocument
import TestSupport
import Testing

/// The key policies that AWS writes itself; source: KMS developer guide, "Default key policy".
struct DefaultPolicyTests {
    private static let root = statement("Enable IAM policies", ["arn:aws:iam::111122223333:root"], ["kms:*"])

    private static let administration = [
        "kms:Create*", "kms:Describe*", "kms:Enable*", "kms:List*", "kms:Put*", "kms:Update*", "kms:Revoke*",
        "kms:Disable*", "kms:Get*", "kms:Delete*", "kms:TagResource", "kms:UntagResource", "kms:ScheduleKeyDeletion",
        "kms:CancelKeyDeletion",
    ]

    private static let users = [
        "arn:aws:iam::111122223333:user/ExampleUser", "arn:aws:iam::111122223333:role/ExampleRole",
    ]

    private static func statement(
        _ sid: String,
        _ principals: [String],
        _ actions: [String],
        condition: String = ""
    ) -> String {
        func list(_ texts: [String]) -> String {
            let quoted = texts.map { "\"\($0)\"" }
            return texts.count == 1 ? quoted[0] : "[" + quoted.joined(separator: ", ") + "]"
        }
        return """
            {"Sid": "\(sid)", "Effect": "Allow", "Principal": {"AWS": \(list(principals))}, \
            "Action": \(list(actions)), "Resource": "*"\(condition)}
            """
    }

    /// The policy that the console writes for a key with these actions of use.
    private static func console(
        _ use: [String],
        more administration: [String] = [],
        users: [String] = users
    ) -> String {
        let administrators = [
            "arn:aws:iam::111122223333:user/KMSAdminUser", "arn:aws:iam::111122223333:role/KMSAdminRole",
        ]
        let statements = [
            root,
            statement("Allow access for Key Administrators", administrators, Self.administration + administration),
            statement("Allow use of the key", users, use),
            statement(
                "Allow attachment of persistent resources",
                users,
                ["kms:CreateGrant", "kms:ListGrants", "kms:RevokeGrant"],
                condition: #", "Condition": {"Bool": {"kms:GrantIsForAWSResource": true}}"#
            ),
        ]
        return """
            {"Version": "2012-10-17", "Id": "key-consolepolicy-3", "Statement": [\(statements.joined(separator: ", "))]}
            """
    }

    private static let symmetric = [
        "kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:DescribeKey",
    ]

    struct Sample: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let policy: String
        var keyType = KMSKeyType.symmetric
    }

    static let samples = [
        Sample(
            testDescription: "by the API",
            policy: #"{"Version": "2012-10-17", "Id": "key-default-1", "Statement": ["# + root + "]}"
        ),
        Sample(testDescription: "symmetric", policy: console(symmetric)),
        Sample(testDescription: "with rotation on demand", policy: console(symmetric, more: ["kms:RotateKeyOnDemand"])),
        Sample(testDescription: "imported material", policy: console(symmetric, more: ["kms:ImportKeyMaterial"])),
        Sample(
            testDescription: "multi-region",
            policy: console(symmetric, more: ["kms:ReplicateKey", "kms:UpdatePrimaryRegion"])
        ),
        Sample(
            testDescription: "HMAC",
            policy: console(["kms:DescribeKey", "kms:GenerateMac", "kms:VerifyMac"]),
            keyType: KMSKeyType(spec: "HMAC_256", usage: .generateVerifyMac)
        ),
        Sample(
            testDescription: "RSA encryption",
            policy: console(["kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*", "kms:DescribeKey", "kms:GetPublicKey"]),
            keyType: KMSKeyType(spec: "RSA_2048")
        ),
        Sample(
            testDescription: "signing",
            policy: console(["kms:DescribeKey", "kms:GetPublicKey", "kms:Sign", "kms:Verify"]),
            keyType: KMSKeyType(spec: "ECC_NIST_P256", usage: .signVerify)
        ),
        Sample(
            testDescription: "key agreement",
            policy: console(["kms:DescribeKey", "kms:GetPublicKey", "kms:DeriveSharedSecret"]),
            keyType: KMSKeyType(spec: "ECC_NIST_P256", usage: .keyAgreement)
        ),
    ]

    private func facts(_ keyType: KMSKeyType) throws -> KeyFacts {
        let account = try #require(AccountID("111122223333"))
        let caller = CallerIdentity(
            kind: .user(name: "creator"),
            arn: ARN(service: "iam", account: account.description, resource: "user/creator"),
            accountID: account,
            userID: "AIDAEXAMPLE"
        )
        return KeyFacts(
            account: account,
            region: "us-east-1",
            keyType: keyType,
            isEnabled: true,
            isPendingDeletion: false,
            executor: caller
        )
    }

    @Test(arguments: samples)
    func `AWS's own default policies give no findings`(_ sample: Sample) throws {
        let findings = Findings.keyPolicyText(sample.policy, facts: try facts(sample.keyType))
        #expect(findings.map(\.id) == [])
    }

    @Test func `another account among the users is mentioned and nothing else`() throws {
        let policy = Self.console(Self.symmetric, users: Self.users + ["arn:aws:iam::444455556666:root"])
        let findings = Findings.keyPolicyText(policy, facts: try facts(.symmetric))
        #expect(findings.map(\.id) == ["EXTERNAL_ACCOUNT", "EXTERNAL_ACCOUNT"])
        #expect(findings.allSatisfy { $0.severity == .informational })
    }

    @Test func `the account of a policy is the one that it delegates to`() throws {
        let policy = try PolicyDocument(parsing: Self.samples[1].policy)
        #expect(Findings.likelyAccount(of: policy)?.description == "111122223333")
    }
}
