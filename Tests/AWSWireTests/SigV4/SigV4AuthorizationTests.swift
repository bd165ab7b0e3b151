// SPDX-License-Identifier: Apache-2.0

import CoreValues
import Testing

@testable import AWSWire

struct SigV4AuthorizationTests {
    private static let now = Timestamp(year: 2015, month: 8, day: 30, hour: 12, minute: 36)
    private static let credential = "AKIDEXAMPLE/20150830/us-east-1/service/aws4_request"
    private static let signature = String(repeating: "0", count: 64)
    private static let good =
        "AWS4-HMAC-SHA256 Credential=\(credential), SignedHeaders=host;x-amz-date, Signature=\(signature)"

    private func parse(
        _ authorization: String...,
        query: String = "",
        more: [(name: String, value: String)] = [("X-Amz-Date", "20150830T123600Z")]
    ) throws -> SigV4Authorization {
        let headers = [("Host", "h")] + more + authorization.map { ("Authorization", $0) }
        let request = SignableRequest(method: "GET", path: "/", query: query, headers: headers)
        return try SigV4Authorization.parse(request, now: Self.now)
    }

    @Test func `the parts of a header are read`() throws {
        let parsed = try parse(Self.good, more: [("x-amz-date", " 20150830T123600Z "), ("X-Amz-Security-Token", "t")])
        #expect(parsed.form == .header)
        #expect(parsed.accessKeyID == "AKIDEXAMPLE")
        #expect(parsed.scope == CredentialScope(date: "20150830", region: "us-east-1", service: "service"))
        #expect(parsed.scope.description == "20150830/us-east-1/service/aws4_request")
        #expect(parsed.signedHeaders == ["host", "x-amz-date"])
        #expect(parsed.sessionToken == "t")
        #expect(parsed.time == Self.now)
    }

    @Test func `the parts may come in any order without spaces`() throws {
        let text =
            "AWS4-HMAC-SHA256 Signature=\(Self.signature),SignedHeaders=host;x-amz-date,Credential=\(Self.credential)"
        #expect(try parse(text).accessKeyID == "AKIDEXAMPLE")
    }

    @Test func `the scope is held against what is wanted`() throws {
        let parsed = try parse(Self.good)
        #expect(throws: Never.self) { try parsed.requireScope(service: "service", region: "us-east-1") }
        #expect(throws: Never.self) { try parsed.requireScope(service: "service") }
        #expect(throws: SignatureError.self) { try parsed.requireScope(service: "kms") }
        #expect(throws: SignatureError.self) { try parsed.requireScope(service: "service", region: "eu-west-1") }
    }

    struct Refusal: Sendable, CustomTestStringConvertible {
        let found: String
        let put: String
        let code: SignatureError.Code
        let message: String

        var testDescription: String { "\(found) to \(put)" }

        init(_ found: String, _ put: String, _ code: SignatureError.Code, _ message: String) {
            self.found = found
            self.put = put
            self.code = code
            self.message = message
        }
    }

