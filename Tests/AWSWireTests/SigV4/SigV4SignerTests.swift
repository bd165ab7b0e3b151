// SPDX-License-Identifier: Apache-2.0

import CoreValues
import TestSupport
import Testing

@testable import AWSWire

struct SigV4SignerTests {
    private let credentials = SigningCredentials(accessKeyID: "AKIDEXAMPLE", secretAccessKey: "s3cr3t/+=")
    private let now = Timestamp(year: 2026, month: 1, day: 2, hour: 3)

    private func verify(_ request: SignableRequest, secret: String = "s3cr3t/+=") throws -> SigV4Authorization {
        let authorization = try SigV4Authorization.parse(request, now: now)
        try SigV4Verifier().verify(request, authorization, secretAccessKey: secret)
        return authorization
    }

    private func randomRequest(_ generator: inout SeededGenerator) -> SignableRequest {
        let pieces = ["a", "/", "//", ".", "..", "%20", "%2F", "+", "é", "*", "~", "=", "&", "'", "x-", "%zz", "😀"]
        func text(_ count: Int, without forbidden: String = "") -> String {
            (0..<Int.random(in: 0...count, using: &generator)).map { _ in generator.pick(pieces) }
                .filter { !forbidden.contains($0) }.joined()
        }
        var headers: [(name: String, value: String)] = [("Host", "h"), ("Content-Type", text(3)), ("Other", text(4))]
        for number in 0..<Int.random(in: 0...3, using: &generator) {
            headers.append((name: "X-Amz-Meta-\(number % 2)", value: "  \(text(3))   b "))
        }
        return SignableRequest(
            method: generator.pick(["GET", "POST", "PUT"]),
            path: "/" + text(8),
            query: text(12),
            headers: headers,
            body: (0..<Int.random(in: 0...40, using: &generator))
                .map { _ in UInt8.random(in: 0...255, using: &generator) }
        )
    }

    @Test(arguments: [1, 2, 3, 4] as [UInt64])
    func `what is signed verifies, and not with another secret`(_ seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let signer = SigV4Signer(credentials: credentials, service: "kms", region: "us-east-1")
        for round in 0..<200 {
            let request = randomRequest(&generator)
            let signed = signer.signed(request, now: now)
            #expect(throws: Never.self, "seed \(seed), round \(round): \(signed)") { try verify(signed) }
            #expect(throws: SignatureError.mismatch) { try verify(signed, secret: "other") }
            let presigned = signer.presigned(request, now: now, expiresSeconds: 60)
            #expect(throws: Never.self, "seed \(seed), round \(round): \(presigned)") { try verify(presigned) }
        }
    }

    @Test func `a token is sent and covered`() throws {
        let session = SigningCredentials(accessKeyID: "ASIA", secretAccessKey: "s3cr3t/+=", sessionToken: "to/ken==")
        let signer = SigV4Signer(credentials: session, service: "sts", region: "us-east-1")
        let request = SignableRequest(method: "GET", path: "/", headers: [("Host", "h")])
        let signed = try verify(signer.signed(request, now: now))
        #expect(signed.sessionToken == "to/ken==")
        #expect(signed.signedHeaders == ["host", "x-amz-date", "x-amz-security-token"])
        let presigned = signer.presigned(request, now: now, expiresSeconds: 60)
        #expect(presigned.query.contains("X-Amz-Security-Token=to%2Fken%3D%3D&"))
        #expect(try verify(presigned).sessionToken == "to/ken==")
    }

    @Test func `signing again replaces the signature`() throws {
        let signer = SigV4Signer(credentials: credentials, service: "kms", region: "us-east-1")
        let request = SignableRequest(method: "GET", path: "/", headers: [("Host", "h")])
        let once = signer.signed(request, now: now.advanced(bySeconds: -3600))
        let twice = signer.signed(once, now: now)
        #expect(twice.headers.count == once.headers.count)
        #expect(throws: Never.self) { try verify(twice) }
        #expect(throws: SignatureError.self) { try verify(once) }
    }

    @Test func `an empty path is the root`() throws {
        let signer = SigV4Signer(credentials: credentials, service: "kms", region: "us-east-1")
        let request = SignableRequest(method: "GET", path: "", headers: [("Host", "h")])
        #expect(throws: Never.self) { try verify(signer.signed(request, now: now)) }
    }

    @Test func `credentials don't show their secrets`() {
        let session = SigningCredentials(accessKeyID: "ASIA", secretAccessKey: "hidden1", sessionToken: "hidden2")
        for text in ["\(session)", String(reflecting: session), String(describing: session)] {
            #expect(!text.contains("hidden"))
            #expect(text.contains("ASIA"))
        }
    }
}
