// SPDX-License-Identifier: Apache-2.0

import AWSWire
import EmbeddedAWS
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import NIOCore
import TestSupport
import Testing

@testable import API

struct ResponderTests {
    private static func application(isHealthy: Bool = true) throws -> (some ApplicationProtocol, APIBench) {
        let bench = try APIBench()
        let responder = AssentResponder(dispatcher: bench.dispatcher) { isHealthy }
        return (Application(responder: responder), bench)
    }

    @Test(arguments: [(true, HTTPResponse.Status.ok, "ok\n"), (false, .serviceUnavailable, "unavailable\n")])
    func `the health check needs no signature`(
        _ isHealthy: Bool,
        _ status: HTTPResponse.Status,
        _ body: String
    ) async throws {
        let (application, _) = try Self.application(isHealthy: isHealthy)
        try await application.test(.router) { client in
            let response = try await client.execute(uri: "/healthz", method: .get)
            #expect(response.status == status)
            #expect(String(buffer: response.body) == body)
        }
    }

    @Test func `a signed request is served over HTTP, an empty result without a body`() async throws {
        let (application, bench) = try Self.application()
        let id = await bench.create()
        try await application.test(.live) { client in
            let body = #"{"RfcId":"\#(id)"}"#
            var request = APIBench.request("AWSEnergonService.SubmitRfc", body)
            let headers = request.headers.map { $0.name == "host" ? (name: "host", value: "localhost") : $0 }
            request = SignableRequest(method: "POST", path: "/", headers: headers, body: request.body)
            let signed = APIBench.signer(bench.keyID, bench.secret)
                .signed(request, now: bench.time.now())
            var fields = HTTPFields()
            for header in signed.headers where header.name != "host" {
                fields.append(HTTPField(name: try #require(HTTPField.Name(header.name)), value: header.value))
            }
            let response = try await client.execute(
                uri: "/",
                method: .post,
                headers: fields,
                body: ByteBuffer(string: body)
            )
            #expect(response.status == .ok, "\(String(buffer: response.body))")
            #expect(response.body.readableBytes == 0)
            #expect(response.headers[.contentType] == "application/x-amz-json-1.1")
        }
    }

    @Test func `a body over the limit is refused with the modelled error`() async throws {
        let (application, _) = try Self.application()
        try await application.test(.router) { client in
            let body = ByteBuffer(repeating: UInt8(ascii: " "), count: AssentResponder.maxBodyBytes + 1)
            let response = try await client.execute(uri: "/", method: .post, body: body)
            #expect(response.status == .contentTooLarge)
            #expect(String(buffer: response.body).contains("RequestEntityTooLargeException"))
        }
    }
}
