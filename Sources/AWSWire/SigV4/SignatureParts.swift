// SPDX-License-Identifier: Apache-2.0

import CoreValues

/// The texts that make up a signature, as found in the header field or the query.
struct SignatureParts {
    /// The query parameters by which a presigned request is recognised.
    static let presignedMarks = ["X-Amz-Algorithm", "X-Amz-Credential", CanonicalQuery.signatureName]

    let form: SigV4Authorization.Form
    let credential: String
    let signedHeaders: String
    let signature: String
    let sessionToken: String?
    let time: Timestamp
    let timeText: String
    /// How long a presigned request is good for; `nil` where only the usual skew is allowed.
    let expiresSeconds: Int64?
}

// MARK: - Authorization header

extension SignatureParts {
    /// Reads `AWS4-HMAC-SHA256 Credential=…, SignedHeaders=…, Signature=…`, in any order, and the request's time.
    init(header text: String, _ request: SignableRequest) throws(SignatureError) {
        let trimmed = Self.trimmed(text.utf8[...])
        let (algorithm, rest) = Self.cut(trimmed, at: 0x20)
        guard algorithm.elementsEqual(SigV4Authorization.algorithm.utf8) else {
            throw .incomplete("Unsupported AWS 'algorithm': '\(Substring(algorithm))'.")
        }
        var credential: String?
        var signedHeaders: String?
        var signature: String?
        for part in rest.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false) {
            let part = Self.trimmed(part)
            guard part.contains(UInt8(ascii: "=")) else {
                throw .incomplete(
                    "'\(Substring(part))' not a valid key=value pair (missing equal-sign) in Authorization header: "
                        + "'\(text)'."
                )
            }
            let (name, value) = Self.cut(part, at: UInt8(ascii: "="))
            switch String(Substring(name)) {
            case "Credential" where credential == nil: credential = String(Substring(value))
            case "SignedHeaders" where signedHeaders == nil: signedHeaders = String(Substring(value))
            case "Signature" where signature == nil: signature = String(Substring(value))
            default:
                throw .incomplete("Authorization header has an unknown or repeated parameter '\(Substring(name))'.")
            }
        }
        let moment = try Self.headerTime(request)
        guard let credential, let signedHeaders, let signature, let moment else {
            var complaints: [String] = []
            for (name, value) in [
                ("Credential", credential), ("Signature", signature), ("SignedHeaders", signedHeaders),
            ] where value == nil {
                complaints.append("Authorization header requires '\(name)' parameter.")
            }
            if moment == nil {
                complaints.append(
                    "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header."
                )
            }
            throw .incomplete(complaints.joined(separator: " "))
        }
        self.init(
            form: .header,
            credential: credential,
            signedHeaders: signedHeaders,
            signature: signature,
            sessionToken: try Self.tokenField(request),
            time: moment.time,
            timeText: moment.text,
            expiresSeconds: nil
        )
    }

    /// The time of a request signed in its header: `X-Amz-Date`, else `Date`.
    private static func headerTime(
        _ request: SignableRequest
    ) throws(SignatureError) -> (time: Timestamp, text: String)? {
        if let text = try single(request, "x-amz-date") {
            guard let time = HTTPDate.basic(text) else { throw badDate(text) }
            return (time, text)
        }
        if let text = try single(request, "date") {
            guard let time = HTTPDate.date(text) else { throw badDate(text) }
            return (time, time.basicForm)
        }
        return nil
    }

    private static func tokenField(_ request: SignableRequest) throws(SignatureError) -> String? {
        try single(request, "x-amz-security-token")
    }

    private static func single(_ request: SignableRequest, _ name: String) throws(SignatureError) -> String? {
        let values = request.values(of: name)
        guard values.count <= 1 else {
            throw .incomplete("The header '\(name)' must stand in the request once.")
        }
        return values.first.map { String(Substring(trimmed($0.utf8[...]))) }
    }

    private static func badDate(_ text: String) -> SignatureError {
        .incomplete(
            "Date must be in ISO-8601 'basic format'. Got '\(text)'. See http://en.wikipedia.org/wiki/ISO_8601"
        )
    }

    private static func trimmed(_ text: Substring.UTF8View) -> Substring.UTF8View {
        var text = text
        while let byte = text.first, isBlank(byte) {
            text.removeFirst()
        }
        while let byte = text.last, isBlank(byte) {
            text.removeLast()
        }
        return text
    }

    /// White space, and the line ends that a folded field has inside.
    private static func isBlank(_ byte: UInt8) -> Bool {
        byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D
    }

    private static func cut(
        _ text: Substring.UTF8View,
        at separator: UInt8
    ) -> (Substring.UTF8View, Substring.UTF8View) {
        let index = text.firstIndex(of: separator) ?? text.endIndex
        return (text[..<index], text[index...].dropFirst())
    }
}

