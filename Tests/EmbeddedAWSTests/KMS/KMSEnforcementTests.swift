// SPDX-License-Identifier: Apache-2.0

import AWSWire
import AccessPolicy
import CoreValues
import EmbeddedAWS
import TestSupport
import Testing

/// Who may do what, by key policy, identity policy and request.
struct KMSEnforcementTests {
    let fixture: KMSFixture

    init() throws {
        fixture = try KMSFixture()
    }

    private let user = "arn:aws:iam::999999999999:user/u"

    private func encryptError(
        _ key: KeyRecord,
        as caller: CallerIdentity,
        keyID: String? = nil,
        context: [String: String] = [:],
        viaService: String? = nil
    ) async -> AWSError? {
        await awsError {
            let request = CryptographyRequest(encryptionContext: EncryptionContext(context))
            _ = try await fixture.service.encrypt(
                [1],
                keyID: keyID ?? key.arn,
                request,
                as: caller,
                viaService: viaService
            )
        }
    }

    // MARK: AWS's words

    @Test func `a refusal says who, what, on which resource and why`() async throws {
        let caller = fixture.user("u")
        let key = try await fixture.key()
        func refusal(_ action: String, _ resource: String, _ cause: String) -> AWSError {
            let who = "User: arn:aws:iam::999999999999:user/u is not authorized to perform: "
            return AWSError("AccessDeniedException", "\(who)\(action) on resource: \(resource) \(cause)")
        }
        let resourceBased = "because no resource-based policy allows the kms:Encrypt action"
        let identityBased = "because no identity-based policy allows the kms:Encrypt action"
        #expect(await encryptError(key, as: caller) == refusal("kms:Encrypt", key.arn, identityBased))
        let closed = try await fixture.key(
            KMSFixture.policy([KMSFixture.allow("arn:aws:iam::999999999999:root", "kms:PutKeyPolicy")])
        )
        #expect(await encryptError(closed, as: caller) == refusal("kms:Encrypt", closed.arn, resourceBased))
        let denying = try await fixture.key(delegatingAnd: KMSFixture.deny(user, "kms:Encrypt"))
        let explicit = "with an explicit deny in a resource-based policy"
        #expect(await encryptError(denying, as: caller) == refusal("kms:Encrypt", denying.arn, explicit))
        let deny = #"{"Version":"2012-10-17","Statement":{"Effect":"Deny","Action":"kms:*","Resource":"*"}}"#
        let policy = CompiledPolicy(try PolicyDocument(parsing: deny))
        fixture.directory.set(PrincipalPolicies(identityPolicies: [.administrator, policy]), for: caller)
        let identity = "with an explicit deny in an identity-based policy"
        #expect(await encryptError(key, as: caller) == refusal("kms:Encrypt", key.arn, identity))
        fixture.directory.set(
            PrincipalPolicies(identityPolicies: [.administrator], permissionBoundary: Self.empty),
            for: caller
        )
        let boundary = "because no permissions boundary allows the kms:Encrypt action"
        #expect(await encryptError(key, as: caller) == refusal("kms:Encrypt", key.arn, boundary))
        fixture.directory.set(PrincipalPolicies(), for: caller)
        let list = await awsError {
            _ = try await fixture.perform(as: caller) { try $0.listKeys(PageRequest(), $1, in: $2) }
        }
        let cause = "because no identity-based policy allows the kms:ListKeys action"
        #expect(list == refusal("kms:ListKeys", "*", cause))
    }

    private static let empty = CompiledPolicy(PolicyDocument(statements: []))

    @Test func `a missing key is told before a missing permission, a disabled one after`() async throws {
        let key = try await fixture.key()
        _ = try await fixture.perform { try $0.disableKey(key.arn, $1, in: $2) }
        let caller = fixture.user("u")
        #expect(await encryptError(key, as: caller, keyID: "alias/none")?.code == "NotFoundException")
        #expect(await encryptError(key, as: caller)?.code == "AccessDeniedException")
        #expect(await encryptError(key, as: fixture.root)?.code == "DisabledException")
    }

    // MARK: Operations without a key, and with an alias

