// SPDX-License-Identifier: Apache-2.0

package import AWSWire
import AccessPolicy
import CoreValues

/// What CreateKey is asked for.
package struct CreateKeyRequest: Sendable {
    /// The key policy; KMS's default one without.
    package var policy: String?
    /// What the key is for.
    package var details: String
    /// `KeySpec`, or the older `CustomerMasterKeySpec`.
    package var keySpec: String?
    /// `KeyUsage`.
    package var keyUsage: String?
    /// `Origin` of the key material.
    package var origin: String?
    /// `CustomKeyStoreId`.
    package var customKeyStoreID: String?
    /// `MultiRegion`.
    package var isMultiRegion: Bool
    /// `BypassPolicyLockoutSafetyCheck`; `nil` when the request doesn't say.
    package var bypassesLockoutCheck: Bool?
    /// The key's tags.
    package var tags: [KeyTag]

    /// Makes a request; everything is optional.
    package init(
        policy: String? = nil,
        details: String = "",
        keySpec: String? = nil,
        keyUsage: String? = nil,
        origin: String? = nil,
        customKeyStoreID: String? = nil,
        isMultiRegion: Bool = false,
        bypassesLockoutCheck: Bool? = nil,
        tags: [KeyTag] = []
    ) {
        self.policy = policy
        self.details = details
        self.keySpec = keySpec
        self.keyUsage = keyUsage
        self.origin = origin
        self.customKeyStoreID = customKeyStoreID
        self.isMultiRegion = isMultiRegion
        self.bypassesLockoutCheck = bypassesLockoutCheck
        self.tags = tags
    }
}

/// Keys as such: making, describing, listing, switching on and off, deleting.
extension KMSEngine {
    /// CreateKey.
    package func createKey(
        _ request: CreateKeyRequest,
        _ call: KMSCall,
        in state: KMSState
    ) throws(AWSError) -> KMSOutcome<KeyRecord> {
        try KeyKinds.check(request)
        try MemberConstraint.length(request.details, of: "description", in: 0...8192)
        if let policy = request.policy {
            try checkPolicyLength(policy)
        }
        try TagRules.check(request.tags)
        var facts = TagRules.facts(request.tags)
        if let bypass = request.bypassesLockoutCheck {
            facts.more.append(("kms:BypassPolicyLockoutSafetyCheck", .one("\(bypass)")))
        }
        try authorize(.createKey, call, facts)
        let policy = try request.policy.map { (text) throws(AWSError) in try accepted(text) } ?? defaultPolicy
        let key = try newKey(request, policy, at: call.now)
        let subject = KeySubject(new: key)
        if !request.tags.isEmpty {
            try authorizeTags(of: subject, call, facts)
        }
        try checkLockout(policy, request.bypassesLockoutCheck, subject, call)
        return KMSOutcome(key, changes: [.putKey(key)])
    }

    /// Tags of a new key need a permission of their own, which only identity policies can give.
    private func authorizeTags(of subject: KeySubject, _ call: KMSCall, _ facts: RequestFacts) throws(AWSError) {
        let request = request(.tagResource, subject, call, facts)
        let root = "arn:\(place.partition):iam::\(place.accountID):root"
        let grant = KeyGrant(grantee: root, operations: KMSActionSet([.tagResource]))
        let decision = decide(request, by: nil, call.caller.policies, grants: [grant])
        guard decision.isAllowed else {
            throw KMSError.accessDenied(call.caller.identity, .tagResource, subject.key.arn, decision)
        }
    }

    private func newKey(
        _ request: CreateKeyRequest,
        _ policy: StoredKeyPolicy,
        at now: Timestamp
    ) throws(AWSError) -> KeyRecord {
        guard let id = KeyID(ids.uuid()) else { throw KMSError.internalFault }
        return KeyRecord(
            id: id,
            arn: place.keyARN(id),
            createdAt: now,
            details: request.details,
            policy: policy,
            tags: request.tags,
            materials: [try newMaterial(for: id, .initial, at: now)]
        )
    }

    /// DescribeKey.
    package func describeKey(
        _ keyID: String,
        grantTokens: [String] = [],
        _ call: KMSCall,
        in state: KMSState
    ) throws(AWSError) -> KMSOutcome<KeyRecord> {
        try checkGrantTokens(grantTokens)
        return try look(keyID, acceptsAlias: true, call, in: state) { (subject) throws(AWSError) in
            try authorize(.describeKey, on: subject, call, RequestFacts(showsAlias: true))
            return subject.key
        }
    }

