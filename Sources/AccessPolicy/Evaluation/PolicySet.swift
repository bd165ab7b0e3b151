// SPDX-License-Identifier: Apache-2.0

/// All the policies that a decision depends on; what is absent doesn't take part.
package struct PolicySet: Sendable {
    /// The policy of the resource; for a key, the key policy.
    package var resourcePolicy: CompiledPolicy?
    /// The caller's identity policies.
    package var identityPolicies: [CompiledPolicy]
    /// The caller's permissions boundary.
    package var permissionBoundaries: [CompiledPolicy]?
    /// The policies passed when the session began.
    package var sessionPolicies: [CompiledPolicy]?
    /// Service control policies, one list for each level of the organisation from its root to the account.
    package var serviceControlPolicies: [[CompiledPolicy]]?
    /// Resource control policies, one list for each level.
    package var resourceControlPolicies: [[CompiledPolicy]]?
    /// The policy of the VPC endpoint that the request came through.
    package var endpointPolicies: [CompiledPolicy]?
    /// The grants on the key that are in force.
    package var grants: [KeyGrant]

    /// Makes a set; every part is optional.
    package init(
        resourcePolicy: CompiledPolicy? = nil,
        identityPolicies: [CompiledPolicy] = [],
        permissionBoundaries: [CompiledPolicy]? = nil,
        sessionPolicies: [CompiledPolicy]? = nil,
        serviceControlPolicies: [[CompiledPolicy]]? = nil,
        resourceControlPolicies: [[CompiledPolicy]]? = nil,
        endpointPolicies: [CompiledPolicy]? = nil,
        grants: [KeyGrant] = []
    ) {
        self.resourcePolicy = resourcePolicy
        self.identityPolicies = identityPolicies
        self.permissionBoundaries = permissionBoundaries
        self.sessionPolicies = sessionPolicies
        self.serviceControlPolicies = serviceControlPolicies
        self.resourceControlPolicies = resourceControlPolicies
        self.endpointPolicies = endpointPolicies
        self.grants = grants
    }
}

extension CompiledPolicy {
    /// The identity policy of an administrator: everything on everything.
    package static let administrator = CompiledPolicy(
        PolicyDocument(statements: [
            PolicyStatement(effect: .allow, action: MatchElement(["*"]), resource: MatchElement(["*"]))
        ])
    )
}
