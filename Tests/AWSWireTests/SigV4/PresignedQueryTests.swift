// SPDX-License-Identifier: Apache-2.0

import CoreValues
import Testing

@testable import AWSWire

struct PresignedQueryTests {
    @Test(arguments: [
        "X-Amz-Algorithm", "X-Amz-Credential", "X-Amz-Date", "X-Amz-SignedHeaders", "X-Amz-Signature",
    ])
    func `every part must be there once`(_ name: String) throws {
        let one = try SignatureCase.named("get-presigned")
        let request = try one.signable()
        let parts = request.query.split(separator: "&")
        let without = parts.filter { !$0.hasPrefix("\(name)=") }.joined(separator: "&")
        #expect(without != request.query)
        let missing = #expect(throws: SignatureError.self) { try request.with(query: without).verify(one) }
        #expect(missing?.code == .incompleteSignature)
        #expect(missing?.message.contains("'\(name)'") == true)
        let part = try #require(parts.first { $0.hasPrefix("\(name)=") })
        for repeated in [part, part.replacing("X-Amz", with: "X%2DAmz")] {
            let twice = request.with(query: "\(request.query)&\(repeated)")
            let error = #expect(throws: SignatureError.self) { try twice.verify(one) }
            #expect(error?.code == .incompleteSignature)
            #expect(error?.message == "The query-string parameter '\(name)' must stand in the request once.")
        }
    }

    @Test func `a query that only looks like a presigned one carries no signature`() {
        let request = SignableRequest(
            method: "GET",
            path: "/",
            query: "X-Amz-Expires=1&x-amz-signature=a",
            headers: [("host", "h")]
        )
        #expect(throws: SignatureError.missing) { try SigV4Authorization.parse(request, now: Timestamp(seconds: 0)) }
    }

    @Test func `the token may stand once before and once after signing`() throws {
        let one = try SignatureCase.named("get-vanilla-session-token-presigned")
        let request = try one.signable()
        let token = try #require(request.query.split(separator: "&").first { $0.hasPrefix("X-Amz-Security-Token=") })
        let twice = request.with(query: "\(request.query)&\(token)")
        #expect(try twice.verify(one).sessionToken == one.sessionToken)
        let other = #expect(throws: SignatureError.self) {
            try request.with(query: "\(request.query)&X-Amz-Security-Token=x").verify(one)
        }
        #expect(other?.code == .incompleteSignature)
        #expect(throws: SignatureError.mismatch) {
            try request.with(query: request.query.replacing("&\(token)", with: "")).verify(one)
        }
    }

    @Test func `covered fields that the request says anyway may be left out of it`() throws {
        let one = try SignatureCase.named("get-vanilla")
        let body = Array("Param1=value1".utf8)
        let hash = SigningKey.payloadHash(body)
        let full = SignableRequest(
            method: "POST",
            path: "/",
            headers: [("host", "h"), ("x-amz-content-sha256", hash)],
            body: body
        )
        let signer = SigV4Signer(credentials: one.credentials, service: one.service, region: one.region)
        let presigned = try signer.presigned(full, now: one.moment(), expiresSeconds: 60)
        let left = presigned.with(headers: [("host", "h")])
        #expect(try left.verify(one).signedHeaders == ["host", "x-amz-content-sha256"])
        let other = SignableRequest(
            method: "POST",
            path: "/",
            query: left.query,
            headers: left.headers,
            body: body + [0x0A]
        )
        #expect(throws: SignatureError.mismatch) { try other.verify(one) }
        let signed = try signer.signed(full, now: one.moment())
        let cut = signed.with(headers: signed.headers.filter { $0.name != "x-amz-content-sha256" })
        #expect(throws: SignatureError.mismatch) { try cut.verify(one) }
    }

    @Test func `only the object store leaves bodies open`() throws {
        let one = try SignatureCase.named("get-s3-presigned")
        let request = try one.signable()
        let withBody = SignableRequest(
            method: request.method,
            path: request.path,
            query: request.query,
            headers: request.headers,
            body: [1]
        )
        #expect(throws: Never.self) { try withBody.verify(one) }
        let kms = try SignatureCase.named("get-presigned")
        let other = try kms.signable()
        let changed = SignableRequest(
            method: other.method,
            path: other.path,
            query: other.query,
            headers: other.headers,
            body: [1]
        )
        #expect(throws: SignatureError.mismatch) { try changed.verify(kms) }
    }
}
