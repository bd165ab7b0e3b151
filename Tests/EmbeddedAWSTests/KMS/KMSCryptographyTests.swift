// SPDX-License-Identifier: Apache-2.0

import AWSWire
import EmbeddedAWS
import TestSupport
import Testing

struct KMSCryptographyTests {
    let fixture: KMSFixture

    init() throws {
        fixture = try KMSFixture()
    }

    private static let invalid = AWSError("InvalidCiphertextException", "")

    private func decryptError(_ blob: [UInt8], keyID: String? = nil, context: [String: String] = [:]) async -> AWSError?
    {
        await awsError { _ = try await fixture.decrypt(blob, keyID: keyID, context: context) }
    }

    @Test(arguments: [1, 2, 15, 16, 17, 4096])
    func `what was encrypted decrypts to the same bytes`(_ count: Int) async throws {
        let key = try await fixture.key()
        var generator = SeededGenerator(seed: UInt64(count))
        let plaintext = (0..<count).map { _ in UInt8.random(in: 0...255, using: &generator) }
        let request = CryptographyRequest(encryptionContext: EncryptionContext(["Name": "n", "App": "ä"]))
        let sealed = try await fixture.service.encrypt(plaintext, keyID: key.arn, request, as: fixture.root)
        #expect(sealed.ciphertext.count <= 6144)
        #expect(sealed.keyARN == key.arn)
        let opened = try await fixture.service.decrypt(sealed.ciphertext, keyID: nil, request, as: fixture.root)
        #expect(opened.plaintext == plaintext)
        #expect(opened.keyARN == key.arn)
        #expect(opened.materialID == sealed.materialID)
    }

    @Test func `the same plaintext never gives the same ciphertext twice`() async throws {
        let key = try await fixture.key()
        let first = try await fixture.encrypt("x", key)
        let second = try await fixture.encrypt("x", key)
        #expect(first != second)
    }

    @Test func `a ciphertext with any byte changed does not decrypt`() async throws {
        let key = try await fixture.key()
        let blob = try await fixture.encrypt("attack at dawn", key, context: ["a": "b"])
        for position in blob.indices {
            for change: UInt8 in [0x01, 0x80, 0xFF] {
                var tampered = blob
                tampered[position] ^= change
                let error = await decryptError(tampered, context: ["a": "b"])
                #expect(error == Self.invalid, "byte \(position) xor \(change)")
            }
        }
    }

    @Test func `a shortened, lengthened or spliced ciphertext does not decrypt`() async throws {
        let key = try await fixture.key()
        let blob = try await fixture.encrypt("one message", key)
        let other = try await fixture.encrypt("two message", key)
        for count in 1..<blob.count {
            #expect(await decryptError(Array(blob.prefix(count))) == Self.invalid)
        }
        #expect(await decryptError(blob + [0]) == Self.invalid)
        let half = blob.count - 20
        #expect(await decryptError(Array(blob[..<half]) + other[half...]) == Self.invalid)
    }

    @Test(arguments: [
        [:], ["Name": "other"], ["name": "value"], ["Name": "value", "More": ""], ["Nam": "evalue"], ["Namevalue": ""],
        ["": "Namevalue"], ["Name": "value "],
    ])
    func `another encryption context does not decrypt`(_ context: [String: String]) async throws {
        let key = try await fixture.key()
        let blob = try await fixture.encrypt("x", key, context: ["Name": "value"])
        #expect(await decryptError(blob, context: context) == Self.invalid)
        #expect(try await fixture.decrypt(blob, context: ["Name": "value"]) == "x")
    }

    @Test func `a ciphertext decrypts with its own key only`() async throws {
        let key = try await fixture.key()
        let other = try await fixture.key()
        try await fixture.alias("alias/mine", for: key)
        let blob = try await fixture.encrypt("x", key)
        for name in [key.arn, key.id.description, "alias/mine", "arn:aws:kms:us-east-1:999999999999:alias/mine"] {
            #expect(try await fixture.decrypt(blob, keyID: name) == "x")
        }
        let error = await decryptError(blob, keyID: other.arn)
        #expect(error?.code == "IncorrectKeyException")
        let message = "The key ID in the request does not identify a CMK that can perform this operation."
        #expect(error?.message == message)
    }

    @Test func `a ciphertext of a key that is gone says no more than that`() async throws {
        let key = try await fixture.key()
        let blob = try await fixture.encrypt("x", key)
        _ = try await fixture.perform { try $0.scheduleKeyDeletion(key.arn, pendingWindowInDays: 7, $1, in: $2) }
        fixture.time.advance(bySeconds: 8 * 86_400)
        let error = await decryptError(blob)
        #expect(error?.code == "AccessDeniedException")
        #expect(error?.message.hasPrefix("The ciphertext refers to a customer master key that does not exist") == true)
    }

    @Test func `another server's root key does not open a ciphertext`() async throws {
        let key = try await fixture.key()
        let blob = try await fixture.encrypt("x", key)
        let other = try KMSFixture(records: fixture.store.all)
        #expect(try await other.decrypt(blob) == "x")
        let stranger = KMSEngine(
            place: fixture.engine.place,
            rootKey: try RootKey([UInt8](repeating: 8, count: 32)),
            directory: fixture.directory,
            ids: SeededIDs(),
            random: SeededIDs()
        )
        let restored = try KMSFixture(records: fixture.store.all)
        let service = KMSService(engine: stranger, account: restored.account)
        let error = await awsError {
            _ = try await service.decrypt(blob, keyID: nil, CryptographyRequest(), as: fixture.root)
        }
        #expect(error?.code == "KMSInternalException")
        #expect(error?.status == 500)
    }

