// SPDX-License-Identifier: Apache-2.0

package import AccessPolicy
package import CoreValues

/// The policies that speak for a caller beside any resource's own.
package struct PrincipalPolicies: Sendable {
    /// The policies attached to the user or role.
    package var identityPolicies: [CompiledPolicy]
    /// The boundary that limits them; `nil` without one.
    package var permissionBoundary: CompiledPolicy?
    /// The policies that limit the session; `nil` without any.
    package var sessionPolicies: [CompiledPolicy]?
    /// Whether some statement that the set was made with is about certain resources, rather than all.
    package let nameResources: Bool

    /// Makes a set of policies; none unless given.
    package init(
        identityPolicies: [CompiledPolicy] = [],
        permissionBoundary: CompiledPolicy? = nil,
        sessionPolicies: [CompiledPolicy]? = nil
    ) {
        self.identityPolicies = identityPolicies
        self.permissionBoundary = permissionBoundary
        self.sessionPolicies = sessionPolicies
        let all = identityPolicies + (permissionBoundary.map { [$0] } ?? []) + (sessionPolicies ?? [])
        nameResources = all.contains { policy in
            policy.document.statements.contains { statement in
                statement.resource.map { $0.isNegated || $0.values.values != ["*"] } ?? true
            }
        }
    }
}

/// Who has which policies: the seam between the embedded AWS and wherever users and roles are declared.
package protocol PrincipalDirectory: Sendable {
    /// The policies of a caller's user or role; none for a principal that was never declared.
    func policies(of caller: CallerIdentity) -> PrincipalPolicies
}
