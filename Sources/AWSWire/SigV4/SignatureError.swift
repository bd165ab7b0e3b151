// SPDX-License-Identifier: Apache-2.0

/// Why a request isn't accepted as coming from the holder of an access key.
///
/// The messages are AWS's own words where those are public, because clients and people search for them.
package struct SignatureError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What kind of refusal it is; AWS's protocols name the kinds differently.
    package enum Code: Sendable, Hashable, CaseIterable {
        /// The request carries no signature at all.
        case missingAuthenticationToken
        /// The signature's parts are absent, repeated or malformed.
        case incompleteSignature
        /// The signature is well-formed and wrong, too old, too new, or for another scope.
        case invalidSignature
        /// The access key or the session token is not known.
        case unrecognizedClient
        /// The session has ended.
        case expiredToken
    }

    /// What kind of refusal it is.
    package let code: Code
    /// The explanation for the client.
    package let message: String

    /// Makes a refusal.
    package init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    /// The code and the message.
    package var description: String {
        "\(code): \(message)"
    }
}

extension SignatureError {
    /// The request carries no signature.
    package static let missing = SignatureError(.missingAuthenticationToken, "Missing Authentication Token")

    /// The signature isn't the one the secret gives.
    package static let mismatch = SignatureError(
        .invalidSignature,
        "The request signature we calculated does not match the signature you provided. "
            + "Check your AWS Secret Access Key and signing method. Consult the service documentation for details."
    )

    /// The access key is not known, not active, or the session token is not the one issued with it.
    package static let unrecognized = SignatureError(
        .unrecognizedClient,
        "The security token included in the request is invalid."
    )

    /// The session's time is over.
    package static let expired = SignatureError(
        .expiredToken,
        "The security token included in the request is expired"
    )

    static func incomplete(_ message: String) -> SignatureError {
        SignatureError(.incompleteSignature, message)
    }

    static func invalid(_ message: String) -> SignatureError {
        SignatureError(.invalidSignature, message)
    }
}

extension SignatureError {
    /// The refusal as the AWS JSON protocols name it (`InvalidSignatureException`).
    ///
    /// Source: AWS KMS and amscm API references, "Common Errors".
    package var jsonError: AWSError {
        switch code {
        case .missingAuthenticationToken: AWSError("MissingAuthenticationTokenException", message, status: 403)
        case .incompleteSignature: AWSError("IncompleteSignatureException", message, status: 403)
        case .invalidSignature: AWSError("InvalidSignatureException", message, status: 403)
        case .unrecognizedClient: AWSError("UnrecognizedClientException", message, status: 403)
        case .expiredToken: AWSError("ExpiredTokenException", message, status: 403)
        }
    }

    /// The refusal as the Query protocol names it (`SignatureDoesNotMatch`).
    ///
    /// Source: AWS STS and CloudFormation API references, "Common Errors".
    package var queryError: AWSError {
        switch code {
        case .missingAuthenticationToken: AWSError("MissingAuthenticationToken", message, status: 403)
        case .incompleteSignature: AWSError("IncompleteSignature", message, status: 403)
        case .invalidSignature: AWSError("SignatureDoesNotMatch", message, status: 403)
        case .unrecognizedClient: AWSError("InvalidClientTokenId", message, status: 403)
        case .expiredToken: AWSError("ExpiredToken", message, status: 403)
        }
    }
}
