// SPDX-License-Identifier: Apache-2.0

import AWSWire
import EmbeddedAWS
import TestSupport
import Testing

struct KMSManagementTests {
    let fixture: KMSFixture

    init() throws {
        fixture = try KMSFixture()
    }

    private func create(_ request: CreateKeyRequest) async throws -> KeyRecord {
        try await fixture.perform { try $0.createKey(request, $1, in: $2) }
    }

    private func describe(_ name: String) async throws -> KeyRecord {
        try await fixture.perform { try $0.describeKey(name, $1, in: $2) }
    }

    // MARK: Keys

    @Test func `a new key is found by id, ARN, alias and alias ARN`() async throws {
        let key = try await fixture.key()
        try await fixture.alias("alias/app", for: key)
        for name in [
            key.id.description, key.arn, "alias/app", "arn:aws:kms:us-east-1:999999999999:alias/app",
        ] {
            #expect(try await describe(name) == key)
        }
    }

    @Test(arguments: [
        ("nonsense", "NotFoundException: Invalid keyId 'nonsense'"),
        (
            "11111111-2222-3333-4444-555555555555",
            "NotFoundException: Key 'arn:aws:kms:us-east-1:999999999999:key/11111111-2222-3333-4444-555555555555' "
                + "does not exist"
        ),
        (
            "arn:aws:kms:us-west-2:999999999999:key/11111111-2222-3333-4444-555555555555",
            "NotFoundException: Invalid arn us-west-2"
        ),
        (
            "arn:aws:kms:us-east-1:888888888888:key/11111111-2222-3333-4444-555555555555",
            "NotFoundException: Key 'arn:aws:kms:us-east-1:888888888888:key/11111111-2222-3333-4444-555555555555' "
                + "does not exist"
        ),
        (
            "alias/none",
            "NotFoundException: Alias arn:aws:kms:us-east-1:999999999999:alias/none is not found."
        ),
        ("arn:aws:s3:::bucket", "InvalidArnException: Invalid arn arn:aws:s3:::bucket"),
    ])
    func `a wrong key name is answered in AWS's words`(_ name: String, _ expected: String) async throws {
        let error = await awsError { _ = try await describe(name) }
        #expect(error?.description == expected)
    }

    @Test func `managing a key by its alias is refused`() async throws {
        let key = try await fixture.key()
        try await fixture.alias("alias/app", for: key)
        let error = await awsError { _ = try await fixture.perform { try $0.disableKey("alias/app", $1, in: $2) } }
        #expect(error == AWSError("NotFoundException", "Invalid keyId 'alias/app'"))
    }

    struct Refusal: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let request: CreateKeyRequest
        let code: String

