// SPDX-License-Identifier: Apache-2.0

import AWSWire
import CoreValues
import EmbeddedAWS
import Synchronization
import TestSupport
import Testing

/// IAM, STS and credentials over memory stores that a second life of the server can take over.
struct IdentityFixture {
    let time = ManualTime()
    let keys: MemoryKeyStore
    let records: KMSMemoryStore
    let accountID: AccountID
    let registry: PrincipalRegistry
    let authority: CredentialAuthority
    let iam: IAMService
    let sts: SecurityTokenService

    init(keys: MemoryKeyStore = MemoryKeyStore(), records: [EmbeddedRecord] = []) throws {
        self.keys = keys
        self.records = KMSMemoryStore()
        self.records.seed(records)
        accountID = try #require(AccountID("123456789012"))
        let ids = SeededIDs(seed: 3)
        registry = PrincipalRegistry(administrators: [Self.arn("user/admin")])
        authority = CredentialAuthority(
            account: accountID,
            store: keys,
            rootKey: try RootKey([UInt8](repeating: 9, count: 32)),
            random: ids
        )
        let account = try EmbeddedAccount(
            accountID: accountID,
            region: "us-east-1",
            store: self.records,
            time: time,
            ids: ids,
            random: ids
        )
        iam = IAMService(account: account, registry: registry, authority: authority)
        sts = SecurityTokenService(account: accountID, authority: authority, registry: registry, random: ids)
    }

    static func arn(_ resource: String) -> ARN {
        ARN(service: "iam", account: "123456789012", resource: resource)
    }

    /// A user as a caller.
    func user(_ name: String) throws -> CallerIdentity {
        try #require(CallerIdentity(principal: Self.arn("user/\(name)"), accessKeyID: "AKIATEST"))
    }

    /// The code of the AWS error that a call ends with.
    static func code(_ body: () async throws -> Void) async -> String? {
        do {
            try await body()
            return nil
        } catch {
            return (error as? AWSError)?.code ?? "\(error)"
        }
    }
}

/// Access keys in memory.
final class MemoryKeyStore: AccessKeyStore {
    private let records = Mutex<[AccessKeyRecord]>([])

    func accessKey(id: String) throws -> AccessKeyRecord? {
        records.withLock { $0.first { $0.accessKeyID == id } }
    }

    func accessKeys() throws -> [AccessKeyRecord] {
        records.withLock { $0 }
    }

    func put(_ record: AccessKeyRecord) throws {
        records.withLock { records in
            records.removeAll { $0.accessKeyID == record.accessKeyID }
            records.append(record)
        }
    }

    func remove(id: String) throws {
        records.withLock { $0.removeAll { $0.accessKeyID == id } }
    }
}
