// SPDX-License-Identifier: Apache-2.0

import API
import AWSWire
import CoreValues
import EmbeddedAWS
import JSONDocument
import Logging
import TestSupport
import Testing

/// The key management API as its clients see it: JSON in, JSON out.
struct KMSWireTests {
    private let time = ManualTime()
    private let operations: [String: AnyOperation]
    private let root: CallerIdentity

    init() throws {
        let account = try #require(AccountID("999999999999"))
        let ids = SeededIDs()
        root = CallerIdentity(
            kind: .root,
            arn: ARN(service: "iam", account: account.description, resource: "root"),
            accountID: account,
            userID: account.description
        )
        let engine = KMSEngine(
            place: KMSPlace(accountID: account, region: "us-east-1"),
            rootKey: try RootKey([UInt8](repeating: 7, count: 32)),
            directory: NoPolicies(),
            ids: ids,
            random: ids
        )
        let embedded = try EmbeddedAccount(
            accountID: account,
            region: "us-east-1",
            store: ForgetfulStore(),
            time: time,
            ids: ids,
            random: ids
        )
        let all = KMSOperations.all(KMSService(engine: engine, account: embedded))
        operations = Dictionary(uniqueKeysWithValues: all.map { ($0.name, $0) })
    }

    private struct NoPolicies: PrincipalDirectory {
        func policies(of caller: CallerIdentity) -> PrincipalPolicies {
            PrincipalPolicies()
        }
    }

    private struct ForgetfulStore: EmbeddedStore {
        func load() throws -> [EmbeddedRecord] {
            []
        }

        func enqueue(_ changes: [EmbeddedChange]) -> PendingCommit {
            PendingCommit {}
        }
    }

    @discardableResult
    private func call(_ name: String, _ input: JSONValue = [:]) async throws -> JSONValue {
        let operation = try #require(operations[name])
        let context = RequestContext(
            caller: root,
            requestID: "request",
            now: time.now(),
            region: "us-east-1",
            logger: Logger(label: "test")
        )
        return try await operation(try InputReader(input), context) { _ in } ?? .null
    }

    private func key() async throws -> JSONValue {
        try #require(try await call("CreateKey")["KeyMetadata"]?["KeyId"])
    }

    /// A value as bytes of text, through base64.
    private func blob(_ text: String) -> JSONValue {
        .string(Base64.encode(Array(text.utf8)))
    }

    @Test func `a created key is described with every member`() async throws {
        let key = try await call("CreateKey", ["Description": "d", "Tags": [["TagKey": "a", "TagValue": "b"]]])
        let id = try #require(key["KeyMetadata"]?["KeyId"])
        #expect(try await call("DescribeKey", ["KeyId": id]) == key)
        let result = Golden.compare(key.text(.indented) + "\n", "KMS/create-key.json")
        #expect(result == .matches)
    }

