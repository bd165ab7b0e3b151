// SPDX-License-Identifier: Apache-2.0

import AWSWire
import EmbeddedAWS
import TestSupport
import Testing

/// The table of key states and operations, KMS developer guide, "Key states of AWS KMS keys".
struct KeyStateTests {
    enum State: String, CaseIterable, Sendable {
        case enabled, disabled, pendingDeletion
    }

    /// What an operation does in the three states: `nil` where it works.
    struct Row: Sendable, CustomTestStringConvertible {
        let name: String
        let errors: [String?]
        let run: @Sendable (KMSFixture, KeyRecord) async throws -> Void

        var testDescription: String { name }

        init(
            _ name: String,
            _ errors: [String?],
            _ run: @escaping @Sendable (KMSFixture, KeyRecord) async throws -> Void
        ) {
            self.name = name
            self.errors = errors
            self.run = run
        }
    }

    private static let disabled = "DisabledException: ARN is disabled."
    private static let pending = "KMSInvalidStateException: ARN is pending deletion."
    private static let notPending = "KMSInvalidStateException: ARN is not pending deletion."
    private static let use: [String?] = [nil, disabled, pending]
    private static let change: [String?] = [nil, nil, pending]
    private static let always: [String?] = [nil, nil, nil]

    private static func row<Result>(
        _ name: String,
        _ errors: [String?],
        _ operation: @escaping @Sendable (KMSEngine, String, KMSCall, KMSState) throws -> KMSOutcome<Result>
    ) -> Row {
        Row(name, errors) { fixture, key in
            _ = try await fixture.perform { engine, call, state in
                try operation(engine, key.id.description, call, state)
            }
        }
    }

    static let rows: [Row] = cryptography + management + lists

    private static let cryptography = [
        Row("Encrypt", use) { fixture, key in _ = try await fixture.encrypt("x", key) },
        Row("GenerateDataKey", use) { fixture, key in
            _ = try await fixture.service.generateDataKey(
                keyID: key.arn,
                keySpec: "AES_256",
                numberOfBytes: nil,
                withPlaintext: true,
                CryptographyRequest(),
                as: fixture.root
            )
        },
        row("CreateGrant", use) { engine, id, call, state in
            let grant = NewGrant(
                grantees: [.principal("arn:aws:iam::999999999999:role/r")],
                operations: ["Encrypt"]
            )
            return try engine.createGrant(id, grant, call, in: state)
        },
    ]

    private static let management = [
        row("EnableKey", change) { engine, id, call, state in try engine.enableKey(id, call, in: state) },
        row("DisableKey", change) { engine, id, call, state in try engine.disableKey(id, call, in: state) },
        row("EnableKeyRotation", use) { engine, id, call, state in
            try engine.enableKeyRotation(id, periodInDays: nil, call, in: state)
        },
        row("DisableKeyRotation", use) { engine, id, call, state in
            try engine.disableKeyRotation(id, call, in: state)
        },
        row("RotateKeyOnDemand", use) { engine, id, call, state in
            try engine.rotateKeyOnDemand(id, call, in: state)
        },
        row("ScheduleKeyDeletion", change) { engine, id, call, state in
            try engine.scheduleKeyDeletion(id, pendingWindowInDays: 7, call, in: state)
        },
        row("CancelKeyDeletion", [notPending, notPending, nil]) { engine, id, call, state in
            try engine.cancelKeyDeletion(id, call, in: state)
        },
        row("CreateAlias", change) { engine, id, call, state in
            try engine.createAlias("alias/new", targetKeyID: id, call, in: state)
        },
        row("TagResource", change) { engine, id, call, state in
            try engine.tagResource(id, tags: [KeyTag(key: "k", value: "v")], call, in: state)
        },
        row("UntagResource", change) { engine, id, call, state in
            try engine.untagResource(id, tagKeys: ["k"], call, in: state)
        },
        row("UpdateKeyDescription", change) { engine, id, call, state in
            try engine.updateKeyDescription(id, details: "new", call, in: state)
        },
        row("PutKeyPolicy", always) { engine, id, call, state in
            try engine.putKeyPolicy(
                id,
                name: "default",
                policy: KMSFixture.policy([KMSFixture.delegation]),
                bypassesLockoutCheck: nil,
                call,
                in: state
            )
        },
    ]

    private static let lists = [
        row("DescribeKey", always) { engine, id, call, state in try engine.describeKey(id, call, in: state) },
        row("GetKeyPolicy", always) { engine, id, call, state in
            try engine.getKeyPolicy(id, name: nil, call, in: state)
        },
        row("GetKeyRotationStatus", always) { engine, id, call, state in
            try engine.getKeyRotationStatus(id, call, in: state)
        },
        row("ListKeyPolicies", always) { engine, id, call, state in
            try engine.listKeyPolicies(id, PageRequest(), call, in: state)
        },
        row("ListGrants", always) { engine, id, call, state in
            try engine.listGrants(id, PageRequest(), call, in: state)
        },
        row("ListResourceTags", always) { engine, id, call, state in
            try engine.listResourceTags(id, PageRequest(), call, in: state)
        },
        row("ListAliases", always) { engine, id, call, state in
            try engine.listAliases(keyID: id, PageRequest(), call, in: state)
        },
        row("ListKeyRotations", always) { engine, id, call, state in
            try engine.listKeyRotations(
                id,
                includesInitialMaterial: false,
                PageRequest(),
                call,
                in: state
            )
        },
    ]

