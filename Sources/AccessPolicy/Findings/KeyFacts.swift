// SPDX-License-Identifier: Apache-2.0

package import CoreValues

/// What the rules need to know about the key beside its policy; a rule whose fact is unknown stays silent.
package struct KeyFacts: Sendable, Hashable {
    /// The account that owns the key.
    package var account: AccountID
    /// The region that the key is in.
    package var region: String
    /// The partition that the key is in.
    package var partition: String
    /// The key's spec and usage.
    package var keyType: KMSKeyType?
    /// Whether the key is rotated automatically.
    package var isRotationEnabled: Bool?
    /// Whether the key can be replicated to other regions.
    package var isMultiRegion: Bool?
    /// Whether the key can be used.
    package var isEnabled: Bool?
    /// Whether the key is going to be deleted.
    package var isPendingDeletion: Bool?
    /// Days between the order to delete the key and its deletion, 7 to 30.
    package var pendingWindowDays: Int?
    /// Whether only Nitro enclaves are meant to see plaintext.
    package var isForEnclaves: Bool?
    /// Who will send the policy to KMS; whether it could change the policy again is simulated for it.
    package var executor: CallerIdentity?
    /// The ARNs of all users and roles of the key's account.
    package var knownPrincipals: Set<String>?

    /// Makes a description; what isn't given is unknown.
    package init(
        account: AccountID,
        region: String,
        partition: String = "aws",
        keyType: KMSKeyType? = nil,
        isRotationEnabled: Bool? = nil,
        isMultiRegion: Bool? = nil,
        isEnabled: Bool? = nil,
        isPendingDeletion: Bool? = nil,
        pendingWindowDays: Int? = nil,
        isForEnclaves: Bool? = nil,
        executor: CallerIdentity? = nil,
        knownPrincipals: Set<String>? = nil
    ) {
        self.account = account
        self.region = region
        self.partition = partition
        self.keyType = keyType
        self.isRotationEnabled = isRotationEnabled
        self.isMultiRegion = isMultiRegion
        self.isEnabled = isEnabled
        self.isPendingDeletion = isPendingDeletion
        self.pendingWindowDays = pendingWindowDays
        self.isForEnclaves = isForEnclaves
        self.executor = executor
        self.knownPrincipals = knownPrincipals
    }
}
