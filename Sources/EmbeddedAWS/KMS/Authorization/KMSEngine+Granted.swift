// SPDX-License-Identifier: Apache-2.0

import AWSWire
package import AccessPolicy
import CoreValues

/// Access by grants; source: reference/kms-policy.md §6.
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
        return !grantees.isEmpty && isAllowed(request, action, grantedTo: grantees, call)
    }

    /// Whether a request would be allowed by grants to these principals, their constraints left aside, and without
    /// any word of the key policy.
    func isAllowed(
        _ request: AuthorizationRequest,
        _ action: KMSAction,
        grantedTo principals: Set<String>,
        _ call: KMSCall
    ) -> Bool {
        let grants = principals.sorted().map { KeyGrant(grantee: $0, operations: KMSActionSet([action])) }
        return decide(request, by: nil, call.caller.policies, grants: grants).isAllowed
    }

    /// The ARNs by which a grant may name a caller.
    static func forms(of caller: CallerIdentity) -> Set<String> {
        var forms = [caller.arn.description, "arn:\(caller.arn.partition):iam::\(caller.accountID):root"]
        if case .assumedRole(let roleARN, _) = caller.kind {
            forms.append(roleARN.description)
        }
        return Set(forms)
    }
}

extension GrantRecord {
    /// The grant as policy decisions take it.
    package var keyGrant: KeyGrant {
        let grantee =
            switch grantee {
            case .principal(let arn): arn
            case .service(let name): name
            }
        return KeyGrant(
            grantee: grantee,
            operations: KMSActionSet(operations.compactMap { KMSAction(rawValue: $0) }),
            constraint: constraints.encryptionContextEquals.map { .encryptionContextEquals($0) }
                ?? constraints.encryptionContextSubset.map { .encryptionContextSubset($0) },
            sourceARN: constraints.sourceARN
        )
    }

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
