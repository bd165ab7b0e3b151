// SPDX-License-Identifier: Apache-2.0

import AWSWire
import AccessPolicy
import CoreValues
import EmbeddedAWS
import Synchronization
import TestSupport
import Testing

/// A KMS in memory with a clock that tests move, its callers, and shorthands for calling it.
struct KMSFixture {
    let time = ManualTime()
    let store = KMSMemoryStore()
    let directory = KMSTestDirectory()
    let accountID: AccountID
    let otherID: AccountID
    let account: EmbeddedAccount
    let engine: KMSEngine
    let service: KMSService

    init(
        seed: UInt64 = 1,
        records: [EmbeddedRecord] = [],
        assumptions: Assumptions = Assumptions(),
        missingPrincipals: [String] = []
    ) throws {
        accountID = try #require(AccountID("999999999999"))
        otherID = try #require(AccountID("888888888888"))
        let ids = SeededIDs(seed: seed)
        store.seed(records)
        account = try EmbeddedAccount(
            accountID: accountID,
            region: "us-east-1",
            store: store,
            time: time,
            ids: ids,
            random: ids
        )
        engine = KMSEngine(
            place: KMSPlace(accountID: accountID, region: "us-east-1"),
            rootKey: try RootKey([UInt8](repeating: 7, count: 32)),
            directory: directory,
            ids: ids,
            random: ids,
            acceptance: KeyPolicyAcceptance { !missingPrincipals.contains($0.description) },
            assumptions: assumptions
        )
        service = KMSService(engine: engine, account: account)
    }

    // MARK: Callers

    var root: CallerIdentity {
        CallerIdentity(
            kind: .root,
            arn: ARN(service: "iam", account: accountID.description, resource: "root"),
            accountID: accountID,
            userID: accountID.description
        )
    }

    func user(_ name: String, of account: AccountID? = nil) -> CallerIdentity {
        let account = account ?? accountID
        return CallerIdentity(
            kind: .user(name: name),
            arn: ARN(service: "iam", account: account.description, resource: "user/\(name)"),
            accountID: account,
            userID: "AIDA\(name.uppercased())"
        )
    }

    func role(_ name: String, of account: AccountID? = nil) -> CallerIdentity {
        let account = account ?? accountID
        return CallerIdentity(
            kind: .assumedRole(
                roleARN: ARN(service: "iam", account: account.description, resource: "role/\(name)"),
                sessionName: "session"
            ),
            arn: ARN(service: "sts", account: account.description, resource: "assumed-role/\(name)/session"),
            accountID: account,
            userID: "AROA\(name.uppercased()):session"
        )
    }

    // MARK: Calls

    func perform<Result>(
        as caller: CallerIdentity? = nil,
        viaService: String? = nil,
        _ operation: (KMSEngine, KMSCall, KMSState) throws -> KMSOutcome<Result>
    ) async throws -> Result {
        try await service.perform(as: caller ?? root, viaService: viaService, operation)
    }

    @discardableResult
    func key(_ policy: String? = nil, tags: [KeyTag] = [], as caller: CallerIdentity? = nil) async throws -> KeyRecord {
        try await perform(as: caller) { engine, call, state in
            try engine.createKey(CreateKeyRequest(policy: policy, tags: tags), call, in: state)
        }
    }

    /// A key whose policy delegates to the account and has further statements.
    func key(delegatingAnd first: String, _ more: String...) async throws -> KeyRecord {
        try await key(Self.policy([Self.delegation, first] + more))
    }

    @discardableResult
    func alias(_ name: String, for key: KeyRecord) async throws -> AliasRecord {
        try await perform { engine, call, state in
            try engine.createAlias(name, targetKeyID: key.id.description, call, in: state)
        }
    }

    func encrypt(
        _ text: String = "secret",
        _ key: KeyRecord,
        context: [String: String] = [:],
        as caller: CallerIdentity? = nil
    ) async throws -> [UInt8] {
        let request = CryptographyRequest(encryptionContext: EncryptionContext(context))
        let bytes = Array(text.utf8)
        return try await service.encrypt(bytes, keyID: key.arn, request, as: caller ?? root).ciphertext
    }

