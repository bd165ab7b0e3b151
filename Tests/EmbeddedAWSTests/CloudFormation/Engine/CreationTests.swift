// SPDX-License-Identifier: Apache-2.0

import CoreValues
import EmbeddedAWS
import JSONDocument
import TestSupport
import Testing

struct CreationTests {
    private static let failure =
        #"Resource handler returned message: "create is not possible" (RequestToken: …, HandlerErrorCode: InvalidRequest)"#
    private static let failing: JSONValue = ["AliasName": "alias/app", "TargetKeyId": ["Ref": "Key"], "Fail": "create"]
    private static let beforeRollback = [
        "app CREATE_IN_PROGRESS: User Initiated",
        "Key CREATE_IN_PROGRESS -",
        "Key CREATE_IN_PROGRESS: Resource creation Initiated",
        "Key CREATE_COMPLETE",
        "Alias CREATE_IN_PROGRESS -",
        "Alias CREATE_FAILED -: " + failure,
    ]
    private static let rolledBack =
        "app ROLLBACK_IN_PROGRESS: The following resource(s) failed to create: [Alias]. Rollback requested by user."

    @Test func `a stack is created in two commits, the acknowledgement and the run`() async throws {
        let stage = try Stage()
        let id = try await stage.service.createStack(SampleTemplate().request(), by: Stage.caller)
        #expect(stage.log.count == 1)
        #expect(stage.status() == "CREATE_IN_PROGRESS")
        #expect(stage.history() == ["app CREATE_IN_PROGRESS: User Initiated"])
        try await stage.settle()
        #expect(stage.log.count == 2)
        #expect(
            stage.history() == [
                "app CREATE_IN_PROGRESS: User Initiated",
                "Key CREATE_IN_PROGRESS -",
                "Key CREATE_IN_PROGRESS: Resource creation Initiated",
                "Key CREATE_COMPLETE",
                "Alias CREATE_IN_PROGRESS -",
                "Alias CREATE_IN_PROGRESS: Resource creation Initiated",
                "Alias CREATE_COMPLETE",
                "app CREATE_COMPLETE",
            ]
        )
        let stack = try #require(stage.stack())
        #expect(stack.id == id)
        #expect(id.hasPrefix("arn:aws:cloudformation:us-east-1:123456789012:stack/app/"))
        #expect(stage.keyNames == ["key/" + (stack.outputs.first?.value ?? "")])
        #expect(stack.statusReason == nil)
    }

    @Test func `events grow strictly later and carry the operation's token and the properties`() async throws {
        let stage = try Stage()
        try await stage.create(SampleTemplate(key: ["Description": "d"]).request { $0.clientRequestToken = "rfc-1" })
        try await stage.delete("app", token: "rfc-2")
        let events = try #require(stage.service.snapshot("app")).events
        #expect(zip(events, events.dropFirst()).allSatisfy { $0.timestamp < $1.timestamp })
        #expect(events.map(\.sequence) == Array(0..<events.count))
        #expect(events.prefix(8).allSatisfy { $0.clientRequestToken == "rfc-1" })
        #expect(events.dropFirst(8).allSatisfy { $0.clientRequestToken == "rfc-2" })
        let made = try #require(events.first { $0.status == "CREATE_COMPLETE" })
        #expect(made.id == "Key-CREATE_COMPLETE-\(made.timestamp.extendedForm)")
        #expect(made.properties == #"{"Description":"d"}"#)
        #expect(Set(events.map(\.id)).count == events.count)
    }

    @Test(arguments: [
        (nil, false, ["Alias DELETE_COMPLETE -", "Key DELETE_IN_PROGRESS", "Key DELETE_COMPLETE"], 0),
        ("Delete", false, ["Alias DELETE_COMPLETE -", "Key DELETE_IN_PROGRESS", "Key DELETE_COMPLETE"], 0),
        ("Retain", false, ["Alias DELETE_COMPLETE -", "Key DELETE_SKIPPED"], 1),
        ("Retain", true, ["Alias DELETE_COMPLETE -", "Key DELETE_IN_PROGRESS", "Key DELETE_COMPLETE"], 0),
        (
            "RetainExceptOnCreate", false,
            ["Alias DELETE_COMPLETE -", "Key DELETE_IN_PROGRESS", "Key DELETE_COMPLETE"], 0
        ),
    ])
    func `a failed creation rolls back what may be deleted`(
        policy: String?,
        exceptOnCreate: Bool,
        expected: [String],
        keysLeft: Int
    ) async throws {
        let stage = try Stage()
        try await stage.create(
            SampleTemplate(keyPolicy: policy, alias: Self.failing).request { $0.retainExceptOnCreate = exceptOnCreate }
        )
        #expect(stage.history() == Self.beforeRollback + [Self.rolledBack] + expected + ["app ROLLBACK_COMPLETE"])
        #expect(stage.keyNames.count == keysLeft)
        #expect(stage.stack()?.outputs.isEmpty == true)
    }

    @Test(arguments: [
        ("DO_NOTHING", ["app CREATE_FAILED: The following resource(s) failed to create: [Alias]."], 1),
        (
            "DELETE",
            [
                "app DELETE_IN_PROGRESS: The following resource(s) failed to create: [Alias]. Delete requested by user.",
                "Alias DELETE_COMPLETE -", "Key DELETE_IN_PROGRESS", "Key DELETE_COMPLETE", "app DELETE_COMPLETE",
            ], 0
        ),
    ])
    func `the request says what a failure leads to`(onFailure: String, expected: [String], keysLeft: Int) async throws {
        let stage = try Stage()
        try await stage.create(SampleTemplate(alias: Self.failing).request { $0.onFailure = onFailure })
        #expect(stage.history() == Self.beforeRollback + expected)
        #expect(stage.keyNames.count == keysLeft)
    }

    @Test func `an alias that is taken fails the stack before a key is made`() async throws {
        let stage = try Stage()
        try await stage.create(SampleTemplate().request("first"))
        try await stage.create(SampleTemplate(keyPolicy: "Retain").request())
        #expect(
            stage.history() == [
                "app CREATE_IN_PROGRESS: User Initiated",
                "Alias CREATE_IN_PROGRESS -",
                "Alias CREATE_FAILED -: Resource handler returned message: \"Resource of type 'AWS::KMS::Alias' with "
                    + "identifier 'alias/app' already exists.\" (RequestToken: …, HandlerErrorCode: AlreadyExists)",
                Self.rolledBack,
                "Alias DELETE_COMPLETE -",
                "app ROLLBACK_COMPLETE",
            ]
        )
        #expect(stage.keyNames.count == 1)
        #expect(stage.aliasNames == ["alias/app"])
    }

    @Test(arguments: [(59, "CREATE_COMPLETE"), (60, "ROLLBACK_COMPLETE")])
    func `a creation that is taken up after its timeout rolls back`(seconds: Int, status: String) async throws {
        let stage = try Stage()
        _ = try await stage.service.createStack(SampleTemplate().request { $0.timeoutMinutes = 1 }, by: Stage.caller)
        stage.time.advance(bySeconds: Int64(seconds))
        try await stage.settle()
        #expect(stage.status() == status)
        if status == "ROLLBACK_COMPLETE" {
            #expect(
                stage.history().dropFirst() == [
                    "app ROLLBACK_IN_PROGRESS: Stack creation time exceeded the specified timeout. Rollback requested by "
                        + "user.",
                    "app ROLLBACK_COMPLETE",
                ]
            )
        }
    }

    @Test func `an export that another stack gives out fails the creation`() async throws {
        let stage = try Stage()
        let outputs: JSONValue = ["Id": ["Value": ["Ref": "Key"], "Export": ["Name": "shared"]]]
        try await stage.create(SampleTemplate(alias: nil, outputs: outputs).request("first"))
        try await stage.create(SampleTemplate(alias: nil, outputs: outputs).request())
        #expect(stage.status() == "ROLLBACK_COMPLETE")
        #expect(
            stage.history()
                .contains(
                    "app ROLLBACK_IN_PROGRESS: Export with name shared is already exported by stack first. Rollback "
                        + "requested by user."
                )
        )
        #expect(try stage.service.listExports().items.map(\.name) == ["shared"])
    }
}