    @Test(arguments: [
        Refusal("AWS4-HMAC-SHA256 ", "AWS4-HMAC-SHA512 ", .incompleteSignature, "'AWS4-HMAC-SHA512'"),
        Refusal("AWS4-HMAC-SHA256 ", "AWS4-ECDSA-P256-SHA256 ", .incompleteSignature, "Unsupported AWS 'algorithm'"),
        Refusal("AWS4-HMAC-SHA256 ", "aws4-hmac-sha256 ", .incompleteSignature, "Unsupported AWS 'algorithm'"),
        Refusal(good, "Bearer abc", .incompleteSignature, "'Bearer'"),
        Refusal(good, "", .incompleteSignature, "''"),
        Refusal(good, "AWS4-HMAC-SHA256", .incompleteSignature, "missing equal-sign"),
        Refusal("Credential=\(credential), ", "", .incompleteSignature, "requires 'Credential'"),
        Refusal(", Signature=\(signature)", "", .incompleteSignature, "requires 'Signature'"),
        Refusal("SignedHeaders=host;x-amz-date, ", "", .incompleteSignature, "requires 'SignedHeaders'"),
        Refusal("Signature=", "Signature=1, Signature=", .incompleteSignature, "repeated parameter 'Signature'"),
        Refusal("Signature=", "Extra=1, Signature=", .incompleteSignature, "unknown or repeated parameter 'Extra'"),
        Refusal("Signature=", "Signature", .incompleteSignature, "missing equal-sign"),
        Refusal("AKIDEXAMPLE/", "/", .incompleteSignature, "5 slash-delimited"),
        Refusal("AKIDEXAMPLE/", "", .incompleteSignature, "5 slash-delimited"),
        Refusal("AKIDEXAMPLE/", "AKID/EXAMPLE/", .incompleteSignature, "5 slash-delimited"),
        Refusal("aws4_request", "aws3_request", .invalidSignature, "valid terminator"),
        Refusal("/20150830/", "/20150831/", .invalidSignature, "does not match YYYYMMDD"),
        Refusal("/20150830/", "/2015083/", .invalidSignature, "does not match YYYYMMDD"),
        Refusal("host;x-amz-date", "x-amz-date", .invalidSignature, "'Host' or ':authority'"),
        Refusal("host;x-amz-date", "x-amz-date;host", .incompleteSignature, "sorted lower-case"),
        Refusal("host;x-amz-date", "host;host", .incompleteSignature, "each once"),
        Refusal("host;x-amz-date", "Host;x-amz-date", .incompleteSignature, "lower-case"),
        Refusal("host;x-amz-date", "host;", .incompleteSignature, "sorted lower-case"),
        Refusal("host;x-amz-date", "", .incompleteSignature, "sorted lower-case"),
        Refusal("host;x-amz-date", "host;x:y", .incompleteSignature, "sorted lower-case"),
    ])
    func `a malformed header is refused`(_ refusal: Refusal) throws {
        let text = Self.good.replacing(refusal.found, with: refusal.put)
        #expect(text != Self.good)
        let error = #expect(throws: SignatureError.self) { try parse(text) }
        #expect(error?.code == refusal.code)
        #expect(error?.message.contains(refusal.message) == true, "\(error?.message ?? "")")
    }

    @Test func `a request needs exactly one signature`() {
        #expect(throws: SignatureError.missing) { try parse() }
        let both = #expect(throws: SignatureError.self) {
            try parse(Self.good, query: "X-Amz-Signature=\(Self.signature)")
        }
        #expect(both?.code == .incompleteSignature)
        let two = #expect(throws: SignatureError.self) { try parse(Self.good, Self.good) }
        #expect(two?.code == .incompleteSignature)
        #expect(two?.message.contains("exactly one signature") == true)
    }

    @Test(arguments: [
        [("X-Amz-Date", "20150830T123600Z"), ("x-amz-date", "20150830T123600Z")],
        [("X-Amz-Date", "2015-08-30T12:36:00Z")], [("X-Amz-Date", "20150830T123600")], [("X-Amz-Date", "yesterday")],
        [("X-Amz-Date", "20150830T253600Z")], [("X-Amz-Date", "")], [("Date", "yesterday")],
        [("Date", "Sun, 30 Aug 2015 12:36:00 CET")], [("Date", "Sun, 30 Axx 2015 12:36:00 GMT")], [],
        [("X-Amz-Date", "20150830T123600Z"), ("X-Amz-Security-Token", "a"), ("X-Amz-Security-Token", "a")],
    ])
    func `a request needs exactly one time and at most one token`(_ fields: [(String, String)]) {
        let error = #expect(throws: SignatureError.self) { try parse(Self.good, more: fields.map { ($0, $1) }) }
        #expect(error?.code == .incompleteSignature)
    }

    @Test(arguments: [
        "Sun, 30 Aug 2015 12:36:00 GMT", "Sun, 30 Aug 2015 12:36:00 -0000", "20150830T123600Z", "2015-08-30T12:36:00Z",
    ])
    func `the date field will do where there is no other time`(_ date: String) throws {
        #expect(try parse(Self.good, more: [("Date", date)]).time == Self.now)
    }

    @Test func `the time of the service's own field goes first`() throws {
        let fields = [("Date", "Mon, 31 Aug 2015 12:36:00 GMT"), ("X-Amz-Date", "20150830T123600Z")]
        #expect(try parse(Self.good, more: fields).time == Self.now)
    }

    @Test func `service fields must be covered`() throws {
        let date = ("X-Amz-Date", "20150830T123600Z")
        let error = #expect(throws: SignatureError.self) {
            try parse(Self.good, more: [date, ("X-AMZ-Target", "TrentService.Encrypt")])
        }
        #expect(error?.message == "There were headers present in the request which were not signed: X-AMZ-Target")
        let covered = Self.good.replacing("x-amz-date", with: "x-amz-date;x-amz-target")
        #expect(throws: Never.self) { try parse(covered, more: [date, ("X-AMZ-Target", "TrentService.Encrypt")]) }
        #expect(throws: Never.self) { try parse(Self.good, more: [date, ("X-Amzn-Trace-Id", "Root=1")]) }
    }
}
