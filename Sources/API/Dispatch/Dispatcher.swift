// SPDX-License-Identifier: Apache-2.0

import AWSWire
package import CoreValues
package import EmbeddedAWS
import JSONDocument
package import Logging

/// The one way in: protocol → signature → operation → answer, the same for every AWS API served.
package struct Dispatcher: Sendable {
    private let services: [ServiceAPI]
    private let credentials: CredentialAuthority
    private let accessControl: AccessControl
    private let region: String
    private let time: any TimeSource
    private let ids: any IDGenerator
    private let logger: Logger
    private let verifier = SigV4Verifier(signingKeys: SigningKeyCache())

    /// Makes a dispatcher.
    package init(
        services: [ServiceAPI],
        credentials: CredentialAuthority,
        accessControl: AccessControl,
        region: String,
        time: any TimeSource,
        ids: any IDGenerator,
        logger: Logger
    ) {
        self.services = services
        self.credentials = credentials
        self.accessControl = accessControl
        self.region = region
        self.time = time
        self.ids = ids
        self.logger = logger
    }

    /// Serves a request; every failure becomes an answer in the request's own protocol.
    package func respond(to request: WireRequest) async -> WireResponse {
        let requestID = ids.uuid()
        let call: Call
        do {
            call = try self.call(in: request)
        } catch {
            return ErrorWriter(nil, requestID, isQuery: request.header("x-amz-target") == nil).response(error)
        }
        let writer = ErrorWriter(call.service, requestID)
        do {
            let now = time.now()
            let (caller, viaService) = try self.caller(of: request, for: call.service, at: now)
            guard let operation = call.service.operation(call.operation) else {
                throw AWSError(
                    call.service.isQuery ? "InvalidAction" : "UnknownOperationException",
                    "\(call.service.name) has no operation `\(call.operation)`; it has "
                        + call.service.operationNames.joined(separator: ", "),
                    status: call.service.isQuery ? 400 : 404
                )
            }
            var logger = logger
            logger[metadataKey: "request"] = "\(requestID)"
            logger[metadataKey: "operation"] = "\(call.operation)"
            let context = RequestContext(
                caller: caller,
                viaService: viaService,
                requestID: requestID,
                now: now,
                region: region,
                logger: logger
            )
            let result = try await operation(try call.input(), context) { resource in
                guard call.service.accessControl == .identityPolicies else { return }
                try accessControl.require(
                    "\(call.service.name):\(call.operation)",
                    on: resource,
                    by: caller,
                    as: call.service
                )
            }
            return call.service.success(call.operation, result, requestID)
        } catch {
            return failure(error, call, writer, requestID)
        }
    }

    /// The answer to a request whose body is over the limit.
    package func refuseTooLarge(limit: Int) -> WireResponse {
        let message = "the request's body has more than \(limit) bytes"
        let error = AWSError("RequestEntityTooLargeException", message, status: 413)
        return ErrorWriter(nil, ids.uuid()).response(error)
    }

    private func failure(
        _ error: any Error,
        _ call: Call,
        _ writer: ErrorWriter,
        _ requestID: String
    ) -> WireResponse {
        let translation = ErrorTranslation(service: call.service)
        if let known = translation.known(error) {
            return writer.response(known)
        }
        logger.error(
            "request failed",
            metadata: ["request": "\(requestID)", "operation": "\(call.operation)", "error": "\(error)"]
        )
        return writer.response(translation.unforeseen(requestID: requestID))
    }

    // MARK: Protocol

    private func call(in request: WireRequest) throws(AWSError) -> Call {
        if let target = request.header("x-amz-target") {
            return try jsonCall(target, request)
        }
        return try queryCall(request)
    }

    private func jsonCall(_ target: String, _ request: WireRequest) throws(AWSError) -> Call {
        let parts = target.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        let service = services.first { service in
            service.wireProtocol == .json(targetPrefix: String(parts[0]))
        }
        guard parts.count == 2, let service else {
            throw AWSError("UnknownOperationException", "no service has the target `\(target)`", status: 404)
        }
        return Call(service: service, operation: String(parts[1]), source: .json(request.signable.body))
    }

    private func queryCall(_ request: WireRequest) throws(AWSError) -> Call {
        let isForm = request.header("content-type")?.hasPrefix("application/x-www-form-urlencoded") ?? false
        let source = isForm ? request.signable.body : Array(request.signable.query.utf8)
        let form: JSONValue
        do {
            form = try QueryInput.decode(source)
        } catch {
            throw AWSError("MalformedQueryString", "\(error)", status: 400)
        }
        guard let action = form["Action"]?.string else {
            throw AWSError(
                "MissingAction",
                "the request has neither an X-Amz-Target header nor an Action parameter",
                status: 400
            )
        }
        let version = form["Version"]?.string
        let service = services.first { service in
            service.isQuery && (version.map { service.name.queryVersion == $0 } ?? (service.operation(action) != nil))
                && (service.operation(action) != nil || isSignedFor(service, request))
        }
        guard let service else {
            throw AWSError("InvalidAction", "no service has the action `\(action)`", status: 400)
        }
        return Call(service: service, operation: action, source: .form(form))
    }

    /// Two Query APIs share a version date, so the credential scope has to tell them apart.
    private func isSignedFor(_ service: ServiceAPI, _ request: WireRequest) -> Bool {
        let scope = "/\(service.name)/aws4_request"
        return request.header("authorization")?.contains(scope) ?? request.signable.query.contains(scope)
    }

    // MARK: Signature

    /// Who calls, and through which service when an administrator simulates that.
    private func caller(
        of request: WireRequest,
        for service: ServiceAPI,
        at now: Timestamp
    ) throws -> (CallerIdentity, viaService: String?) {
        let (caller, signedHeaders) = try verify(request, for: service, at: now)
        guard let simulation = try ServiceCallSimulation(request, signedHeaders: signedHeaders) else {
            return (caller, nil)
        }
        try accessControl.require(ServiceCallSimulation.action, on: { "*" }, by: caller, as: service)
        return (try simulation.subject(of: caller), simulation.service)
    }

    private func verify(
        _ request: WireRequest,
        for service: ServiceAPI,
        at now: Timestamp
    ) throws -> (CallerIdentity, signedHeaders: [String]) {
        let authorization = try SigV4Authorization.parse(request.signable, now: now)
        let isGlobal = service.isGlobal && authorization.scope.region == "us-east-1"
        try authorization.requireScope(service: service.name.description, region: isGlobal ? nil : region)
        let credential = try credentials.resolve(
            accessKeyID: authorization.accessKeyID,
            sessionToken: authorization.sessionToken,
            at: now
        )
        try verifier.verify(request.signable, authorization, secretAccessKey: credential.secretAccessKey)
        return (credential.caller, authorization.signedHeaders)
    }
}

/// A request taken apart: whose operation it is and where its input comes from.
private struct Call {
    enum Source {
        case json([UInt8])
        case form(JSONValue)
    }

    let service: ServiceAPI
    let operation: String
    let source: Source

    func input() throws -> InputReader {
        switch source {
        case .form(let form):
            return try InputReader(form, isText: true)
        case .json(let body):
            guard !body.isEmpty else { return try InputReader([:]) }
            do {
                return try InputReader(try JSONValue(parsing: body))
            } catch let error as JSONParseError {
                throw AWSError(service.inputCodes.serialization, "the body is not valid JSON: \(error)")
            }
        }
    }
}
