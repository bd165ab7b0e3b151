// SPDX-License-Identifier: Apache-2.0

/// What the policies say to a request, and which statements say so.
package struct Decision: Sendable, Hashable {
    /// The three outcomes.
    package enum Verdict: String, Sendable, Hashable, CaseIterable {
        /// Something allows the request and nothing denies it.
        case allowed = "Allowed"
        /// Nothing allows it.
        case implicitlyDenied = "ImplicitlyDenied"
        /// A statement denies it, which no other can outweigh.
        case explicitlyDenied = "ExplicitlyDenied"
    }

    /// A kind of policy that takes part in decisions.
    package enum Source: String, Sendable, Hashable, CaseIterable {
        /// The policy of the resource; for a key, the key policy.
        case resourcePolicy = "resource policy"
        /// The caller's identity policies.
        case identityPolicy = "identity policy"
        /// The caller's permissions boundary.
        case permissionBoundary = "permissions boundary"
        /// The policies passed when the session began.
        case sessionPolicy = "session policy"
        /// The organisation's service control policies.
        case serviceControlPolicy = "service control policy"
        /// The organisation's resource control policies.
        case resourceControlPolicy = "resource control policy"
        /// The policy of the VPC endpoint that the request came through.
        case endpointPolicy = "VPC endpoint policy"
        /// A grant.
        case grant = "grant"
    }

    /// A statement of one of the policies.
    package struct StatementReference: Sendable, Hashable {
        /// The kind of policy.
        package let source: Source
        /// Which of the policies of that kind, from 0.
        package let policy: Int
        /// Which statement of the policy, from 0.
        package let statement: Int

        /// Makes a reference.
        package init(source: Source, policy: Int, statement: Int) {
            self.source = source
            self.policy = policy
            self.statement = statement
        }
    }

    /// One thing that led to the verdict.
    package enum Reason: Sendable, Hashable {
        /// The statement allows the request.
        case allowedBy(StatementReference)
        /// The statement denies the request.
        case deniedBy(StatementReference)
        /// The resource policy hands the decision to identity policies of the caller's account.
        case delegatedBy(StatementReference)
        /// A policy of this kind would have to allow the request, and none does.
        case notAllowedBy(Source)
        /// The action can't be used from another account, whatever the key policy says.
        case notAvailableAcrossAccounts
        /// The caller is its account's root user, which needs no identity policy.
        case rootUser
    }

    /// The outcome.
    package let verdict: Verdict
    /// What led to it; never empty.
    package let reasons: [Reason]

    /// Whether the outcome is ``Verdict/allowed``.
    package var isAllowed: Bool {
        verdict == .allowed
    }
}
