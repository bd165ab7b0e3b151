// SPDX-License-Identifier: Apache-2.0

import CoreValues
import JSONDocument

/// Answers signature test cases, one JSON document a line, so that other implementations can be compared.
package enum SignatureConformance {
    /// Answers `{"id":…,"valid":true|false}` to a case.
    ///
    /// A case has `id`, `request` (the text of an HTTP request), `now`, `accessKeyId`, `secretAccessKey`, optionally
    /// `sessionToken`, `service` and `region`. Valid means that the request carries a signature of exactly those
    /// credentials for that service and region that is current at that time; a request whose token was still to be
    /// added after signing counts, one with another token doesn't. A line that is no case is answered with `false` and
    /// an `error`, and a null id when it has none.
    package static func answer(line: String) -> String {
        let document: JSONValue
        do {
            document = try JSONValue(parsing: line)
        } catch {
            return refusal(nil, "the line is no JSON document: \(error)")
        }
        guard let id = document["id"], let request = document["request"]?.string,
            let now = document["now"]?.string.flatMap({ Timestamp(parsing: $0) }),
            let accessKeyID = document["accessKeyId"]?.string,
            let secretAccessKey = document["secretAccessKey"]?.string,
            let service = document["service"]?.string, let region = document["region"]?.string
        else {
            return refusal(
                document["id"],
                "a case needs id, request, now, accessKeyId, secretAccessKey, service and region, "
                    + "all but the id as text, and now as a time such as 20150830T123600Z"
            )
        }
        let credentials = SigningCredentials(
            accessKeyID: accessKeyID,
            secretAccessKey: secretAccessKey,
            sessionToken: document["sessionToken"]?.string
        )
        let isValid: Bool
        do {
            try verify(request, credentials, service: service, region: region, now: now)
            isValid = true
        } catch {
            isValid = false
        }
        let answer: JSONValue = ["id": id, "valid": .bool(isValid)]
        return answer.text()
    }

    private static func refusal(_ id: JSONValue?, _ message: String) -> String {
        let answer: JSONValue = ["id": id ?? .null, "valid": false, "error": .string(message)]
        return answer.text()
    }

    private static func verify(
        _ text: String,
        _ credentials: SigningCredentials,
        service: String,
        region: String,
        now: Timestamp
    ) throws(SignatureError) {
        guard let request = SignableRequest(parsing: Array(text.utf8)) else { throw .missing }
        let authorization = try SigV4Authorization.parse(request, now: now)
        try authorization.requireScope(service: service, region: region)
        guard authorization.accessKeyID == credentials.accessKeyID else { throw .unrecognized }
        if let token = credentials.sessionToken, let given = authorization.sessionToken, given != token {
            throw .unrecognized
        }
        try SigV4Verifier().verify(request, authorization, secretAccessKey: credentials.secretAccessKey)
    }
}
