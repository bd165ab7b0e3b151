// SPDX-License-Identifier: Apache-2.0

import AWSWire

/// The table of key states and operations, as far as keys with material of KMS's own can get; source:
/// reference/kms-policy.md §7.
extension KeyRecord {
    /// The state's name in answers.
    package var stateName: String {
        switch status {
        case .enabled: "Enabled"
        case .disabled: "Disabled"
        case .pendingDeletion: "PendingDeletion"
        }
    }

    /// For cryptography, grants and rotation: the key must be enabled.
    func requireEnabled() throws(AWSError) {
        switch status {
        case .enabled: break
        case .disabled: throw KMSError.disabled(arn)
        case .pendingDeletion: throw KMSError.pendingDeletion(arn)
        }
    }

    /// For changes of a key that is to stay.
    func requireNotPendingDeletion() throws(AWSError) {
        if deletionDate != nil {
            throw KMSError.pendingDeletion(arn)
        }
    }

    /// For calling a deletion off.
    func requirePendingDeletion() throws(AWSError) {
        if deletionDate == nil {
            throw KMSError.notPendingDeletion(arn)
        }
    }
}
