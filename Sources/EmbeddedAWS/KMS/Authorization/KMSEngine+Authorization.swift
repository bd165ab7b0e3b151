// SPDX-License-Identifier: Apache-2.0

import AWSWire
import AccessPolicy
import CoreValues

/// Who may do what; source: reference/kms-policy.md §1.
extension KMSEngine {
    /// The caller must be allowed to do something with a key, by its policy, by their own where it says so, or by a
    /// grant.
    func authorize(
        _ action: KMSAction,
        on subject: KeySubject,
        _ call: KMSCall,
        _ facts: RequestFacts = .none
    ) throws(AWSError) {
        let request = request(action, subject, call, facts)
        let decision = decide(request, by: subject.key.policy.compiled, call.caller.policies)
        if decision.isAllowed {
            return
        }
        if decision.verdict == .implicitlyDenied, isGranted(request, action, subject, call, facts) {
            return
        }
        throw KMSError.accessDenied(call.caller.identity, action, subject.key.arn, decision)
    }

    /// The caller must be allowed, by their own policies alone, to do something that concerns no key, or no key only.
    func authorize(
        _ action: KMSAction,
        onResource resource: String = "*",
        _ call: KMSCall,
        _ facts: RequestFacts = .none
    ) throws(AWSError) {
        var context = context(call, nil, facts)
        if action == .createKey {
            for (key, value) in ConstantFacts.kind {
                context[key] = .one(value)
            }
        }
        let request = AuthorizationRequest(
            caller: call.caller.identity,
            action: Self.serviceAction(action),
            resource: resource,
            resourceAccount: place.accountID,
            context: context
        )
        let decision = decide(request, by: nil, call.caller.policies)
        guard decision.isAllowed else {
            throw KMSError.accessDenied(call.caller.identity, action, resource, decision)
        }
    }

    /// Whether the caller could change the policy of a key once the given one is in force.
    ///
    /// Grants don't count: none can allow it. Source: reference/kms-policy.md §5, lockout check.
    func couldPutKeyPolicy(_ policy: StoredKeyPolicy, on subject: KeySubject, _ call: KMSCall) -> Bool {
        let request = request(.putKeyPolicy, subject, call, .none)
        return decide(request, by: policy.compiled, call.caller.policies).isAllowed
    }

    func request(
        _ action: KMSAction,
        _ subject: KeySubject,
        _ call: KMSCall,
        _ facts: RequestFacts
    ) -> AuthorizationRequest {
        AuthorizationRequest(
            caller: call.caller.identity,
            action: Self.serviceAction(action),
            resource: subject.key.arn,
            resourceAccount: place.accountID,
            context: context(call, subject, facts)
        )
    }

    func decide(
        _ request: AuthorizationRequest,
        by resourcePolicy: CompiledPolicy?,
        _ policies: PrincipalPolicies,
        grants: [KeyGrant] = []
    ) -> Decision {
        let set = PolicySet(
            resourcePolicy: resourcePolicy,
            identityPolicies: policies.identityPolicies,
            permissionBoundaries: policies.permissionBoundary.map { [$0] },
            sessionPolicies: policies.sessionPolicies,
            grants: grants
        )
        return Authorizer(policies: set, assumptions: assumptions).authorize(request)
    }

    private static func serviceAction(_ action: KMSAction) -> ServiceAction {
        serviceActions[action] ?? .kms(action)
    }

    private static let serviceActions = Dictionary(
        uniqueKeysWithValues: KMSAction.allCases.map { ($0, ServiceAction.kms($0)) }
    )
}

extension KMSError {
    /// AWS's words for a request that no policy allows or one denies.
    ///
    /// Source: IAM user guide, "Troubleshoot access denied error messages".
    static func accessDenied(
        _ caller: CallerIdentity,
        _ action: KMSAction,
        _ resource: String,
        _ decision: Decision
    ) -> AWSError {
        AWSError("AccessDeniedException", decision.denial(of: action.name, to: caller.arn, on: resource))
    }
}