    /// ListKeys, oldest first.
    package func listKeys(
        _ page: PageRequest,
        _ call: KMSCall,
        in state: KMSState
    ) throws(AWSError) -> KMSOutcome<Page<KeyRecord>> {
        _ = try page.checkedLimit(default: 100)
        try authorize(.listKeys, call)
        let keys = try Page(of: state.keyOrder, page, defaultLimit: 100, id: { KeyID($0) }) { id in
            state.key(id, at: call.now)
        }
        return KMSOutcome(keys)
    }

    /// UpdateKeyDescription.
    package func updateKeyDescription(
        _ keyID: String,
        details: String,
        _ call: KMSCall,
        in state: KMSState
    ) throws(AWSError) -> KMSOutcome<KeyRecord> {
        try MemberConstraint.length(details, of: "description", in: 0...8192)
        return try edit(keyID, call, in: state) { (subject) throws(AWSError) in
            try updatingDescription(details, subject, call)
        }
    }

    func updatingDescription(
        _ details: String,
        _ subject: KeySubject,
        _ call: KMSCall
    ) throws(AWSError) -> KeyRecord {
        try authorize(.updateKeyDescription, on: subject, call)
        var key = subject.key
        try key.requireNotPendingDeletion()
        key.details = details
        return key
    }

    /// EnableKey; a rotation that came due meanwhile happens now.
    package func enableKey(
        _ keyID: String,
        _ call: KMSCall,
        in state: KMSState
    ) throws(AWSError) -> KMSOutcome<KeyRecord> {
        try edit(keyID, call, in: state) { (subject) throws(AWSError) in
            try enabling(subject, call)
        }
    }

    func enabling(_ subject: KeySubject, _ call: KMSCall) throws(AWSError) -> KeyRecord {
        try authorize(.enableKey, on: subject, call)
        var key = subject.key
        try key.requireNotPendingDeletion()
        key.status = .enabled
        guard key.isRotationDue(at: call.now) else { return key }
        key.rotation?.next = call.now
        return try catchingUp(key, at: call.now)
    }

    /// DisableKey.
    package func disableKey(
        _ keyID: String,
        _ call: KMSCall,
        in state: KMSState
    ) throws(AWSError) -> KMSOutcome<KeyRecord> {
        try edit(keyID, call, in: state) { (subject) throws(AWSError) in
            try disabling(subject, call)
        }
    }

    func disabling(_ subject: KeySubject, _ call: KMSCall) throws(AWSError) -> KeyRecord {
        try authorize(.disableKey, on: subject, call)
        var key = subject.key
        try key.requireNotPendingDeletion()
        key.status = .disabled
        return key
    }

    /// ScheduleKeyDeletion; the window is 7 to 30 days, 30 unless said otherwise.
    package func scheduleKeyDeletion(
        _ keyID: String,
        pendingWindowInDays: Int?,
        _ call: KMSCall,
        in state: KMSState
    ) throws(AWSError) -> KMSOutcome<KeyRecord> {
        let days = pendingWindowInDays ?? Self.standardPendingWindowInDays
        try MemberConstraint.value(days, of: "pendingWindowInDays", in: 7...30)
        return try edit(keyID, call, in: state) { (subject) throws(AWSError) in
            let sent = pendingWindowInDays.map { "\($0)" }
            let facts = RequestFacts.one("kms:ScheduleKeyDeletionPendingWindowInDays", sent)
            try authorize(.scheduleKeyDeletion, on: subject, call, facts)
            var key = subject.key
            try key.requireNotPendingDeletion()
            key.status = .pendingDeletion(at: call.now.advanced(byDays: days))
            return key
        }
    }

    /// How many days a key awaits its deletion when nobody says.
    package static let standardPendingWindowInDays = 30

    /// CancelKeyDeletion; the key is disabled afterwards.
    package func cancelKeyDeletion(
        _ keyID: String,
        _ call: KMSCall,
        in state: KMSState
    ) throws(AWSError) -> KMSOutcome<KeyRecord> {
        try edit(keyID, call, in: state) { (subject) throws(AWSError) in
            try authorize(.cancelKeyDeletion, on: subject, call)
            var key = subject.key
            try key.requirePendingDeletion()
            key.status = .disabled
            return key
        }
    }
}
