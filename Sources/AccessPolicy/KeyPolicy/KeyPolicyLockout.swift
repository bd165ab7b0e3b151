// SPDX-License-Identifier: Apache-2.0

package import CoreValues

extension KeyPolicyAcceptance {
    /// Whether a caller could change a key policy again once it is in force.
    ///
    /// KMS asks this of the principal that calls CreateKey or PutKeyPolicy, unless it sends
    /// `BypassPolicyLockoutSafetyCheck`. Conditions count: an Allow that the caller can't satisfy doesn't help
    /// (reference/kms-policy.md §5, lockout check).
    /// - Parameters:
    ///   - caller: who sends the policy.
    ///   - policy: the policy that is to be in force.
    ///   - keyAccount: the account that owns the key.
    ///   - identityPolicies: what the caller may do by its own policies; an administrator's unless given.
    ///   - assumptions: the answers to open questions.
    /// - Returns: whether PutKeyPolicy would be allowed.
    package static func canPutKeyPolicy(
        _ caller: CallerIdentity,
        policy: PolicyDocument,
        keyAccount: AccountID,
        identityPolicies: [CompiledPolicy] = [.administrator],
        assumptions: Assumptions = Assumptions()
    ) -> Bool {
        let policies = PolicySet(resourcePolicy: CompiledPolicy(policy), identityPolicies: identityPolicies)
        let key = ARN(
            partition: caller.arn.partition,
            service: "kms",
            account: keyAccount.description,
            resource: "key/new"
        )
        let request = AuthorizationRequest(
            caller: caller,
            action: .kms(.putKeyPolicy),
            resource: key.description,
            resourceAccount: keyAccount
        )
        return Authorizer(policies: policies, assumptions: assumptions).authorize(request).isAllowed
    }
}
