// SPDX-License-Identifier: Apache-2.0

import AWSWire
import AccessPolicy
import CoreValues

/// Access by grants; source: reference/kms-policy.md §6.
///
/// A grant works like an Allow of the key policy that names its grantee, so the forms of principals and the limits of
/// boundaries and session policies mean the same for both.
extension KMSEngine {
    /// Whether a grant allows a request that nothing denies.
    func isGranted(
        _ request: AuthorizationRequest,
        _ action: KMSAction,
        _ subject: KeySubject,
        _ call: KMSCall,
        _ facts: RequestFacts
    ) -> Bool {
        guard !subject.grants.isEmpty else { return false }
        let forms = Self.forms(of: call.caller.identity)
        var grantees: Set<String> = []
        for grant in subject.grants {
            guard case .principal(let grantee) = grant.grantee, forms.contains(grantee),
                grant.operations.contains(action.rawValue), grant.covers(facts, action)
            else { continue }
            grantees.insert(grantee)
        }
        return !grantees.isEmpty && isAllowed(request, byNaming: grantees, call)
    }

    /// Whether a request would be allowed if the key policy named these principals.
    func isAllowed(_ request: AuthorizationRequest, byNaming principals: Set<String>, _ call: KMSCall) -> Bool {
        let accounts = principals.filter { $0.hasSuffix(":root") }
        let named = principals.subtracting(accounts)
        if !named.isEmpty {
            var policies = call.caller.policies
            if call.caller.identity.accountID != place.accountID, assumptions.grantSufficesAcrossAccounts {
                policies.identityPolicies = [.administrator]
            }
            if decide(request, by: Self.policy(naming: named), policies).isAllowed {
                return true
            }
        }
        return !accounts.isEmpty && decide(request, by: Self.policy(naming: accounts), call.caller.policies).isAllowed
    }

    /// The ARNs by which a grant may name a caller.
    static func forms(of caller: CallerIdentity) -> Set<String> {
        var forms = [caller.arn.description, "arn:\(caller.arn.partition):iam::\(caller.accountID):root"]
        if case .assumedRole(let roleARN, _) = caller.kind {
            forms.append(roleARN.description)
        }
        return Set(forms)
    }

    /// A policy that lets principals do everything.
    static func policy(naming principals: Set<String>) -> CompiledPolicy {
        let statement = PolicyStatement(
            effect: .allow,
            principal: .aws(principals.sorted()),
            action: MatchElement(["*"]),
            resource: MatchElement(["*"])
        )
        return CompiledPolicy(PolicyDocument(statements: [statement]))
    }
}

extension GrantRecord {
    /// Whether the grant is about a request, its operation and grantee left aside.
    func covers(_ facts: RequestFacts, _ action: KMSAction) -> Bool {
        if action == .describeKey || action == .retireGrant {
            return true
        }
        // Only services name the resource they act for, and none call by themselves.
        guard constraints.sourceARN == nil else { return false }
        if let newGrant = facts.newGrant {
            return newGrant.isWithin(self)
        }
        return constraints.allow(facts.encryptionContext ?? EncryptionContext())
    }
}

extension GrantRecord.Constraints {
    /// Whether an encryption context satisfies them; case matters.
    func allow(_ context: EncryptionContext) -> Bool {
        if let encryptionContextEquals, context.values != encryptionContextEquals {
            return false
        }
        if let encryptionContextSubset {
            let values = context.values
            return encryptionContextSubset.allSatisfy { values[$0.key] == $0.value }
        }
        return true
    }

    /// Whether every request that these constraints let through passes the others too.
    func areAtLeastAsStrict(as other: Self) -> Bool {
        if let equals = other.encryptionContextEquals, encryptionContextEquals != equals {
            return false
        }
        if let subset = other.encryptionContextSubset {
            let pairs = (encryptionContextSubset ?? [:]).merging(encryptionContextEquals ?? [:]) { first, _ in first }
            return subset.allSatisfy { pairs[$0.key] == $0.value }
        }
        return other.sourceARN == nil || other.sourceARN == sourceARN
    }
}
