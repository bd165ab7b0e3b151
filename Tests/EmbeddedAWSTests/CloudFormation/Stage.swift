// SPDX-License-Identifier: Apache-2.0

import AWSWire
import CoreValues
import EmbeddedAWS
import JSONDocument
import TestSupport

/// An account with CloudFormation in it, a clock that stands still and resources that are only names.
struct Stage {
    let time: ManualTime
    let log: CommitLog
    let account: EmbeddedAccount
    let service: CloudFormationService
    let keys: FakeResources
    let aliases: FakeResources

    /// Opens the account on what a log has.
    init(_ log: CommitLog = CommitLog(), time: ManualTime = ManualTime(), seed: UInt64 = 1) throws {
        let ids = SeededIDs(seed: seed)
        self.time = time
        self.log = log
        account = try EmbeddedAccount(
            accountID: Self.accountID,
            region: "us-east-1",
            store: log,
            time: time,
            ids: ids,
            random: ids
        )
        keys = FakeResources(type: .key, ids: ids)
        aliases = FakeResources(type: .alias, ids: ids)
        service = CloudFormationService(
            account: account,
            engine: StackEngine(handlers: [.key: keys, .alias: aliases])
        )
    }

    static let accountID: AccountID = {
        // INVARIANT: twelve digits are an account id.
        guard let id = AccountID("123456789012") else { preconditionFailure("an account id") }
        return id
    }()

    static let caller = CallerIdentity(
        kind: .user(name: "ann"),
        arn: ARN(service: "iam", account: accountID.description, resource: "user/ann"),
        accountID: accountID,
        userID: "AIDAEXAMPLE"
    )

    // MARK: Doing

    /// Asks for a stack and drives it until it rests.
    @discardableResult
    func create(_ request: StackRequest) async throws -> String {
        let id = try await service.createStack(request, by: Self.caller)
        try await settle()
        return id
    }

    func update(_ request: StackRequest) async throws {
        _ = try await service.updateStack(request, by: Self.caller)
        try await settle()
    }

    func delete(_ name: String, retaining: [String] = [], token: String? = nil) async throws {
        try await service.deleteStack(name, retaining: retaining, token: token, by: Self.caller)
        try await settle()
    }

    /// Drives every stack until all rest.
    func settle() async throws {
        try await service.runner.runOnce()
    }

    // MARK: Looking

    func stack(_ name: String = "app") -> StackRecord? {
        service.snapshot(name)?.stack
    }

    func status(_ name: String = "app") -> String? {
        stack(name)?.status.rawValue
    }

    var keyNames: [String] {
        account.read { keys.all(in: $0) }
    }

    var aliasNames: [String] {
        account.read { aliases.all(in: $0) }
    }

    /// The events as lines, oldest first: who, what, whether it has a physical id, why.
    func history(_ name: String = "app", from start: Int = 0) -> [String] {
        (service.snapshot(name)?.events ?? []).dropFirst(start)
            .map { event in
                var line = "\(event.logicalID) \(event.status)"
                if event.physicalID.isEmpty {
                    line += " -"
                }
                if let reason = event.reason {
                    line += ": " + Self.withoutToken(reason)
                }
                return line
            }
    }

    /// The reason with the random request token replaced.
    private static func withoutToken(_ reason: String) -> String {
        let mark = "RequestToken: "
        let parts = reason.split(separator: mark, maxSplits: 1, omittingEmptySubsequences: false)
        return parts.count == 2 ? parts[0] + mark + "…" + parts[1].dropFirst(36) : reason
    }
}

/// A template of a key and an alias, as tests want it.
struct SampleTemplate {
    var keyPolicy: String?
    var aliasPolicy: String?
    var key: JSONValue? = [:]
    var alias: JSONValue? = ["AliasName": "alias/app", "TargetKeyId": ["Ref": "Key"]]
    var aliasReplacePolicy: String?
    var outputs: JSONValue = ["Id": ["Value": ["Ref": "Key"]]]
    var description: String?

    var text: String {
        var resources = JSONObject()
        if let key {
            resources["Key"] = Self.resource("AWS::KMS::Key", key, keyPolicy)
        }
        if let alias {
            resources["Alias"] = Self.resource("AWS::KMS::Alias", alias, aliasPolicy, aliasReplacePolicy)
        }
        var document = JSONObject()
        document["Description"] = description.map { .string($0) }
        document["Resources"] = .object(resources)
        document["Outputs"] = outputs
        return JSONValue.object(document).text()
    }

    private static func resource(
        _ type: String,
        _ properties: JSONValue,
        _ policy: String?,
        _ replacePolicy: String? = nil
    ) -> JSONValue {
        var resource = JSONObject()
        resource["Type"] = .string(type)
        resource["DeletionPolicy"] = policy.map { .string($0) }
        resource["UpdateReplacePolicy"] = replacePolicy.map { .string($0) }
        resource["Properties"] = properties
        return .object(resource)
    }

    /// A request for a stack of this template.
    func request(_ name: String = "app", _ change: (inout StackRequest) -> Void = { _ in }) -> StackRequest {
        var request = StackRequest(stackName: name)
        request.templateBody = text
        change(&request)
        return request
    }
}