// MARK: - Query

extension SignatureParts {
    /// Reads the `X-Amz-*` parameters of a presigned request.
    ///
    /// Without `X-Amz-Expires`, which the AWS "Common Parameters" pages don't list, the request is good for as long
    /// as one signed in its header.
    init(presigned parameters: QueryParameters, _ request: SignableRequest) throws(SignatureError) {
        func value(_ name: String) throws(SignatureError) -> String? {
            let values = parameters.values(of: name)
            guard values.count <= 1 else {
                throw .incomplete("The query-string parameter '\(name)' must stand in the request once.")
            }
            return values.first
        }
        let algorithm = try value("X-Amz-Algorithm")
        let credential = try value("X-Amz-Credential")
        let signature = try value(CanonicalQuery.signatureName)
        let signedHeaders = try value("X-Amz-SignedHeaders")
        let date = try value("X-Amz-Date")
        guard let algorithm, let credential, let signature, let signedHeaders, let date else {
            let missing = [
                ("X-Amz-Algorithm", algorithm), ("X-Amz-Credential", credential),
                (CanonicalQuery.signatureName, signature), ("X-Amz-SignedHeaders", signedHeaders),
                ("X-Amz-Date", date),
            ]
            .filter { $0.1 == nil }.map { "'\($0.0)'" }.joined(separator: ", ")
            throw .incomplete(
                "AWS query-string parameters must include \(missing). Re-examine the query-string parameters."
            )
        }
        guard algorithm == SigV4Authorization.algorithm else {
            throw .incomplete("Unsupported AWS 'algorithm': '\(algorithm)'.")
        }
        guard let time = HTTPDate.basic(date) else { throw Self.badDate(date) }
        var token = try Self.tokenParameter(parameters)
        if token == nil {
            token = try Self.tokenField(request)
        }
        self.init(
            form: .presigned,
            credential: credential,
            signedHeaders: signedHeaders,
            signature: signature,
            sessionToken: token,
            time: time,
            timeText: date,
            expiresSeconds: try Self.expires(value("X-Amz-Expires"))
        )
    }

    /// The session token; some signers write it once before and once after signing.
    private static func tokenParameter(_ parameters: QueryParameters) throws(SignatureError) -> String? {
        let values = parameters.values(of: CanonicalQuery.tokenName)
        guard let first = values.first else { return nil }
        guard values.allSatisfy({ $0 == first }) else {
            throw .incomplete("The query-string parameter '\(CanonicalQuery.tokenName)' has more than one value.")
        }
        return first
    }

    private static func expires(_ text: String?) throws(SignatureError) -> Int64? {
        guard let text else { return nil }
        guard !text.isEmpty, text.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let seconds = Int64(text),
            (1...SigV4Authorization.maxExpiresSeconds).contains(seconds)
        else {
            throw .incomplete(
                "X-Amz-Expires must be between 1 and \(SigV4Authorization.maxExpiresSeconds) seconds, got '\(text)'"
            )
        }
        return seconds
    }
}
