// SPDX-License-Identifier: Apache-2.0

package import CoreValues

/// A grant: permission for one principal to use one key for some operations.
///
/// Source: reference/kms-policy.md §6.
package struct GrantRecord: Sendable, Equatable {
    /// Who may act under a grant, or end it.
    package enum Party: Sendable, Hashable {
        /// An account, user, role or session, by ARN.
        case principal(String)
        /// An AWS service, by its principal.
        case service(String)
    }

    /// What a request must carry for the grant to apply.
    package struct Constraints: Sendable, Hashable {
        /// The encryption context must be exactly this one.
        package var encryptionContextEquals: [String: String]?
        /// The encryption context must have these pairs, and may have more.
        package var encryptionContextSubset: [String: String]?
        /// The resource on whose behalf a service calls.
        package var sourceARN: String?

        /// Makes constraints; none unless given.
        package init(
            encryptionContextEquals: [String: String]? = nil,
            encryptionContextSubset: [String: String]? = nil,
            sourceARN: String? = nil
        ) {
            self.encryptionContextEquals = encryptionContextEquals
            self.encryptionContextSubset = encryptionContextSubset
            self.sourceARN = sourceARN
        }
    }

    /// The grant's id, 64 hexadecimal digits.
    package let id: String
    /// The key it is for.
    package let keyID: KeyID
    /// The name that makes creating it again the same grant; `nil` without one.
    package let name: String?
    /// Who may use the key.
    package let grantee: Party
    /// Who may retire the grant, besides its issuer.
    package let retiring: Party?
    /// The permitted operations by their API names, such as `Decrypt`.
    package let operations: [String]
    /// What requests must carry.
    package let constraints: Constraints
    /// The account under which the grant was made.
    package let issuingAccount: String
    /// When it was made.
    package let createdAt: Timestamp

    /// Makes a record.
    package init(
        id: String,
        keyID: KeyID,
        name: String?,
        grantee: Party,
        retiring: Party?,
        operations: [String],
        constraints: Constraints,
        issuingAccount: String,
        createdAt: Timestamp
    ) {
        self.id = id
        self.keyID = keyID
        self.name = name
        self.grantee = grantee
        self.retiring = retiring
        self.operations = operations
        self.constraints = constraints
        self.issuingAccount = issuingAccount
        self.createdAt = createdAt
    }
}
