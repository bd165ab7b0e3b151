// SPDX-License-Identifier: Apache-2.0

package import CoreValues

/// What a request for a key says about access to it.
package struct KeyAccessParameters: Sendable, Hashable {
    /// The account that owns the key.
    package var account: AccountID
    /// The partition that the key is in.
    package var partition: String
    /// `IAMPrincipalsRequiringDecryptPermissions`.
    package var decryptPrincipals: [PrincipalReference]
    /// `IAMPrincipalsRequiringEncryptPermissions`.
    package var encryptPrincipals: [PrincipalReference]
    /// `IAMPrincipalsRequiringGrantsPermissions`.
    package var grantsPrincipals: [PrincipalReference]
    /// `LimitGrantsToAWSResources`.
    package var limitGrantsToAWSResources: Bool
    /// `EnforceEncryptionContextKeys`.
    package var enforceEncryptionContextKeys: Bool
    /// `AllowedEncryptionContextKeys`.
    package var allowedEncryptionContextKeys: [String]
    /// `AllowServiceRolesAccessKMSKeys`: service endpoints such as `ec2.us-east-1.amazonaws.com`.
    package var allowServices: [String]

    /// Makes parameters; everything optional is off or empty.
    package init(
        account: AccountID,
        partition: String = "aws",
        decryptPrincipals: [PrincipalReference] = [],
        encryptPrincipals: [PrincipalReference] = [],
        grantsPrincipals: [PrincipalReference] = [],
        limitGrantsToAWSResources: Bool = false,
        enforceEncryptionContextKeys: Bool = false,
        allowedEncryptionContextKeys: [String] = [],
        allowServices: [String] = []
    ) {
        self.account = account
        self.partition = partition
        self.decryptPrincipals = decryptPrincipals
        self.encryptPrincipals = encryptPrincipals
        self.grantsPrincipals = grantsPrincipals
        self.limitGrantsToAWSResources = limitGrantsToAWSResources
        self.enforceEncryptionContextKeys = enforceEncryptionContextKeys
        self.allowedEncryptionContextKeys = allowedEncryptionContextKeys
        self.allowServices = allowServices
    }
}
