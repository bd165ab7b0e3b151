// SPDX-License-Identifier: Apache-2.0

package import EmbeddedAWS

/// The operations of the key management API.
package enum KMSOperations {
    /// All operations that are served.
    package static func all(_ service: KMSService) -> [AnyOperation] {
        keys(service) + policies(service) + aliases(service) + cryptography(service) + grants(service)
            + UnsupportedKMSOperation.all
    }

    private static func keys(_ service: KMSService) -> [AnyOperation] {
        [
            AnyOperation(CancelKeyDeletion(service: service)),
            AnyOperation(CreateKey(service: service)),
            AnyOperation(DescribeKey(service: service)),
            AnyOperation(DisableKey(service: service)),
            AnyOperation(DisableKeyRotation(service: service)),
            AnyOperation(EnableKey(service: service)),
            AnyOperation(EnableKeyRotation(service: service)),
            AnyOperation(GetKeyRotationStatus(service: service)),
            AnyOperation(ListKeyRotations(service: service)),
            AnyOperation(ListKeys(service: service)),
            AnyOperation(ListResourceTags(service: service)),
            AnyOperation(RotateKeyOnDemand(service: service)),
            AnyOperation(ScheduleKeyDeletion(service: service)),
            AnyOperation(TagResource(service: service)),
            AnyOperation(UntagResource(service: service)),
            AnyOperation(UpdateKeyDescription(service: service)),
        ]
    }

    private static func policies(_ service: KMSService) -> [AnyOperation] {
        [
            AnyOperation(GetKeyPolicy(service: service)),
            AnyOperation(ListKeyPolicies(service: service)),
            AnyOperation(PutKeyPolicy(service: service)),
        ]
    }

    private static func aliases(_ service: KMSService) -> [AnyOperation] {
        [
            AnyOperation(CreateAlias(service: service)),
            AnyOperation(DeleteAlias(service: service)),
            AnyOperation(ListAliases(service: service)),
            AnyOperation(UpdateAlias(service: service)),
        ]
    }

    private static func cryptography(_ service: KMSService) -> [AnyOperation] {
        [
            AnyOperation(Decrypt(service: service)),
            AnyOperation(Encrypt(service: service)),
            AnyOperation(GenerateDataKey(service: service)),
            AnyOperation(GenerateDataKeyWithoutPlaintext(service: service)),
            AnyOperation(GenerateRandom(service: service)),
            AnyOperation(ReEncrypt(service: service)),
        ]
    }

    private static func grants(_ service: KMSService) -> [AnyOperation] {
        [
            AnyOperation(CreateGrant(service: service)),
            AnyOperation(ListGrants(service: service)),
            AnyOperation(ListRetirableGrants(service: service)),
            AnyOperation(RetireGrant(service: service)),
            AnyOperation(RevokeGrant(service: service)),
        ]
    }
}
