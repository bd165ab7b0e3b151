// SPDX-License-Identifier: Apache-2.0

import EmbeddedAWS
import JSONDocument
import Testing

struct IdempotencyTests {
    @Test func `a creation repeated with its token answers the same stack, also after the stack is gone`() async throws
    {
        let stage = try Stage()
        let request = SampleTemplate().request { $0.clientRequestToken = "t-1" }
        let id = try await stage.create(request)
        let commits = stage.log.count
        #expect(try await stage.create(request) == id)
        #expect(stage.log.count == commits)
        try await stage.delete("app")
        #expect(try await stage.create(request) == id)
        #expect(stage.keyNames.isEmpty)
    }

    @Test(arguments: ["name", "template", "tags", "timeout"])
    func `a token does not serve another request`(member: String) async throws {
        let stage = try Stage()
        try await stage.create(SampleTemplate().request { $0.clientRequestToken = "t-1" })
        var other = SampleTemplate(key: member == "template" ? ["Description": "x"] : [:])
            .request(member == "name" ? "other" : "app") { $0.clientRequestToken = "t-1" }
        other.tags = member == "tags" ? [KeyTag(key: "a", value: "b")] : nil
        other.timeoutMinutes = member == "timeout" ? 5 : nil
        let request = other
        await #expect(
            throws: CloudFormationRefusal(
                "The client request token [t-1] has already been used for a request with other parameters",
                code: "TokenAlreadyExistsException"
            )
        ) {
            try await refusing { try await stage.create(request) }
        }
    }

    @Test func `tokens survive a restart`() async throws {
        let stage = try Stage()
        let request = SampleTemplate().request { $0.clientRequestToken = "t-1" }
        let id = try await stage.create(request)
        let reopened = try Stage(stage.log, seed: 2)
        #expect(try await reopened.create(request) == id)
    }

    @Test func `an update repeated with its token happens once`() async throws {
        let stage = try Stage()
        try await stage.create(SampleTemplate().request())
        let request = SampleTemplate(key: ["Description": "x"]).request { $0.clientRequestToken = "t-2" }
        try await stage.update(request)
        let events = stage.history()
        try await stage.update(request)
        #expect(stage.history() == events)
    }

    @Test func `a deletion repeated with its token spares a new stack of the same name`() async throws {
        let stage = try Stage()
        try await stage.create(SampleTemplate().request())
        try await stage.delete("app", token: "t-3")
        try await stage.delete("app", token: "t-3")
        #expect(stage.status() == "DELETE_COMPLETE")
    }
}
