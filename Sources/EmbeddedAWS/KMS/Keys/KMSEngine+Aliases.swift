// SPDX-License-Identifier: Apache-2.0

package import AWSWire
import AccessPolicy

/// Aliases: each change needs a permission on the alias, which only identity policies can give, and one on the key.
extension KMSEngine {
    /// How many aliases a key can have.
    static let maxAliasesPerKey = 50

    /// CreateAlias.
    package func createAlias(
        _ name: String,
        targetKeyID: String,
        _ call: KMSCall,
        in state: KMSState
    ) throws(AWSError) -> KMSOutcome<AliasRecord> {
        try AliasRules.check(name, isNew: true)
        let subject = try target(targetKeyID, call, in: state)
        try authorize(.createAlias, onResource: place.aliasARN(name), call)
        try authorize(.createAlias, on: subject, call)
        try subject.key.requireNotPendingDeletion()
        guard alias(name, call, in: state) == nil else { throw KMSError.aliasExists(place.aliasARN(name)) }
        try checkAliasLimit(subject)
        let alias = AliasRecord(
            name: name,
            arn: place.aliasARN(name),
            keyID: subject.key.id,
            createdAt: call.now,
            updatedAt: call.now
        )
        return KMSOutcome(alias, changes: subject.changes + [.putAlias(alias)])
    }

    /// UpdateAlias: points an alias at another key, whatever state the present one is in.
    package func updateAlias(
        _ name: String,
        targetKeyID: String,
        _ call: KMSCall,
        in state: KMSState
    ) throws(AWSError) -> KMSOutcome<AliasRecord> {
        try AliasRules.check(name, isNew: false)
        let subject = try target(targetKeyID, call, in: state)
        guard var alias = alias(name, call, in: state) else { throw KMSError.aliasNotFound(place.aliasARN(name)) }
        try authorize(.updateAlias, onResource: alias.arn, call)
        try authorize(.updateAlias, on: try self.subject(alias.keyID, call, in: state), call)
        try authorize(.updateAlias, on: subject, call)
        try subject.key.requireNotPendingDeletion()
        guard alias.keyID != subject.key.id else { return KMSOutcome(alias, changes: subject.changes) }
        try checkAliasLimit(subject)
        alias.keyID = subject.key.id
        alias.updatedAt = call.now
        return KMSOutcome(alias, changes: subject.changes + [.putAlias(alias)])
    }

    /// DeleteAlias, in every state of the key.
    package func deleteAlias(
        _ name: String,
        _ call: KMSCall,
        in state: KMSState
    ) throws(AWSError) -> KMSOutcome<Void> {
        try AliasRules.check(name, isNew: false)
        guard let alias = alias(name, call, in: state) else { throw KMSError.aliasNotFound(place.aliasARN(name)) }
        let subject = try subject(alias.keyID, call, in: state)
        try authorize(.deleteAlias, onResource: alias.arn, call)
        try authorize(.deleteAlias, on: subject, call)
        return KMSOutcome((), changes: subject.changes + [.removeAlias(name)])
    }

    /// ListAliases, oldest first, of all keys or of one.
    package func listAliases(
        keyID: String?,
        _ page: PageRequest,
        _ call: KMSCall,
        in state: KMSState
    ) throws(AWSError) -> KMSOutcome<Page<AliasRecord>> {
        _ = try page.checkedLimit(default: 50)
        let subject = try keyID.map { (id) throws(AWSError) in try self.subject(id, call, in: state) }
        try authorize(.listAliases, call)
        guard let subject else {
            let all = try Page(of: state.aliasOrder, page, defaultLimit: 50, id: { $0 }) { name in
                alias(name, call, in: state)
            }
            return KMSOutcome(all)
        }
        let aliases = subject.aliasNames.compactMap { state.alias($0) }
        return KMSOutcome(try Page(of: aliases, page, defaultLimit: 50) { $0.name }, changes: subject.changes)
    }

    /// An alias whose key still exists.
    func alias(_ name: String, _ call: KMSCall, in state: KMSState) -> AliasRecord? {
        state.alias(name).flatMap { state.key($0.keyID, at: call.now) == nil ? nil : $0 }
    }

    private func target(
        _ text: String,
        _ call: KMSCall,
        in state: KMSState
    ) throws(AWSError) -> KeySubject {
        if text.hasPrefix("alias/") || text.hasPrefix(place.arnPrefix + "alias/") {
            throw KMSError.aliasAsTarget
        }
        return try subject(text, member: "targetKeyId", call, in: state)
    }

    private func checkAliasLimit(_ subject: KeySubject) throws(AWSError) {
        guard subject.aliasNames.count < Self.maxAliasesPerKey else {
            throw KMSError.limit("\(subject.key.arn) has \(Self.maxAliasesPerKey) aliases, which is the limit.")
        }
    }
}

/// What names aliases can have; source: reference/kms-policy.md §8.
enum AliasRules {
    static func check(_ name: String, isNew: Bool) throws(AWSError) {
        try MemberConstraint.length(name, of: "aliasName", in: 1...256)
        try MemberConstraint.characters(name, of: "aliasName", pattern: "^[a-zA-Z0-9:/_-]+$") { scalar in
            switch scalar {
            case "a"..."z", "A"..."Z", "0"..."9", ":", "/", "_", "-": true
            default: false
            }
        }
        guard name.hasPrefix("alias/") else {
            throw KMSError.validation(
                #"Alias must start with the prefix "alias/". Please see "#
                    + "https://docs.aws.amazon.com/kms/latest/developerguide/kms-alias.html"
            )
        }
        guard name != "alias/" else { throw KMSError.invalidAliasName("the alias has no name after its prefix") }
        guard !isNew || !name.hasPrefix("alias/aws/") else {
            throw KMSError.invalidAliasName("`\(name)` starts with alias/aws/, which is reserved for AWS managed keys")
        }
    }
}