    @Test func `making and listing keys and random bytes take identity policies only`() async throws {
        let caller = fixture.user("u")
        func errors() async -> [String?] {
            [
                await awsError { try await fixture.key(as: caller) }?.code,
                await awsError {
                    _ = try await fixture.perform(as: caller) { try $0.listKeys(PageRequest(), $1, in: $2) }
                }?
                .code,
                await awsError {
                    _ = try await fixture.perform(as: caller) {
                        try $0.listAliases(keyID: nil, PageRequest(), $1, in: $2)
                    }
                }?
                .code,
                await awsError { _ = try await fixture.service.generateRandom(numberOfBytes: 1, as: caller) }?.code,
            ]
        }
        let denied = "AccessDeniedException"
        #expect(await errors() == [denied, denied, denied, denied])
        try fixture.directory.allow(
            caller,
            "kms:CreateKey",
            "kms:ListKeys",
            "kms:ListAliases",
            "kms:GenerateRandom",
            "kms:PutKeyPolicy"
        )
        #expect(await errors() == [nil, nil, nil, nil])
    }

    @Test func `tags of a new key need the permission to tag`() async throws {
        let caller = fixture.user("u")
        let tags = [KeyTag(key: "Team", value: "a")]
        try fixture.directory.allow(caller, "kms:CreateKey", "kms:PutKeyPolicy")
        let error = await awsError { try await fixture.key(tags: tags, as: caller) }
        #expect(error?.message.contains("perform: kms:TagResource on resource: arn:aws:kms:us-east-1:") == true)
        try fixture.directory.allow(caller, "kms:CreateKey", "kms:PutKeyPolicy", "kms:TagResource")
        try await fixture.key(tags: tags, as: caller)
    }

    @Test func `an alias needs a permission on itself and one on its key`() async throws {
        let caller = fixture.user("u")
        let key = try await fixture.key(delegatingAnd: KMSFixture.allow(user, "kms:CreateAlias", "kms:DeleteAlias"))
        func create() async -> AWSError? {
            await awsError {
                _ = try await fixture.perform(as: caller) {
                    try $0.createAlias("alias/a", targetKeyID: key.arn, $1, in: $2)
                }
            }
        }
        #expect(await create()?.message.contains("on resource: arn:aws:kms:us-east-1:999999999999:alias/a ") == true)
        try fixture.directory.allow(
            caller,
            "kms:CreateAlias",
            "kms:UpdateAlias",
            resource: "arn:aws:kms:us-east-1:999999999999:alias/*"
        )
        #expect(await create() == nil)
        let other = try await fixture.key()
        let update = await awsError {
            _ = try await fixture.perform(as: caller) {
                try $0.updateAlias("alias/a", targetKeyID: other.arn, $1, in: $2)
            }
        }
        #expect(update?.message.contains("kms:UpdateAlias on resource: \(key.arn)") == true)
    }

    // MARK: Condition keys

    struct ConditionCase: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let condition: String
        let context: [String: String]
        let viaService: String?
        let usesAlias: Bool
        let isAllowed: Bool

