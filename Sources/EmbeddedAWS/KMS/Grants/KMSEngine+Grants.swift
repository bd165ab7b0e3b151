// SPDX-License-Identifier: Apache-2.0

package import AWSWire
import AccessPolicy
import CoreValues

/// A grant that was made, and a token for it.
package struct CreatedGrant: Sendable {
    /// The grant's id.
    package let id: String
    /// A fresh token.
    package let token: String
}

/// Grants; source: reference/kms-policy.md §6.
extension KMSEngine {
    /// How many grants a key can have.
    static let maxGrantsPerKey = 50_000

    /// CreateGrant; with a name, the same request again gives the same grant.
    package func createGrant(
        _ keyID: String,
        _ grant: NewGrant,
        _ call: KMSCall,
        in state: KMSState
    ) throws(AWSError) -> KMSOutcome<CreatedGrant> {
        let grantee = try grant.checked()
        try checkGrantTokens(grant.grantTokens)
        let subject = try subject(keyID, call, in: state)
        try authorize(.createGrant, on: subject, call, grant.facts(isForAWSResource: isForAWSResource(call)))
        try subject.key.requireEnabled()
        let record = GrantRecord(
            id: Hex.encode(random.bytes(32)),
            keyID: subject.key.id,
            name: grant.name,
            grantee: grantee,
            retiring: grant.retiring.first,
            operations: grant.operations,
            constraints: grant.constraints,
            issuingAccount: call.caller.identity.accountID.description,
            createdAt: call.now
        )
        let existing = grant.name == nil ? nil : subject.grants.first { $0.isRepeated(by: record) }
        guard existing != nil || subject.grants.count < Self.maxGrantsPerKey else {
            throw KMSError.limit("\(subject.key.arn) has \(Self.maxGrantsPerKey) grants, which is the limit.")
        }
        guard !grant.isDryRun else { throw KMSError.dryRun }
        let id = existing?.id ?? record.id
        let token = try GrantToken(keyID: subject.key.id, grantID: id).text(rootKey, random: random)
        return KMSOutcome(
            CreatedGrant(id: id, token: token),
            changes: subject.changes + (existing == nil ? [.putGrant(record)] : [])
        )
    }

    /// ListGrants of a key, oldest first; `grantID` and `grantee` narrow the list.
    package func listGrants(
        _ keyID: String,
        grantID: String? = nil,
        grantee: GrantRecord.Party? = nil,
        _ page: PageRequest,
        _ call: KMSCall,
        in state: KMSState
    ) throws(AWSError) -> KMSOutcome<(key: KeyRecord, grants: Page<GrantRecord>)> {
        _ = try page.checkedLimit(default: 50)
        if let grantID {
            try MemberConstraint.length(grantID, of: "grantId", in: 1...128)
        }
        return try look(keyID, call, in: state) { (subject) throws(AWSError) in
            try authorize(.listGrants, on: subject, call, forAWSResource(call))
            let found = subject.grants.filter { grant in
                grantID.map { $0 == grant.id } ?? true && grantee.map { $0 == grant.grantee } ?? true
            }
            guard grantID == nil || !found.isEmpty else { throw KMSError.grantNotFound(grantID ?? "") }
            return (subject.key, try Page(of: found, page, defaultLimit: 50) { $0.id })
        }
    }

    /// ListRetirableGrants: all grants that a principal can retire, by key and then by age.
    package func listRetirableGrants(
        _ party: GrantRecord.Party,
        _ page: PageRequest,
        _ call: KMSCall,
        in state: KMSState
    ) throws(AWSError) -> KMSOutcome<Page<GrantRecord>> {
        _ = try page.checkedLimit(default: 50)
        try PrincipalRules.check(party, "retiringPrincipal", "retiringServicePrincipal")
        try authorize(.listRetirableGrants, call)
        let found = state.keyOrder.places.flatMap { place in
            state.key(place.id, at: call.now) == nil ? [] : state.grants(of: place.id).filter { $0.retiring == party }
        }
        return KMSOutcome(try Page(of: found, page, defaultLimit: 50) { $0.id })
    }

