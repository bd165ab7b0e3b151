// SPDX-License-Identifier: Apache-2.0

import CoreValues
import EmbeddedAWS
import JSONDocument
import TestSupport
import Testing

struct KMSPersistenceTests {
    @Test func `keys, aliases and grants come back from their records as they were`() async throws {
        let fixture = try KMSFixture()
        let key = try await fixture.key(
            KMSFixture.policy([KMSFixture.delegation]),
            tags: [KeyTag(key: "b", value: "1"), KeyTag(key: "a", value: "")]
        )
        let other = try await fixture.key()
        try await fixture.alias("alias/a", for: key)
        let blob = try await fixture.encrypt("x", key, context: ["a": "b"])
        _ = try await fixture.perform { try $0.enableKeyRotation(key.arn, periodInDays: 90, $1, in: $2) }
        _ = try await fixture.perform { try $0.rotateKeyOnDemand(key.arn, $1, in: $2) }
        _ = try await fixture.perform { try $0.updateKeyDescription(key.arn, details: "täglich", $1, in: $2) }
        _ = try await fixture.perform { try $0.scheduleKeyDeletion(other.arn, pendingWindowInDays: 9, $1, in: $2) }
        let grant = NewGrant(
            grantees: [.principal("arn:aws:iam::999999999999:role/r")],
            retiring: [.service("s3.amazonaws.com")],
            operations: ["Encrypt"],
            constraints: GrantRecord.Constraints(encryptionContextSubset: ["a": "b"]),
            name: "n"
        )
        _ = try await fixture.grant(grant, on: key)
        let restored = try KMSFixture(records: try fixture.store.all.map(Self.throughText))
        #expect(restored.account.read { $0.kms } == fixture.account.read { $0.kms })
        #expect(try await restored.decrypt(blob, context: ["a": "b"]) == "x")
    }

    @Test func `no record holds key material in clear`() async throws {
        let fixture = try KMSFixture()
        let key = try await fixture.key()
        let sealed = try #require(key.materials.first?.sealed)
        let root = try RootKey([UInt8](repeating: 7, count: 32))
        var associated: [UInt8] = []
        associated += try #require(Hex.decode(key.id.description.replacing("-", with: "")))
        associated += Array(try #require(key.materials.first?.id).utf8)
        let secret = try root.open(sealed, for: .keyMaterial, authenticating: associated)
        #expect(secret.count == 32)
        let text = fixture.store.all.map { $0.body.text() }.joined()
        #expect(!text.contains(Base64.encode(secret)))
        #expect("\(key)".contains(Base64.encode(sealed)) == false)
    }

    private static func throughText(_ record: EmbeddedRecord) throws -> EmbeddedRecord {
        EmbeddedRecord(kind: record.kind, id: record.id, body: try JSONValue(parsing: record.body.text()))
    }
}
