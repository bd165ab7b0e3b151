// SPDX-License-Identifier: Apache-2.0

import AWSWire
import AccessPolicy
import EmbeddedAWS
import JSONDocument
import Testing

/// Acceptance and printing of key policies; source: reference/kms-policy.md §5.
struct KMSPolicyTests {
    let fixture: KMSFixture

    init() throws {
        fixture = try KMSFixture(missingPrincipals: ["arn:aws:iam::999999999999:role/missing"])
    }

    private func put(_ policy: String, on key: KeyRecord, bypass: Bool? = nil) async throws {
        _ = try await fixture.perform {
            try $0.putKeyPolicy(
                key.arn,
                name: "default",
                policy: policy,
                bypassesLockoutCheck: bypass,
                $1,
                in: $2
            )
        }
    }

    private func get(_ key: KeyRecord) async throws -> String {
        try await fixture.perform { try $0.getKeyPolicy(key.arn, name: nil, $1, in: $2) }
    }

    @Test func `a key made without a policy has AWS's default one, printed as KMS prints`() async throws {
        let key = try await fixture.key()
        let expected = """
            {
              "Version" : "2012-10-17",
              "Id" : "key-default-1",
              "Statement" : [ {
                "Sid" : "Enable IAM User Permissions",
                "Effect" : "Allow",
                "Principal" : {
                  "AWS" : "arn:aws:iam::999999999999:root"
                },
                "Action" : "kms:*",
                "Resource" : "*"
              } ]
            }
            """
        #expect(try await get(key) == expected)
    }

