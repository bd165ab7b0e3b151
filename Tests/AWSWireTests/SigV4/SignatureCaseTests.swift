// SPDX-License-Identifier: Apache-2.0

import CoreValues
import JSONDocument
import Testing

@testable import AWSWire

struct SignatureCaseTests {
    @Test func `all cases are read`() {
        #expect(SignatureCase.all.count == 137)
        #expect(Set(SignatureCase.all.map(\.id)).count == SignatureCase.all.count)
    }

    @Test(arguments: SignatureCase.all)
    func `a signature of botocore is valid`(_ one: SignatureCase) throws {
        #expect(SignatureConformance.answer(line: one.line) == #"{"id":"\#(one.id)","valid":true}"#)
        #expect(try one.isValid(now: "2015-08-30T12:36:00Z"))
    }

    @Test(arguments: SignatureCase.all)
    func `the signature is not valid for anything else`(_ one: SignatureCase) throws {
        #expect(try !one.isValid(accessKeyID: "AKIDOTHER"))
        #expect(try !one.isValid(secretAccessKey: one.secretAccessKey + "x"))
        #expect(try !one.isValid(service: "other"))
        #expect(try !one.isValid(region: "us-east-2"))
        #expect(try !one.isValid(now: "20150831T133601Z"))
    }

    @Test(arguments: SignatureCase.all)
    func `the signature's last digit counts`(_ one: SignatureCase) throws {
        let digit = one.signature.last == "0" ? "1" : "0"
        let tampered = one.request.replacing(one.signature, with: one.signature.dropLast() + digit)
        #expect(tampered != one.request)
        #expect(try !one.isValid(request: tampered))
        #expect(try !one.isValid(request: one.request.replacing(one.signature, with: one.signature.dropLast())))
        #expect(try !one.isValid(request: one.request.replacing(one.signature, with: one.signature.uppercased())))
    }

    @Test(arguments: SignatureCase.all)
    func `another method is another request`(_ one: SignatureCase) throws {
        let request = try one.signable()
        let other = SignableRequest(
            method: "PATCH",
            path: request.path,
            query: request.query,
            headers: request.headers,
            body: request.body
        )
        #expect(throws: SignatureError.mismatch) { try other.verify(one) }
    }

    @Test(arguments: SignatureCase.all.filter(\.ourSignerAgrees))
    func `our signer gives botocore's signature`(_ one: SignatureCase) throws {
        let request = try one.signable()
        let signer = SigV4Signer(credentials: one.credentials, service: one.service, region: one.region)
        guard one.isPresigned else {
            let signed = try signer.signed(request, now: one.moment())
            #expect(signed.values(of: "authorization").count == 1)
            #expect(signed.values(of: "authorization").first?.hasSuffix("Signature=\(one.signature)") == true)
            return
        }
        let query = request.query.split(separator: "&").filter { !$0.hasPrefix("X-Amz-") }.joined(separator: "&")
        let presigned = try signer.presigned(request.with(query: query), now: one.moment(), expiresSeconds: 3600)
        #expect(presigned.query.hasSuffix("X-Amz-Signature=\(one.signature)"))
    }

    @Test func `enough cases compare the signers`() {
        #expect(SignatureCase.all.filter { $0.ourSignerAgrees && !$0.isPresigned }.count >= 30)
        #expect(SignatureCase.all.filter { $0.ourSignerAgrees && $0.isPresigned }.count >= 20)
    }
}
