// SPDX-License-Identifier: Apache-2.0

/// What a key policy gives a request, from least to most, whatever else the caller has.
///
/// Two policies that give every request the same level decide every request alike, with any identity policies,
/// boundaries, session policies and grants beside them.
package enum KeyAccess: Int, Sendable, Hashable, Comparable, CaseIterable {
    /// A statement denies it: neither identity policies nor grants help.
    case denied
    /// Nothing speaks for it: only a grant could allow it, where grants can.
    case none
    /// The caller's account decides by its identity policies.
    case delegated
    /// Allowed, but a permissions boundary or session policy of the role can still withhold it.
    case limited
    /// Allowed, whatever identity policies, boundaries and session policies don't say.
    case direct

    package static func < (lhs: KeyAccess, rhs: KeyAccess) -> Bool {
        lhs.rawValue < rhs.rawValue
    }

    /// Whether the request can be allowed at all without a grant.
    package var canBeAllowed: Bool {
        self >= .delegated
    }

    /// What a policy gives one request, found out by asking the authorizer with more and less beside the policy.
    package static func observed(
        _ request: AuthorizationRequest,
        _ policy: CompiledPolicy,
        _ assumptions: Assumptions = Assumptions()
    ) -> KeyAccess {
        func decide(_ change: (inout PolicySet) -> Void = { _ in }) -> Decision {
            var policies = PolicySet(resourcePolicy: policy)
            change(&policies)
            return Authorizer(policies: policies, assumptions: assumptions).authorize(request)
        }
        let alone = decide()
        switch alone.verdict {
        case .explicitlyDenied: return .denied
        case .implicitlyDenied:
            return decide { $0.identityPolicies = [.administrator] }.isAllowed ? .delegated : .none
        case .allowed:
            // Nothing limits a root user but organisation policies.
            guard request.principal.kind != .root else { return .direct }
            return decide { $0.permissionBoundaries = [] }.isAllowed ? .direct : .limited
        }
    }

    /// What an Allow gives that names the caller in some forms.
    static func given(
        by forms: RequestPrincipal.Forms,
        to principal: RequestPrincipal,
        keyAccount: String,
        _ action: KMSAction
    ) -> KeyAccess {
        guard !forms.isEmpty else { return .none }
        guard let account = principal.account else { return .direct }
        guard account == keyAccount else {
            // The caller's own account has its say as well; its root user needs nothing more.
            guard action.worksAcrossAccounts else { return .none }
            return principal.kind == .root ? .direct : .delegated
        }
        if !forms.isDisjoint(with: [.user, .session, .federated]) || principal.kind == .root {
            return .direct
        }
        if !forms.isDisjoint(with: [.role, .everybody]) {
            return principal.kind == .roleSession ? .limited : .direct
        }
        return .delegated
    }
}
