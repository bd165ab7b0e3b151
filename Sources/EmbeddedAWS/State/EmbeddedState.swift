// SPDX-License-Identifier: Apache-2.0

/// Everything the embedded account remembers, by service.
package struct EmbeddedState: Sendable {
    /// Keys, aliases and grants.
    package var kms = KMSState()
    /// Stacks, their events and change sets.
    package var cloudFormation = CloudFormationState()
    /// Users and roles.
    package var identity = IdentityState()

    /// Applies a change that has been decided.
    mutating func apply(_ change: EmbeddedMutation) {
        switch change {
        case .kms(let change): kms.apply(change)
        case .cloudFormation(let change): cloudFormation.apply(change)
        case .identity(let change): identity.apply(change)
        }
    }

    /// Takes over a stored record at start.
    /// - Throws: when the record's body is not what its kind promises.
    mutating func restore(_ record: EmbeddedRecord) throws {
        switch record.kind {
        case .key, .alias, .grant:
            apply(.kms(try KMSMutation(restoring: record)))
        case .stack, .stackEvent, .changeSet:
            apply(.cloudFormation(try CloudFormationMutation(restoring: record)))
        case .principal:
            apply(.identity(try IdentityMutation(restoring: record)))
        }
    }
}

/// A decided change of the embedded account.
package enum EmbeddedMutation: Sendable {
    /// To keys, aliases or grants.
    case kms(KMSMutation)
    /// To stacks, events or change sets.
    case cloudFormation(CloudFormationMutation)
    /// To users or roles.
    case identity(IdentityMutation)

    /// What the store writes for it.
    var stored: EmbeddedChange {
        switch self {
        case .kms(let change): change.stored
        case .cloudFormation(let change): change.stored
        case .identity(let change): change.stored
        }
    }
}
