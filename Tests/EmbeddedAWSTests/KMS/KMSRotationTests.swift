// SPDX-License-Identifier: Apache-2.0

import AWSWire
import CoreValues
import EmbeddedAWS
import TestSupport
import Testing

struct KMSRotationTests {
    let fixture: KMSFixture

    init() throws {
        fixture = try KMSFixture()
    }

    private func rotate(_ key: KeyRecord, every days: Int? = nil) async throws {
        _ = try await fixture.perform { try $0.enableKeyRotation(key.arn, periodInDays: days, $1, in: $2) }
    }

    private func advance(days: Int) {
        fixture.time.advance(bySeconds: Int64(days) * 86_400)
    }

    private func rotations(_ key: KeyRecord) async throws -> [KeyMaterial] {
        try await fixture.perform {
            try $0.listKeyRotations(key.arn, includesInitialMaterial: false, PageRequest(), $1, in: $2)
        }
        .rotations.items
    }

    private func status(_ key: KeyRecord) async throws -> RotationSchedule? {
        try await fixture.perform { try $0.getKeyRotationStatus(key.arn, $1, in: $2) }.rotation
    }

    @Test func `rotation on demand keeps old ciphertexts decrypting`() async throws {
        let key = try await fixture.key()
        var blobs: [[UInt8]] = []
        for round in 0..<4 {
            blobs.append(try await fixture.encrypt("text \(round)", key))
            _ = try await fixture.perform { try $0.rotateKeyOnDemand(key.arn, $1, in: $2) }
        }
        for (round, blob) in blobs.enumerated() {
            #expect(try await fixture.decrypt(blob) == "text \(round)")
        }
        #expect(try await rotations(key).map(\.origin) == [.onDemand, .onDemand, .onDemand, .onDemand])
    }

    @Test func `a due rotation happens at the next use, dated when it was due`() async throws {
        let key = try await fixture.key()
        try await rotate(key, every: 90)
        let start = fixture.time.now()
        let old = try await fixture.encrypt("old", key)
        advance(days: 89)
        _ = try await fixture.encrypt("still", key)
        #expect(try fixture.record(key).materials.count == 1)
        advance(days: 2)
        _ = try await fixture.encrypt("new", key)
        #expect(try fixture.record(key).materials.count == 2)
        #expect(try await fixture.decrypt(old) == "old")
        let made = try await rotations(key)
        #expect(made.map(\.createdAt) == [start.advanced(bySeconds: 90 * 86_400)])
        #expect(made.map(\.origin) == [.automatic])
        #expect(try await status(key)?.next == start.advanced(bySeconds: 180 * 86_400))
    }

    @Test func `missed rotations are not made up for`() async throws {
        let key = try await fixture.key()
        try await rotate(key, every: 100)
        let start = fixture.time.now()
        advance(days: 350)
        #expect(try await rotations(key).count == 1)
        #expect(try await status(key)?.next == start.advanced(bySeconds: 400 * 86_400))
    }

    @Test func `looking at a key makes its due rotation durable`() async throws {
        let key = try await fixture.key()
        try await rotate(key)
        advance(days: 366)
        let seen = try await fixture.perform { try $0.describeKey(key.arn, $1, in: $2) }
        let restored = try KMSFixture(records: fixture.store.all)
        #expect(try restored.record(key).materials.map(\.id) == seen.materials.map(\.id))
        #expect(seen.materials.count == 2)
    }

    @Test func `a disabled key rotates when it is enabled again`() async throws {
        let key = try await fixture.key()
        try await rotate(key, every: 90)
        _ = try await fixture.perform { try $0.disableKey(key.arn, $1, in: $2) }
        advance(days: 200)
        #expect(try await rotations(key).isEmpty)
        _ = try await fixture.perform { try $0.enableKey(key.arn, $1, in: $2) }
        #expect(try await rotations(key).map(\.createdAt) == [fixture.time.now()])
    }

    @Test func `the schedule can be set, changed and taken off`() async throws {
        let key = try await fixture.key()
        #expect(try await status(key) == nil)
        try await rotate(key)
        #expect(try await status(key)?.periodInDays == 365)
        let first = try await status(key)
        advance(days: 10)
        try await rotate(key)
        #expect(try await status(key) == first)
        try await rotate(key, every: 90)
        #expect(try await status(key)?.next == fixture.time.now().advanced(bySeconds: 90 * 86_400))
        _ = try await fixture.perform { try $0.scheduleKeyDeletion(key.arn, pendingWindowInDays: 7, $1, in: $2) }
        #expect(try await status(key) == nil)
        _ = try await fixture.perform { try $0.cancelKeyDeletion(key.arn, $1, in: $2) }
        #expect(try await status(key)?.periodInDays == 90)
        _ = try await fixture.perform { try $0.enableKey(key.arn, $1, in: $2) }
        _ = try await fixture.perform { try $0.disableKeyRotation(key.arn, $1, in: $2) }
        #expect(try await status(key) == nil)
    }

    @Test(arguments: [89, 2561])
    func `a period out of range is refused`(_ days: Int) async throws {
        let key = try await fixture.key()
        let error = await awsError { try await rotate(key, every: days) }
        #expect(error?.code == "ValidationException")
        #expect(error?.message.contains("'rotationPeriodInDays'") == true)
    }

    @Test func `rotations on demand have a limit`() async throws {
        let key = try await fixture.key()
        func rotateNow() async throws {
            _ = try await fixture.perform { try $0.rotateKeyOnDemand(key.arn, $1, in: $2) }
        }
        for _ in 0..<25 {
            try await rotateNow()
        }
        #expect(await awsError { try await rotateNow() }?.code == "LimitExceededException")
    }
}