    @Test func `random bytes and mutated ciphertexts are refused without harm`() async throws {
        let seed: UInt64 = 20_260_101
        var generator = SeededGenerator(seed: seed)
        let key = try await fixture.key()
        let blob = try await fixture.encrypt("x", key)
        for round in 0..<3000 {
            var bytes = blob
            if generator.once(in: 2) {
                bytes = (0..<Int.random(in: 1...200, using: &generator))
                    .map { _ in
                        UInt8.random(in: 0...255, using: &generator)
                    }
            }
            for _ in 0..<Int.random(in: 1...4, using: &generator) {
                let position = Int.random(in: 0..<bytes.count, using: &generator)
                switch Int.random(in: 0..<3, using: &generator) {
                case 0: bytes[position] = UInt8.random(in: 0...255, using: &generator)
                case 1 where bytes.count > 1: bytes.remove(at: position)
                default: bytes.insert(UInt8.random(in: 0...255, using: &generator), at: position)
                }
            }
            guard bytes != blob else { continue }
            let error = await decryptError(bytes)
            #expect(error == Self.invalid, "seed \(seed), round \(round): \(bytes)")
        }
    }

    struct DataKeySize: Sendable {
        let spec: String?
        let bytes: Int?
        let count: Int
    }

    private static let sizes = [
        DataKeySize(spec: "AES_256", bytes: nil, count: 32), DataKeySize(spec: "AES_128", bytes: nil, count: 16),
        DataKeySize(spec: nil, bytes: 1, count: 1), DataKeySize(spec: nil, bytes: 1024, count: 1024),
    ]

    @Test(arguments: sizes)
    func `a data key has the size asked for and decrypts to itself`(_ size: DataKeySize) async throws {
        let key = try await fixture.key()
        let request = CryptographyRequest(encryptionContext: EncryptionContext(["a": "b"]))
        let data = try await fixture.service.generateDataKey(
            keyID: key.arn,
            keySpec: size.spec,
            numberOfBytes: size.bytes,
            withPlaintext: true,
            request,
            as: fixture.root
        )
        #expect(data.plaintext.count == size.count)
        let opened = try await fixture.service.decrypt(
            data.encrypted.ciphertext,
            keyID: nil,
            request,
            as: fixture.root
        )
        #expect(opened.plaintext == data.plaintext)
    }

    @Test func `re-encrypting moves a ciphertext to another key and context`() async throws {
        let from = try await fixture.key()
        let to = try await fixture.key()
        let blob = try await fixture.encrypt("x", from, context: ["a": "1"])
        func reEncrypt(source: String? = nil, context: [String: String]) async throws -> ReEncryptedData {
            try await fixture.service.reEncrypt(
                blob,
                sourceKeyID: source,
                CryptographyRequest(encryptionContext: EncryptionContext(context)),
                destinationKeyID: to.arn,
                CryptographyRequest(encryptionContext: EncryptionContext(["b": "2"])),
                as: fixture.root
            )
        }
        let moved = try await reEncrypt(context: ["a": "1"])
        #expect(moved.source.keyARN == from.arn)
        #expect(moved.encrypted.keyARN == to.arn)
        #expect(try await fixture.decrypt(moved.encrypted.ciphertext, keyID: to.arn, context: ["b": "2"]) == "x")
        #expect(await awsError { _ = try await reEncrypt(context: ["a": "2"]) } == Self.invalid)
        let wrong = await awsError { _ = try await reEncrypt(source: to.arn, context: ["a": "1"]) }
        #expect(wrong?.code == "IncorrectKeyException")
    }

    @Test func `a dry run checks everything and does nothing`() async throws {
        let key = try await fixture.key()
        let blob = try await fixture.encrypt("x", key)
        let request = CryptographyRequest(isDryRun: true)
        let message = "The request would have succeeded, but the DryRun option is set."
        let expected = AWSError("DryRunOperationException", message)
        let errors = [
            await awsError {
                _ = try await fixture.service.encrypt([1], keyID: key.arn, request, as: fixture.root)
            },
            await awsError { _ = try await fixture.service.decrypt(blob, keyID: nil, request, as: fixture.root) },
            await awsError {
                _ = try await fixture.service.generateDataKey(
                    keyID: key.arn,
                    keySpec: "AES_256",
                    numberOfBytes: nil,
                    withPlaintext: false,
                    request,
                    as: fixture.root
                )
            },
        ]
        #expect(errors == [expected, expected, expected])
        let denied = await awsError {
            _ = try await fixture.service.encrypt([1], keyID: key.arn, request, as: fixture.user("u"))
        }
        #expect(denied?.code == "AccessDeniedException")
    }

    @Test func `random bytes are as many as asked for`() async throws {
        let bytes = try await fixture.service.generateRandom(numberOfBytes: 33, as: fixture.root)
        #expect(bytes.count == 33)
        let error = await awsError {
            _ = try await fixture.service.generateRandom(numberOfBytes: 1025, as: fixture.root)
        }
        #expect(error?.message.hasSuffix("Member must have value less than or equal to 1024") == true)
    }
}
