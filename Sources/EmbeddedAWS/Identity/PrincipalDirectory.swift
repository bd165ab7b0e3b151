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

    /// Makes a set of policies; none unless given.
    package init(
        identityPolicies: [CompiledPolicy] = [],
        permissionBoundary: CompiledPolicy? = nil,
        sessionPolicies: [CompiledPolicy]? = nil
    ) {
        self.identityPolicies = identityPolicies
        self.permissionBoundary = permissionBoundary
        self.sessionPolicies = sessionPolicies
    }
}

/// Who has which policies: the seam between the embedded AWS and wherever users and roles are declared.
package protocol PrincipalDirectory: Sendable {
    /// The policies of a caller's user or role; none for a principal that was never declared.
    func policies(of caller: CallerIdentity) -> PrincipalPolicies
}
