// SPDX-License-Identifier: Apache-2.0

extension KMSAction {
    /// Whether a caller of another account can use the action on a key.
    ///
    /// An Allow for anything else has no effect across accounts (KMS developer guide, "Allowing users in other accounts
    /// to use a KMS key").
    package var worksAcrossAccounts: Bool {
        Self.acrossAccounts.contains(self)
    }

    /// Actions that use the key's material.
    package static let cryptographic = KMSActionSet([
        .decrypt, .deriveSharedSecret, .encrypt, .generateDataKey, .generateDataKeyPair,
        .generateDataKeyPairWithoutPlaintext, .generateDataKeyWithoutPlaintext, .generateMac, .reEncryptFrom,
        .reEncryptTo, .sign, .verify, .verifyMac,
    ])

    private static let acrossAccounts = cryptographic.union(
        KMSActionSet([
            .createGrant, .describeKey, .getKeyRotationStatus, .getPublicKey, .listGrants, .retireGrant, .revokeGrant,
        ])
    )
}
