// SPDX-License-Identifier: Apache-2.0

import AWSWire
package import CoreValues
import JSONDocument
import Synchronization

/// Issues credentials and tells whose a signature is.
///
/// Long-lived keys lie in the store with their secrets sealed. Temporary credentials lie nowhere: their session token
/// holds all there is to know, sealed with the root key, so they outlive a restart.
package final class CredentialAuthority: Sendable {
    /// How long a key that was looked up is trusted before it is looked up again, in milliseconds.
    static let memoryMilliseconds: Int64 = 1_000
    /// How many keys are remembered before all are forgotten.
    static let maxRemembered = 4_096

    /// What a signature is checked with, and whose it then is.
    package struct Credential: Sendable {
        /// The secret half.
        package let secretAccessKey: String
        /// Who signs with it.
        package let caller: CallerIdentity
    }

    /// An access key as it is handed out, once.
    package struct IssuedKey: Sendable {
        /// The public half.
        package let accessKeyID: String
        /// The secret half.
        package let secretAccessKey: String
        /// Whose it is.
        package let principal: ARN
    }

    private struct Remembered {
        let credential: Credential
        let since: Timestamp
    }

    private let account: AccountID
    private let store: any AccessKeyStore
    private let rootKey: RootKey
    private let random: any RandomSource
    private let remembered = Mutex<[String: Remembered]>([:])

    /// Makes the authority of an account.
    package init(account: AccountID, store: any AccessKeyStore, rootKey: RootKey, random: any RandomSource) {
        self.account = account
        self.store = store
        self.rootKey = rootKey
        self.random = random
    }

    /// Whether the root key is the one that the stored secrets were sealed with; true when there are none yet.
    package func opensWhatIsStored() throws -> Bool {
        guard let oldest = try store.accessKeys().first else { return true }
        let opened = try? rootKey.open(
            oldest.sealedSecret,
            for: .accessKeySecret,
            authenticating: Array(oldest.accessKeyID.utf8)
        )
        return opened != nil
    }

    /// Makes a long-lived access key for a user, a role or the root user of this account, and stores it.
    /// - Throws: ``CredentialError`` for any other principal, or the store's error.
    package func createAccessKey(for principal: ARN, at now: Timestamp) throws -> IssuedKey {
        let id = "AKIA" + characters(16, Self.idAlphabet)
        guard principal.accountID == account, CallerIdentity(principal: principal, accessKeyID: id) != nil else {
            throw CredentialError(
                "`\(principal)` can't have an access key here; expected a user or role of account \(account), such as "
                    + "arn:aws:iam::\(account):user/alice"
            )
        }
        let secret = characters(40, Self.secretAlphabet)
        let sealed = try rootKey.seal(
            Array(secret.utf8),
            for: .accessKeySecret,
            authenticating: Array(id.utf8),
            random: random
        )
        try store.put(
            AccessKeyRecord(
                accessKeyID: id,
                principal: principal,
                sealedSecret: sealed,
                createdAt: now,
                isActive: true
            )
        )
        return IssuedKey(accessKeyID: id, secretAccessKey: secret, principal: principal)
    }

    /// A principal's long-lived keys, oldest first.
    func accessKeys(of principal: ARN) throws -> [AccessKeyRecord] {
        try store.accessKeys().filter { $0.principal == principal }
    }

    /// Switches a key on or off.
    func setActive(_ isActive: Bool, _ key: AccessKeyRecord) throws {
        try store.put(
            AccessKeyRecord(
                accessKeyID: key.accessKeyID,
                principal: key.principal,
                sealedSecret: key.sealedSecret,
                createdAt: key.createdAt,
                isActive: isActive
            )
        )
        remembered.withLock { $0[key.accessKeyID] = nil }
    }

    /// Forgets a key.
    func remove(_ key: AccessKeyRecord) throws {
        try store.remove(id: key.accessKeyID)
        remembered.withLock { $0[key.accessKeyID] = nil }
    }

    /// Makes temporary credentials for a session of a role.
    func issueSession(
        _ session: RoleSession,
        random: any RandomSource
    ) throws(RootKeyError) -> SigningCredentials {
        let id = "ASIA" + characters(16, Self.idAlphabet)
        let secret = characters(40, Self.secretAlphabet)
        var content = session.document
        content["secret"] = .string(secret)
        let token = try rootKey.seal(
            JSONValue.object(content).bytes(),
            for: .sessionToken,
            authenticating: Array(id.utf8),
            random: random
        )
        return SigningCredentials(accessKeyID: id, secretAccessKey: secret, sessionToken: Base64.encode(token))
    }

    /// The secret and the caller that belong to what a request's signature names.
    /// - Throws: ``SignatureError`` `unrecognizedClient` or `expiredToken`, or the store's error.
    package func resolve(
        accessKeyID: String,
        sessionToken: String?,
        at now: Timestamp
    ) throws -> Credential {
        if let sessionToken {
            return try session(accessKeyID, sessionToken, at: now)
        }
        if let known = remembered.withLock({ $0[accessKeyID] }),
            (0..<Self.memoryMilliseconds).contains(now.milliseconds - known.since.milliseconds)
        {
            return known.credential
        }
        let credential = try lookUp(accessKeyID)
        remembered.withLock { remembered in
            if remembered.count >= Self.maxRemembered {
                remembered = [:]
            }
            remembered[accessKeyID] = Remembered(credential: credential, since: now)
        }
        return credential
    }

    private func lookUp(_ id: String) throws -> Credential {
        guard let record = try store.accessKey(id: id), record.isActive,
            let caller = CallerIdentity(principal: record.principal, accessKeyID: id)
        else {
            remembered.withLock { $0[id] = nil }
            throw SignatureError.unrecognized
        }
        let secret = try rootKey.open(
            record.sealedSecret,
            for: .accessKeySecret,
            authenticating: Array(id.utf8)
        )
        return Credential(secretAccessKey: String(decoding: secret, as: UTF8.self), caller: caller)
    }

    private func session(_ id: String, _ token: String, at now: Timestamp) throws -> Credential {
        guard let sealed = Base64.decode(token),
            let bytes = try? rootKey.open(sealed, for: .sessionToken, authenticating: Array(id.utf8)),
            let content = try? JSONValue(parsing: bytes), let secret = content["secret"]?.string,
            let session = RoleSession(content), session.roleARN.accountID == account, let caller = session.caller
        else { throw SignatureError.unrecognized }
        guard now < session.expiresAt else { throw SignatureError.expired }
        return Credential(secretAccessKey: secret, caller: caller)
    }

    private static let idAlphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567")
    /// 64 characters, so that each takes six bits; none needs escaping in a shell or an INI file.
    private static let secretAlphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789/+")

    /// Characters of an alphabet whose size divides 256, so that each is as likely as any other.
    private func characters(_ count: Int, _ alphabet: [Character]) -> String {
        String(random.bytes(count).map { alphabet[Int($0) % alphabet.count] })
    }
}

/// A session of a role, as its token carries it.
struct RoleSession: Sendable, Hashable {
    let roleARN: ARN
    let sessionName: String
    let expiresAt: Timestamp

    init(roleARN: ARN, sessionName: String, expiresAt: Timestamp) {
        self.roleARN = roleARN
        self.sessionName = sessionName
        self.expiresAt = expiresAt
    }

    init?(_ document: JSONValue) {
        guard let role = document["role"]?.string.flatMap({ ARN(parsing: $0) }),
            let sessionName = document["session"]?.string, let expires = document["expires"]?.integer
        else { return nil }
        self.init(roleARN: role, sessionName: sessionName, expiresAt: Timestamp(milliseconds: Int64(expires)))
    }

    var document: JSONObject {
        var object = JSONObject()
        object["role"] = .string(roleARN.description)
        object["session"] = .string(sessionName)
        object["expires"] = expiresAt.storedForm
        return object
    }

    var caller: CallerIdentity? {
        CallerIdentity(roleARN: roleARN, sessionName: sessionName)
    }
}

/// Why credentials can't be made.
package struct CredentialError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What was asked for and what would be accepted.
    package let description: String

    init(_ description: String) {
        self.description = description
    }
}
