// SPDX-License-Identifier: Apache-2.0

import EmbeddedAWS
import JSONDocument
import TestSupport
import Testing

struct DeletionTests {
    private static let created = 8

    @Test func `a stack's resources are deleted in the reverse order of their creation`() async throws {
        let stage = try Stage()
        try await stage.create(SampleTemplate().request())
        try await stage.delete("app")
        #expect(
            stage.history(from: Self.created) == [
                "app DELETE_IN_PROGRESS: User Initiated",
                "Alias DELETE_IN_PROGRESS", "Alias DELETE_COMPLETE",
                "Key DELETE_IN_PROGRESS", "Key DELETE_COMPLETE",
                "app DELETE_COMPLETE",
            ]
        )
        #expect(stage.keyNames.isEmpty)
        #expect(stage.aliasNames.isEmpty)
    }

    @Test(arguments: ["Retain", "RetainExceptOnCreate"])
    func `a retained key outlives its stack`(policy: String) async throws {
        let stage = try Stage()
        try await stage.create(SampleTemplate(keyPolicy: policy).request())
        try await stage.delete("app")
        #expect(
            stage.history(from: Self.created) == [
                "app DELETE_IN_PROGRESS: User Initiated",
                "Alias DELETE_IN_PROGRESS", "Alias DELETE_COMPLETE", "Key DELETE_SKIPPED", "app DELETE_COMPLETE",
            ]
        )
        #expect(stage.keyNames.count == 1)
        #expect(stage.stack()?.resource("Key")?.status == .deleteSkipped)
    }

    @Test func `a resource that can't be deleted keeps what it needs, until it is retained`() async throws {
        let stage = try Stage()
        let stuck: JSONValue = ["AliasName": "alias/app", "TargetKeyId": ["Ref": "Key"], "Fail": "delete"]
        try await stage.create(SampleTemplate(alias: stuck).request())
        try await stage.delete("app")
        #expect(
            stage.history(from: Self.created) == [
                "app DELETE_IN_PROGRESS: User Initiated",
                "Alias DELETE_IN_PROGRESS",
                "Alias DELETE_FAILED: Resource handler returned message: \"delete is not possible\" (RequestToken: …, "
                    + "HandlerErrorCode: InvalidRequest)",
                "app DELETE_FAILED: The following resource(s) failed to delete: [Alias].",
            ]
        )
        #expect(stage.keyNames.count == 1)
        try await stage.delete("app", retaining: ["Alias"])
        #expect(
            stage.history(from: Self.created + 4) == [
                "app DELETE_IN_PROGRESS: User Initiated", "Alias DELETE_SKIPPED",
                "Key DELETE_IN_PROGRESS", "Key DELETE_COMPLETE", "app DELETE_COMPLETE",
            ]
        )
        #expect(stage.keyNames.isEmpty)
        #expect(stage.aliasNames == ["alias/app"])
    }

    @Test func `a stack can be deleted while it is being created`() async throws {
        let stage = try Stage()
        let id = try await stage.service.createStack(SampleTemplate().request(), by: Stage.caller)
        _ = try await stage.service.runner.takeSteps(id, atMost: 1)
        #expect(stage.keyNames.count == 1)
        try await stage.delete("app")
        #expect(stage.status() == "DELETE_COMPLETE")
        #expect(stage.keyNames.isEmpty)
    }

    @Test func `what was rolled back is not deleted again`() async throws {
        let stage = try Stage()
        let failing: JSONValue = ["AliasName": "alias/app", "TargetKeyId": ["Ref": "Key"], "Fail": "create"]
        try await stage.create(SampleTemplate(keyPolicy: "Retain", alias: failing).request())
        let seen = stage.history().count
        try await stage.delete("app")
        #expect(stage.history(from: seen) == ["app DELETE_IN_PROGRESS: User Initiated", "app DELETE_COMPLETE"])
        #expect(stage.keyNames.count == 1)
    }

    @Test func `deleting is silent about stacks that are not there`() async throws {
        let stage = try Stage()
        try await stage.delete("nothing")
        #expect(stage.log.count == 0)
        try await stage.create(SampleTemplate().request())
        try await stage.delete("app")
        let commits = stage.log.count
        try await stage.delete("app")
        #expect(stage.log.count == commits)
    }

    @Test func `the name of a deleted stack is free, and the old stack stays findable by its id`() async throws {
        let stage = try Stage()
        let old = try await stage.create(SampleTemplate().request())
        try await stage.delete("app")
        let new = try await stage.create(SampleTemplate().request())
        #expect(old != new)
        #expect(try stage.service.describeStacks("app").items.map(\.id) == [new])
        #expect(try stage.service.describeStacks(old).items.map(\.status) == [.deleteComplete])
        #expect(try stage.service.listStacks().items.map(\.id) == [new, old])
        #expect(try stage.service.describeStacks(nil).items.map(\.id) == [new])
        try await stage.delete("app")
        #expect(stage.service.snapshot("app")?.stack.id == new)
        stage.time.advance(bySeconds: 91 * 86_400)
        #expect(try stage.service.listStacks().items.isEmpty)
    }
}
