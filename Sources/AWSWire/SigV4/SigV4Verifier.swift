// SPDX-License-Identifier: Apache-2.0

import Crypto

/// Checks that a request was signed with the secret of the access key it names.
package struct SigV4Verifier: Sendable {
    private let signingKeys: SigningKeyCache

    /// Makes a verifier; share one cache between all requests.
    package init(signingKeys: SigningKeyCache = SigningKeyCache()) {
        self.signingKeys = signingKeys
    }

    /// Checks the signature over the request.
    ///
    /// Signers differ in how they write paths and queries and in whether they cover the session token, so every form
    /// known is tried, the usual one first.
    /// - Parameters:
    ///   - request: The request as received.
    ///   - authorization: What ``SigV4Authorization/parse(_:now:)`` read from the same request.
    ///   - secretAccessKey: The secret of the access key that it names.
    /// - Throws: ``SignatureError`` with `invalidSignature`.
    package func verify(
        _ request: SignableRequest,
        _ authorization: SigV4Authorization,
        secretAccessKey: String
    ) throws(SignatureError) {
        guard !request.method.isEmpty, CanonicalPath.isPrintable(request.method.utf8) else { throw .mismatch }
        let key = signingKeys.key(
            accessKeyID: authorization.accessKeyID,
            scope: authorization.scope,
            secretAccessKey: secretAccessKey
        )
        let payloadHash = try Self.payloadHash(request, authorization)
        let request = Self.withImpliedFields(request, authorization, payloadHash: payloadHash)
        let paths = CanonicalPath.forms(request.path)
        let queries = CanonicalQuery.forms(request.query, isPresigned: authorization.form == .presigned)
        for fold in [UInt8(ascii: ","), 0x20] {
            let tail = CanonicalRequest.tail(
                request,
                signedHeaders: authorization.signedHeaders,
                payloadHash: payloadHash,
                fold: fold
            )
            guard let tail else { throw .mismatch }
            for path in paths {
                for query in queries {
                    let digest = CanonicalRequest.digest(
                        method: request.method,
                        path: path,
                        query: query,
                        tail: tail
                    )
                    if Self.matches(authorization, key: key, canonicalRequest: digest) {
                        return
                    }
                }
            }
            guard request.headers.contains(where: { $0.value.utf8.contains(0x0A) }) else { break }
        }
        throw .mismatch
    }

    /// The payload line: what `x-amz-content-sha256` claims, which must be true, else the hash of the body.
    ///
    /// A presigned URL of S3 leaves the body open. Source: S3 API reference, "Authenticating Requests: Using Query
    /// Parameters".
    private static func payloadHash(
        _ request: SignableRequest,
        _ authorization: SigV4Authorization
    ) throws(SignatureError) -> String {
        let claims = request.values(of: "x-amz-content-sha256")
        let isOpen = claims.isEmpty && authorization.form == .presigned && authorization.scope.service == "s3"
        if isOpen || claims == [CanonicalRequest.unsignedPayload] {
            return CanonicalRequest.unsignedPayload
        }
        let hash = SigningKey.payloadHash(request.body)
        guard claims.allSatisfy({ $0 == hash }) else {
            throw .invalid("The provided 'x-amz-content-sha256' header does not match what was computed.")
        }
        return hash
    }

    /// A presigned request with the covered fields that its signer left out because the request says them anyway:
    /// the token, which stands in the query, and the hash of the body.
    private static func withImpliedFields(
        _ request: SignableRequest,
        _ authorization: SigV4Authorization,
        payloadHash: String
    ) -> SignableRequest {
        guard authorization.form == .presigned else { return request }
        let implied = [
            ("x-amz-security-token", authorization.sessionToken), ("x-amz-content-sha256", payloadHash),
        ]
        var headers = request.headers
        for (name, value) in implied where authorization.signedHeaders.contains(name) {
            if let value, request.values(of: name).isEmpty {
                headers.append((name: name, value: value))
            }
        }
        return request.with(headers: headers)
    }

    /// Compares in a time that does not depend on where the signatures differ.
    private static func matches(
        _ authorization: SigV4Authorization,
        key: SymmetricKey,
        canonicalRequest: SHA256.Digest
    ) -> Bool {
        let expected = SigningKey.signature(
            key,
            time: authorization.timeText,
            scope: authorization.scope,
            canonicalRequest: canonicalRequest
        )
        let given = authorization.signature.utf8
        guard given.count == expected.count else { return false }
        var difference: UInt8 = 0
        for (left, right) in zip(given, expected) {
            difference |= left ^ right
        }
        return difference == 0
    }
}
