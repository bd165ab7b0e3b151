// SPDX-License-Identifier: Apache-2.0

import EmbeddedAWS
import JSONDocument
import Testing

struct UpdateTests {
    /// A template, what it becomes, and the events of the update without its first and its last.
    struct Change: Sendable, CustomTestStringConvertible {
        let testDescription: String
        var from = SampleTemplate()
        var to: SampleTemplate
        var events: [String]
        var end = "app UPDATE_COMPLETE"
        var keys = 1
        var aliases = ["alias/app"]
    }

    private static let cleanup = "app UPDATE_COMPLETE_CLEANUP_IN_PROGRESS"
    private static let cleanupOfRollback = "app UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS"
    private static let replacing =
        ": Requested update requires the creation of a new physical resource; hence creating one."
    private static let failed =
        #": Resource handler returned message: "update is not possible" (RequestToken: …, HandlerErrorCode: InvalidRequest)"#
    private static let newAlias: JSONValue = ["AliasName": "alias/new", "TargetKeyId": ["Ref": "Key"]]
    private static let failingAlias: JSONValue = [
        "AliasName": "alias/app", "TargetKeyId": ["Ref": "Key"], "Fail": "update",
    ]

    static let changes: [Change] = [
        Change(
            testDescription: "in place",
            to: SampleTemplate(key: ["Description": "new"]),
            events: ["Key UPDATE_IN_PROGRESS", "Key UPDATE_COMPLETE", cleanup]
        ),
        Change(
            testDescription: "only outputs",
            to: SampleTemplate(outputs: ["Other": ["Value": ["Ref": "Key"]]]),
            events: [cleanup]
        ),
        Change(
            testDescription: "only a deletion policy",
            to: SampleTemplate(keyPolicy: "Retain"),
            events: [cleanup]
        ),
        Change(
            testDescription: "replaced",
            to: SampleTemplate(alias: newAlias),
            events: [
                "Alias UPDATE_IN_PROGRESS" + replacing, "Alias UPDATE_IN_PROGRESS: Resource creation Initiated",
                "Alias UPDATE_COMPLETE", cleanup, "Alias DELETE_IN_PROGRESS", "Alias DELETE_COMPLETE",
            ],
            aliases: ["alias/new"]
        ),
        Change(
            testDescription: "replaced, the old one retained",
            to: SampleTemplate(alias: newAlias, aliasReplacePolicy: "Retain"),
            events: [
                "Alias UPDATE_IN_PROGRESS" + replacing, "Alias UPDATE_IN_PROGRESS: Resource creation Initiated",
                "Alias UPDATE_COMPLETE", cleanup, "Alias DELETE_SKIPPED",
            ],
            aliases: ["alias/app", "alias/new"]
        ),
        Change(
            testDescription: "a replacement reaches what refers to it",
            to: SampleTemplate(key: ["MultiRegion": true]),
            events: [
                "Key UPDATE_IN_PROGRESS" + replacing, "Key UPDATE_IN_PROGRESS: Resource creation Initiated",
                "Key UPDATE_COMPLETE", "Alias UPDATE_IN_PROGRESS", "Alias UPDATE_COMPLETE", cleanup,
                "Key DELETE_IN_PROGRESS", "Key DELETE_COMPLETE",
            ]
        ),
        Change(
            testDescription: "added",
            from: SampleTemplate(alias: nil),
            to: SampleTemplate(),
            events: [
                "Alias CREATE_IN_PROGRESS -", "Alias CREATE_IN_PROGRESS: Resource creation Initiated",
                "Alias CREATE_COMPLETE", cleanup,
            ]
        ),
        Change(
            testDescription: "dropped",
            to: SampleTemplate(alias: nil),
            events: [cleanup, "Alias DELETE_IN_PROGRESS", "Alias DELETE_COMPLETE"],
            aliases: []
        ),
        Change(
            testDescription: "dropped and retained",
            from: SampleTemplate(aliasPolicy: "Retain"),
            to: SampleTemplate(alias: nil),
            events: [cleanup, "Alias DELETE_SKIPPED"]
        ),
        Change(
            testDescription: "dropped and not to be deleted",
            from: SampleTemplate(alias: ["AliasName": "alias/app", "TargetKeyId": "x", "Fail": "delete"]),
            to: SampleTemplate(alias: nil),
            events: [
                cleanup, "Alias DELETE_IN_PROGRESS",
                "Alias DELETE_FAILED: Resource handler returned message: \"delete is not possible\" (RequestToken: …, "
                    + "HandlerErrorCode: InvalidRequest)",
            ],
            end: "app UPDATE_COMPLETE: Update successful. One or more resources could not be deleted."
        ),
        Change(
            testDescription: "refused in place, rolled back",
            to: SampleTemplate(key: ["Description": "new"], alias: failingAlias),
            events: [
                "Key UPDATE_IN_PROGRESS", "Key UPDATE_COMPLETE",
                "Alias UPDATE_IN_PROGRESS", "Alias UPDATE_FAILED" + failed,
                "app UPDATE_ROLLBACK_IN_PROGRESS: The following resource(s) failed to update: [Alias].",
                "Alias UPDATE_IN_PROGRESS", "Alias UPDATE_COMPLETE", "Key UPDATE_IN_PROGRESS", "Key UPDATE_COMPLETE",
                cleanupOfRollback,
            ],
            end: "app UPDATE_ROLLBACK_COMPLETE"
        ),
        Change(
            testDescription: "replaced, then rolled back",
            to: SampleTemplate(key: ["MultiRegion": true], alias: failingAlias),
            events: [
                "Key UPDATE_IN_PROGRESS" + replacing, "Key UPDATE_IN_PROGRESS: Resource creation Initiated",
                "Key UPDATE_COMPLETE", "Alias UPDATE_IN_PROGRESS", "Alias UPDATE_FAILED" + failed,
                "app UPDATE_ROLLBACK_IN_PROGRESS: The following resource(s) failed to update: [Alias].",
                "Alias UPDATE_IN_PROGRESS", "Alias UPDATE_COMPLETE", "Key UPDATE_COMPLETE", cleanupOfRollback,
                "Key DELETE_IN_PROGRESS", "Key DELETE_COMPLETE",
            ],
            end: "app UPDATE_ROLLBACK_COMPLETE"
        ),
        Change(
            testDescription: "a change that CloudFormation refuses altogether",
            to: SampleTemplate(key: ["KeySpec": "RSA_2048"]),
            events: [
                "Key UPDATE_IN_PROGRESS",
                "Key UPDATE_FAILED: Resource handler returned message: \"You cannot change KeySpec.\" (RequestToken: …, "
                    + "HandlerErrorCode: NotUpdatable)",
                "app UPDATE_ROLLBACK_IN_PROGRESS: The following resource(s) failed to update: [Key].",
                "Key UPDATE_IN_PROGRESS", "Key UPDATE_COMPLETE", cleanupOfRollback,
            ],
            end: "app UPDATE_ROLLBACK_COMPLETE"
        ),
        Change(
            testDescription: "an addition that fails",
            from: SampleTemplate(alias: nil),
            to: SampleTemplate(alias: ["AliasName": "alias/app", "TargetKeyId": "x", "Fail": "create"]),
            events: [
                "Alias CREATE_IN_PROGRESS -",
                "Alias CREATE_FAILED -: Resource handler returned message: \"create is not possible\" (RequestToken: …, "
                    + "HandlerErrorCode: InvalidRequest)",
                "app UPDATE_ROLLBACK_IN_PROGRESS: The following resource(s) failed to create: [Alias].",
                cleanupOfRollback, "Alias DELETE_COMPLETE -",
            ],
            end: "app UPDATE_ROLLBACK_COMPLETE",
            aliases: []
        ),
        Change(
            testDescription: "a rollback that fails",
            from: SampleTemplate(key: ["Description": "old"]),
            to: SampleTemplate(key: ["Description": "new", "Stuck": true], alias: failingAlias),
            events: [
                "Key UPDATE_IN_PROGRESS", "Key UPDATE_COMPLETE",
                "Alias UPDATE_IN_PROGRESS", "Alias UPDATE_FAILED" + failed,
                "app UPDATE_ROLLBACK_IN_PROGRESS: The following resource(s) failed to update: [Alias].",
                "Alias UPDATE_IN_PROGRESS", "Alias UPDATE_COMPLETE", "Key UPDATE_IN_PROGRESS",
                "Key UPDATE_FAILED: Resource handler returned message: \"there is no way back\" (RequestToken: …, "
                    + "HandlerErrorCode: InvalidRequest)",
            ],
            end: "app UPDATE_ROLLBACK_FAILED: The following resource(s) failed to update: [Key]."
        ),
    ]

