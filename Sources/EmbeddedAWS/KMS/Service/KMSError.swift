// SPDX-License-Identifier: Apache-2.0

import AWSWire

/// The errors of KMS in AWS's words; source: reference/kms-policy.md §7 and §8.
enum KMSError {
    // MARK: Names

    static func invalidKeyID(_ text: String) -> AWSError {
        AWSError("NotFoundException", "Invalid keyId '\(text)'")
    }

    static func keyNotFound(_ arn: String) -> AWSError {
        AWSError("NotFoundException", "Key '\(arn)' does not exist")
    }

    static func aliasNotFound(_ arn: String) -> AWSError {
        AWSError("NotFoundException", "Alias \(arn) is not found.")
    }

    static func wrongRegion(_ region: String) -> AWSError {
        AWSError("NotFoundException", "Invalid arn \(region)")
    }

    static func invalidARN(_ text: String) -> AWSError {
        AWSError("InvalidArnException", "Invalid arn \(text)")
    }

    static var noSuchPolicy: AWSError {
        AWSError("NotFoundException", "No such policy exists")
    }

    static var aliasAsTarget: AWSError {
        validation("Aliases must refer to keys. Not aliases")
    }

    static func aliasExists(_ arn: String) -> AWSError {
        AWSError("AlreadyExistsException", "An alias with the name \(arn) already exists")
    }

    // MARK: States

    static func disabled(_ arn: String) -> AWSError {
        AWSError("DisabledException", "\(arn) is disabled.")
    }

    static func pendingDeletion(_ arn: String) -> AWSError {
        AWSError("KMSInvalidStateException", "\(arn) is pending deletion.")
    }

    static func notPendingDeletion(_ arn: String) -> AWSError {
        AWSError("KMSInvalidStateException", "\(arn) is not pending deletion.")
    }

    // MARK: Cryptography

    /// AWS gives no reason, so that an attacker learns none.
    static var invalidCiphertext: AWSError {
        AWSError("InvalidCiphertextException", "")
    }

    static var incorrectKey: AWSError {
        AWSError(
            "IncorrectKeyException",
            "The key ID in the request does not identify a CMK that can perform this operation."
        )
    }

    static var dryRun: AWSError {
        AWSError("DryRunOperationException", "The request would have succeeded, but the DryRun option is set.")
    }

    // MARK: Inputs

    static func validation(_ message: String) -> AWSError {
        AWSError("ValidationException", message)
    }

    static func unsupported(_ message: String) -> AWSError {
        AWSError("UnsupportedOperationException", message)
    }

    static func tag(_ message: String) -> AWSError {
        AWSError("TagException", message)
    }

    static func limit(_ message: String) -> AWSError {
        AWSError("LimitExceededException", message)
    }

    static func invalidMarker() -> AWSError {
        AWSError("InvalidMarkerException", "the marker is none that this operation returned")
    }

    static func invalidAliasName(_ message: String) -> AWSError {
        AWSError("InvalidAliasNameException", message)
    }

    // MARK: Faults

    /// The cause stays inside: it may speak of key material.
    static var internalFault: AWSError {
        AWSError("KMSInternalException", "the key material could not be used", status: 500)
    }
}
