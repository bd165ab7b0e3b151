// SPDX-License-Identifier: Apache-2.0

import AccessPolicy
import CoreValues
import EmbeddedAWS
import JSONDocument
import TestSupport
import Testing

struct KMSKeyHandlerTests {
    let fixture: KMSResourceFixture

    init() throws {
        fixture = try KMSResourceFixture()
    }

    private static let policy: JSONValue = [
        "Version": "2012-10-17",
        "Statement": [
            [
                "Effect": "Allow", "Principal": ["AWS": "arn:aws:iam::999999999999:root"], "Action": "kms:*",
                "Resource": "*",
            ]
        ],
    ]

    @Test func `a key is made with everything that its properties say`() async throws {
        let id = try await fixture.create(
            .key,
            [
                "Description": "for tests", "KeyPolicy": Self.policy, "Enabled": "false", "EnableKeyRotation": true,
                "RotationPeriodInDays": "120",
                "Tags": [["Key": "a", "Value": "own"], ["Key": "b", "Value": 7]],
            ],
            stackTags: [KeyTag(key: "a", value: "stack"), KeyTag(key: "c", value: "stack")]
        )
        let key = try fixture.key(id)
        #expect(key.details == "for tests")
        #expect(key.status == KeyRecord.Status.disabled)
        #expect(key.rotation?.periodInDays == 120)
        #expect(key.policy.document.json == Self.policy)
        let tags = [
            KeyTag(key: "a", value: "own"), KeyTag(key: "b", value: "7"), KeyTag(key: "c", value: "stack"),
        ]
        #expect(key.tags == tags)
        #expect(try fixture.attribute("Arn", of: id) == .string(key.arn))
        #expect(try fixture.attribute("KeyId", of: id) == .string(id))
        #expect(try fixture.attribute("Nope", of: id) == nil)
        #expect(fixture.kms.store.all.count == 1)
    }

    @Test func `a key without properties is an enabled one with the default policy`() async throws {
        let key = try fixture.key(try await fixture.create(.key, [:]))
        #expect(key.status == KeyRecord.Status.enabled)
        #expect(key.rotation == nil)
        #expect(key.policy.document.id == "key-default-1")
    }

    @Test func `a policy can be written as text`() async throws {
        let key = try fixture.key(try await fixture.create(.key, ["KeyPolicy": .string(Self.policy.text())]))
        #expect(key.policy.document.json == Self.policy)
    }

    struct Refusal: Sendable, CustomTestStringConvertible {
        let properties: JSONValue
        let code: String
        let message: String

        var testDescription: String { message }

        init(_ properties: JSONValue, _ message: String, code: String = "InvalidRequest") {
            self.properties = properties
            self.code = code
            self.message = message
        }
    }