    @Test func `a policy keeps its order and its scalars and lists`() async throws {
        let policy = #"""
            {"Statement":[{"Resource":"*","Action":["kms:*"],"Principal":{"AWS":"arn:aws:iam::999999999999:root"},
            "Effect":"Allow","Sid":"with \"quotes\" and ü"},
            {"Effect":"Deny","Principal":"*","Action":["kms:Sign","kms:Verify"],"Resource":["*"],
            "Condition":{"Bool":{"kms:GrantIsForAWSResource":false},"Null":{"aws:x":["true"]}}}],
            "Version":"2012-10-17"}
            """#
        let key = try await fixture.key(policy)
        let text = try await get(key)
        #expect(try JSONValue(parsing: text).text() == JSONValue(parsing: policy).text())
        #expect(text.contains(#""Action" : [ "kms:Sign", "kms:Verify" ],"#))
        #expect(text.contains("  }, {\n"))
    }

    @Test func `a statement without a list around it stays so`() async throws {
        let key = try await fixture.key(#"{"Version":"2012-10-17","Statement":\#(KMSFixture.delegation)}"#)
        #expect(try await get(key).contains("\"Statement\" : {\n    \"Effect\" : \"Allow\","))
    }

    @Test func `an account by its digits becomes its root's ARN`() async throws {
        let statement =
            #"{"Effect":"Allow","Principal":{"AWS":["999999999999","888888888888"]},"Action":"kms:*","Resource":"*"}"#
        let key = try await fixture.key(KMSFixture.policy([statement]))
        let printed = #""AWS" : [ "arn:aws:iam::999999999999:root", "arn:aws:iam::888888888888:root" ]"#
        #expect(try await get(key).contains(printed))
    }

    private static let invalidPrincipals = "Policy contains a statement with one or more invalid principals."
    private static let malformed = "MalformedPolicyDocumentException"

    struct Refused: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let policy: String
        let code: String
        let message: String?

        init(_ name: String, _ policy: String, _ code: String = malformed, _ message: String? = nil) {
            testDescription = name
            self.policy = policy
            self.code = code
            self.message = message
        }

        init(_ name: String, statement: String, _ code: String = malformed, _ message: String? = nil) {
            self.init(name, KMSFixture.policy([KMSFixture.delegation, statement]), code, message)
        }
    }

    static let refused = [
        Refused("not JSON", "policy"),
        Refused("no statement", #"{"Version":"2012-10-17","Statement":[]}"#),
        Refused(
            "over 32 KiB",
            KMSFixture.policy([KMSFixture.delegation]) + String(repeating: " ", count: 32_768),
            "LimitExceededException"
        ),
        Refused("over the model's maximum", String(repeating: " ", count: 131_073), "ValidationException"),
        Refused("other characters", KMSFixture.policy([KMSFixture.delegation]) + "\u{1F511}", "ValidationException"),
        Refused(
            "missing role",
            statement: allow("arn:aws:iam::999999999999:role/missing"),
            malformed,
            invalidPrincipals
        ),
        Refused("group", statement: allow("arn:aws:iam::999999999999:group/g"), malformed, invalidPrincipals),
        Refused("wildcard", statement: allow("arn:aws:iam::999999999999:role/*"), malformed, invalidPrincipals),
        Refused("broken ARN", statement: allow("arn:aws:iam"), "InvalidArnException", "Invalid arn arn:aws:iam"),
        Refused("no principal", statement: #"{"Effect":"Allow","Action":"kms:*","Resource":"*"}"#),
        Refused("no action", statement: #"{"Effect":"Allow","Principal":"*","Resource":"*"}"#),
        Refused("other resource", statement: #"{"Effect":"Allow","Principal":"*","Action":"kms:*","Resource":"x"}"#),
    ]

    private static func allow(_ principal: String) -> String {
        KMSFixture.allow(principal, "kms:Encrypt")
    }

    @Test(arguments: refused)
    func `a policy that KMS does not take changes nothing`(_ refused: Refused) async throws {
        let key = try await fixture.key()
        let before = try await get(key)
        for error in [
            await awsError { try await put(refused.policy, on: key) },
            await awsError { try await fixture.key(refused.policy) },
        ] {
            #expect(error?.code == refused.code)
            if let message = refused.message {
                #expect(error?.message == message)
            }
        }
        #expect(try await get(key) == before)
    }

    @Test func `unknown actions are taken and have no effect`() async throws {
        let key = try await fixture.key(delegatingAnd: KMSFixture.deny("*", "kms:ReEncrypt", "foo:Bar"))
        _ = try await fixture.encrypt("x", key)
    }

    // MARK: Lockout

    @Test func `a policy that locks its sender out is refused unless they insist`() async throws {
        let key = try await fixture.key()
        let policy = KMSFixture.policy([KMSFixture.allow("arn:aws:iam::999999999999:user/u", "kms:*")])
        let refusal = AWSError(
            "MalformedPolicyDocumentException",
            "The new key policy will not allow you to update the key policy in the future."
        )
        #expect(await awsError { try await put(policy, on: key) } == refusal)
        #expect(await awsError { try await fixture.key(policy) } == refusal)
        #expect(await awsError { try await put(policy, on: key, bypass: false) } == refusal)
        try await put(policy, on: key, bypass: true)
        #expect(await awsError { _ = try await get(key) }?.code == "AccessDeniedException")
    }

    @Test func `an allow whose condition the sender can't meet does not count`() async throws {
        let key = try await fixture.key()
        let condition = #"{"StringEquals":{"kms:ViaService":"ec2.us-east-1.amazonaws.com"}}"#
        let statement = KMSFixture.allow("arn:aws:iam::999999999999:root", "kms:*", condition: condition)
        let error = await awsError { try await put(KMSFixture.policy([statement]), on: key) }
        #expect(error?.message.hasPrefix("The new key policy will not allow you") == true)
    }

    @Test func `another policy name is not found`() async throws {
        let key = try await fixture.key()
        let error = await awsError {
            _ = try await fixture.perform { try $0.getKeyPolicy(key.arn, name: "other", $1, in: $2) }
        }
        #expect(error == AWSError("NotFoundException", "No such policy exists"))
        let names = try await fixture.perform { try $0.listKeyPolicies(key.arn, PageRequest(), $1, in: $2) }
        #expect(names.items == ["default"])
    }
}