        init(_ name: String, _ request: CreateKeyRequest, _ code: String) {
            testDescription = name
            self.request = request
            self.code = code
        }
    }

    private static let unsupported = "UnsupportedOperationException"
    private static let validation = "ValidationException"
    static let refusals = [
        Refusal("RSA", CreateKeyRequest(keySpec: "RSA_2048", keyUsage: "SIGN_VERIFY"), unsupported),
        Refusal("RSA without usage", CreateKeyRequest(keySpec: "RSA_2048"), validation),
        Refusal("HMAC", CreateKeyRequest(keySpec: "HMAC_256", keyUsage: "GENERATE_VERIFY_MAC"), unsupported),
        Refusal("unknown spec", CreateKeyRequest(keySpec: "AES_512"), validation),
        Refusal("unknown usage", CreateKeyRequest(keyUsage: "LOOK_AT"), validation),
        Refusal("usage of another spec", CreateKeyRequest(keyUsage: "SIGN_VERIFY"), validation),
        Refusal("imported material", CreateKeyRequest(origin: "EXTERNAL"), unsupported),
        Refusal("unknown origin", CreateKeyRequest(origin: "MARS"), validation),
        Refusal("key store", CreateKeyRequest(customKeyStoreID: "cks-1"), unsupported),
        Refusal("multi-Region", CreateKeyRequest(isMultiRegion: true), unsupported),
        Refusal("long description", CreateKeyRequest(details: String(repeating: "d", count: 8193)), validation),
        Refusal("reserved tag", CreateKeyRequest(tags: [KeyTag(key: "aws:x", value: "")]), "TagException"),
        Refusal(
            "double tag",
            CreateKeyRequest(tags: [KeyTag(key: "a", value: "1"), KeyTag(key: "a", value: "2")]),
            "TagException"
        ),
        Refusal(
            "many tags",
            CreateKeyRequest(tags: (0...50).map { KeyTag(key: "\($0)", value: "") }),
            "TagException"
        ),
        Refusal("not a policy", CreateKeyRequest(policy: "{}"), "MalformedPolicyDocumentException"),
    ]

    @Test(arguments: refusals)
    func `a key that can't be made is refused and leaves nothing`(_ refusal: Refusal) async throws {
        let error = await awsError { _ = try await create(refusal.request) }
        #expect(error?.code == refusal.code)
        #expect(error?.message.isEmpty == false)
        #expect(fixture.store.all.isEmpty)
    }

    // MARK: Aliases

    @Test(arguments: [
        (
            "app",
            "ValidationException: Alias must start with the prefix \"alias/\". Please see "
                + "https://docs.aws.amazon.com/kms/latest/developerguide/kms-alias.html"
        ),
        (
            "alias/a b",
            "ValidationException: 1 validation error detected: Value 'alias/a b' at 'aliasName' failed to satisfy "
                + "constraint: Member must satisfy regular expression pattern: ^[a-zA-Z0-9:/_-]+$"
        ),
        (
            "alias/aws/app",
            "InvalidAliasNameException: `alias/aws/app` starts with alias/aws/, which is reserved for AWS managed keys"
        ),
        ("alias/", "InvalidAliasNameException: the alias has no name after its prefix"),
    ])
    func `a wrong alias name is refused`(_ name: String, _ expected: String) async throws {
        let key = try await fixture.key()
        #expect(await awsError { try await fixture.alias(name, for: key) }?.description == expected)
    }

    @Test func `an alias name is taken once and its target is a key`() async throws {
        let key = try await fixture.key()
        let alias = try await fixture.alias("alias/app", for: key)
        let again = await awsError { try await fixture.alias("alias/app", for: key) }
        #expect(again == AWSError("AlreadyExistsException", "An alias with the name \(alias.arn) already exists"))
        let chained = await awsError {
            _ = try await fixture.perform { try $0.createAlias("alias/b", targetKeyID: "alias/app", $1, in: $2) }
        }
        #expect(chained == AWSError("ValidationException", "Aliases must refer to keys. Not aliases"))
        let missing = await awsError { _ = try await fixture.perform { try $0.deleteAlias("alias/c", $1, in: $2) } }
        #expect(missing?.code == "NotFoundException")
    }

    @Test func `a key has at most fifty aliases`() async throws {
        let key = try await fixture.key()
        for number in 1...50 {
            try await fixture.alias("alias/\(number)", for: key)
        }
        let error = await awsError { try await fixture.alias("alias/51", for: key) }
        #expect(error?.code == "LimitExceededException")
    }

    // MARK: Tags

    @Test func `tags are added, changed, removed and listed in order`() async throws {
        let key = try await fixture.key(tags: [KeyTag(key: "a", value: "1"), KeyTag(key: "b", value: "2")])
        let tags = [KeyTag(key: "c", value: ""), KeyTag(key: "a", value: "9")]
        _ = try await fixture.perform { try $0.tagResource(key.arn, tags: tags, $1, in: $2) }
        _ = try await fixture.perform { try $0.untagResource(key.arn, tagKeys: ["b", "nope"], $1, in: $2) }
        let listed = try await fixture.perform { try $0.listResourceTags(key.arn, PageRequest(), $1, in: $2) }
        #expect(listed.items == [KeyTag(key: "a", value: "9"), KeyTag(key: "c", value: "")])
    }

    @Test func `tags over a limit are refused in AWS's words`() async throws {
        let key = try await fixture.key(tags: (1...49).map { KeyTag(key: "\($0)", value: "") })
        func tag(_ tags: [KeyTag]) async -> AWSError? {
            await awsError { _ = try await fixture.perform { try $0.tagResource(key.arn, tags: tags, $1, in: $2) } }
        }
        #expect(await tag([KeyTag(key: "x", value: ""), KeyTag(key: "y", value: "")])?.message == "Too many tags")
        let long = String(repeating: "k", count: 129)
        #expect(
            await tag([KeyTag(key: long, value: "")])?.message
                == "1 validation error detected: Value '\(long)' at 'tags.1.member.tagKey' failed to satisfy "
                + "constraint: Member must have length less than or equal to 128"
        )
        let double = [KeyTag(key: "x", value: "1"), KeyTag(key: "x", value: "2")]
        #expect(await tag(double) == AWSError("TagException", "Duplicate tag keys"))
        let reserved = AWSError("TagException", "Tags beginning with aws: are reserved")
        #expect(await tag([KeyTag(key: "aws:x", value: "1")]) == reserved)
    }

    // MARK: Pages

    @Test(arguments: [1, 2, 3, 4, 5, 6, 1000])
    func `pages of any size add up to the whole list`(_ limit: Int) async throws {
        var made: [KeyRecord] = []
        for number in 0..<5 {
            let key = try await fixture.key()
            try await fixture.alias("alias/\(number)", for: key)
            made.append(key)
            fixture.time.advance(bySeconds: number.isMultiple(of: 2) ? 1 : 0)
        }
        var keys: [KeyRecord] = []
        var aliases: [AliasRecord] = []
        var marker: String?
        repeat {
            let page = PageRequest(limit: limit, marker: marker)
            let part = try await fixture.perform { try $0.listKeys(page, $1, in: $2) }
            #expect(part.items.count <= limit)
            keys += part.items
            marker = part.nextMarker
        } while marker != nil
        repeat {
            let page = PageRequest(limit: limit, marker: marker)
            let part = try await fixture.perform { try $0.listAliases(keyID: nil, page, $1, in: $2) }
            aliases += part.items
            marker = part.nextMarker
        } while marker != nil
        #expect(Set(keys.map(\.arn)) == Set(made.map(\.arn)))
        #expect(keys.count == 5)
        #expect(keys.map(\.createdAt) == keys.map(\.createdAt).sorted())
        #expect(Set(aliases.map(\.name)).count == 5)
        #expect(aliases.count == 5)
    }

    @Test func `a page's end that goes away does not break the list`() async throws {
        var keys: [KeyRecord] = []
        for _ in 0..<3 {
            keys.append(try await fixture.key())
            fixture.time.advance(bySeconds: 1)
        }
        let first = try await fixture.perform { try $0.listKeys(PageRequest(limit: 1), $1, in: $2) }
        _ = try await fixture.perform {
            try $0.scheduleKeyDeletion(keys[0].arn, pendingWindowInDays: 7, $1, in: $2)
        }
        fixture.time.advance(bySeconds: 8 * 86_400)
        let rest = try await fixture.perform {
            try $0.listKeys(PageRequest(marker: first.nextMarker), $1, in: $2)
        }
        #expect(rest.items.map(\.arn) == keys.dropFirst().map(\.arn))
    }

    @Test func `markers and limits that can't be are refused`() async throws {
        try await fixture.key()
        for marker in ["bm9uc2Vuc2U=", "!", "AAAA"] {
            let error = await awsError {
                _ = try await fixture.perform { try $0.listKeys(PageRequest(marker: marker), $1, in: $2) }
            }
            #expect(error?.code == "InvalidMarkerException", "\(marker)")
        }
        for limit in [0, 1001] {
            let error = await awsError {
                _ = try await fixture.perform { try $0.listKeys(PageRequest(limit: limit), $1, in: $2) }
            }
            #expect(error?.code == "ValidationException")
        }
    }

    @Test(arguments: [(6, "greater than or equal to 7"), (31, "less than or equal to 30")])
    func `a deletion window out of range is refused`(_ days: Int, _ bound: String) async throws {
        let key = try await fixture.key()
        let error = await awsError {
            _ = try await fixture.perform { try $0.scheduleKeyDeletion(key.arn, pendingWindowInDays: days, $1, in: $2) }
        }
        #expect(
            error?.message == "1 validation error detected: Value '\(days)' at 'pendingWindowInDays' failed to satisfy "
                + "constraint: Member must have value \(bound)"
        )
    }

    @Test func `cryptographic members out of range are refused in AWS's words`() async throws {
        let key = try await fixture.key()
        let request = CryptographyRequest()
        let large = [UInt8](repeating: 0, count: 4097)
        let plaintext = await awsError {
            _ = try await fixture.service.encrypt(large, keyID: key.arn, request, as: fixture.root)
        }
        #expect(
            plaintext?.message == "1 validation error detected: Value at 'plaintext' failed to satisfy constraint: "
                + "Member must have length less than or equal to 4096"
        )
        let algorithm = await awsError {
            let request = CryptographyRequest(algorithm: "RSAES_OAEP_SHA_256")
            _ = try await fixture.service.encrypt([1], keyID: key.arn, request, as: fixture.root)
        }
        #expect(
            algorithm
                == AWSError(
                    "InvalidKeyUsageException",
                    "Algorithm RSAES_OAEP_SHA_256 and key spec SYMMETRIC_DEFAULT are incompatible."
                )
        )
    }
}
