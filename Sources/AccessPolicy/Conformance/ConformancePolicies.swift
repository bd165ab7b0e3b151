// SPDX-License-Identifier: Apache-2.0

import JSONDocument

/// Reads the policies of a case.
struct ConformancePolicies {
    let request: AuthorizationRequest
    /// Whether the request's resource stands for any resource that its wildcards fit.
    let isAboutAnyResource: Bool

    func policies(_ document: JSONValue) throws(ConformanceError) -> PolicySet {
        let boundaries = try list("permissionBoundaries", of: document)
        let hasBoundary = !(boundaries ?? []).isEmpty
        var set = PolicySet(
            resourcePolicy: try resourcePolicy(document["resourcePolicy"], hasBoundary: hasBoundary),
            identityPolicies: try list("identityPolicies", of: document) ?? [],
            permissionBoundaries: hasBoundary ? boundaries : nil,
            endpointPolicies: try endpointPolicies(document)
        )
        if let session = document["sessionPolicy"], session != .null {
            set.sessionPolicies = [try policy(session, "sessionPolicy")]
        }
        // Organizations user guide: control policies don't reach service-linked roles.
        guard !request.principal.isServiceLinkedRole else { return set }
        set.serviceControlPolicies = try levels("serviceControlPolicies", of: document)
        // Organizations user guide, "Resource control policies": RCPFullAWSAccess is attached to every level and
        // can't be detached.
        set.resourceControlPolicies = try levels("resourceControlPolicies", of: document)?.map { $0 + [.administrator] }
        return set
    }

    // MARK: Kinds of policies

    private func resourcePolicy(
        _ document: JSONValue?,
        hasBoundary: Bool
    ) throws(ConformanceError) -> CompiledPolicy? {
        guard let document, document != .null else {
            // A role always has a trust policy; where none is given, it trusts nobody.
            let isTrust = request.action.name.lowercased().hasPrefix("sts:assumerole")
            return isTrust ? CompiledPolicy(PolicyDocument(statements: [])) : nil
        }
        return try policy(document, "resourcePolicy") { statement in
            // Trust policies have no Resource: they are about the role that they belong to.
            if statement["Resource"] == nil, statement["NotResource"] == nil {
                statement["Resource"] = "*"
            }
            // IAM user guide, "Permissions boundaries": such a Deny hits every user and role that has a boundary.
            let isBounded = hasBoundary && [.user, .roleSession].contains(request.principal.kind)
            if isBounded, statement["Effect"] == "Deny", statement["NotPrincipal"] != nil {
                statement["NotPrincipal"] = nil
                statement["Principal"] = "*"
            }
        }
    }

    /// Endpoint policies, unlike others that aren't attached to a resource, may name the callers that they are about.
    private func endpointPolicies(_ document: JSONValue) throws(ConformanceError) -> [CompiledPolicy]? {
        guard let policies = try list("endpointPolicies", of: document), !policies.isEmpty else { return nil }
        return policies.map { policy in
            var copy = policy.document
            copy.statements = zip(copy.statements, policy.statements)
                .filter { written, compiled in
                    written.principal == nil || !compiled.forms(request.principal, Assumptions()).isEmpty
                }
                .map(\.0)
            return CompiledPolicy(copy)
        }
    }

    private func levels(_ name: String, of document: JSONValue) throws(ConformanceError) -> [[CompiledPolicy]]? {
        guard let value = document[name], value != .null else { return nil }
        guard let elements = value.array else {
            throw ConformanceError("`\(name)` must be a list, one element for each level, found \(value.kind)")
        }
        var levels: [[CompiledPolicy]] = []
        for (index, element) in elements.enumerated() {
            levels.append(try list("policies", of: element, "\(name)/\(index)/") ?? [])
        }
        return levels.isEmpty ? nil : levels
    }

    private func list(
        _ name: String,
        of document: JSONValue,
        _ place: String = ""
    ) throws(ConformanceError) -> [CompiledPolicy]? {
        guard let value = document[name], value != .null else { return nil }
        guard let elements = value.array else {
            throw ConformanceError("`\(place)\(name)` must be a list of policies, found \(value.kind)")
        }
        var policies: [CompiledPolicy] = []
        for (index, element) in elements.enumerated() {
            policies.append(try policy(element, "\(place)\(name)/\(index)"))
        }
        return policies
    }

    // MARK: One policy

    private func policy(
        _ document: JSONValue,
        _ place: String,
        _ change: (inout JSONObject) -> Void = { _ in }
    ) throws(ConformanceError) -> CompiledPolicy {
        var object = (document["policy"] ?? document).object
        let statements = object?["Statement"].map { $0.array ?? [$0] } ?? []
        if object?["Statement"] != nil {
            object?["Statement"] = .array(
                statements.map { statement in
                    guard var object = statement.object else { return statement }
                    change(&object)
                    normalize(&object)
                    return .object(object)
                }
            )
        }
        do {
            return CompiledPolicy(try PolicyDocument(json: object.map { .object($0) } ?? document))
        } catch {
            throw ConformanceError("\(place): \(error)")
        }
    }

    /// Writes a statement as the parser wants it, and as the request's resource asks for it.
    private func normalize(_ statement: inout JSONObject) {
        for name in ["Principal", "NotPrincipal"] {
            if let text = statement[name]?.string, text != "*" {
                statement[name] = ["AWS": .string(text)]
            }
        }
        guard isAboutAnyResource, statement["Effect"] == "Allow", let resource = statement["Resource"] else { return }
        let patterns = (resource.array ?? [resource]).compactMap(\.string)
        if patterns.contains(where: { PatternOverlap.exists($0, request.resource) }) {
            statement["Resource"] = "*"
        }
    }
}

extension RequestPrincipal {
    /// Whether it is a role that belongs to a service, by its path or by the beginning of its name.
    fileprivate var isServiceLinkedRole: Bool {
        guard let roleARN else { return false }
        return roleARN.contains(":role/aws-service-role/") || roleARN.contains(":role/AWSServiceRoleFor")
    }
}