    @Test func `encrypting and decrypting go through base64`() async throws {
        let id = try await key()
        let context: JSONValue = ["App": "x"]
        let sealed = try await call(
            "Encrypt",
            ["KeyId": id, "Plaintext": blob("secret"), "EncryptionContext": context]
        )
        #expect(sealed.object?.names == ["CiphertextBlob", "KeyId", "EncryptionAlgorithm"])
        let ciphertext = try #require(sealed["CiphertextBlob"])
        let opened = try await call("Decrypt", ["CiphertextBlob": ciphertext, "EncryptionContext": context])
        #expect(opened["Plaintext"] == blob("secret"))
        #expect(opened["KeyId"] == sealed["KeyId"])
        let other = try await key()
        let moved = try await call(
            "ReEncrypt",
            ["CiphertextBlob": ciphertext, "SourceEncryptionContext": context, "DestinationKeyId": other]
        )
        let again = try await call("Decrypt", ["CiphertextBlob": try #require(moved["CiphertextBlob"])])
        #expect(again["Plaintext"] == blob("secret"))
        #expect(moved["SourceKeyId"] == sealed["KeyId"])
    }

    @Test func `a data key without plaintext has none`() async throws {
        let id = try await key()
        let input: JSONValue = ["KeyId": id, "KeySpec": "AES_256"]
        let full = try await call("GenerateDataKey", input)
        #expect(full["Plaintext"]?.string?.utf8.count == 44)
        let bare = try await call("GenerateDataKeyWithoutPlaintext", input)
        #expect(bare["Plaintext"] == nil)
        #expect(bare["CiphertextBlob"] != nil)
    }

    @Test func `lists say whether they are truncated and go on from their marker`() async throws {
        for _ in 0..<3 {
            _ = try await key()
        }
        let first = try await call("ListKeys", ["Limit": 2])
        #expect(first["Keys"]?.array?.count == 2)
        #expect(first["Truncated"] == true)
        let marker = try #require(first["NextMarker"])
        let rest = try await call("ListKeys", ["Marker": marker])
        #expect(rest["Keys"]?.array?.count == 1)
        #expect(rest["Truncated"] == false)
        #expect(rest["NextMarker"] == nil)
    }

    @Test func `rotation is told with fractional dates`() async throws {
        let id = try await key()
        #expect(try await call("EnableKeyRotation", ["KeyId": id, "RotationPeriodInDays": 90]) == .null)
        time.advance(bySeconds: 91 * 86_400)
        let status = try await call("GetKeyRotationStatus", ["KeyId": id])
        #expect(status["KeyRotationEnabled"] == true)
        #expect(status["RotationPeriodInDays"] == 90)
        let rotations = try await call("ListKeyRotations", ["KeyId": id])
        #expect(rotations["Rotations"]?.array?.count == 1)
        #expect(rotations["Rotations"]?.array?.first?["RotationType"] == "AUTOMATIC")
        let all = try await call("ListKeyRotations", ["KeyId": id, "IncludeKeyMaterial": "ALL_KEY_MATERIAL"])
        let states = all["Rotations"]?.array?.map { $0["KeyMaterialState"] }
        #expect(states == ["NON_CURRENT", "CURRENT"])
        let created = try #require(try await call("DescribeKey", ["KeyId": id])["KeyMetadata"]?["CreationDate"]?.number)
        #expect(created.double == 1_795_521_600)
    }

    @Test func `grants, aliases, tags and policies go round`() async throws {
        let id = try await key()
        let grant = try await call(
            "CreateGrant",
            [
                "KeyId": id, "GranteePrincipal": "arn:aws:iam::999999999999:role/r",
                "RetiringPrincipal": "arn:aws:iam::999999999999:user/u", "Operations": ["Encrypt"], "Name": "n",
                "Constraints": ["EncryptionContextSubset": ["a": "b"]],
            ]
        )
        let grants = try await call("ListGrants", ["KeyId": id])
        #expect(grants["Grants"]?.array?.first?["GrantId"] == grant["GrantId"])
        let listed = try #require(grants["Grants"]?.array?.first)
        #expect(listed["Constraints"] == ["EncryptionContextSubset": ["a": "b"]])
        #expect(listed["IssuingAccount"] == "arn:aws:iam::999999999999:root")
        try await call("RetireGrant", ["GrantToken": try #require(grant["GrantToken"])])
        #expect(try await call("ListGrants", ["KeyId": id])["Grants"] == [])
        try await call("CreateAlias", ["AliasName": "alias/a", "TargetKeyId": id])
        let aliases = try await call("ListAliases")
        #expect(aliases["Aliases"]?.array?.first?["TargetKeyId"] == id)
        try await call("TagResource", ["KeyId": id, "Tags": [["TagKey": "a", "TagValue": "b"]]])
        #expect(try await call("ListResourceTags", ["KeyId": id])["Tags"] == [["TagKey": "a", "TagValue": "b"]])
        let policy = try await call("GetKeyPolicy", ["KeyId": id])
        #expect(policy["PolicyName"] == "default")
        let text = try #require(policy["Policy"])
        #expect(try await call("PutKeyPolicy", ["KeyId": id, "Policy": text]) == .null)
        #expect(try await call("GetKeyPolicy", ["KeyId": id]) == policy)
    }

    @Test func `a scheduled deletion is answered with its date`() async throws {
        let id = try await key()
        let answer = try await call("ScheduleKeyDeletion", ["KeyId": id, "PendingWindowInDays": 7])
        #expect(answer["KeyState"] == "PendingDeletion")
        #expect(answer["PendingWindowInDays"] == 7)
        #expect(answer["DeletionDate"]?.integer == 1_796_126_400)
        let canceled = try await call("CancelKeyDeletion", ["KeyId": id])
        #expect(canceled["KeyId"] == answer["KeyId"])
    }

    private static let unreadable: [(String, JSONValue, String)] = [
        ("Encrypt", ["KeyId": "x"], "/Plaintext"), ("Encrypt", ["Plaintext": "AA=="], "/KeyId"),
        ("Encrypt", ["KeyId": "x", "Plaintext": "?"], "/Plaintext"), ("DescribeKey", ["KeyId": 7], "/KeyId"),
        ("CreateKey", ["Tags": [["TagKey": "a"]]], "/Tags/0/TagValue"), ("ListKeys", ["Limit": "2"], "/Limit"),
        ("Encrypt", ["KeyId": "x", "Plaintext": "AA==", "EncryptionContext": ["a": 1]], "/EncryptionContext/a"),
        ("CreateGrant", ["KeyId": "x", "GranteePrincipal": "y"], "/Operations"),
    ]

    @Test(arguments: unreadable)
    func `an input that can't be read is refused with its place`(
        _ name: String,
        _ input: JSONValue,
        _ path: String
    ) async throws {
        let problem = await #expect(throws: InputProblem.self) { try await call(name, input) }
        #expect(problem?.path.description == path)
    }

    @Test(arguments: ["Sign", "ImportKeyMaterial", "CreateCustomKeyStore", "ReplicateKey", "GenerateMac"])
    func `what this endpoint lacks says so`(_ name: String) async throws {
        let error = await #expect(throws: AWSError.self) { try await call(name) }
        #expect(error?.code == "UnsupportedOperationException")
        #expect(error?.message.hasPrefix("\(name) is not supported by this endpoint; it ") == true)
    }
}