    private func put(_ key: KeyRecord, in state: State, _ fixture: KMSFixture) async throws {
        switch state {
        case .enabled: break
        case .disabled:
            _ = try await fixture.perform { try $0.disableKey(key.arn, $1, in: $2) }
        case .pendingDeletion:
            _ = try await fixture.perform {
                try $0.scheduleKeyDeletion(key.arn, pendingWindowInDays: nil, $1, in: $2)
            }
        }
    }

    @Test(arguments: rows, State.allCases)
    func `an operation works or fails as the key's state says`(_ row: Row, _ state: State) async throws {
        let fixture = try KMSFixture()
        let key = try await fixture.key()
        try await put(key, in: state, fixture)
        let before = try fixture.record(key)
        let error = await awsError { try await row.run(fixture, key) }
        let index = try #require(State.allCases.firstIndex(of: state))
        let expected = row.errors[index]?.replacing("ARN", with: key.arn)
        #expect(error?.description == expected)
        if error != nil {
            #expect(try fixture.record(key) == before)
        }
    }

    @Test(arguments: State.allCases)
    func `decrypting needs an enabled key`(_ state: State) async throws {
        let fixture = try KMSFixture()
        let key = try await fixture.key()
        let blob = try await fixture.encrypt("x", key)
        try await put(key, in: state, fixture)
        let error = await awsError { _ = try await fixture.decrypt(blob) }
        let expected = ["", "DisabledException", "KMSInvalidStateException"]
        #expect(error?.code ?? "" == expected[try #require(State.allCases.firstIndex(of: state))])
    }

    @Test func `an alias can leave a key that awaits deletion but not come to one`() async throws {
        let fixture = try KMSFixture()
        let leaving = try await fixture.key()
        let staying = try await fixture.key()
        try await fixture.alias("alias/a", for: leaving)
        try await put(leaving, in: .pendingDeletion, fixture)
        let moved = try await fixture.perform {
            try $0.updateAlias("alias/a", targetKeyID: staying.arn, $1, in: $2)
        }
        #expect(moved.keyID == staying.id)
        let error = await awsError {
            _ = try await fixture.perform {
                try $0.updateAlias("alias/a", targetKeyID: leaving.arn, $1, in: $2)
            }
        }
        #expect(error?.code == "KMSInvalidStateException")
        _ = try await fixture.perform { try $0.deleteAlias("alias/a", $1, in: $2) }
    }

    @Test func `a canceled deletion leaves the key disabled`() async throws {
        let fixture = try KMSFixture()
        let key = try await fixture.key()
        try await put(key, in: .pendingDeletion, fixture)
        let kept = try await fixture.perform { try $0.cancelKeyDeletion(key.arn, $1, in: $2) }
        #expect(kept.status == KeyRecord.Status.disabled)
        fixture.time.advance(bySeconds: 40 * 86_400)
        #expect(try await fixture.perform { try $0.describeKey(key.arn, $1, in: $2) }.stateName == "Disabled")
    }

    @Test func `a key is gone with its aliases and grants once its window has passed`() async throws {
        let fixture = try KMSFixture()
        let key = try await fixture.key()
        try await fixture.alias("alias/a", for: key)
        let grant = NewGrant(grantees: [.principal("arn:aws:iam::999999999999:role/r")], operations: ["Encrypt"])
        _ = try await fixture.grant(grant, on: key)
        _ = try await fixture.perform { try $0.scheduleKeyDeletion(key.arn, pendingWindowInDays: 7, $1, in: $2) }
        fixture.time.advance(bySeconds: 7 * 86_400)
        let error = await awsError { _ = try await fixture.perform { try $0.describeKey(key.arn, $1, in: $2) } }
        #expect(error == AWSError("NotFoundException", "Key '\(key.arn)' does not exist"))
        #expect(try await fixture.perform { try $0.listKeys(PageRequest(), $1, in: $2) }.items.isEmpty)
        #expect(try await fixture.perform { try $0.listAliases(keyID: nil, PageRequest(), $1, in: $2) }.items.isEmpty)
        let other = try await fixture.key()
        try await fixture.alias("alias/a", for: other)
        try await fixture.service.sweep()
        #expect(fixture.store.all.map(\.kind.rawValue).sorted() == ["alias", "key"])
    }

    @Test func `sweeping removes what is due and nothing else`() async throws {
        let fixture = try KMSFixture()
        let going = try await fixture.key()
        let staying = try await fixture.key()
        _ = try await fixture.perform { try $0.scheduleKeyDeletion(going.arn, pendingWindowInDays: 7, $1, in: $2) }
        try await fixture.service.sweep()
        #expect(fixture.store.all.count == 2)
        fixture.time.advance(bySeconds: 7 * 86_400)
        try await fixture.service.sweep()
        #expect(fixture.store.all.map(\.id) == [staying.id.description])
    }
}
