// SPDX-License-Identifier: Apache-2.0

import AWSWire

/// An operation that AWS has and this endpoint has not: it says so instead of being unknown.
struct UnsupportedKMSOperation {
    private static let asymmetric = "it has symmetric encryption keys only"
    private static let keyStores = "it has no custom key stores"
    private static let imported = "it makes all key material itself"
    private static let multiRegion = "it has single-Region keys only"

    private static let reasons = [
        "ConnectCustomKeyStore": keyStores,
        "CreateCustomKeyStore": keyStores,
        "DeleteCustomKeyStore": keyStores,
        "DeleteImportedKeyMaterial": imported,
        "DeriveSharedSecret": asymmetric,
        "DescribeCustomKeyStores": keyStores,
        "DisconnectCustomKeyStore": keyStores,
        "GenerateDataKeyPair": asymmetric,
        "GenerateDataKeyPairWithoutPlaintext": asymmetric,
        "GenerateMac": asymmetric,
        "GetKeyLastUsage": "it keeps no record of uses",
        "GetParametersForImport": imported,
        "GetPublicKey": asymmetric,
        "ImportKeyMaterial": imported,
        "ReplicateKey": multiRegion,
        "Sign": asymmetric,
        "UpdateCustomKeyStore": keyStores,
        "UpdatePrimaryRegion": multiRegion,
        "Verify": asymmetric,
        "VerifyMac": asymmetric,
    ]

    /// All of them.
    static var all: [AnyOperation] {
        reasons.keys.sorted()
            .map { name in
                AnyOperation(name) { _, _ in
                    throw AWSError(
                        "UnsupportedOperationException",
                        "\(name) is not supported by this endpoint; \(reasons[name] ?? asymmetric)"
                    )
                }
            }
    }
}
