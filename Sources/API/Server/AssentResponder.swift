// SPDX-License-Identifier: Apache-2.0

import AWSWire
import HTTPTypes
package import Hummingbird
import NIOCore

/// Turns HTTP requests into wire requests and back, within the limits.
package struct AssentResponder: HTTPResponder {
    package typealias Context = BasicRequestContext

    /// How many bytes a request's body may have.
    static let maxBodyBytes = 8 << 20

    private let dispatcher: Dispatcher
    private let health: @Sendable () -> Bool

    /// Makes a responder.
    ///
    /// `health` tells whether the server can do its work, for `GET /healthz`.
    package init(dispatcher: Dispatcher, health: @escaping @Sendable () -> Bool) {
        self.dispatcher = dispatcher
        self.health = health
    }

    package func respond(to request: Request, context: BasicRequestContext) async throws -> Response {
        let target = request.head.path ?? "/"
        if request.method == .get, target == "/healthz" {
            return healthResponse()
        }
        let body: [UInt8]
        do {
            let buffer = try await request.body.collect(upTo: Self.maxBodyBytes)
            body = Array(buffer.readableBytesView)
        } catch is NIOTooManyBytesError {
            return response(dispatcher.refuseTooLarge(limit: Self.maxBodyBytes))
        }
        return response(await dispatcher.respond(to: WireRequest(signable(request, target, body))))
    }

    private func signable(_ request: Request, _ target: String, _ body: [UInt8]) -> SignableRequest {
        var headers: [(name: String, value: String)] = []
        headers.reserveCapacity(request.headers.count + 1)
        if let authority = request.head.authority {
            headers.append(("host", authority))
        }
        for field in request.headers {
            headers.append((field.name.canonicalName, field.value))
        }
        let parts = target.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        return SignableRequest(
            method: request.method.rawValue,
            path: String(parts[0]),
            query: parts.count > 1 ? String(parts[1]) : "",
            headers: headers,
            body: body
        )
    }

    private func response(_ wire: WireResponse) -> Response {
        var fields = HTTPFields()
        for header in wire.headers {
            guard let name = HTTPField.Name(header.name) else { continue }
            fields.append(HTTPField(name: name, value: header.value))
        }
        return Response(
            status: HTTPResponse.Status(code: wire.status),
            headers: fields,
            body: wire.body.isEmpty ? ResponseBody() : ResponseBody(byteBuffer: ByteBuffer(bytes: wire.body))
        )
    }

    private func healthResponse() -> Response {
        let isHealthy = health()
        return Response(
            status: isHealthy ? .ok : .serviceUnavailable,
            headers: [.contentType: "text/plain; charset=utf-8"],
            body: ResponseBody(byteBuffer: ByteBuffer(string: isHealthy ? "ok\n" : "unavailable\n"))
        )
    }
}