    static let refusals = [
        Refusal(["Descripton": "x"], "#: extraneous key [Descripton] is not permitted"),
        Refusal(["Enabled": "yes"], "#/Enabled: expected type: Boolean, found: String"),
        Refusal(["RotationPeriodInDays": 89], "#/RotationPeriodInDays: 89 is not greater or equal to 90"),
        Refusal(["PendingWindowInDays": 31], "#/PendingWindowInDays: 31 is not less or equal to 30"),
        Refusal(["PendingWindowInDays": "x"], "#/PendingWindowInDays: expected type: Integer, found: String"),
        Refusal(["KeySpec": "AES"], "#/KeySpec: AES is not a valid enum value"),
        Refusal(["Origin": "AWS_CLOUDHSM"], "#/Origin: AWS_CLOUDHSM is not a valid enum value"),
        Refusal(["KeyPolicy": 7], "#/KeyPolicy: expected type: JSONObject or String, found: Number"),
        Refusal(["Tags": ["a": "b"]], "#/Tags: expected type: JSONArray, found: JSONObject"),
        Refusal(["Tags": [["Key": "a"]]], "#/Tags/0: required key [Value] not found"),
        Refusal(["Tags": [["Key": "a", "Value": "b", "More": ""]]], "#/Tags/0: extraneous key [More]"),
        Refusal(
            ["KeySpec": "RSA_2048", "KeyUsage": "SIGN_VERIFY", "EnableKeyRotation": true],
            "You cannot set the EnableKeyRotation property to true on asymmetric or external keys."
        ),
        Refusal(["KeySpec": "RSA_2048", "KeyUsage": "SIGN_VERIFY"], "KeySpec RSA_2048 is not supported"),
        Refusal(["KeyPolicy": ["Statement": []]], "The policy has no statement."),
        Refusal(
            [
                "KeyPolicy": .string(
                    #"{"Statement":{"Effect":"Allow","Principal":"*","Action":"kms:Sign","Resource":"*"}}"#
                )
            ],
            "The new key policy will not allow you to update the key policy in the future."
        ),
        Refusal(
            ["KeyPolicy": .string(String(repeating: " ", count: 32_769))],
            "The key policy has 32769 bytes; the limit is 32768.",
            code: "ServiceLimitExceeded"
        ),
        Refusal(["Tags": [["Key": "aws:x", "Value": ""]]], "Tags beginning with aws: are reserved"),
    ]

    @Test(arguments: refusals)
    func `wrong properties are refused with the place and leave nothing`(_ refusal: Refusal) async throws {
        let failure = await resourceFailure { _ = try await fixture.create(.key, refusal.properties) }
        #expect(failure?.code == refusal.code)
        #expect(failure?.message.contains(refusal.message) == true, "\(failure?.message ?? "none")")
        #expect(fixture.kms.store.all.isEmpty)
    }

    @Test func `the stack's principal needs the permissions that the steps need`() async throws {
        let caller = fixture.kms.user("deployer")
        let rotating: JSONValue = ["EnableKeyRotation": true]
        let first = await resourceFailure { _ = try await fixture.create(.key, [:], as: caller) }
        #expect(first?.code == "AccessDenied")
        #expect(first?.message.contains("is not authorized to perform: kms:CreateKey on resource: *") == true)
        try fixture.kms.directory.allow(caller, "kms:CreateKey", "kms:PutKeyPolicy")
        _ = try await fixture.create(.key, [:], as: caller)
        let second = await resourceFailure { _ = try await fixture.create(.key, rotating, as: caller) }
        #expect(second?.message.contains("kms:EnableKeyRotation") == true)
        #expect(fixture.kms.store.all.count == 1)
        try fixture.kms.directory.allow(caller, "kms:CreateKey", "kms:PutKeyPolicy", "kms:EnableKeyRotation")
        _ = try await fixture.create(.key, rotating, as: caller)
    }

    // MARK: Updates

    @Test func `an update changes what differs and nothing else`() async throws {
        let old: JSONValue = [
            "Description": "old", "Tags": [["Key": "a", "Value": "1"], ["Key": "b", "Value": "2"]],
        ]
        let id = try await fixture.create(.key, old)
        let before = try fixture.key(id)
        try await fixture.update(.key, id, from: old, to: old)
        #expect(try fixture.key(id) == before)
        let new: JSONValue = [
            "Description": "new", "KeyPolicy": Self.policy, "EnableKeyRotation": true, "Enabled": false,
            "Tags": [["Key": "b", "Value": "3"]],
        ]
        try await fixture.update(.key, id, from: old, to: new)
        let after = try fixture.key(id)
        #expect(after.details == "new")
        #expect(after.policy.document.json == Self.policy)
        #expect(after.rotation?.periodInDays == 365)
        #expect(after.status == KeyRecord.Status.disabled)
        #expect(after.tags == [KeyTag(key: "b", value: "3")])
        #expect(after.materials == before.materials)
        try await fixture.update(.key, id, from: new, to: ["Enabled": true])
        let back = try fixture.key(id)
        #expect(back.status == KeyRecord.Status.enabled)
        #expect(back.rotation == nil)
        #expect(back.details == "")
        #expect(back.policy.document.id == "key-default-1")
        #expect(back.tags.isEmpty)
    }

