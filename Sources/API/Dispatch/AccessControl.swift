// SPDX-License-Identifier: Apache-2.0

import AWSWire
import AccessPolicy
package import CoreValues
package import EmbeddedAWS

/// Decides who may call which operation on what, by the callers' identity policies.
///
/// The same engine as for keys: `amscm:SubmitRfc` on `arn:aws:amscm:*:*:changetype/ct-…:1.0` and the like. KMS and STS
/// decide for themselves, because key policies, grants and trust policies take part there.
package struct AccessControl: Sendable {
    /// Which part of the decision a service leaves to the dispatcher.
    package enum Mode: Sendable, Hashable {
        /// All of it: the caller's identity policies have to allow the operation.
        case identityPolicies
        /// None; the service decides.
        case ownDecision
    }

    private let account: AccountID
    private let directory: any PrincipalDirectory

    /// Makes an access control over the principals of an account.
    package init(account: AccountID, directory: any PrincipalDirectory) {
        self.account = account
        self.directory = directory
    }

    /// Refuses unless the caller's policies allow an operation.
    ///
    /// `action` is such as `amscm:SubmitRfc`; `resource` tells the resource's ARN and is asked only when some policy of
    /// the caller names resources.
    /// - Throws: AWSError `AccessDeniedException`, or what `resource` throws.
    func require(
        _ action: String,
        on resource: () throws -> String,
        by caller: CallerIdentity,
        as service: ServiceAPI
    ) throws {
        let policies = directory.policies(of: caller)
        let resource = policies.nameResources ? try resource() : "*"
        let request = AuthorizationRequest(
            caller: caller,
            action: ServiceAction(action),
            resource: resource,
            resourceAccount: account
        )
        let set = PolicySet(
            identityPolicies: policies.identityPolicies,
            permissionBoundaries: policies.permissionBoundary.map { [$0] },
            sessionPolicies: policies.sessionPolicies
        )
        let decision = Authorizer(policies: set).authorize(request)
        guard !decision.isAllowed else { return }
        throw AWSError(
            service.isQuery ? "AccessDenied" : "AccessDeniedException",
            decision.denial(of: action, to: caller.arn, on: resource),
            status: 403
        )
    }
}