    func decrypt(
        _ blob: [UInt8],
        keyID: String? = nil,
        context: [String: String] = [:],
        as caller: CallerIdentity? = nil
    ) async throws -> String {
        let request = CryptographyRequest(encryptionContext: EncryptionContext(context))
        let data = try await service.decrypt(blob, keyID: keyID, request, as: caller ?? root)
        return String(decoding: data.plaintext, as: UTF8.self)
    }

    func grant(
        _ grant: NewGrant,
        on key: KeyRecord,
        as caller: CallerIdentity? = nil
    ) async throws -> CreatedGrant {
        try await perform(as: caller) { engine, call, state in
            try engine.createGrant(key.arn, grant, call, in: state)
        }
    }

    func record(_ key: KeyRecord) throws -> KeyRecord {
        try #require(account.read { $0.kms.record(key.id) })
    }

    // MARK: Policies

    static let delegation =
        #"{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::999999999999:root"},"Action":"kms:*","Resource":"*"}"#

    static func policy(_ statements: [String]) -> String {
        #"{"Version":"2012-10-17","Statement":["# + statements.joined(separator: ",") + "]}"
    }

    static func allow(_ principal: String, _ actions: String..., condition: String? = nil) -> String {
        statement("Allow", principal, actions, condition)
    }

    static func deny(_ principal: String, _ actions: String..., condition: String? = nil) -> String {
        statement("Deny", principal, actions, condition)
    }

    private static func statement(
        _ effect: String,
        _ principal: String,
        _ actions: [String],
        _ condition: String?
    ) -> String {
        let list = actions.map { "\"\($0)\"" }.joined(separator: ",")
        let more = condition.map { #","Condition":\#($0)"# } ?? ""
        let who = principal == "*" ? "\"*\"" : #"{"AWS":"\#(principal)"}"#
        return #"{"Effect":"\#(effect)","Principal":\#(who),"Action":[\#(list)],"Resource":"*"\#(more)}"#
    }
}

/// A store that forgets nothing while the test runs.
final class KMSMemoryStore: EmbeddedStore {
    private let records = Mutex<[EmbeddedRecord]>([])

    func seed(_ initial: [EmbeddedRecord]) {
        records.withLock { $0 = initial }
    }

    var all: [EmbeddedRecord] {
        records.withLock { $0 }
    }

    func load() throws -> [EmbeddedRecord] {
        all
    }

    func enqueue(_ changes: [EmbeddedChange]) -> PendingCommit {
        records.withLock { records in
            for change in changes {
                switch change {
                case .put(let record):
                    if let index = records.firstIndex(where: { $0.kind == record.kind && $0.id == record.id }) {
                        records[index] = record
                    } else {
                        records.append(record)
                    }
                case .remove(let kind, let id):
                    records.removeAll { $0.kind == kind && $0.id == id }
                }
            }
        }
        return PendingCommit {}
    }
}

/// Principals with the policies that a test gives them; the root user needs none.
final class KMSTestDirectory: PrincipalDirectory {
    private let table = Mutex<[String: PrincipalPolicies]>([:])

    func policies(of caller: CallerIdentity) -> PrincipalPolicies {
        table.withLock { $0[caller.arn.description] } ?? PrincipalPolicies()
    }

    func set(_ policies: PrincipalPolicies, for caller: CallerIdentity) {
        table.withLock { $0[caller.arn.description] = policies }
    }

    /// Gives a caller one identity policy with these statements.
    func allow(_ caller: CallerIdentity, _ actions: String..., resource: String = "*") throws {
        let list = actions.map { "\"\($0)\"" }.joined(separator: ",")
        let statement = #"{"Effect":"Allow","Action":[\#(list)],"Resource":"\#(resource)"}"#
        let text = #"{"Version":"2012-10-17","Statement":[\#(statement)]}"#
        set(PrincipalPolicies(identityPolicies: [CompiledPolicy(try PolicyDocument(parsing: text))]), for: caller)
    }
}

/// The error that an operation ends with; `nil` when it succeeds.
func awsError(_ body: () async throws -> Void) async -> AWSError? {
    do {
        try await body()
        return nil
    } catch {
        return error as? AWSError ?? AWSError("NotAnAWSError", "\(error)")
    }
}
