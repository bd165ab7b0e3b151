// SPDX-License-Identifier: Apache-2.0

/// A key's spec and usage, which decide what can be done with it.
///
/// Source: KMS developer guide, "Key type reference".
package struct KMSKeyType: Sendable, Hashable {
    /// What keys are for.
    package enum Usage: String, Sendable, Hashable, CaseIterable {
        case encryptDecrypt = "ENCRYPT_DECRYPT"
        case signVerify = "SIGN_VERIFY"
        case generateVerifyMac = "GENERATE_VERIFY_MAC"
        case keyAgreement = "KEY_AGREEMENT"
    }

    /// The key spec, such as `SYMMETRIC_DEFAULT` or `RSA_2048`.
    package let spec: String
    /// What the key is for.
    package let usage: Usage

    /// Makes a type; symmetric encryption unless said otherwise.
    package init(spec: String = "SYMMETRIC_DEFAULT", usage: Usage = .encryptDecrypt) {
        self.spec = spec
        self.usage = usage
    }

    /// The default: symmetric encryption.
    package static let symmetric = KMSKeyType()

    /// Whether it is the spec that has encryption contexts, data keys and automatic rotation.
    package var isSymmetricEncryption: Bool {
        spec == "SYMMETRIC_DEFAULT"
    }

    /// The actions that such a key can serve.
    package var supportedActions: KMSActionSet {
        KMSAction.onKeys.subtracting(Self.typeDependent).union(own)
    }

    /// The type-dependent actions of this type.
    private var own: KMSActionSet {
        switch usage {
        case .encryptDecrypt where isSymmetricEncryption:
            Self.symmetricOnly.union(KMSActionSet([.encrypt, .decrypt, .reEncryptFrom, .reEncryptTo]))
        case .encryptDecrypt: KMSActionSet([.encrypt, .decrypt, .reEncryptFrom, .reEncryptTo, .getPublicKey])
        case .signVerify: KMSActionSet([.sign, .verify, .getPublicKey])
        case .generateVerifyMac: KMSActionSet([.generateMac, .verifyMac])
        case .keyAgreement: KMSActionSet([.deriveSharedSecret, .getPublicKey])
        }
    }

    private static let symmetricOnly = KMSActionSet([
        .disableKeyRotation, .enableKeyRotation, .generateDataKey, .generateDataKeyPair,
        .generateDataKeyPairWithoutPlaintext, .generateDataKeyWithoutPlaintext, .rotateKeyOnDemand,
    ])

    private static let typeDependent = KMSAction.cryptographic.union(symmetricOnly)
        .union(KMSActionSet([.getPublicKey]))
}
