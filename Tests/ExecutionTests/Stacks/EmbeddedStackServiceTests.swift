// SPDX-License-Identifier: Apache-2.0

import ChangeManagement
import CoreValues
import EmbeddedAWS
import Execution
import JSONDocument
import TestSupport
import Testing

struct EmbeddedStackServiceTests {
    /// The executor's view of an embedded account, and what drives the account's stacks.
    private struct Site {
        let stacks: EmbeddedStackService
        let runner: StackRunner

        init() throws {
            let ids = SeededIDs()
            let accountID = try #require(AccountID("123456789012"))
            let executor = RfcExecutor(account: accountID).role
            let account = try EmbeddedAccount(
                accountID: accountID,
                region: "us-east-1",
                store: ForgetfulStore(),
                time: ManualTime(),
                ids: ids,
                random: ids
            )
            let keys = KMSEngine(
                place: KMSPlace(accountID: accountID, region: "us-east-1"),
                rootKey: try RootKey([UInt8](repeating: 7, count: 32)),
                directory: PrincipalRegistry(administrators: [executor]),
                ids: ids,
                random: ids
            )
            let service = CloudFormationService(
                account: account,
                engine: StackEngine(handlers: ResourceHandlers.all(on: keys))
            )
            let caller = try #require(CallerIdentity(roleARN: executor, sessionName: "assent"))
            stacks = EmbeddedStackService(service, caller: caller)
            runner = service.runner
        }
    }

    private struct ForgetfulStore: EmbeddedStore {
        func load() throws -> [EmbeddedRecord] { [] }
        func enqueue(_ changes: [EmbeddedChange]) -> PendingCommit { PendingCommit {} }
    }

    private static let name = "stack-abcdefghijklmnopq"

    private static let template = """
        {"Parameters":{"Days":{"Type":"Number"}},
         "Resources":{"Key":{"Type":"AWS::KMS::Key","DeletionPolicy":"Retain",
           "Properties":{"PendingWindowInDays":{"Ref":"Days"}}}},
         "Outputs":{"KeyId":{"Value":{"Ref":"Key"}}}}
        """

    /// An order as an approved plan has it.
    private static func order(
        _ name: String = name,
        token: String = "rfc-1",
        days: String = "7",
        template: String = template
    ) throws -> StackOrder {
        let action: JSONValue = [
            "kind": "create-stack", "stack_name": .string(name), "client_request_token": .string(token),
            "timeout_minutes": 60, "parameters": [["Key": "Days", "Value": .string(days)]],
            "tags": [["Key": "a", "Value": "b"]], "template": .string(template),
        ]
        guard case .createStack(let order) = PlannedAction(planDocument: ["action": action]) else {
            throw StackServiceError(code: "Test", message: "the plan can't be read", isRetryable: false)
        }
        return order
    }

    @Test func `a stack's creation is followed without polling until it rests`() async throws {
        let site = try Site()
        try await site.stacks.createStack(try Self.order())
        #expect(try await site.stacks.stack(named: Self.name)?.isAtRest == false)
        async let followed = site.stacks.progress(ofStack: Self.name, after: 1)
        try await site.runner.runOnce()
        let progress = try #require(try await followed)
        #expect(progress.isAtRest)
        #expect(progress.status == "CREATE_COMPLETE")
        #expect(progress.outputs.map(\.key) == ["KeyId"])
        #expect(
            progress.events.map { "\($0.resource) \($0.status)" } == [
                "\(Self.name) CREATE_IN_PROGRESS", "Key CREATE_IN_PROGRESS", "Key CREATE_IN_PROGRESS",
                "Key CREATE_COMPLETE", "\(Self.name) CREATE_COMPLETE",
            ]
        )
        #expect(progress.events.last { $0.resource == "Key" }?.physicalID == progress.outputs.first?.value)
    }

    @Test func `an order repeated with its token finds the stack of the first time`() async throws {
        let site = try Site()
        try await site.stacks.createStack(try Self.order())
        try await site.runner.runOnce()
        let first = try await site.stacks.stack(named: Self.name)
        try await site.stacks.createStack(try Self.order())
        try await site.runner.runOnce()
        #expect(try await site.stacks.stack(named: Self.name) == first)
    }

    @Test func `a deleted stack stays visible by its name, with what it left behind`() async throws {
        let site = try Site()
        try await site.stacks.createStack(try Self.order())
        try await site.runner.runOnce()
        for _ in 0..<2 {
            try await site.stacks.deleteStack(named: Self.name, token: "rfc-2")
            try await site.runner.runOnce()
        }
        let progress = try #require(try await site.stacks.progress(ofStack: Self.name, after: 0))
        #expect(progress.status == "DELETE_COMPLETE")
        #expect(progress.isAtRest)
        #expect(progress.events.contains { $0.resource == "Key" && $0.status == "DELETE_SKIPPED" })
    }

    @Test func `what was never there is not there`() async throws {
        let site = try Site()
        #expect(try await site.stacks.stack(named: Self.name) == nil)
        #expect(try await site.stacks.progress(ofStack: Self.name, after: 0) == nil)
        try await site.stacks.deleteStack(named: Self.name, token: "rfc-2")
    }

    @Test(arguments: [
        (
            "other", "7", "{}", "ValidationError",
            "Template format error: At least one Resources member must be defined."
        ),
        ("other", "x", template, "ValidationError", "Parameter 'Days' must be a number."),
        (name, "7", template, "AlreadyExistsException", "Stack [\(name)] already exists"),
    ])
    func `a refusal keeps CloudFormation's code and words`(
        name: String,
        days: String,
        template: String,
        code: String,
        message: String
    ) async throws {
        let site = try Site()
        try await site.stacks.createStack(try Self.order())
        let order = try Self.order(name, token: "rfc-2", days: days, template: template)
        await #expect(throws: StackServiceError(code: code, message: message, isRetryable: false)) {
            try await site.stacks.createStack(order)
        }
    }

    @Test func `the runner drives stacks until it is asked to stop`() async throws {
        let site = try Site()
        try await withThrowingTaskGroup { group in
            group.addTask { try await site.runner.run() }
            try await site.stacks.createStack(try Self.order())
            let progress = try await site.stacks.progress(ofStack: Self.name, after: 1)
            #expect(progress?.status == "CREATE_COMPLETE")
            site.runner.stop()
            try await group.waitForAll()
        }
    }
}
