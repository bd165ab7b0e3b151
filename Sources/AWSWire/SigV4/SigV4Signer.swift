// SPDX-License-Identifier: Apache-2.0

package import CoreValues

/// Signs requests as an AWS client does; the same request, time and credentials always give the same signature.
package struct SigV4Signer: Sendable {
    private let credentials: SigningCredentials
    private let service: String
    private let region: String

    /// Makes a signer for one service in one region.
    package init(credentials: SigningCredentials, service: String, region: String) {
        self.credentials = credentials
        self.service = service
        self.region = region
    }

    /// The request with its time, its session token and an `Authorization` header field.
    ///
    /// Covered are the fields that AWS asks for: `host`, which the request must have, `content-type` and every
    /// `x-amz-*`. A signature, time or token that the request already carries is replaced.
    package func signed(_ request: SignableRequest, now: Timestamp) -> SignableRequest {
        let replaced = ["authorization", "x-amz-date", "x-amz-security-token"]
        var headers = request.headers.filter { header in
            !replaced.contains { SignableRequest.matches(header.name, lowercased: $0) }
        }
        headers.append((name: "X-Amz-Date", value: now.basicForm))
        if let token = credentials.sessionToken {
            headers.append((name: "X-Amz-Security-Token", value: token))
        }
        let names = Self.namesToSign(headers)
        let scope = CredentialScope(date: now.basicDate, region: region, service: service)
        let signature = signature(over: request.with(headers: headers), names: names, scope: scope, now: now)
        let value =
            "\(SigV4Authorization.algorithm) Credential=\(credentials.accessKeyID)/\(scope), "
            + "SignedHeaders=\(names.joined(separator: ";")), Signature=\(signature)"
        headers.append((name: "Authorization", value: value))
        return request.with(headers: headers)
    }

    /// The request with the signature in its query, good for `expiresSeconds` (1 to 604800) from now on.
    ///
    /// The query must carry no signature yet; the header fields covered are those of ``signed(_:now:)``, so whoever
    /// uses the URL must send the same ones.
    package func presigned(_ request: SignableRequest, now: Timestamp, expiresSeconds: Int) -> SignableRequest {
        let names = Self.namesToSign(request.headers)
        let scope = CredentialScope(date: now.basicDate, region: region, service: service)
        var parameters = [
            ("X-Amz-Algorithm", SigV4Authorization.algorithm),
            ("X-Amz-Credential", "\(credentials.accessKeyID)/\(scope)"),
            ("X-Amz-Date", now.basicForm),
            ("X-Amz-Expires", String(expiresSeconds)),
            ("X-Amz-SignedHeaders", names.joined(separator: ";")),
        ]
        if let token = credentials.sessionToken {
            parameters.append((CanonicalQuery.tokenName, token))
        }
        var query = Array(request.query.utf8)
        for (name, value) in parameters {
            if !query.isEmpty {
                query.append(UInt8(ascii: "&"))
            }
            query.append(contentsOf: "\(name)=".utf8)
            PercentEncoding.append(value.utf8, to: &query)
        }
        let text = String(decoding: query, as: UTF8.self)
        let signature = signature(over: request.with(query: text), names: names, scope: scope, now: now)
        return request.with(query: "\(text)&\(CanonicalQuery.signatureName)=\(signature)")
    }

    private func signature(
        over request: SignableRequest,
        names: [String],
        scope: CredentialScope,
        now: Timestamp
    ) -> String {
        let claim = request.values(of: "x-amz-content-sha256").first
        // The names come from the request's own fields, so every one of them is there.
        let tail = CanonicalRequest.tail(
            request,
            signedHeaders: names,
            payloadHash: claim ?? SigningKey.payloadHash(request.body)
        )
        let digest = CanonicalRequest.digest(
            method: request.method,
            path: CanonicalPath.standard(request.path),
            query: CanonicalQuery.standard(request.query),
            tail: tail ?? []
        )
        let signature = SigningKey.signature(
            SigningKey.derive(SigningKey.secret(credentials.secretAccessKey), scope: scope),
            time: now.basicForm,
            scope: scope,
            canonicalRequest: digest
        )
        return String(decoding: signature, as: UTF8.self)
    }

    private static func namesToSign(_ headers: [(name: String, value: String)]) -> [String] {
        let names = headers.map { $0.name.lowercased() }
            .filter { name in
                name == "host" || name == "content-type" || name.hasPrefix("x-amz-")
            }
        return Set(names).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }
}
