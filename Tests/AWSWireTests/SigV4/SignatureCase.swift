// SPDX-License-Identifier: Apache-2.0

import CoreValues
import Foundation
import JSONDocument
import Testing

@testable import AWSWire

/// A signed request from `Goldens/sigv4-cases.jsonl`, whose signatures `scripts/generate-sigv4-cases.py` let botocore
/// compute.
struct SignatureCase: Sendable, CustomTestStringConvertible {
    let id: String
    let line: String
    let request: String
    let now: String
    let accessKeyID: String
    let secretAccessKey: String
    let sessionToken: String?
    let service: String
    let region: String
    let signature: String
    let isPresigned: Bool
    let ourSignerAgrees: Bool

    var testDescription: String { id }

    static let all: [SignatureCase] = {
        let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        let file = folder.appendingPathComponent("Goldens").appendingPathComponent("sigv4-cases.jsonl")
        let text = (try? String(contentsOf: file, encoding: .utf8)) ?? ""
        return text.split(separator: "\n").compactMap { SignatureCase(line: String($0)) }
    }()

    static func named(_ id: String) throws -> SignatureCase {
        try #require(all.first { $0.id == id }, "there is no case \(id)")
    }

    private init?(line: String) {
        guard let document = try? JSONValue(parsing: line), let id = document["id"]?.string,
            let request = document["request"]?.string, let now = document["now"]?.string,
            let accessKeyID = document["accessKeyId"]?.string, let secret = document["secretAccessKey"]?.string,
            let service = document["service"]?.string, let region = document["region"]?.string,
            let signature = document["signature"]?.string, let signer = document["signer"]?.string,
            let ourSignerAgrees = document["ourSignerAgrees"]?.bool
        else { return nil }
        self.id = id
        self.line = line
        self.request = request
        self.now = now
        self.accessKeyID = accessKeyID
        secretAccessKey = secret
        sessionToken = document["sessionToken"]?.string
        self.service = service
        self.region = region
        self.signature = signature
        isPresigned = signer.hasSuffix("-query")
        self.ourSignerAgrees = ourSignerAgrees
    }

    /// The answer to the case as a line, with some members replaced.
    func isValid(
        request: String? = nil,
        now: String? = nil,
        accessKeyID: String? = nil,
        secretAccessKey: String? = nil,
        sessionToken: String? = nil,
        service: String? = nil,
        region: String? = nil
    ) throws -> Bool {
        var members: JSONObject = JSONObject()
        members["id"] = .string(id)
        members["request"] = .string(request ?? self.request)
        members["now"] = .string(now ?? self.now)
        members["accessKeyId"] = .string(accessKeyID ?? self.accessKeyID)
        members["secretAccessKey"] = .string(secretAccessKey ?? self.secretAccessKey)
        members["sessionToken"] = (sessionToken ?? self.sessionToken).map { .string($0) }
        members["service"] = .string(service ?? self.service)
        members["region"] = .string(region ?? self.region)
        let answer = try JSONValue(parsing: SignatureConformance.answer(line: JSONValue.object(members).text()))
        #expect(answer["id"] == .string(id))
        #expect(answer["error"] == nil)
        let valid = try #require(answer["valid"])
        #expect(valid.bool != nil)
        return valid == true
    }

    /// The request taken apart.
    func signable() throws -> SignableRequest {
        try #require(SignableRequest(parsing: Array(request.utf8)))
    }

    /// The moment of the case.
    func moment() throws -> Timestamp {
        try #require(Timestamp(parsing: now))
    }

    /// The credentials of the case.
    var credentials: SigningCredentials {
        SigningCredentials(accessKeyID: accessKeyID, secretAccessKey: secretAccessKey, sessionToken: sessionToken)
    }
}

extension SignableRequest {
    /// Reads and verifies the signature as a server does.
    func verify(_ one: SignatureCase, now: Timestamp? = nil) throws -> SigV4Authorization {
        let authorization = try SigV4Authorization.parse(self, now: try now ?? one.moment())
        try SigV4Verifier().verify(self, authorization, secretAccessKey: one.secretAccessKey)
        return authorization
    }
}
