// SPDX-License-Identifier: Apache-2.0

import AWSWire
import AccessPolicy
package import CoreValues

/// A data key in both forms.
package struct DataKey: Sendable {
    /// The data key itself.
    package let plaintext: [UInt8]
    /// The data key encrypted under the KMS key.
    package let encrypted: EncryptedData
}

/// What ReEncrypt made.
package struct ReEncryptedData: Sendable {
    /// The new ciphertext.
    package let encrypted: EncryptedData
    /// The key that the old ciphertext was made with.
    package let source: DecryptedData
}

/// The cryptographic operations: the lock is held only while the key is looked up.
extension KMSService {
    /// Encrypt: up to 4096 bytes.
    package func encrypt(
        _ plaintext: [UInt8],
        keyID: String,
        _ request: CryptographyRequest,
        as identity: CallerIdentity,
        viaService: String? = nil
    ) async throws -> EncryptedData {
        try MemberConstraint.length(plaintext, of: "plaintext", in: KMSEngine.plaintextByteCount)
        let subject = try await use(.encrypt, keyID, request, call(identity, viaService: viaService))
        return try engine.encrypt(plaintext, subject, request.encryptionContext)
    }

    /// Decrypt; without a key id the ciphertext says which key made it.
    package func decrypt(
        _ ciphertext: [UInt8],
        keyID: String?,
        _ request: CryptographyRequest,
        as identity: CallerIdentity,
        viaService: String? = nil
    ) async throws -> DecryptedData {
        try engine.check(request)
        let blob = try engine.blob(ciphertext)
        let call = call(identity, viaService: viaService)
        let subject = try await subject(call) { (state) throws(AWSError) in
            try engine.subject(of: blob, named: keyID, call, in: state)
        }
        try engine.use(.decrypt, subject, request, call)
        let data = try engine.decrypt(blob, subject, request.encryptionContext)
        guard !request.isDryRun else { throw KMSError.dryRun }
        return data
    }

    /// GenerateDataKey, and GenerateDataKeyWithoutPlaintext, which differ in the permission.
    package func generateDataKey(
        keyID: String,
        keySpec: String?,
        numberOfBytes: Int?,
        withPlaintext: Bool,
        _ request: CryptographyRequest,
        as identity: CallerIdentity,
        viaService: String? = nil
    ) async throws -> DataKey {
        let count = try KMSEngine.dataKeyByteCount(keySpec: keySpec, numberOfBytes: numberOfBytes)
        let action: KMSAction = withPlaintext ? .generateDataKey : .generateDataKeyWithoutPlaintext
        let subject = try await use(action, keyID, request, call(identity, viaService: viaService))
        let plaintext = engine.random.bytes(count)
        let encrypted = try engine.encrypt(plaintext, subject, request.encryptionContext)
        return DataKey(plaintext: plaintext, encrypted: encrypted)
    }

    /// ReEncrypt: decrypts with one key and encrypts with another, with a permission on each.
    package func reEncrypt(
        _ ciphertext: [UInt8],
        sourceKeyID: String?,
        _ source: CryptographyRequest,
        destinationKeyID: String,
        _ destination: CryptographyRequest,
        as identity: CallerIdentity,
        viaService: String? = nil
    ) async throws -> ReEncryptedData {
        try KeyKinds.check(algorithm: source.algorithm, of: "sourceEncryptionAlgorithm")
        try KeyKinds.check(algorithm: destination.algorithm, of: "destinationEncryptionAlgorithm")
        try engine.checkGrantTokens(source.grantTokens)
        let blob = try engine.blob(ciphertext)
        let call = call(identity, viaService: viaService)
        let from = try await subject(call) { (state) throws(AWSError) in
            try engine.subject(of: blob, named: sourceKeyID, member: "sourceKeyId", call, in: state)
        }
        let to = try await subject(call) { (state) throws(AWSError) in
            try engine.subject(destinationKeyID, acceptsAlias: true, member: "destinationKeyId", call, in: state)
        }
        let isSame = RequestContext.Value.one("\(from.key.id == to.key.id)")
        try engine.use(.reEncryptFrom, from, source, call, more: [("kms:ReEncryptOnSameKey", isSame)])
        try engine.use(.reEncryptTo, to, destination, call, more: [("kms:ReEncryptOnSameKey", isSame)])
        let opened = try engine.decrypt(blob, from, source.encryptionContext)
        guard !source.isDryRun else { throw KMSError.dryRun }
        let sealed = try engine.encrypt(opened.plaintext, to, destination.encryptionContext)
        return ReEncryptedData(encrypted: sealed, source: opened)
    }

    /// GenerateRandom: 1 to 1024 bytes.
    package func generateRandom(
        numberOfBytes: Int?,
        customKeyStoreID: String? = nil,
        as identity: CallerIdentity
    ) async throws -> [UInt8] {
        guard customKeyStoreID == nil else {
            throw KMSError.unsupported("CustomKeyStoreId is not supported by this endpoint; it has no key stores")
        }
        guard let numberOfBytes else {
            throw KMSError.validation("NumberOfBytes is required; 1 to 1024 are accepted")
        }
        try MemberConstraint.value(numberOfBytes, of: "numberOfBytes", in: 1...1024)
        try engine.authorize(.generateRandom, call(identity, viaService: nil))
        return engine.random.bytes(numberOfBytes)
    }

    /// Finds a key that is to encrypt and authorises that; a dry run ends here.
    private func use(
        _ action: KMSAction,
        _ keyID: String,
        _ request: CryptographyRequest,
        _ call: KMSCall
    ) async throws -> KeySubject {
        try engine.check(request)
        let subject = try await subject(call) { (state) throws(AWSError) in
            try engine.subject(keyID, acceptsAlias: true, call, in: state)
        }
        try engine.use(action, subject, request, call)
        guard !request.isDryRun else { throw KMSError.dryRun }
        return subject
    }
}
