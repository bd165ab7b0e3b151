// SPDX-License-Identifier: Apache-2.0

/// Why KMS does not take a key policy.
package struct KeyPolicyRefusal: Error, Sendable, Hashable, CustomStringConvertible {
    /// The error's name on the wire; source: KMS API reference, CreateKey and PutKeyPolicy, "Errors".
    package enum Code: String, Sendable, Hashable, CaseIterable {
        /// The document is no acceptable policy.
        case malformedPolicyDocument = "MalformedPolicyDocumentException"
        /// The document is too large.
        case limitExceeded = "LimitExceededException"
        /// A principal looks like an ARN and is none.
        case invalidARN = "InvalidArnException"
        /// The text breaks a constraint of the service model.
        case validation = "ValidationException"
    }

    /// The error's name.
    package let code: Code
    /// AWS's own words where they are known, otherwise what is wrong and where.
    package let message: String

    /// The name and the message.
    package var description: String {
        "\(code.rawValue): \(message)"
    }

    static let invalidPrincipals = KeyPolicyRefusal(
        code: .malformedPolicyDocument,
        message: "Policy contains a statement with one or more invalid principals."
    )

    /// The caller could not change the policy again.
    package static let lockout = KeyPolicyRefusal(
        code: .malformedPolicyDocument,
        message: "The new key policy will not allow you to update the key policy in the future."
    )
}