        init(
            _ condition: String,
            context: [String: String] = [:],
            viaService: String? = nil,
            usesAlias: Bool = false,
            _ isAllowed: Bool
        ) {
            testDescription = "\(condition) \(context) \(viaService ?? "") \(isAllowed)"
            self.condition = condition
            self.context = context
            self.viaService = viaService
            self.usesAlias = usesAlias
            self.isAllowed = isAllowed
        }
    }

    static let conditions = [
        ConditionCase(#"{"StringEquals":{"kms:CallerAccount":"999999999999"}}"#, true),
        ConditionCase(#"{"StringEquals":{"kms:CallerAccount":"888888888888"}}"#, false),
        ConditionCase(#"{"StringEquals":{"kms:EncryptionAlgorithm":"SYMMETRIC_DEFAULT"}}"#, true),
        ConditionCase(#"{"StringEquals":{"kms:EncryptionContext:app":"x"}}"#, context: ["App": "x"], true),
        ConditionCase(#"{"StringEquals":{"kms:EncryptionContext:app":"x"}}"#, context: ["App": "y"], false),
        ConditionCase(#"{"StringEquals":{"kms:EncryptionContext:app":"x"}}"#, false),
        ConditionCase(
            #"{"ForAllValues:StringEquals":{"kms:EncryptionContextKeys":["App","Name"]}}"#,
            context: ["App": "x"],
            true
        ),
        ConditionCase(
            #"{"ForAllValues:StringEquals":{"kms:EncryptionContextKeys":["App","Name"]}}"#,
            context: ["App": "x", "Other": ""],
            false
        ),
        ConditionCase(#"{"Null":{"kms:EncryptionContextKeys":"false"}}"#, context: ["a": ""], true),
        ConditionCase(#"{"Null":{"kms:EncryptionContextKeys":"false"}}"#, false),
        ConditionCase(
            #"{"StringEquals":{"kms:ViaService":"ec2.us-east-1.amazonaws.com"}}"#,
            viaService: "ec2.us-east-1.amazonaws.com",
            true
        ),
        ConditionCase(#"{"StringEquals":{"kms:ViaService":"ec2.us-east-1.amazonaws.com"}}"#, false),
        ConditionCase(#"{"StringEquals":{"kms:RequestAlias":"alias/app"}}"#, usesAlias: true, true),
        ConditionCase(#"{"StringEquals":{"kms:RequestAlias":"alias/app"}}"#, false),
        ConditionCase(#"{"ForAnyValue:StringEquals":{"kms:ResourceAliases":"alias/app"}}"#, false),
        ConditionCase(#"{"StringEquals":{"kms:KeySpec":"SYMMETRIC_DEFAULT","kms:KeyUsage":"ENCRYPT_DECRYPT"}}"#, true),
        ConditionCase(#"{"StringEquals":{"kms:KeyOrigin":"AWS_KMS"},"Bool":{"kms:MultiRegion":"false"}}"#, true),
        ConditionCase(#"{"StringEquals":{"aws:ResourceTag/Team":"blue"}}"#, true),
        ConditionCase(#"{"StringEquals":{"aws:ResourceTag/Team":"red"}}"#, false),
        ConditionCase(#"{"StringEquals":{"aws:PrincipalAccount":"999999999999","aws:username":"u"}}"#, true),
        ConditionCase(#"{"ArnLike":{"aws:PrincipalArn":"arn:aws:iam::999999999999:user/*"}}"#, true),
        ConditionCase(#"{"StringEquals":{"aws:PrincipalType":"User","aws:userid":"AIDAU"}}"#, true),
        ConditionCase(#"{"Bool":{"aws:SecureTransport":"false"}}"#, true),
        ConditionCase(#"{"StringEquals":{"aws:RequestedRegion":"us-east-1"}}"#, true),
        ConditionCase(#"{"DateLessThan":{"aws:CurrentTime":"2026-11-25T00:00:00Z"}}"#, true),
        ConditionCase(#"{"DateGreaterThan":{"aws:CurrentTime":"2026-11-25T00:00:00Z"}}"#, false),
        ConditionCase(#"{"NumericLessThan":{"aws:EpochTime":"1"}}"#, false),
        ConditionCase(#"{"Bool":{"kms:GrantIsForAWSResource":"false"}}"#, false),
    ]

    @Test(arguments: conditions)
    func `conditions see the request as it is`(_ row: ConditionCase) async throws {
        let statement = KMSFixture.allow(user, "kms:Encrypt", condition: row.condition)
        let key = try await fixture.key(
            KMSFixture.policy([KMSFixture.delegation, statement]),
            tags: [KeyTag(key: "Team", value: "blue")]
        )
        try await fixture.alias("alias/app", for: key)
        let error = await encryptError(
            key,
            as: fixture.user("u"),
            keyID: row.usesAlias ? "alias/app" : nil,
            context: row.context,
            viaService: row.viaService
        )
        #expect(error?.code == (row.isAllowed ? nil : "AccessDeniedException"))
    }

    @Test func `identity policies can ask for a key's aliases`() async throws {
        let key = try await fixture.key()
        let text = #"""
            {"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"kms:Encrypt","Resource":"*",
            "Condition":{"ForAnyValue:StringEquals":{"kms:ResourceAliases":"alias/app"}}}}
            """#
        let policy = CompiledPolicy(try PolicyDocument(parsing: text))
        fixture.directory.set(PrincipalPolicies(identityPolicies: [policy]), for: fixture.user("u"))
        #expect(await encryptError(key, as: fixture.user("u"))?.code == "AccessDeniedException")
        try await fixture.alias("alias/app", for: key)
        #expect(await encryptError(key, as: fixture.user("u")) == nil)
    }

    @Test func `conditions see what managing operations bring`() async throws {
        let limits = [
            KMSFixture.deny(
                "*",
                "kms:ScheduleKeyDeletion",
                condition: #"{"NumericLessThan":{"kms:ScheduleKeyDeletionPendingWindowInDays":"30"}}"#
            ),
            KMSFixture.deny(
                "*",
                "kms:EnableKeyRotation",
                condition: #"{"NumericGreaterThan":{"kms:RotationPeriodInDays":"200"}}"#
            ),
            KMSFixture.deny(
                "*",
                "kms:PutKeyPolicy",
                condition: #"{"Bool":{"kms:BypassPolicyLockoutSafetyCheck":"true"}}"#
            ),
            KMSFixture.deny("*", "kms:TagResource", condition: #"{"StringEquals":{"aws:RequestTag/Team":"red"}}"#),
            KMSFixture.deny(
                "*",
                "kms:UntagResource",
                condition: #"{"ForAnyValue:StringEquals":{"aws:TagKeys":"Team"}}"#
            ),
        ]
        let policy = KMSFixture.policy([KMSFixture.delegation] + limits)
        let key = try await fixture.key(policy)
        func isDenied<Result>(
            _ operation: (KMSEngine, KMSCall, KMSState) throws -> KMSOutcome<Result>
        ) async -> Bool {
            await awsError { _ = try await fixture.perform(operation) }?.message.contains("explicit deny") ?? false
        }
        #expect(await isDenied { try $0.scheduleKeyDeletion(key.arn, pendingWindowInDays: 7, $1, in: $2) })
        #expect(await isDenied { try $0.enableKeyRotation(key.arn, periodInDays: 365, $1, in: $2) })
        #expect(await !isDenied { try $0.enableKeyRotation(key.arn, periodInDays: 90, $1, in: $2) })
        #expect(await isDenied { try $0.tagResource(key.arn, tags: [KeyTag(key: "Team", value: "red")], $1, in: $2) })
        #expect(await !isDenied { try $0.tagResource(key.arn, tags: [KeyTag(key: "Team", value: "a")], $1, in: $2) })
        #expect(await isDenied { try $0.untagResource(key.arn, tagKeys: ["Team"], $1, in: $2) })
        for (bypass, denied) in [(true, true), (false, false), (nil, false)] as [(Bool?, Bool)] {
            let result = await isDenied {
                try $0.putKeyPolicy(
                    key.arn,
                    name: nil,
                    policy: policy,
                    bypassesLockoutCheck: bypass,
                    $1,
                    in: $2
                )
            }
            #expect(result == denied)
        }
        #expect(await !isDenied { try $0.scheduleKeyDeletion(key.arn, pendingWindowInDays: 30, $1, in: $2) })
    }

    @Test func `conditions see whether re-encrypting stays on the key`() async throws {
        let condition = #"{"Bool":{"kms:ReEncryptOnSameKey":"true"}}"#
        let statement = KMSFixture.allow(user, "kms:ReEncrypt*", condition: condition)
        let key = try await fixture.key(delegatingAnd: statement)
        let other = try await fixture.key(delegatingAnd: statement)
        let blob = try await fixture.encrypt("x", key)
        func move(to target: KeyRecord) async -> AWSError? {
            await awsError {
                _ = try await fixture.service.reEncrypt(
                    blob,
                    sourceKeyID: nil,
                    CryptographyRequest(),
                    destinationKeyID: target.arn,
                    CryptographyRequest(),
                    as: fixture.user("u")
                )
            }
        }
        #expect(await move(to: key) == nil)
        #expect(await move(to: other)?.message.contains("kms:ReEncryptFrom on resource: \(key.arn)") == true)
    }

    // MARK: Other accounts

    @Test func `another account needs both sides and gets only what works across accounts`() async throws {
        let stranger = fixture.user("s", of: fixture.otherID)
        let key = try await fixture.key(delegatingAnd: KMSFixture.allow("arn:aws:iam::888888888888:root", "kms:*"))
        let closed = try await fixture.key()
        #expect(await encryptError(key, as: stranger)?.code == "AccessDeniedException")
        try fixture.directory.allow(stranger, "kms:*")
        #expect(await encryptError(key, as: stranger) == nil)
        #expect(await encryptError(closed, as: stranger)?.code == "AccessDeniedException")
        let error = await awsError {
            _ = try await fixture.perform(as: stranger) { try $0.disableKey(key.arn, $1, in: $2) }
        }
        #expect(error?.code == "AccessDeniedException")
    }
}
