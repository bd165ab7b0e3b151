// SPDX-License-Identifier: Apache-2.0

import AWSWire
import AccessPolicy
import CoreValues
import Crypto

/// What every use of a key for cryptography brings.
package struct CryptographyRequest: Sendable {
    /// The pairs that bind the ciphertext.
    package var encryptionContext: EncryptionContext
    /// `EncryptionAlgorithm`; the only one unless given.
    package var algorithm: String?
    /// `GrantTokens`.
    package var grantTokens: [String]
    /// Whether only the permission is to be checked.
    package var isDryRun: Bool

    /// Makes a request; everything is optional.
    package init(
        encryptionContext: EncryptionContext = EncryptionContext(),
        algorithm: String? = nil,
        grantTokens: [String] = [],
        isDryRun: Bool = false
    ) {
        self.encryptionContext = encryptionContext
        self.algorithm = algorithm
        self.grantTokens = grantTokens
        self.isDryRun = isDryRun
    }
}

/// A ciphertext and the key that made it.
package struct EncryptedData: Sendable {
    /// The ciphertext with its header.
    package let ciphertext: [UInt8]
    /// The key's ARN.
    package let keyARN: String
    /// Which of the key's materials made it.
    package let materialID: String
}

/// A plaintext and the key that its ciphertext was made with.
package struct DecryptedData: Sendable {
    /// The plaintext.
    package let plaintext: [UInt8]
    /// The key's ARN.
    package let keyARN: String
    /// Which of the key's materials made the ciphertext.
    package let materialID: String
}

/// The cryptographic operations, on a key that has been looked up; they need no state and take no lock.
extension KMSEngine {
    /// How many bytes Encrypt takes.
    static let plaintextByteCount = 1...4096
    /// How many bytes a ciphertext may have.
    static let ciphertextByteCount = 1...6144

    /// What can be refused before the key is looked up.
    func check(_ request: CryptographyRequest) throws(AWSError) {
        try KeyKinds.check(algorithm: request.algorithm)
        try checkGrantTokens(request.grantTokens)
    }

    /// Authorises a use of a key and checks the key's state.
    func use(
        _ action: KMSAction,
        _ subject: KeySubject,
        _ request: CryptographyRequest,
        _ call: KMSCall,
        more: [(key: String, value: RequestContext.Value)] = []
    ) throws(AWSError) {
        var facts = RequestFacts.cryptography(request.encryptionContext)
        facts.more = more
        try authorize(action, on: subject, call, facts)
        try subject.key.requireEnabled()
    }

    /// Encrypts under the key's present material.
    func encrypt(
        _ plaintext: [UInt8],
        _ subject: KeySubject,
        _ context: EncryptionContext
    ) throws(AWSError) -> EncryptedData {
        // INVARIANT: a key has at least one material, see KeyRecord.init(stored:) and newKey(_:_:at:).
        guard let material = subject.key.materials.last else { throw KMSError.internalFault }
        let blob = CiphertextBlob.seal(
            plaintext,
            keyID: subject.key.id,
            material: material,
            using: try secret(material, of: subject.key),
            context,
            nonce: random.bytes(AuthenticatedCipher.nonceByteCount)
        )
        guard let blob else { throw KMSError.internalFault }
        return EncryptedData(ciphertext: blob, keyARN: subject.key.arn, materialID: material.id)
    }

    /// Decrypts with whichever material made the ciphertext.
    func decrypt(
        _ blob: CiphertextBlob,
        _ subject: KeySubject,
        _ context: EncryptionContext
    ) throws(AWSError) -> DecryptedData {
        guard let material = subject.key.materials.last(where: { $0.idBytes.elementsEqual(blob.materialID) }),
            let plaintext = blob.open(using: try secret(material, of: subject.key), context)
        else { throw KMSError.invalidCiphertext }
        return DecryptedData(plaintext: plaintext, keyARN: subject.key.arn, materialID: material.id)
    }

    /// The blob's header.
    func blob(_ bytes: [UInt8]) throws(AWSError) -> CiphertextBlob {
        try MemberConstraint.length(bytes, of: "ciphertextBlob", in: Self.ciphertextByteCount)
        guard let blob = CiphertextBlob(bytes) else { throw KMSError.invalidCiphertext }
        return blob
    }

    /// The key that made a ciphertext; when the request names one, it must be that.
    func subject(
        of blob: CiphertextBlob,
        named text: String?,
        member: String = "keyId",
        _ call: KMSCall,
        in state: KMSState
    ) throws(AWSError) -> KeySubject {
        if let text {
            let subject = try subject(text, acceptsAlias: true, member: member, call, in: state)
            guard subject.key.id == blob.keyID else { throw KMSError.incorrectKey }
            return subject
        }
        guard state.key(blob.keyID, at: call.now) != nil else { throw KMSError.ciphertextOfUnknownKey }
        return try subject(blob.keyID, call, in: state)
    }

    /// The size of a data key; exactly one of the two members must be given.
    static func dataKeyByteCount(keySpec: String?, numberOfBytes: Int?) throws(AWSError) -> Int {
        if let keySpec {
            try MemberConstraint.choice(keySpec, of: "keySpec", in: ["AES_256", "AES_128"])
        }
        if let numberOfBytes {
            try MemberConstraint.value(numberOfBytes, of: "numberOfBytes", in: 1...1024)
        }
        switch (keySpec, numberOfBytes) {
        case (let spec?, nil): return spec == "AES_256" ? 32 : 16
        case (nil, let count?): return count
        case (nil, nil):
            throw KMSError.validation("Please specify either number of bytes or key spec.")
        case (_?, _?):
            throw KMSError.validation("Please specify either number of bytes or key spec, not both.")
        }
    }

    private func secret(_ material: KeyMaterial, of key: KeyRecord) throws(AWSError) -> SymmetricKey {
        do {
            return try material.key(of: key.id, rootKey: rootKey)
        } catch {
            throw KMSError.internalFault
        }
    }
}

extension KMSError {
    /// AWS's words for a ciphertext of a key that is gone, or that is somebody else's.
    static var ciphertextOfUnknownKey: AWSError {
        AWSError(
            "AccessDeniedException",
            "The ciphertext refers to a customer master key that does not exist, does not exist in this region, or "
                + "you are not allowed to access."
        )
    }
}
