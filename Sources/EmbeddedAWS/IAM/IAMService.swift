// SPDX-License-Identifier: Apache-2.0

package import AWSWire
import AccessPolicy
import CoreValues

/// The embedded IAM: the account's users, roles, their policies and access keys.
///
/// Source: IAM API reference. Groups, customer-managed policies and instance profiles are not offered.
package struct IAMService: Sendable {
    /// How many characters an inline policy may have.
    static let maxPolicyCharacters = 10_240

    let account: EmbeddedAccount
    let registry: PrincipalRegistry
    let authority: CredentialAuthority

    /// Makes the service and fills the registry with the principals that the account has.
    package init(account: EmbeddedAccount, registry: PrincipalRegistry, authority: CredentialAuthority) {
        self.account = account
        self.registry = registry
        self.authority = authority
        let known = account.read { $0.identity.all(.user) + $0.identity.all(.role) }
        known.forEach(registry.put)
    }

    // MARK: Principals

    /// What a user or role is declared with.
    package struct Declaration: Sendable {
        /// Whether it is a user or a role.
        package let kind: PrincipalRecord.Kind
        /// Its name.
        package let name: String
        /// Its path.
        package let path: String
        /// What it is for.
        package let details: String?
        /// Who may assume it; roles need one.
        package let trustPolicy: String?
        /// How long a session may last.
        package let maxSessionDuration: Int
        /// The predefined policy that limits it.
        package let permissionBoundary: String?

        /// Makes a declaration.
        package init(
            kind: PrincipalRecord.Kind,
            name: String,
            path: String = "/",
            details: String? = nil,
            trustPolicy: String? = nil,
            maxSessionDuration: Int = 3_600,
            permissionBoundary: String? = nil
        ) {
            self.kind = kind
            self.name = name
            self.path = path
            self.details = details
            self.trustPolicy = trustPolicy
            self.maxSessionDuration = maxSessionDuration
            self.permissionBoundary = permissionBoundary
        }
    }

    /// Declares a user or role.
    /// - Throws: AWSError `EntityAlreadyExists`, `ValidationError`, `MalformedPolicyDocument` or `NoSuchEntity`.
    package func declare(_ declaration: Declaration) async throws -> PrincipalRecord {
        try IAMConstraint.name(declaration.name, of: declaration.kind)
        try IAMConstraint.path(declaration.path)
        if let trust = declaration.trustPolicy {
            try IAMConstraint.trustPolicy(trust)
        }
        if let boundary = declaration.permissionBoundary {
            _ = try managedPolicy(boundary)
        }
        let record = PrincipalRecord(
            kind: declaration.kind,
            name: declaration.name,
            path: declaration.path,
            arn: ARN(
                partition: ARN.partition(ofRegion: account.region),
                service: "iam",
                account: account.accountID.description,
                resource: declaration.kind.rawValue + declaration.path + declaration.name
            ),
            createdAt: account.time.now(),
            details: declaration.details,
            trustPolicy: declaration.trustPolicy,
            maxSessionDuration: declaration.maxSessionDuration,
            permissionBoundary: declaration.permissionBoundary
        )
        return try await account.write { state in
            guard state.identity.principal(record.kind, record.name) == nil else {
                throw AWSError(
                    "EntityAlreadyExists",
                    "\(record.kind.title) with name \(record.name) already exists.",
                    status: 409
                )
            }
            registry.put(record)
            return ([.identity(.put(record))], record)
        }
    }

    /// The user or role of that name.
    /// - Throws: AWSError `NoSuchEntity`.
    package func principal(_ kind: PrincipalRecord.Kind, _ name: String) throws -> PrincipalRecord {
        guard let record = account.read({ $0.identity.principal(kind, name) }) else {
            throw IAMConstraint.noSuch(kind, name)
        }
        return record
    }

    /// All users or roles below a path, by name.
    package func principals(_ kind: PrincipalRecord.Kind, below path: String) -> [PrincipalRecord] {
        account.read { $0.identity.all(kind) }.filter { $0.path.hasPrefix(path) }
    }

    /// Removes a user or role, which must have no policies and no access keys any more.
    /// - Throws: AWSError `NoSuchEntity` or `DeleteConflict`.
    package func remove(_ kind: PrincipalRecord.Kind, _ name: String) async throws {
        let arn = try principal(kind, name).arn
        guard try authority.accessKeys(of: arn).isEmpty else {
            throw IAMConstraint.deleteConflict("access keys")
        }
        try await account.write { state in
            guard let record = state.identity.principal(kind, name) else { throw IAMConstraint.noSuch(kind, name) }
            guard record.inlinePolicies.isEmpty, record.attachedPolicies.isEmpty else {
                throw IAMConstraint.deleteConflict("policies")
            }
            registry.remove(record)
            return ([.identity(.remove(record))], ())
        }
    }

    // MARK: Policies

    /// Writes an inline policy, over an older one of that name.
    /// - Throws: AWSError `NoSuchEntity`, `MalformedPolicyDocument` or `ValidationError`.
    package func putPolicy(
        _ policyName: String,
        _ document: String,
        on kind: PrincipalRecord.Kind,
        _ name: String
    ) async throws {
        try IAMConstraint.policyName(policyName)
        try IAMConstraint.identityPolicy(document, limit: Self.maxPolicyCharacters)
        try await change(kind, name) { record in
            record.inlinePolicies.removeAll { $0.name == policyName }
            record.inlinePolicies.append(PrincipalRecord.InlinePolicy(name: policyName, document: document))
            record.inlinePolicies.sort { $0.name < $1.name }
        }
    }

    /// Removes an inline policy.
    /// - Throws: AWSError `NoSuchEntity`.
    package func removePolicy(_ policyName: String, from kind: PrincipalRecord.Kind, _ name: String) async throws {
        try await change(kind, name) { record in
            guard record.inlinePolicies.contains(where: { $0.name == policyName }) else {
                throw IAMConstraint.noSuchPolicy(policyName, kind)
            }
            record.inlinePolicies.removeAll { $0.name == policyName }
        }
    }

    /// An inline policy's text.
    /// - Throws: AWSError `NoSuchEntity`.
    package func policy(_ policyName: String, of kind: PrincipalRecord.Kind, _ name: String) throws -> String {
        guard let found = try principal(kind, name).inlinePolicies.first(where: { $0.name == policyName }) else {
            throw IAMConstraint.noSuchPolicy(policyName, kind)
        }
        return found.document
    }

    /// Attaches a predefined policy; nothing happens when it is attached already.
    /// - Throws: AWSError `NoSuchEntity`.
    package func attach(_ policyARN: String, to kind: PrincipalRecord.Kind, _ name: String) async throws {
        _ = try managedPolicy(policyARN)
        try await change(kind, name) { record in
            if !record.attachedPolicies.contains(policyARN) {
                record.attachedPolicies.append(policyARN)
            }
        }
    }

    /// Detaches a predefined policy.
    /// - Throws: AWSError `NoSuchEntity`.
    package func detach(_ policyARN: String, from kind: PrincipalRecord.Kind, _ name: String) async throws {
        try await change(kind, name) { record in
            guard record.attachedPolicies.contains(policyARN) else {
                throw AWSError("NoSuchEntity", "Policy \(policyARN) was not found.", status: 404)
            }
            record.attachedPolicies.removeAll { $0 == policyARN }
        }
    }

    /// Says anew who may assume a role.
    /// - Throws: AWSError `NoSuchEntity` or `MalformedPolicyDocument`.
    package func setTrustPolicy(_ document: String, of role: String) async throws {
        try IAMConstraint.trustPolicy(document)
        try await change(.role, role) { $0.trustPolicy = document }
    }

    /// A predefined policy.
    /// - Throws: AWSError `NoSuchEntity`.
    package func managedPolicy(_ arn: String) throws(AWSError) -> ManagedPolicy {
        guard let policy = ManagedPolicy.named(arn) else {
            let known = ManagedPolicy.all.map(\.arn).joined(separator: ", ")
            throw AWSError(
                "NoSuchEntity",
                "Policy \(arn) does not exist or is not attachable; the predefined policies are \(known)",
                status: 404
            )
        }
        return policy
    }

    private func change(
        _ kind: PrincipalRecord.Kind,
        _ name: String,
        _ body: (inout PrincipalRecord) throws -> Void
    ) async throws {
        try await account.write { state in
            guard var record = state.identity.principal(kind, name) else { throw IAMConstraint.noSuch(kind, name) }
            try body(&record)
            registry.put(record)
            return ([.identity(.put(record))], ())
        }
    }

    // MARK: Access keys

    /// Makes an access key of a user.
    /// - Throws: AWSError `NoSuchEntity` or `LimitExceeded`.
    package func createAccessKey(of user: String) throws -> CredentialAuthority.IssuedKey {
        let record = try principal(.user, user)
        guard try authority.accessKeys(of: record.arn).count < 2 else {
            throw AWSError("LimitExceeded", "Cannot exceed quota for AccessKeysPerUser: 2", status: 409)
        }
        return try authority.createAccessKey(for: record.arn, at: account.time.now())
    }

    /// A user's access keys, oldest first; the secrets stay sealed.
    /// - Throws: AWSError `NoSuchEntity`.
    package func accessKeys(of user: String) throws -> [AccessKeyRecord] {
        try authority.accessKeys(of: try principal(.user, user).arn)
    }

    /// Removes a user's access key, or switches it on or off.
    /// - Throws: AWSError `NoSuchEntity`.
    package func setAccessKey(_ id: String, of user: String, active: Bool?) throws {
        guard let key = try accessKeys(of: user).first(where: { $0.accessKeyID == id }) else {
            throw AWSError("NoSuchEntity", "The Access Key with id \(id) cannot be found.", status: 404)
        }
        if let active {
            try authority.setActive(active, key)
        } else {
            try authority.remove(key)
        }
    }
}

extension PrincipalRecord.Kind {
    /// The word that messages use.
    var title: String {
        self == .user ? "User" : "Role"
    }
}