    /// RevokeGrant, in every state of the key.
    package func revokeGrant(
        _ keyID: String,
        grantID: String,
        isDryRun: Bool,
        _ call: KMSCall,
        in state: KMSState
    ) throws(AWSError) -> KMSOutcome<Void> {
        try MemberConstraint.length(grantID, of: "grantId", in: 1...128)
        let subject = try subject(keyID, call, in: state)
        try authorize(.revokeGrant, on: subject, call, forAWSResource(call))
        guard subject.grants.contains(where: { $0.id == grantID }) else { throw KMSError.grantNotFound(grantID) }
        guard !isDryRun else { throw KMSError.dryRun }
        return KMSOutcome((), changes: subject.changes + [.removeGrant(grantID)])
    }

    /// RetireGrant, in every state of the key; the grant is named by a token, or by its key and its id.
    package func retireGrant(
        token: String?,
        keyID: String?,
        grantID: String?,
        isDryRun: Bool,
        _ call: KMSCall,
        in state: KMSState
    ) throws(AWSError) -> KMSOutcome<Void> {
        let (subject, grantID) = try retirable(token: token, keyID: keyID, grantID: grantID, call, in: state)
        guard let grant = subject.grants.first(where: { $0.id == grantID }) else {
            throw KMSError.grantNotFound(grantID)
        }
        try authorizeRetiring(grant, subject, call)
        guard !isDryRun else { throw KMSError.dryRun }
        return KMSOutcome((), changes: subject.changes + [.removeGrant(grantID)])
    }

    private func retirable(
        token: String?,
        keyID: String?,
        grantID: String?,
        _ call: KMSCall,
        in state: KMSState
    ) throws(AWSError) -> (KeySubject, String) {
        switch (token, keyID, grantID) {
        case (let token?, nil, nil):
            let token = try GrantToken(token, rootKey, member: "grantToken")
            return (try subject(token.keyID, call, in: state), token.grantID)
        case (nil, let keyID?, let grantID?):
            try MemberConstraint.length(grantID, of: "grantId", in: 1...128)
            return (try subject(keyID, call, in: state), grantID)
        default:
            throw KMSError.validation("Provide either a GrantToken, or a KeyId and a GrantId, and nothing else.")
        }
    }

    /// Who may retire a grant is the grant's own business: the retiring principal, the grantee where the grant says
    /// so, and the account that made it, which may hand it on.
    private func authorizeRetiring(
        _ grant: GrantRecord,
        _ subject: KeySubject,
        _ call: KMSCall
    ) throws(AWSError) {
        var pairs = grant.constraints.encryptionContextSubset ?? [:]
        pairs.merge(grant.constraints.encryptionContextEquals ?? [:]) { _, exact in exact }
        var facts = RequestFacts(encryptionContext: EncryptionContext(pairs))
        facts.more = grant.constraints.type.map { [("kms:GrantConstraintType", .one($0))] } ?? []
        let request = request(.retireGrant, subject, call, facts)
        let decision = decide(request, by: subject.key.policy.compiled, call.caller.policies)
        guard decision.verdict != .explicitlyDenied else {
            throw KMSError.accessDenied(call.caller.identity, .retireGrant, subject.key.arn, decision)
        }
        var named = ["arn:\(place.partition):iam::\(grant.issuingAccount):root"]
        if case .principal(let arn) = grant.retiring {
            named.append(arn)
        }
        if case .principal(let arn) = grant.grantee, grant.operations.contains("RetireGrant") {
            named.append(arn)
        }
        let forms = Self.forms(of: call.caller.identity)
        guard isAllowed(request, .retireGrant, grantedTo: Set(named).intersection(forms), call) else {
            throw KMSError.accessDenied(call.caller.identity, .retireGrant, subject.key.arn, decision)
        }
    }

    private func isForAWSResource(_ call: KMSCall) -> Bool {
        call.caller.viaService != nil
    }

    private func forAWSResource(_ call: KMSCall) -> RequestFacts {
        .one("kms:GrantIsForAWSResource", "\(isForAWSResource(call))")
    }
}

extension GrantRecord {
    /// Whether another one, still without a place, asks for the same.
    fileprivate func isRepeated(by other: GrantRecord) -> Bool {
        name == other.name && grantee == other.grantee && retiring == other.retiring
            && Set(operations) == Set(other.operations) && constraints == other.constraints
            && issuingAccount == other.issuingAccount
    }
}
