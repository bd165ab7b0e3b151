// SPDX-License-Identifier: Apache-2.0

import CoreValues
import JSONDocument

/// Rules about whether the key can still be administered once the policy is in force.
enum AdministrationRules {
    static let all = [lockout, lockoutUndecided, nobodyChangesPolicy, noRootDelegation, nobodyDeletes, nobodyRevokes]

    private static let whole = JSONPointer([.name("Statement")])

    static let lockout = FindingRule(
        id: "LOCKOUT",
        severity: .critical,
        title: "Who puts the policy in force could not change it again",
        advice: "allow `kms:PutKeyPolicy` to the account's root or to the executing principal, unconditionally",
        documentation: RuleDocumentation.putKeyPolicy
    ) { subject in
        guard let executor = subject.facts.executor, !canChange(subject.policy, subject),
            !canChange(atBest(subject), subject)
        else { return [] }
        return [
            FindingRule.Match(
                pointer: whole,
                explanation: """
                    `\(executor.arn)` would not be allowed `kms:PutKeyPolicy`, not even with all permissions in \
                    identity policies, and KMS refuses such a policy unless the safety check is bypassed
                    """
            )
        ]
    }

    static let lockoutUndecided = FindingRule(
        id: "LOCKOUT_UNDECIDED",
        severity: .medium,
        title: "Whether the policy can be changed again depends on the request",
        advice: "exempt administrators from the condition, by `ArnNotLike` on `aws:PrincipalArn`",
        documentation: RuleDocumentation.putKeyPolicy
    ) { subject in
        guard let executor = subject.facts.executor, !canChange(subject.policy, subject),
            canChange(atBest(subject), subject)
        else { return [] }
        let keys = subject.statements.filter { $0.actions.contains(.putKeyPolicy) }
            .flatMap { $0.tests.filter { isOpen($0.key) }.map(\.test.key) }
        return [
            FindingRule.Match(
                pointer: whole,
                explanation: """
                    `\(executor.arn)` is allowed `kms:PutKeyPolicy` only in requests with the right \
                    \(Words.list(keys)); from anywhere else the policy can't be changed, and KMS may refuse it
                    """
            )
        ]
    }

    private static func canChange(_ policy: PolicyDocument, _ subject: RuleSubject) -> Bool {
        guard let executor = subject.facts.executor else { return true }
        return KeyPolicyAcceptance.canPutKeyPolicy(executor, policy: policy, keyAccount: subject.facts.account)
    }

    /// The policy with every condition met that a request can meet, and no denial that one can avoid.
    private static func atBest(_ subject: RuleSubject) -> PolicyDocument {
        var policy = subject.policy
        policy.statements = subject.statements.compactMap { statement in
            guard statement.tests.contains(where: { isOpen($0.key) }) else { return statement.source }
            guard statement.allows else { return nil }
            var source = statement.source
            for index in source.condition?.blocks.indices ?? 0..<0 {
                source.condition?.blocks[index].tests.removeAll { isOpen($0.key.lowercased()) }
            }
            return source
        }
        return policy
    }

    /// Whether a key, in lower case, is one that requests for PutKeyPolicy can carry with this value or that.
    private static func isOpen(_ key: String) -> Bool {
        !decidedKeys.contains(key) && ConditionKey(named: key)?.actions.contains(.putKeyPolicy) == true
    }

    /// Keys that follow from the caller and the call, so that the simulation knows them.
    private static let decidedKeys: Set<String> = [
        "aws:calledvia", "aws:calledviafirst", "aws:calledvialast", "aws:principalaccount", "aws:principalarn",
        "aws:principalisawsservice", "aws:principaltype", "aws:userid", "aws:username",
        "kms:bypasspolicylockoutsafetycheck", "kms:calleraccount", "kms:viaservice",
    ]

    static let nobodyChangesPolicy = FindingRule(
        id: "NOBODY_CAN_CHANGE_POLICY",
        severity: .critical,
        title: "Nobody may change the key policy",
        advice: "allow `kms:*` to the account's root, as the default key policy does",
        documentation: RuleDocumentation.defaultKeyPolicy
    ) { subject in
        guard !subject.statements.isEmpty else { return [] }
        return nobody(subject, .putKeyPolicy, "only AWS Support could make the key manageable again")
    }

    static let noRootDelegation = FindingRule(
        id: "NO_ROOT_DELEGATION",
        severity: .medium,
        title: "The policy does not delegate administration to the account",
        advice: "allow `kms:*` to the account's root, as the default key policy does",
        documentation: RuleDocumentation.defaultKeyPolicy
    ) { subject in
        let administrators = holders(subject, .putKeyPolicy)
        let delegates = administrators.contains { statement in
            statement.isUnconditional && statement.principals.contains(where: subject.isOwnAccount)
        }
        guard !delegates, !administrators.isEmpty else { return [] }
        let names = administrators.flatMap { $0.principals.map(\.text) }
        return [
            FindingRule.Match(
                pointer: whole,
                explanation: """
                    identity policies of `\(subject.facts.account)` can't give anybody the administration of the key; \
                    if \(Words.list(names)) should disappear, nobody could change the policy
                    """
            )
        ]
    }

    static let nobodyDeletes = FindingRule(
        id: "NOBODY_CAN_DELETE",
        severity: .medium,
        title: "Nobody may schedule the deletion of the key",
        advice: "allow `kms:ScheduleKeyDeletion` and `kms:CancelKeyDeletion` to the administrators",
        documentation: RuleDocumentation.deletion
    ) { subject in
        guard !subject.statements.isEmpty else { return [] }
        return nobody(subject, .scheduleKeyDeletion, "the key stays, and costs, until the policy is changed")
    }

    static let nobodyRevokes = FindingRule(
        id: "NOBODY_CAN_REVOKE_GRANT",
        severity: .medium,
        title: "Nobody may revoke a grant",
        advice: "allow `kms:ListGrants` and `kms:RevokeGrant` to the administrators",
        documentation: RuleDocumentation.grants
    ) { subject in
        let grantors = subject.allows.contains { $0.actions.contains(.createGrant) }
        guard grantors, subject.undenied(KMSActionSet([.createGrant])).contains(.createGrant) else { return [] }
        return nobody(subject, .revokeGrant, "what is granted can be taken back only by changing the policy first")
    }

    private static func nobody(_ subject: RuleSubject, _ action: KMSAction, _ effect: String) -> [FindingRule.Match] {
        guard holders(subject, action).isEmpty else { return [] }
        let isDenied = !subject.undenied(KMSActionSet([action])).contains(action)
        let reason = isDenied ? "an unconditional Deny to everybody takes" : "no statement gives anybody of the account"
        return [
            FindingRule.Match(pointer: whole, explanation: "\(reason) `\(action.name)`: \(effect)")
        ]
    }

    /// The statements that give somebody of the key's account an action, denials to everybody taken off.
    private static func holders(_ subject: RuleSubject, _ action: KMSAction) -> [RuleSubject.Statement] {
        guard subject.undenied(KMSActionSet([action])).contains(action) else { return [] }
        return subject.allows.filter { statement in
            let isOwn =
                statement.namesEverybody || statement.source.principal?.isNegated == true
                || statement.principals.contains { $0.account == subject.facts.account }
            let isPossible = statement.tests.allSatisfy { test in
                test.holdsWhenMissing || test.inapplicable(KMSActionSet([action])).isEmpty
            }
            return isOwn && isPossible && statement.actions.contains(action)
        }
    }
}
