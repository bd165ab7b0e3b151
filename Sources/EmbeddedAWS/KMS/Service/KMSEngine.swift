// SPDX-License-Identifier: Apache-2.0

package import AWSWire
package import AccessPolicy
package import CoreValues

/// Decides the operations of KMS: synchronous functions of the input, the caller, the state and the moment.
///
/// An operation checks its input, finds its key, authorises the caller, then looks at the key's state, as AWS does. It
/// gives the changes to apply and its answer, or throws the error in AWS's words.
package struct KMSEngine: Sendable {
    /// Where the keys live.
    package let place: KMSPlace
    let rootKey: RootKey
    let directory: any PrincipalDirectory
    let ids: any IDGenerator
    let random: any RandomSource
    let acceptance: KeyPolicyAcceptance
    let assumptions: Assumptions
    let constantFacts: ConstantFacts

    /// Makes an engine; `acceptance` knows which principals exist, all unless given.
    package init(
        place: KMSPlace,
        rootKey: RootKey,
        directory: any PrincipalDirectory,
        ids: any IDGenerator,
        random: any RandomSource,
        acceptance: KeyPolicyAcceptance = KeyPolicyAcceptance(),
        assumptions: Assumptions = Assumptions()
    ) {
        self.place = place
        self.rootKey = rootKey
        self.directory = directory
        self.ids = ids
        self.random = random
        self.acceptance = acceptance
        self.assumptions = assumptions
        constantFacts = ConstantFacts(place)
    }

    /// A caller with the policies that the directory has for them.
    package func caller(
        _ identity: CallerIdentity,
        viaService: String? = nil,
        calledVia: [String] = []
    ) -> KMSCaller {
        let policies = directory.policies(of: identity)
        return KMSCaller(identity, policies: policies, viaService: viaService, calledVia: calledVia)
    }

    /// What the passing of time asks for: keys whose deletion date has passed go, with their aliases and grants, and
    /// materials whose rotation is due are replaced.
    ///
    /// Nothing waits for it: no operation sees a key that is gone, and every operation rotates its own key first.
    /// - Complexity: O(n) in the number of keys that rotate or await deletion.
    package func sweep(_ state: KMSState, at now: Timestamp) throws(AWSError) -> [KMSMutation] {
        var changes: [KMSMutation] = []
        for id in state.timedKeys.sorted() {
            guard let key = state.record(id) else { continue }
            if key.isGone(at: now) {
                changes += removal(of: id, in: state)
            } else if key.isRotationDue(at: now) {
                changes.append(.putKey(try catchingUp(key, at: now)))
            }
        }
        return changes
    }

    private func removal(of id: KeyID, in state: KMSState) -> [KMSMutation] {
        state.aliasNames(of: id).map { .removeAlias($0) } + state.grants(of: id).map { .removeGrant($0.id) }
            + [.removeKey(id)]
    }

    // MARK: Keys by name

    /// The key that a request names, its overdue rotation made up for.
    func subject(
        _ text: String,
        acceptsAlias: Bool = false,
        member: String = "keyId",
        _ call: KMSCall,
        in state: KMSState
    ) throws(AWSError) -> KeySubject {
        switch try KeyReference(text, in: place, acceptsAlias: acceptsAlias, member: member) {
        case .id(let id):
            return try subject(id, call, in: state)
        case .alias(let name):
            guard let alias = state.alias(name), state.key(alias.keyID, at: call.now) != nil else {
                throw KMSError.aliasNotFound(place.aliasARN(name))
            }
            return try subject(alias.keyID, alias: name, call, in: state)
        }
    }

    /// The key with that id.
    func subject(
        _ id: KeyID,
        alias: String? = nil,
        _ call: KMSCall,
        in state: KMSState
    ) throws(AWSError) -> KeySubject {
        guard let key = state.key(id, at: call.now) else { throw KMSError.keyNotFound(place.keyARN(id)) }
        return KeySubject(
            key: key.isRotationDue(at: call.now) ? try catchingUp(key, at: call.now) : key,
            stored: key,
            alias: alias,
            aliasNames: state.aliasNames(of: id),
            grants: state.grants(of: id)
        )
    }

    /// Looks at a key.
    func look<Result>(
        _ keyID: String,
        acceptsAlias: Bool = false,
        _ call: KMSCall,
        in state: KMSState,
        _ body: (KeySubject) throws(AWSError) -> Result
    ) throws(AWSError) -> KMSOutcome<Result> {
        let subject = try subject(keyID, acceptsAlias: acceptsAlias, call, in: state)
        return KMSOutcome(try body(subject), changes: subject.changes)
    }

    /// Changes a key.
    func edit(
        _ keyID: String,
        _ call: KMSCall,
        in state: KMSState,
        _ body: (KeySubject) throws(AWSError) -> KeyRecord
    ) throws(AWSError) -> KMSOutcome<KeyRecord> {
        var subject = try subject(keyID, call, in: state)
        subject.key = try body(subject)
        return KMSOutcome(subject.key, changes: subject.changes)
    }
}

/// A key as an operation sees it, with what hangs on it.
struct KeySubject: Sendable {
    /// The key as it is now.
    var key: KeyRecord
    /// The key as it was stored; `nil` for one that is only being made.
    let stored: KeyRecord?
    /// The alias by which the request named it.
    let alias: String?
    /// Its aliases' names.
    let aliasNames: [String]
    /// Its grants, oldest first.
    let grants: [GrantRecord]

    /// A key that is only being made.
    init(new key: KeyRecord) {
        self.init(key: key, stored: nil, alias: nil, aliasNames: [], grants: [])
    }

    init(key: KeyRecord, stored: KeyRecord?, alias: String?, aliasNames: [String], grants: [GrantRecord]) {
        self.key = key
        self.stored = stored
        self.alias = alias
        self.aliasNames = aliasNames
        self.grants = grants
    }

    /// What must be stored for the key to be as it is.
    var changes: [KMSMutation] {
        key == stored ? [] : [.putKey(key)]
    }
}
