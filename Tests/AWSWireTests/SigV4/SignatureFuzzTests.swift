// SPDX-License-Identifier: Apache-2.0

import CoreValues
import TestSupport
import Testing

@testable import AWSWire

/// Random and damaged requests: each is refused with an error, none is taken for a signed one.
struct SignatureFuzzTests {
    private func isAccepted(_ bytes: [UInt8], _ one: SignatureCase) -> Bool {
        guard let request = SignableRequest(parsing: bytes), let now = Timestamp(parsing: one.now),
            let authorization = try? SigV4Authorization.parse(request, now: now)
        else { return false }
        do {
            try authorization.requireScope(service: one.service, region: one.region)
            guard authorization.accessKeyID == one.accessKeyID else { return false }
            try SigV4Verifier().verify(request, authorization, secretAccessKey: one.secretAccessKey)
            return true
        } catch {
            return false
        }
    }

    @Test(arguments: [11, 12, 13] as [UInt64])
    func `random bytes are no signed request`(_ seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let one = try SignatureCase.named("get-vanilla")
        let pieces = [
            "GET ", "/", "?", "&", "=", " HTTP/1.1\n", "\n", "\r\n", ":", ";", ",", "Authorization:",
            "AWS4-HMAC-SHA256 ",
            "Credential=", "AKIDEXAMPLE/20150830/us-east-1/service/aws4_request", "SignedHeaders=", "host",
            "X-Amz-Date:20150830T123600Z\n", "Signature=", "X-Amz-Signature=", "X-Amz-Algorithm=AWS4-HMAC-SHA256",
            "X-Amz-Credential=AKIDEXAMPLE%2F20150830%2Fus-east-1%2Fservice%2Faws4_request", "%", "%F", "é", "\t",
            "Host:h\n",
            "X-Amz-Date=20150830T123600Z", "X-Amz-SignedHeaders=host", "X-Amz-Expires=", "9", "\u{0}",
        ]
        .map { Array($0.utf8) }
        for _ in 0..<1500 {
            var bytes: [UInt8] = []
            for _ in 0..<Int.random(in: 0...24, using: &generator) {
                if generator.once(in: 4) {
                    bytes.append(UInt8.random(in: 0...255, using: &generator))
                } else {
                    bytes.append(contentsOf: generator.pick(pieces))
                }
            }
            #expect(!isAccepted(bytes, one), "seed \(seed): \(bytes)")
        }
    }

    @Test(arguments: [
        "get-vanilla", "get-presigned", "post-json-target", "post-sts-header-before", "get-header-value-multiline",
        "get-query-order-encoded", "get-query-utf8-presigned", "put-s3",
    ])
    func `a damaged request is valid only when it means the same`(_ id: String) throws {
        let one = try SignatureCase.named(id)
        let original = Array(one.request.utf8)
        let meaning = try meaning(of: original, one)
        var generator = SeededGenerator(seed: UInt64(id.utf8.count))
        #expect(isAccepted(original, one))
        var refused = 0
        for _ in 0..<1500 {
            var bytes = original
            for _ in 0..<Int.random(in: 1...3, using: &generator) {
                damage(&bytes, &generator)
            }
            guard isAccepted(bytes, one) else {
                refused += 1
                continue
            }
            #expect(try self.meaning(of: bytes, one) == meaning, "\(String(decoding: bytes, as: UTF8.self))")
        }
        #expect(refused > 1000)
    }

    private func damage(_ bytes: inout [UInt8], _ generator: inout SeededGenerator) {
        guard !bytes.isEmpty else { return }
        let place = Int.random(in: 0..<bytes.count, using: &generator)
        switch Int.random(in: 0..<5, using: &generator) {
        case 0: bytes[place] ^= 1 << UInt8.random(in: 0...7, using: &generator)
        case 1: bytes.remove(at: place)
        case 2: bytes.insert(UInt8.random(in: 0...255, using: &generator), at: place)
        case 3: bytes.removeSubrange(place..<min(bytes.count, place + 12))
        default: bytes.insert(contentsOf: bytes[place..<min(bytes.count, place + 12)], at: place)
        }
    }

    /// What the signature covers, in one form: the method, the path, the parameters, the covered fields, the body.
    private func meaning(of bytes: [UInt8], _ one: SignatureCase) throws -> [String] {
        let request = try #require(SignableRequest(parsing: bytes))
        let authorization = try SigV4Authorization.parse(request, now: one.moment())
        let parameters = QueryParameters(Array(request.query.utf8)).parameters
            .map { parameter in
                "\(parameter.decodedName)=\(parameter.decodedValue)"
            }
        let fields = authorization.signedHeaders.map { name in
            let values = request.values(of: name)
                .map { value in
                    value.utf8.split { $0 == 0x20 || $0 == 0x09 || $0 == 0x0A || $0 == 0x0D }
                        .map { String(Substring($0)) }
                        .joined(separator: " ")
                }
            return "\(name):\(values.joined(separator: ","))"
        }
        let path = CanonicalPath.standard(request.path)
        return [request.method, "\(path)", "\(request.body)"] + parameters.sorted() + fields
    }
}
