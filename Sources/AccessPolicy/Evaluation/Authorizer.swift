// SPDX-License-Identifier: Apache-2.0

/// Decides requests by a set of policies.
///
/// Sources: IAM user guide, "Policy evaluation logic" and "Cross-account policy evaluation logic"; KMS developer
/// guide, "Key policies"; reference/kms-policy.md §1.
package struct Authorizer: Sendable {
    /// The policies.
    package var policies: PolicySet
    /// The answers to open questions.
    package var assumptions: Assumptions

    /// Makes an authorizer.
    package init(policies: PolicySet, assumptions: Assumptions = Assumptions()) {
        self.policies = policies
        self.assumptions = assumptions
    }

    /// Decides a request.
    package func authorize(_ request: AuthorizationRequest) -> Decision {
        var resource = ResourceVotes(policies.resourcePolicy, request, assumptions)
        if let denial = resource.denial {
            return Decision(verdict: .explicitlyDenied, reasons: [.deniedBy(denial)])
        }
        resource.add(policies.grants, request)
        let identity = votes(policies.identityPolicies, .identityPolicy, request)
        let boundary = policies.permissionBoundaries.map { votes($0, .permissionBoundary, request) }
        let session = policies.sessionPolicies.map { votes($0, .sessionPolicy, request) }
        for bearer in [identity, boundary, session] {
            if let denial = bearer?.denial {
                return Decision(verdict: .explicitlyDenied, reasons: [.deniedBy(denial)])
            }
        }
        if let refusal = outerRefusal(request) {
            return refusal
        }
        let limits = [
            boundary.flatMap { $0.allowance == nil ? Decision.Source.permissionBoundary : nil },
            session.flatMap { $0.allowance == nil ? Decision.Source.sessionPolicy : nil },
        ]
        let inner = InnerVotes(
            resource: resource,
            identity: identity.allowance,
            limit: limits.compactMap(\.self).first
        )
        return request.principal.account == request.resourceAccount
            ? sameAccount(request, inner) : otherAccount(request, inner)
    }

    /// What speaks for a request once nothing denies it.
    private struct InnerVotes {
        let resource: ResourceVotes
        let identity: Decision.StatementReference?
        /// The boundary or session policy that fails to allow it.
        let limit: Decision.Source?
    }

    // MARK: Around the account

    /// Whether an organisation or endpoint policy denies the request or fails to allow it.
    private func outerRefusal(_ request: AuthorizationRequest) -> Decision? {
        // Neither services nor callers without credentials belong to an organisation.
        let hasAccount = request.principal.account != nil
        var levels: [(Decision.Source, [CompiledPolicy])] = []
        if hasAccount {
            levels += (policies.serviceControlPolicies ?? []).map { (.serviceControlPolicy, $0) }
        }
        // Organizations user guide, "Resource control policies": retiring a grant is out of their reach.
        if request.action.kms != .retireGrant {
            levels += (policies.resourceControlPolicies ?? []).map { (.resourceControlPolicy, $0) }
        }
        levels += policies.endpointPolicies.map { [(.endpointPolicy, $0)] } ?? []
        guard !levels.isEmpty else { return nil }
        var missing: Decision.Source?
        for (source, policies) in levels {
            let votes = votes(policies, source, request)
            if let denial = votes.denial {
                return Decision(verdict: .explicitlyDenied, reasons: [.deniedBy(denial)])
            }
            if votes.allowance == nil {
                missing = missing ?? source
            }
        }
        return missing.map { implicitDenial(.notAllowedBy($0)) }
    }

    // MARK: Inside

    private func sameAccount(_ request: AuthorizationRequest, _ inner: InnerVotes) -> Decision {
        let resource = inner.resource
        let isRole = request.principal.kind == .roleSession
        // A role's permissions are limited by its boundary and session policy, a user's or session's own are not.
        if let direct = resource.direct ?? (isRole ? nil : resource.everybody) {
            return allowance([.allowedBy(direct)])
        }
        if let limit = inner.limit {
            return implicitDenial(.notAllowedBy(limit))
        }
        if let direct = resource.role ?? resource.everybody {
            return allowance([.allowedBy(direct)])
        }
        let isRoot = request.principal.kind == .root
        guard let identity = inner.identity.map({ Decision.Reason.allowedBy($0) }) ?? (isRoot ? .rootUser : nil) else {
            let source = resource.account == nil ? Decision.Source.resourcePolicy : .identityPolicy
            return implicitDenial(.notAllowedBy(needsResourcePolicy(request) ? source : .identityPolicy))
        }
        if let account = resource.account {
            return allowance([.delegatedBy(account), identity])
        }
        return needsResourcePolicy(request) ? implicitDenial(.notAllowedBy(.resourcePolicy)) : allowance([identity])
    }

    private func otherAccount(_ request: AuthorizationRequest, _ inner: InnerVotes) -> Decision {
        guard let resource = inner.resource.any else { return implicitDenial(.notAllowedBy(.resourcePolicy)) }
        guard request.principal.account != nil else { return allowance([.allowedBy(resource)]) }
        if let action = request.action.kms, !action.worksAcrossAccounts {
            return implicitDenial(.notAvailableAcrossAccounts)
        }
        if let limit = inner.limit {
            return implicitDenial(.notAllowedBy(limit))
        }
        if let identity = inner.identity {
            return allowance([.allowedBy(resource), .allowedBy(identity)])
        }
        if let grant = inner.resource.grant, assumptions.grantSufficesAcrossAccounts {
            return allowance([.allowedBy(grant)])
        }
        return request.principal.kind == .root
            ? allowance([.allowedBy(resource), .rootUser]) : implicitDenial(.notAllowedBy(.identityPolicy))
    }

    /// Whether identity policies count only where the resource policy says so.
    ///
    /// True for KMS keys (KMS developer guide, "Key policies") and for roles that are to be assumed.
    private func needsResourcePolicy(_ request: AuthorizationRequest) -> Bool {
        if request.action.isKMS {
            return ARNText.isKey(request.resource)
        }
        return policies.resourcePolicy != nil && request.action.name.lowercased().hasPrefix("sts:assumerole")
    }

    // MARK: Parts

    private func votes(
        _ policies: [CompiledPolicy],
        _ source: Decision.Source,
        _ request: AuthorizationRequest
    ) -> PolicyVotes {
        PolicyVotes(policies, source, request, assumptions)
    }

    private func allowance(_ reasons: [Decision.Reason]) -> Decision {
        Decision(verdict: .allowed, reasons: reasons)
    }

    private func implicitDenial(_ reason: Decision.Reason) -> Decision {
        Decision(verdict: .implicitlyDenied, reasons: [reason])
    }
}

/// Tells resources apart by their ARNs.
private enum ARNText {
    /// Whether the resource is a KMS key, as against an alias, a key store, or nothing in particular.
    static func isKey(_ arn: String) -> Bool {
        let parts = arn.split(separator: ":", maxSplits: 5, omittingEmptySubsequences: false)
        return parts.count == 6 && parts[5].hasPrefix("key/")
    }
}
