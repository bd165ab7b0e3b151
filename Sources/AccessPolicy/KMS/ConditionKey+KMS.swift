// SPDX-License-Identifier: Apache-2.0

extension ConditionKey {
    /// The keys of AWS KMS itself.
    static let kms = ofEveryKey + ofCryptography + ofGrants + ofAdministration

    // MARK: Groups of actions

    private static let withContext = KMSActionSet([
        .decrypt, .encrypt, .generateDataKey, .generateDataKeyPair, .generateDataKeyPairWithoutPlaintext,
        .generateDataKeyWithoutPlaintext, .reEncryptFrom, .reEncryptTo,
    ])
    private static let withRecipient = KMSActionSet([
        .decrypt, .deriveSharedSecret, .generateDataKey, .generateDataKeyPair,
    ])
    private static let withAlias = KMSAction.cryptographic.union(KMSActionSet([.describeKey, .getPublicKey]))
    private static let ofGrant = KMSActionSet([.createGrant])
    private static let aboutKeys = KMSAction.onKeys.subtracting(KMSActionSet([.synchronizeMultiRegionKey]))
    private static let aboutKeysOrNew = aboutKeys.union(KMSActionSet([.createKey]))

    // MARK: Keys

    private static let ofEveryKey = [
        ConditionKey("kms:CallerAccount", .string, .always, on: aboutKeysOrNew.union(KMSAction.onKeyStores)),
        ConditionKey("kms:ViaService", on: aboutKeysOrNew),
        ConditionKey("kms:KeySpec", .string, .always, on: aboutKeysOrNew),
        ConditionKey("kms:KeyUsage", .string, .always, on: aboutKeysOrNew),
        ConditionKey("kms:KeyOrigin", .string, .always, on: aboutKeysOrNew),
        ConditionKey("kms:CustomerMasterKeySpec", .string, .always, on: aboutKeysOrNew),
        ConditionKey("kms:CustomerMasterKeyUsage", .string, .always, on: aboutKeysOrNew),
        ConditionKey("kms:MultiRegion", .bool, .always, on: aboutKeysOrNew),
        ConditionKey("kms:MultiRegionKeyType", on: aboutKeysOrNew),
        ConditionKey("kms:ResourceAliases", isMultivalued: true, on: aboutKeys, isForIdentityPoliciesOnly: true),
        ConditionKey("kms:RequestAlias", on: withAlias),
    ]

    private static let ofCryptography = [
        ConditionKey("kms:EncryptionAlgorithm", .string, .always, on: withContext),
        ConditionKey("kms:EncryptionContext:", on: withContext.union(KMSActionSet([.createGrant, .retireGrant]))),
        ConditionKey(
            "kms:EncryptionContextKeys",
            isMultivalued: true,
            on: withContext.union(KMSActionSet([.createGrant, .retireGrant]))
        ),
        ConditionKey("kms:RecipientAttestation:", on: withRecipient),
        ConditionKey(
            "kms:DataKeyPairSpec",
            .string,
            .always,
            on: KMSActionSet([.generateDataKeyPair, .generateDataKeyPairWithoutPlaintext])
        ),
        ConditionKey(
            "kms:ReEncryptOnSameKey",
            .bool,
            .always,
            on: KMSActionSet([.reEncryptFrom, .reEncryptTo])
        ),
        ConditionKey("kms:MessageType", on: KMSActionSet([.sign, .verify])),
        ConditionKey("kms:SigningAlgorithm", .string, .always, on: KMSActionSet([.sign, .verify])),
        ConditionKey("kms:MacAlgorithm", .string, .always, on: KMSActionSet([.generateMac, .verifyMac])),
        ConditionKey("kms:KeyAgreementAlgorithm", .string, .always, on: KMSActionSet([.deriveSharedSecret])),
    ]

    private static let ofGrants = [
        ConditionKey("kms:GrantConstraintType", on: KMSActionSet([.createGrant, .retireGrant])),
        ConditionKey("kms:GrantConstraintSourceArn", .arn, on: ofGrant),
        ConditionKey(
            "kms:GrantIsForAWSResource",
            .bool,
            .always,
            on: KMSActionSet([.createGrant, .listGrants, .revokeGrant])
        ),
        ConditionKey("kms:GrantOperations", .string, isMultivalued: true, .always, on: ofGrant),
        ConditionKey("kms:GranteePrincipal", on: ofGrant),
        ConditionKey("kms:GranteeServicePrincipal", on: ofGrant),
        ConditionKey("kms:RetiringPrincipal", on: ofGrant),
        ConditionKey("kms:RetiringServicePrincipal", on: ofGrant),
    ]

    private static let ofAdministration = [
        ConditionKey("kms:BypassPolicyLockoutSafetyCheck", .bool, on: KMSActionSet([.createKey, .putKeyPolicy])),
        ConditionKey("kms:ExpirationModel", on: KMSActionSet([.importKeyMaterial])),
        ConditionKey("kms:ValidTo", .date, on: KMSActionSet([.importKeyMaterial])),
        ConditionKey("kms:WrappingAlgorithm", .string, .always, on: KMSActionSet([.getParametersForImport])),
        ConditionKey("kms:WrappingKeySpec", .string, .always, on: KMSActionSet([.getParametersForImport])),
        ConditionKey("kms:PrimaryRegion", .string, .always, on: KMSActionSet([.updatePrimaryRegion])),
        ConditionKey("kms:ReplicaRegion", .string, .always, on: KMSActionSet([.replicateKey])),
        ConditionKey("kms:RotationPeriodInDays", .numeric, on: KMSActionSet([.enableKeyRotation])),
        ConditionKey(
            "kms:ScheduleKeyDeletionPendingWindowInDays",
            .numeric,
            on: KMSActionSet([.scheduleKeyDeletion])
        ),
        ConditionKey(
            "kms:TrailingDaysWithoutKeyUsage",
            .numeric,
            on: KMSActionSet([.disableKey, .scheduleKeyDeletion])
        ),
    ]
}
