// SPDX-License-Identifier: Apache-2.0

import AWSWire

/// The kinds of keys that AWS has, of which this KMS makes one: symmetric encryption with material of its own.
enum KeyKinds {
    static let spec = "SYMMETRIC_DEFAULT"
    static let usage = "ENCRYPT_DECRYPT"
    static let origin = "AWS_KMS"

    static let specs = [
        "RSA_2048", "RSA_3072", "RSA_4096", "ECC_NIST_P256", "ECC_NIST_P384", "ECC_NIST_P521", "ECC_SECG_P256K1",
        spec, "HMAC_224", "HMAC_256", "HMAC_384", "HMAC_512", "SM2", "ML_DSA_44", "ML_DSA_65", "ML_DSA_87",
        "ECC_NIST_EDWARDS25519",
    ]
    static let usages = ["SIGN_VERIFY", usage, "GENERATE_VERIFY_MAC", "KEY_AGREEMENT"]
    private static let origins = [origin, "EXTERNAL", "AWS_CLOUDHSM", "EXTERNAL_KEY_STORE"]
    private static let algorithms = [spec, "RSAES_OAEP_SHA_1", "RSAES_OAEP_SHA_256", "SM2PKE"]

    /// Refuses what AWS would not know, and what it would know but isn't made here.
    static func check(_ request: CreateKeyRequest) throws(AWSError) {
        if let spec = request.keySpec {
            try MemberConstraint.choice(spec, of: "keySpec", in: specs)
        }
        if let usage = request.keyUsage {
            try MemberConstraint.choice(usage, of: "keyUsage", in: usages)
        }
        if let origin = request.origin {
            try MemberConstraint.choice(origin, of: "origin", in: origins)
        }
        if let spec = request.keySpec, spec != Self.spec {
            guard request.keyUsage != nil else {
                throw KMSError.validation(
                    "You must specify a KeyUsage value for all KMS keys except for symmetric encryption keys."
                )
            }
            throw unsupported("KeySpec \(spec)", "\(Self.spec) is")
        }
        if let usage = request.keyUsage, usage != Self.usage {
            throw KMSError.validation("KeyUsage \(usage) is not compatible with KeySpec \(Self.spec)")
        }
        if let origin = request.origin, origin != Self.origin {
            throw unsupported("Origin \(origin)", "\(Self.origin) is")
        }
        guard request.customKeyStoreID == nil else {
            throw unsupported("CustomKeyStoreId", "keys in the KMS key store are")
        }
        guard !request.isMultiRegion else { throw unsupported("MultiRegion true", "single-Region keys are") }
    }

    /// Refuses algorithms of other kinds of keys.
    static func check(algorithm: String?, of member: String = "encryptionAlgorithm") throws(AWSError) {
        guard let algorithm else { return }
        try MemberConstraint.choice(algorithm, of: member, in: algorithms)
        guard algorithm == spec else {
            throw AWSError(
                "InvalidKeyUsageException",
                "Algorithm \(algorithm) and key spec \(spec) are incompatible."
            )
        }
    }

    private static func unsupported(_ what: String, _ others: String) -> AWSError {
        KMSError.unsupported("\(what) is not supported by this endpoint; \(others) supported")
    }
}