    @Test(arguments: changes)
    func `an update goes through CloudFormation's statuses`(change: Change) async throws {
        let stage = try Stage()
        try await stage.create(change.from.request())
        let seen = stage.history().count
        try await stage.update(change.to.request())
        #expect(
            stage.history(from: seen) == ["app UPDATE_IN_PROGRESS: User Initiated"] + change.events + [change.end]
        )
        #expect(stage.keyNames.count == change.keys)
        #expect(stage.aliasNames == change.aliases)
        let rolledBack = stage.status() == "UPDATE_ROLLBACK_COMPLETE"
        if rolledBack || stage.status() == "UPDATE_COMPLETE" {
            let template = rolledBack ? change.from : change.to
            #expect(stage.stack()?.definition.templateBody == template.text)
            await #expect(throws: CloudFormationRefusal("No updates are to be performed.")) {
                try await refusing { try await stage.update(template.request()) }
            }
        }
    }

    @Test func `an update that may not roll back stays as it is, and the next one cleans up`() async throws {
        let stage = try Stage()
        try await stage.create(SampleTemplate().request())
        let failing = SampleTemplate(key: ["MultiRegion": true], alias: Self.failingAlias)
        try await stage.update(failing.request { $0.disableRollback = true })
        #expect(stage.status() == "UPDATE_FAILED")
        #expect(stage.history().last == "app UPDATE_FAILED: The following resource(s) failed to update: [Alias].")
        #expect(stage.keyNames.count == 2)
        try await stage.update(SampleTemplate(key: ["MultiRegion": true]).request())
        #expect(stage.status() == "UPDATE_COMPLETE")
        #expect(stage.keyNames.count == 1)
    }

    @Test func `what a failed update left behind goes with the stack`() async throws {
        let stage = try Stage()
        try await stage.create(SampleTemplate().request())
        let failing = SampleTemplate(key: ["MultiRegion": true], alias: Self.failingAlias)
        try await stage.update(failing.request { $0.disableRollback = true })
        try await stage.delete("app")
        #expect(stage.status() == "DELETE_COMPLETE")
        #expect(stage.keyNames.isEmpty)
    }

    @Test func `stack tags reach the resources that can be tagged`() async throws {
        let stage = try Stage()
        try await stage.create(SampleTemplate().request())
        let seen = stage.history().count
        try await stage.update(SampleTemplate().request { $0.tags = [KeyTag(key: "team", value: "blue")] })
        #expect(
            stage.history(from: seen).dropFirst().dropLast() == [
                "Key UPDATE_IN_PROGRESS", "Key UPDATE_COMPLETE", Self.cleanup,
            ]
        )
        #expect(stage.stack()?.definition.tags == [KeyTag(key: "team", value: "blue")])
    }

    @Test func `a template and parameters can be kept`() async throws {
        let stage = try Stage()
        let text = #"""
            {"Parameters":{"Name":{"Type":"String"},"Secret":{"Type":"String","NoEcho":true}},
             "Resources":{"Key":{"Type":"AWS::KMS::Key","Properties":{"Description":{"Fn::Sub":"${Name}-${Secret}"}}}}}
            """#
        var request = StackRequest(stackName: "app")
        request.templateBody = text
        request.parameters = [.init(key: "Name", value: "a"), .init(key: "Secret", value: "s")]
        try await stage.create(request)
        #expect(
            stage.stack()?.definition.shownParameters == [
                ParameterValue(key: "Name", value: "a"), ParameterValue(key: "Secret", value: "****"),
            ]
        )
        request.templateBody = nil
        request.usePreviousTemplate = true
        request.parameters = [.init(key: "Name", value: "b"), .init(key: "Secret", value: nil)]
        try await stage.update(request)
        #expect(stage.stack()?.resource("Key")?.properties["Description"] == "b-s")
    }
}