    @Test func `tags that the stack did not set stay`() async throws {
        let id = try await fixture.create(.key, [:])
        let tag = KeyTag(key: "by-hand", value: "1")
        _ = try await fixture.kms.perform { try $0.tagResource(id, tags: [tag], $1, in: $2) }
        try await fixture.update(.key, id, from: [:], to: ["Tags": [["Key": "a", "Value": "1"]]])
        #expect(try fixture.key(id).tags == [tag, KeyTag(key: "a", value: "1")])
    }

    @Test func `rotation can't change while the key stays disabled`() async throws {
        let id = try await fixture.create(.key, ["Enabled": false])
        let failure = await resourceFailure {
            let new: JSONValue = ["Enabled": false, "EnableKeyRotation": true]
            try await fixture.update(.key, id, from: ["Enabled": false], to: new)
        }
        let message = "You cannot change the EnableKeyRotation property while the Enabled property is false."
        #expect(failure == ResourceFailure(code: "InvalidRequest", message: message))
        try await fixture.update(.key, id, from: [:], to: ["Enabled": true, "EnableKeyRotation": true])
        #expect(try fixture.key(id).rotation != nil)
    }

    @Test(arguments: [
        ("KeySpec", "RSA_2048"), ("KeyUsage", "SIGN_VERIFY"), ("Origin", "EXTERNAL"), ("MultiRegion", "true"),
    ])
    func `what a key keeps for ever can't be changed`(_ name: String, _ value: String) async throws {
        let new = try #require(JSONValue.object([name: value]).object)
        let handler = try fixture.handler(.key)
        let failure = await resourceFailure { _ = try handler.needsReplacement(from: JSONObject(), to: new) }
        #expect(failure?.message.hasPrefix("You cannot change the values of the KeySpec, KeyUsage, Origin") == true)
    }

    @Test func `writing a default out is no change`() throws {
        let new = try #require(
            JSONValue.object(["KeySpec": "SYMMETRIC_DEFAULT", "MultiRegion": "false", "Origin": "AWS_KMS"]).object
        )
        #expect(try fixture.handler(.key).needsReplacement(from: JSONObject(), to: new) == false)
    }

    // MARK: Deletion

    @Test func `deleting schedules the deletion with the resource's own window`() async throws {
        let id = try await fixture.create(.key, ["PendingWindowInDays": 7])
        try await fixture.delete(.key, id, ["PendingWindowInDays": 7])
        let date = fixture.kms.time.now().advanced(bySeconds: 7 * 86_400)
        #expect(try fixture.key(id).deletionDate == date)
        try await fixture.delete(.key, id, ["PendingWindowInDays": 8])
        #expect(try fixture.key(id).deletionDate == date)
        let other = try await fixture.create(.key, [:])
        try await fixture.delete(.key, other)
        #expect(try fixture.key(other).deletionDate == fixture.kms.time.now().advanced(bySeconds: 30 * 86_400))
        try await fixture.delete(.key, "11111111-2222-3333-4444-555555555555")
        try await fixture.delete(.key, "")
    }

    @Test func `a key that awaits its deletion can't be updated`() async throws {
        let id = try await fixture.create(.key, [:])
        try await fixture.delete(.key, id)
        let failure = await resourceFailure { try await fixture.update(.key, id, from: [:], to: ["Description": "x"]) }
        #expect(failure?.code == "NotFound")
    }
}

extension JSONValue {
    /// An object of texts.
    static func object(_ texts: [String: String]) -> JSONValue {
        var object = JSONObject()
        for (name, text) in texts.sorted(by: { $0.key < $1.key }) {
            object[name] = .string(text)
        }
        return .object(object)
    }
}
