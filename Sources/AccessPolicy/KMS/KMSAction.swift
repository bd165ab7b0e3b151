// SPDX-License-Identifier: Apache-2.0

/// The permissions of AWS KMS.
///
/// Source: Service Authorization Reference, "Actions, resources, and condition keys for AWS Key Management Service".
/// ReEncrypt has two, one for each key; no permission is called `kms:ReEncrypt`.
package enum KMSAction: String, Sendable, Hashable, CaseIterable {
    case cancelKeyDeletion = "CancelKeyDeletion"
    case connectCustomKeyStore = "ConnectCustomKeyStore"
    case createAlias = "CreateAlias"
    case createCustomKeyStore = "CreateCustomKeyStore"
    case createGrant = "CreateGrant"
    case createKey = "CreateKey"
    case decrypt = "Decrypt"
    case deleteAlias = "DeleteAlias"
    case deleteCustomKeyStore = "DeleteCustomKeyStore"
    case deleteImportedKeyMaterial = "DeleteImportedKeyMaterial"
    case deriveSharedSecret = "DeriveSharedSecret"
    case describeCustomKeyStores = "DescribeCustomKeyStores"
    case describeKey = "DescribeKey"
    case disableKey = "DisableKey"
    case disableKeyRotation = "DisableKeyRotation"
    case disconnectCustomKeyStore = "DisconnectCustomKeyStore"
    case enableKey = "EnableKey"
    case enableKeyRotation = "EnableKeyRotation"
    case encrypt = "Encrypt"
    case generateDataKey = "GenerateDataKey"
    case generateDataKeyPair = "GenerateDataKeyPair"
    case generateDataKeyPairWithoutPlaintext = "GenerateDataKeyPairWithoutPlaintext"
    case generateDataKeyWithoutPlaintext = "GenerateDataKeyWithoutPlaintext"
    case generateMac = "GenerateMac"
    case generateRandom = "GenerateRandom"
    case getKeyLastUsage = "GetKeyLastUsage"
    case getKeyPolicy = "GetKeyPolicy"
    case getKeyRotationStatus = "GetKeyRotationStatus"
    case getParametersForImport = "GetParametersForImport"
    case getPublicKey = "GetPublicKey"
    case importKeyMaterial = "ImportKeyMaterial"
    case listAliases = "ListAliases"
    case listGrants = "ListGrants"
    case listKeyPolicies = "ListKeyPolicies"
    case listKeyRotations = "ListKeyRotations"
    case listKeys = "ListKeys"
    case listResourceTags = "ListResourceTags"
    case listRetirableGrants = "ListRetirableGrants"
    case putKeyPolicy = "PutKeyPolicy"
    case reEncryptFrom = "ReEncryptFrom"
    case reEncryptTo = "ReEncryptTo"
    case replicateKey = "ReplicateKey"
    case retireGrant = "RetireGrant"
    case revokeGrant = "RevokeGrant"
    case rotateKeyOnDemand = "RotateKeyOnDemand"
    case scheduleKeyDeletion = "ScheduleKeyDeletion"
    case sign = "Sign"
    case synchronizeMultiRegionKey = "SynchronizeMultiRegionKey"
    case tagResource = "TagResource"
    case untagResource = "UntagResource"
    case updateAlias = "UpdateAlias"
    case updateCustomKeyStore = "UpdateCustomKeyStore"
    case updateKeyDescription = "UpdateKeyDescription"
    case updatePrimaryRegion = "UpdatePrimaryRegion"
    case verify = "Verify"
    case verifyMac = "VerifyMac"

    /// The action as policies write it, such as `kms:Encrypt`.
    package var name: String {
        "kms:" + rawValue
    }

    /// Reads an action as policies write it, in any case of letters.
    /// - Returns: `nil` for wildcards and for names that are no KMS action.
    package init?(named name: String) {
        guard let action = Self.byName[name.lowercased()] else { return nil }
        self = action
    }

    private static let byName = Dictionary(uniqueKeysWithValues: allCases.map { ($0.name.lowercased(), $0) })
}

/// A set of KMS actions, one bit each.
package struct KMSActionSet: Sendable, Hashable {
    /// Bit `n` stands for the `n`th case of ``KMSAction``.
    package private(set) var bits: UInt64 = 0

    /// Makes a set.
    package init(_ actions: some Sequence<KMSAction> = []) {
        for action in actions {
            insert(action)
        }
    }

    /// All the actions that a pattern such as `kms:GenerateDataKey*` covers.
    package init(matching pattern: String) {
        let pattern = WildcardPattern(pattern, foldsCase: true)
        self.init(KMSAction.allCases.filter { pattern.matches($0.name) })
    }

    private init(bits: UInt64) {
        self.bits = bits
    }

    /// Every KMS action.
    package static let all = KMSActionSet(KMSAction.allCases)

    /// Whether there is none.
    package var isEmpty: Bool {
        bits == 0
    }

    /// The actions in alphabetical order.
    package var actions: [KMSAction] {
        KMSAction.allCases.filter { contains($0) }
    }

    /// Adds an action.
    package mutating func insert(_ action: KMSAction) {
        bits |= Self.bit(of: action)
    }

    /// Whether an action is in the set.
    package func contains(_ action: KMSAction) -> Bool {
        bits & Self.bit(of: action) != 0
    }

    /// What is in this set or the other.
    package func union(_ other: KMSActionSet) -> KMSActionSet {
        KMSActionSet(bits: bits | other.bits)
    }

    /// What is in both sets.
    package func intersection(_ other: KMSActionSet) -> KMSActionSet {
        KMSActionSet(bits: bits & other.bits)
    }

    /// What is in this set and not in the other.
    package func subtracting(_ other: KMSActionSet) -> KMSActionSet {
        KMSActionSet(bits: bits & ~other.bits)
    }

    private static func bit(of action: KMSAction) -> UInt64 {
        indexes[action].map { 1 << UInt64($0) } ?? 0
    }

    private static let indexes = Dictionary(
        uniqueKeysWithValues: KMSAction.allCases.enumerated().map { ($0.element, $0.offset) }
    )
}
