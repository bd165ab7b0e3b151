// SPDX-License-Identifier: Apache-2.0

extension KMSAction {
    /// The kinds of access that AWS sorts actions into.
    package enum AccessLevel: String, Sendable, Hashable, CaseIterable {
        case list = "List"
        case read = "Read"
        case write = "Write"
        case permissionsManagement = "Permissions management"
        case tagging = "Tagging"
    }

    /// The kind of access; source: Service Authorization Reference, column "Access level".
    package var accessLevel: AccessLevel {
        switch self {
        case .listAliases, .listGrants, .listKeyPolicies, .listKeyRotations, .listKeys, .listResourceTags,
            .listRetirableGrants:
            .list
        case .describeCustomKeyStores, .describeKey, .getKeyLastUsage, .getKeyPolicy, .getKeyRotationStatus,
            .getParametersForImport, .getPublicKey:
            .read
        case .createGrant, .putKeyPolicy, .retireGrant, .revokeGrant:
            .permissionsManagement
        case .tagResource, .untagResource:
            .tagging
        default:
            .write
        }
    }

    /// Actions on a particular key, the only ones that a key policy can allow; source: column "Resource types".
    package static let onKeys = KMSActionSet.all.subtracting(onKeyStores)
        .subtracting(KMSActionSet([.createKey, .generateRandom, .listAliases, .listKeys, .listRetirableGrants]))

    /// Actions on custom key stores.
    package static let onKeyStores = KMSActionSet([
        .connectCustomKeyStore, .createCustomKeyStore, .deleteCustomKeyStore, .describeCustomKeyStores,
        .disconnectCustomKeyStore, .updateCustomKeyStore,
    ])

    /// Actions that also need a permission on an alias, which only identity policies can give.
    package static let onAliases = KMSActionSet([.createAlias, .deleteAlias, .updateAlias])

    /// Actions that change a key, who may use it, or how long it lives.
    package static let administrative = onKeys.subtracting(cryptographic)
        .subtracting(
            KMSActionSet(onKeys.actions.filter { $0.accessLevel == .list || $0.accessLevel == .read })
        )
        .subtracting(KMSActionSet([.createGrant, .retireGrant, .revokeGrant, .synchronizeMultiRegionKey]))

    /// Actions that yield plaintext, or that hand ciphertext to another key, which amounts to the same.
    ///
    /// Source: AWS Security Hub controls KMS.1 and KMS.2, which count `kms:Decrypt` and `kms:ReEncryptFrom`.
    package static let decrypting = KMSActionSet([.decrypt, .reEncryptFrom])
}
