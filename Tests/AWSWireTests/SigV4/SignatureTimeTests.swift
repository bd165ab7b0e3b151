// SPDX-License-Identifier: Apache-2.0

import CoreValues
import Testing

@testable import AWSWire

struct SignatureTimeTests {
    @Test(arguments: [
        ("20150830T123600Z", true), ("20150830T125100Z", true), ("20150830T125101Z", false),
        ("20150830T122100Z", true), ("20150830T122059Z", false), ("20150830T125100.999Z", true),
        ("2015-08-30T14:36:00+02:00", true), ("20150831T123600Z", false), ("00010101T000000Z", false),
        ("99991231T235959Z", false),
    ])
    func `a signed request is good for fifteen minutes either way`(_ now: String, _ isGood: Bool) throws {
        #expect(try SignatureCase.named("get-vanilla").isValid(now: now) == isGood)
        #expect(try SignatureCase.named("get-date-field").isValid(now: now) == isGood)
    }

    @Test(arguments: [
        ("20150830T123600Z", true), ("20150830T133600Z", true), ("20150830T133601Z", false),
        ("20150830T122100Z", true), ("20150830T122059Z", false),
    ])
    func `a presigned request is good for as long as it says`(_ now: String, _ isGood: Bool) throws {
        #expect(try SignatureCase.named("get-presigned").isValid(now: now) == isGood)
    }

    @Test func `the refusals say when`() throws {
        let one = try SignatureCase.named("get-vanilla")
        let request = try one.signable()
        let late = SignatureError(
            .invalidSignature,
            "Signature expired: 20150830T123600Z is now earlier than 20150830T123601Z (20150830T125101Z - 15 min.)"
        )
        #expect(throws: late) { try request.verify(one, now: Timestamp(parsing: "20150830T125101Z")) }
        let early = SignatureError(
            .invalidSignature,
            "Signature not yet current: 20150830T123600Z is still later than 20150830T123559Z "
                + "(20150830T122059Z + 15 min.)"
        )
        #expect(throws: early) { try request.verify(one, now: Timestamp(parsing: "20150830T122059Z")) }
        let presigned = try SignatureCase.named("get-presigned")
        let over = SignatureError(
            .invalidSignature,
            "Signature expired: 20150830T133600Z is now earlier than 20150830T133601Z"
        )
        #expect(throws: over) {
            try presigned.signable().verify(presigned, now: Timestamp(parsing: "20150830T133601Z"))
        }
    }

    @Test(arguments: [
        "0", "-1", "604801", "1.5", "", "1e3", "+5", "99999999999999999999", " 60", "٣",
    ])
    func `only one second to a week is a time to expire`(_ expires: String) throws {
        let one = try SignatureCase.named("get-presigned")
        let request = try one.signable()
        let query = request.query.replacing("X-Amz-Expires=3600", with: "X-Amz-Expires=\(expires)")
        let error = #expect(throws: SignatureError.self) { try request.with(query: query).verify(one) }
        #expect(error?.code == .incompleteSignature)
        #expect(error?.message.hasPrefix("X-Amz-Expires must be between 1 and 604800 seconds") == true)
    }

    @Test func `a presigned request without a time to expire is good for fifteen minutes`() throws {
        let one = try SignatureCase.named("get-presigned")
        let signer = SigV4Signer(credentials: one.credentials, service: one.service, region: one.region)
        let request = SignableRequest(method: "GET", path: "/", headers: [("host", "h")])
        let presigned = try signer.presigned(request, now: one.moment(), expiresSeconds: 60)
        #expect(throws: Never.self) { try presigned.verify(one, now: Timestamp(parsing: "20150830T123700Z")) }
        #expect(throws: SignatureError.self) {
            try presigned.verify(one, now: Timestamp(parsing: "20150830T123701Z"))
        }
        let cut = presigned.with(query: presigned.query.replacing("&X-Amz-Expires=60", with: ""))
        let late = #expect(throws: SignatureError.self) {
            try SigV4Authorization.parse(cut, now: Timestamp(parsing: "20150830T125101Z") ?? one.moment())
        }
        #expect(late?.message.contains("- 15 min.") == true)
        #expect(throws: Never.self) {
            try SigV4Authorization.parse(cut, now: Timestamp(parsing: "20150830T125100Z") ?? one.moment())
        }
    }
}
