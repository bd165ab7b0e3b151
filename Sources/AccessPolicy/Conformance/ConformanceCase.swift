// SPDX-License-Identifier: Apache-2.0

import JSONDocument

/// One request with the policies that decide it.
struct ConformanceCase {
    private let request: AuthorizationRequest
    private let policies: PolicySet

    init(_ document: JSONValue) throws(ConformanceError) {
        guard document.object != nil else { throw ConformanceError("a case must be an object, found \(document.kind)") }
        let request = try Self.request(try Self.member("request", of: document, "the case"))
        self.request = request
        let reader = ConformancePolicies(
            request: request,
            isAboutAnyResource: Self.isAboutAnyResource(document, request)
        )
        policies = try reader.policies(document)
    }

    /// The outcome.
    var verdict: Decision.Verdict {
        // STS API reference, GetCallerIdentity: no permission is needed, and no policy takes it away.
        if request.action.name.lowercased() == "sts:getcalleridentity" {
            return .allowed
        }
        let verdict = Authorizer(policies: policies).authorize(request).verdict
        return verdict == .allowed && ReservedResource.protects(request) ? .implicitlyDenied : verdict
    }

    // MARK: The request

    private static func request(_ document: JSONValue) throws(ConformanceError) -> AuthorizationRequest {
        let action = try text("action", of: document, "the request")
        guard action.split(separator: ":", omittingEmptySubsequences: false).count == 2 else {
            throw ConformanceError("request/action: `\(action)` is no action such as `s3:GetObject`")
        }
        let resource = try member("resource", of: document, "the request")
        let context = document["context"] ?? document["contextVariables"] ?? document["contextParams"] ?? [:]
        let values = try self.context(context)
        return AuthorizationRequest(
            principal: try ConformancePrincipal.principal(
                try member("principal", of: document, "the request"),
                context: values
            ),
            action: ServiceAction(action),
            resource: try text("resource", of: resource, "the request's resource"),
            resourceAccount: try text("accountId", of: resource, "the request's resource"),
            context: values
        )
    }

    private static func context(_ document: JSONValue) throws(ConformanceError) -> RequestContext {
        guard let members = document.object?.members else {
            throw ConformanceError("request/context must be an object, found \(document.kind)")
        }
        var context = RequestContext()
        for member in members {
            guard context[member.name] == nil else {
                throw ConformanceError("request/context/\(member.name): the key is there in another case of letters")
            }
            if case .array(let elements) = member.value {
                context[member.name] = .list(elements.map(\.conditionText))
            } else if member.value.object == nil, member.value != .null {
                context[member.name] = .one(member.value.conditionText)
            } else {
                let expected = "a string or a list of strings"
                throw ConformanceError("request/context/\(member.name) must be \(expected), found \(member.value.kind)")
            }
        }
        return context
    }

    /// Whether a resource with wildcards asks about any resource that fits, rather than about none in particular.
    ///
    /// Actions that are never about a resource are asked on `*`, which only a policy's `*` covers.
    private static func isAboutAnyResource(_ document: JSONValue, _ request: AuthorizationRequest) -> Bool {
        guard request.resource.utf8.contains(where: { $0 == UInt8(ascii: "*") || $0 == UInt8(ascii: "?") }) else {
            return false
        }
        if let flag = document["request"]?["wildcardOnlyAction"], case .bool(true) = flag {
            return false
        }
        if let action = request.action.kms {
            return KMSAction.onKeys.contains(action)
        }
        return request.action.name.lowercased() != "s3:listallmybuckets"
    }

    // MARK: Shapes

    static func member(
        _ name: String,
        of document: JSONValue,
        _ place: String
    ) throws(ConformanceError) -> JSONValue {
        guard let value = document[name] else { throw ConformanceError("\(place) has no member `\(name)`") }
        return value
    }

    private static func text(
        _ name: String,
        of document: JSONValue,
        _ place: String
    ) throws(ConformanceError) -> String {
        let value = try member(name, of: document, place)
        guard case .string(let text) = value else {
            throw ConformanceError("`\(name)` of \(place) must be a string, found \(value.kind)")
        }
        return text
    }
}
