// SPDX-License-Identifier: Apache-2.0

package import CoreValues

/// What a signed request says about its signature, before anybody has checked it.
///
/// Reading and checking are two steps because the secret is looked up in between, by ``accessKeyID``.
package struct SigV4Authorization: Sendable {
    /// Where the signature stands.
    package enum Form: Sendable, Hashable {
        /// In the `Authorization` header field.
        case header
        /// In the query: a presigned URL.
        case presigned
    }

    /// The one algorithm accepted.
    static let algorithm = "AWS4-HMAC-SHA256"
    /// How far a request's time may lie from ours, either way.
    ///
    /// AWS's pages name five minutes and fifteen; the longer one is what its own example of the error shows.
    static let maxSkewSeconds: Int64 = 900
    /// How long a presigned request may be good for: a week.
    static let maxExpiresSeconds: Int64 = 604_800

    /// Where the signature stands.
    package let form: Form
    /// The access key that the request claims to be signed with.
    package let accessKeyID: String
    /// The day, region and service that the signature is for.
    package let scope: CredentialScope
    /// The names of the header fields that the signature covers, lower case, sorted.
    package let signedHeaders: [String]
    /// The session token, `nil` for long-lived keys.
    package let sessionToken: String?
    /// When the request was signed.
    package let time: Timestamp
    /// The signature as sent.
    let signature: String
    /// ``time`` as it is signed.
    let timeText: String

    /// Reads the signature of a request and checks what can be checked without the secret.
    ///
    /// That is: the form, the time, that the scope is of that day, and that the signature covers the host and every
    /// `x-amz-*` field that is not bound otherwise.
    /// - Parameters:
    ///   - request: The request as received.
    ///   - now: The present moment; the request may be fifteen minutes older or newer, a presigned one as old as it
    ///     says.
    /// - Returns: The claim, with the signature still to be checked.
    /// - Throws: ``SignatureError`` with `missingAuthenticationToken`, `incompleteSignature` or `invalidSignature`.
    package static func parse(
        _ request: SignableRequest,
        now: Timestamp
    ) throws(SignatureError) -> SigV4Authorization {
        let fields = request.values(of: "authorization")
        let parameters = QueryParameters(Array(request.query.utf8))
        let isPresigned = parameters.parameters.contains { parameter in
            SignatureParts.presignedMarks.contains { parameter.decodedName.elementsEqual($0.utf8) }
        }
        switch (fields.count, isPresigned) {
        case (0, false):
            throw .missing
        case (0, true):
            return try SigV4Authorization(SignatureParts(presigned: parameters, request), request, now: now)
        case (1, false):
            return try SigV4Authorization(SignatureParts(header: fields[0], request), request, now: now)
        default:
            throw .incomplete("The request must carry exactly one signature, in one Authorization header or the query.")
        }
    }

    /// Refuses a signature for another service or region.
    /// - Parameters:
    ///   - service: The signing name wanted.
    ///   - region: The region wanted; `nil` accepts every region.
    /// - Throws: ``SignatureError`` with `invalidSignature`.
    package func requireScope(service: String, region: String? = nil) throws(SignatureError) {
        guard scope.service == service else {
            throw .invalid("Credential should be scoped to correct service: '\(service)'. ")
        }
        if let region, scope.region != region {
            throw .invalid("Credential should be scoped to a valid region. ")
        }
    }
}

extension SigV4Authorization {
    /// Header fields that need not be covered: the time is signed itself, the payload hash is a line of the
    /// canonical request, and the token is compared with the one issued (some services want it added after signing).
    private static let boundOtherwise = ["x-amz-date", "x-amz-content-sha256", "x-amz-security-token"]

    private init(_ parts: SignatureParts, _ request: SignableRequest, now: Timestamp) throws(SignatureError) {
        let credential = parts.credential.utf8
            .split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
            .map { String(Substring($0)) }
        guard credential.count == 5, !credential[0].isEmpty else {
            throw .incomplete(
                "Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term, "
                    + "got '\(parts.credential)'"
            )
        }
        guard credential[4] == CredentialScope.terminator else {
            throw .invalid(
                "Credential should be scoped with a valid terminator: '\(CredentialScope.terminator)', "
                    + "not '\(credential[4])'."
            )
        }
        let day = parts.timeText.prefix(8)
        guard credential[1] == day else {
            throw .invalid(
                "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: "
                    + "'\(credential[1])' != '\(day)', from '\(parts.timeText)'."
            )
        }
        form = parts.form
        accessKeyID = credential[0]
        scope = CredentialScope(date: credential[1], region: credential[2], service: credential[3])
        signedHeaders = try Self.signedHeaders(parts.signedHeaders)
        sessionToken = parts.sessionToken
        time = parts.time
        timeText = parts.timeText
        signature = parts.signature
        try checkCoverage(of: request)
        try checkTime(now: now.wholeSeconds, expiresSeconds: parts.expiresSeconds)
    }

    private static func signedHeaders(_ text: String) throws(SignatureError) -> [String] {
        var names: [String] = []
        for part in text.utf8.split(separator: UInt8(ascii: ";"), omittingEmptySubsequences: false) {
            let isName =
                !part.isEmpty
                && part.allSatisfy { byte in
                    (0x21...0x7E).contains(byte) && byte != UInt8(ascii: ":") && !(0x41...0x5A).contains(byte)
                }
            let name = String(Substring(part))
            if let last = names.last, !last.utf8.lexicographicallyPrecedes(name.utf8) {
                throw .incomplete("SignedHeaders must be sorted lower-case names, each once, got '\(text)'")
            }
            guard isName else {
                throw .incomplete("SignedHeaders must be sorted lower-case names, each once, got '\(text)'")
            }
            names.append(name)
        }
        return names
    }

    private func checkCoverage(of request: SignableRequest) throws(SignatureError) {
        guard signedHeaders.contains("host") else {
            throw .invalid("'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization.")
        }
        for header in request.headers {
            guard SignableRequest.matches(String(header.name.prefix(6)), lowercased: "x-amz-") else { continue }
            let isCovered = (signedHeaders + Self.boundOtherwise)
                .contains {
                    SignableRequest.matches(header.name, lowercased: $0)
                }
            guard isCovered else {
                throw .invalid("There were headers present in the request which were not signed: \(header.name)")
            }
        }
    }

    /// Source: the messages that AWS services answer with; IAM user guide, "Troubleshoot Signature Version 4".
    private func checkTime(now: Timestamp, expiresSeconds: Int64?) throws(SignatureError) {
        let latest = now.advanced(bySeconds: Self.maxSkewSeconds)
        guard time <= latest else {
            throw .invalid(
                "Signature not yet current: \(timeText) is still later than \(latest.basicForm) "
                    + "(\(now.basicForm) + \(Self.maxSkewSeconds / 60) min.)"
            )
        }
        if let expiresSeconds {
            let end = time.advanced(bySeconds: expiresSeconds)
            guard now <= end else {
                throw .invalid("Signature expired: \(end.basicForm) is now earlier than \(now.basicForm)")
            }
            return
        }
        let earliest = now.advanced(bySeconds: -Self.maxSkewSeconds)
        guard time >= earliest else {
            throw .invalid(
                "Signature expired: \(timeText) is now earlier than \(earliest.basicForm) "
                    + "(\(now.basicForm) - \(Self.maxSkewSeconds / 60) min.)"
            )
        }
    }
}
