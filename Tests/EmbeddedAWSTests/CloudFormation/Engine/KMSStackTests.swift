// SPDX-License-Identifier: Apache-2.0

import AccessPolicy
import CoreValues
import EmbeddedAWS
import JSONDocument
import TestSupport
import Testing

/// Stacks whose resources are KMS's own.
struct KMSStackTests {
    /// An account with KMS and CloudFormation over one log.
    private struct Account {
        let account: EmbeddedAccount
        let service: CloudFormationService

        init(_ log: CommitLog, seed: UInt64) throws {
            let ids = SeededIDs(seed: seed)
            account = try EmbeddedAccount(
                accountID: Stage.accountID,
                region: "us-east-1",
                store: log,
                time: ManualTime(),
                ids: ids,
                random: ids
            )
            let keys = KMSEngine(
                place: KMSPlace(accountID: Stage.accountID, region: "us-east-1"),
                rootKey: try RootKey([UInt8](repeating: 7, count: 32)),
                directory: PrincipalRegistry(administrators: [Stage.caller.arn]),
                ids: ids,
                random: ids
            )
            service = CloudFormationService(
                account: account,
                engine: StackEngine(handlers: ResourceHandlers.all(on: keys))
            )
        }

        var keyCount: Int {
            account.read { $0.kms.keyCount }
        }

        func settled() async throws -> StackSnapshot? {
            try await service.runner.runOnce()
            return service.snapshot("app")
        }
    }

    private static let policy: JSONValue = [
        "Version": "2012-10-17",
        "Statement": [
            [
                "Effect": "Allow", "Principal": ["AWS": "arn:aws:iam::123456789012:root"], "Action": "kms:*",
                "Resource": "*",
            ]
        ],
    ]

    private static func template(_ policy: JSONValue) -> SampleTemplate {
        SampleTemplate(
            keyPolicy: "Retain",
            key: ["KeyPolicy": policy, "EnableKeyRotation": true, "Description": "d"],
            outputs: [
                "KeyArn": ["Value": ["Fn::GetAtt": ["Key", "Arn"]]], "Alias": ["Value": ["Ref": "Alias"]],
            ]
        )
    }

    @Test func `a stack makes a key with its policy, rotation, tags and alias`() async throws {
        let account = try Account(CommitLog(), seed: 1)
        let request = Self.template(Self.policy).request { $0.tags = [KeyTag(key: "team", value: "blue")] }
        _ = try await account.service.createStack(request, by: Stage.caller)
        let stack = try #require(try await account.settled()).stack
        #expect(stack.status == .createComplete)
        let id = try #require(stack.resource("Key")?.physicalID.flatMap { KeyID($0) })
        let key = try #require(account.account.read { $0.kms.record(id) })
        #expect(stack.outputs.map(\.value) == [key.arn, "alias/app"])
        #expect(key.details == "d")
        #expect(key.rotation != nil)
        #expect(key.tags == [KeyTag(key: "team", value: "blue")])
        #expect(account.account.read { $0.kms.alias("alias/app") }?.keyID == id)
        try await account.service.deleteStack("app", by: Stage.caller)
        #expect(try await account.settled()?.stack.status == .deleteComplete)
        #expect(account.account.read { $0.kms.record(id) }?.status == .enabled)
        #expect(account.account.read { $0.kms.alias("alias/app") } == nil)
    }

    @Test func `a key loses the tags that its stack loses, also when an update is rolled back`() async throws {
        let account = try Account(CommitLog(), seed: 1)
        let own = KeyTag(key: "own", value: "1")
        var template = Self.template(Self.policy)
        template.key = ["KeyPolicy": Self.policy, "Tags": [["Key": "own", "Value": "1"]]]
        let tagged = template.request { $0.tags = [KeyTag(key: "team", value: "blue")] }
        _ = try await account.service.createStack(tagged, by: Stage.caller)
        let id = try #require(try await account.settled()?.stack.resource("Key")?.physicalID.flatMap { KeyID($0) })
        func tags() -> [KeyTag]? {
            account.account.read { $0.kms.record(id)?.tags }
        }
        #expect(tags()?.contains(KeyTag(key: "team", value: "blue")) == true)
        _ = try await account.service.updateStack(template.request { $0.tags = [] }, by: Stage.caller)
        #expect(try await account.settled()?.stack.status == .updateComplete)
        #expect(tags() == [own])
        template.alias = ["AliasName": "no prefix", "TargetKeyId": ["Ref": "Key"]]
        _ = try await account.service.updateStack(
            template.request { $0.tags = [KeyTag(key: "team", value: "red")] },
            by: Stage.caller
        )
        #expect(try await account.settled()?.stack.status == .updateRollbackComplete)
        #expect(tags() == [own])
    }

    @Test func `a policy that KMS refuses fails the stack with KMS's words`() async throws {
        let account = try Account(CommitLog(), seed: 1)
        let request = Self.template(["Version": "2012-10-17", "Statement": []]).request()
        _ = try await account.service.createStack(request, by: Stage.caller)
        let snapshot = try #require(try await account.settled())
        #expect(snapshot.stack.status == .rollbackComplete)
        let reason = try #require(snapshot.events.first { $0.status == "CREATE_FAILED" }?.reason)
        #expect(reason.hasPrefix("Resource handler returned message: \""))
        #expect(reason.hasSuffix(", HandlerErrorCode: InvalidRequest)"))
        #expect(account.keyCount == 0)
    }

    @Test(arguments: 0...2)
    func `a cut behind any commit leaves exactly one key once the request is repeated`(commits: Int) async throws {
        let log = CommitLog()
        let request = Self.template(Self.policy).request { $0.clientRequestToken = "rfc-1" }
        let first = try Account(log, seed: 1)
        _ = try await first.service.createStack(request, by: Stage.caller)
        _ = try await first.settled()
        #expect(log.count == 2)
        let second = try Account(log.cut(after: commits), seed: 2)
        _ = try await second.service.createStack(request, by: Stage.caller)
        #expect(try await second.settled()?.stack.status == .createComplete)
        #expect(second.keyCount == 1)
    }
}
