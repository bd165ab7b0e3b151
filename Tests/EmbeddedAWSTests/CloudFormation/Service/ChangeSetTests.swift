// SPDX-License-Identifier: Apache-2.0

import EmbeddedAWS
import JSONDocument
import Testing

struct ChangeSetTests {
    private func changeSet(
        _ name: String = "first",
        _ kind: String? = "CREATE",
        _ template: SampleTemplate = SampleTemplate()
    ) -> ChangeSetRequest {
        var request = ChangeSetRequest(name: name, stack: template.request())
        request.kind = kind
        return request
    }

    private func execute(_ name: String, on stage: Stage) async throws {
        try await stage.service.executeChangeSet(
            ChangeSetExecution(changeSet: name, stackName: "app"),
            by: Stage.caller
        )
        try await stage.settle()
    }

    @Test func `a new stack waits in review until its change set is executed`() async throws {
        let stage = try Stage()
        let made = try await stage.service.createChangeSet(changeSet(), by: Stage.caller)
        #expect(made.status == .createComplete)
        #expect(made.executionStatus == .available)
        #expect(stage.history() == ["app REVIEW_IN_PROGRESS: User Initiated"])
        #expect(try stage.service.describeStacks("app").items.first?.id == made.stackID)
        try await execute("first", on: stage)
        #expect(stage.history()[1] == "app CREATE_IN_PROGRESS: User Initiated")
        #expect(stage.status() == "CREATE_COMPLETE")
        #expect(stage.stack()?.changeSetID == made.id)
        #expect(try stage.service.changeSet(made.id, of: nil).executionStatus == .executeComplete)
    }

    @Test func `an execution that fails is told by its change set`() async throws {
        let stage = try Stage()
        let failing = SampleTemplate(alias: ["AliasName": "alias/app", "TargetKeyId": "x", "Fail": "create"])
        let made = try await stage.service.createChangeSet(changeSet("first", "CREATE", failing), by: Stage.caller)
        try await execute("first", on: stage)
        #expect(stage.status() == "ROLLBACK_COMPLETE")
        #expect(try stage.service.changeSet(made.id, of: nil).executionStatus == .executeFailed)
    }

    @Test func `a change set that changes nothing fails with the phrase that clients look for`() async throws {
        let stage = try Stage()
        try await stage.create(SampleTemplate().request())
        let made = try await stage.service.createChangeSet(changeSet("same", nil), by: Stage.caller)
        #expect(made.status == .failed)
        #expect(made.executionStatus == .unavailable)
        #expect(made.statusReason?.hasPrefix("The submitted information didn't contain changes.") == true)
        await #expect(
            throws: CloudFormationRefusal(
                "ChangeSet [\(made.id)] cannot be executed in its current execution status of [UNAVAILABLE]",
                code: "InvalidChangeSetStatus"
            )
        ) {
            try await refusing { try await execute("same", on: stage) }
        }
    }

    @Test func `the changes are listed with what they replace`() async throws {
        let stage = try Stage()
        try await stage.create(SampleTemplate(key: ["Description": "old"]).request())
        let template = SampleTemplate(
            key: ["Description": "new", "MultiRegion": true],
            alias: ["AliasName": "alias/app", "TargetKeyId": ["Ref": "Key"]]
        )
        let made = try await stage.service.createChangeSet(changeSet("more", "UPDATE", template), by: Stage.caller)
        let physicalID = try #require(stage.stack()?.resource("Key")?.physicalID)
        #expect(
            made.changes.map { $0.text() } == [
                #"{"Action":"Modify","LogicalResourceId":"Key","PhysicalResourceId":"\#(physicalID)","#
                    + #""ResourceType":"AWS::KMS::Key","Replacement":"True","Scope":["Properties"],"Details":["#
                    + #"{"Target":{"Attribute":"Properties","Name":"Description","RequiresRecreation":"Never"},"#
                    + #""Evaluation":"Static","ChangeSource":"DirectModification"},"#
                    + #"{"Target":{"Attribute":"Properties","Name":"MultiRegion","RequiresRecreation":"Always"},"#
                    + #""Evaluation":"Static","ChangeSource":"DirectModification"}]}"#,
                #"{"Action":"Modify","LogicalResourceId":"Alias","PhysicalResourceId":"alias/app","#
                    + #""ResourceType":"AWS::KMS::Alias","Replacement":"False","Scope":["Properties"],"Details":["#
                    + #"{"Target":{"Attribute":"Properties","Name":"TargetKeyId","RequiresRecreation":"Never"},"#
                    + #""Evaluation":"Dynamic","ChangeSource":"DirectModification"}]}"#,
            ]
        )
        try await execute("more", on: stage)
        #expect(stage.status() == "UPDATE_COMPLETE")
        #expect(stage.keyNames.count == 1)
    }

    @Test func `additions and removals are listed`() async throws {
        let stage = try Stage()
        try await stage.create(SampleTemplate(keyPolicy: "Retain", alias: nil).request())
        let template = SampleTemplate(
            key: nil,
            alias: ["AliasName": "alias/app", "TargetKeyId": "x"],
            outputs: ["A": ["Value": "b"]]
        )
        let made = try await stage.service.createChangeSet(changeSet("swap", "UPDATE", template), by: Stage.caller)
        #expect(made.changes.map { $0["Action"]?.string } == ["Add", "Remove"])
        #expect(made.changes.last?["PolicyAction"] == "Retain")
    }

    @Test func `an execution removes the stack's other change sets`() async throws {
        let stage = try Stage()
        _ = try await stage.service.createChangeSet(changeSet("first"), by: Stage.caller)
        _ = try await stage.service.createChangeSet(changeSet("second"), by: Stage.caller)
        #expect(try stage.service.listChangeSets(of: "app").items.map(\.name) == ["first", "second"])
        try await execute("second", on: stage)
        #expect(try stage.service.listChangeSets(of: "app").items.map(\.name) == ["second"])
    }

    @Test func `an update makes waiting change sets obsolete`() async throws {
        let stage = try Stage()
        try await stage.create(SampleTemplate().request())
        let template = SampleTemplate(key: ["Description": "x"])
        let made = try await stage.service.createChangeSet(changeSet("late", "UPDATE", template), by: Stage.caller)
        try await stage.update(SampleTemplate(key: ["Description": "y"]).request())
        #expect(try stage.service.changeSet(made.id, of: nil).executionStatus == .obsolete)
    }

    @Test func `a change set is found by name only with its stack`() async throws {
        let stage = try Stage()
        _ = try await stage.service.createChangeSet(changeSet(), by: Stage.caller)
        for (stack, name, refusal) in [
            ("app", "nope", CloudFormationRefusal("ChangeSet [nope] does not exist", code: "ChangeSetNotFound")),
            ("nope", "first", CloudFormationRefusal("Stack [nope] does not exist")),
            (
                nil, "first",
                CloudFormationRefusal("StackName must be specified if ChangeSetName is not specified as an ARN.")
            ),
        ] {
            await #expect(throws: refusal) {
                try await refusing { try stage.service.changeSet(name, of: stack) }
            }
        }
    }

    @Test func `creating needs a free name and updating a stack`() async throws {
        let stage = try Stage()
        await #expect(throws: CloudFormationRefusal("Stack [app] does not exist")) {
            try await refusing { try await stage.service.createChangeSet(changeSet("a", nil), by: Stage.caller) }
        }
        try await stage.create(SampleTemplate().request())
        await #expect(
            throws: CloudFormationRefusal(
                "Stack [app] already exists and cannot be created again with the changeSet [a]."
            )
        ) {
            try await refusing { try await stage.service.createChangeSet(changeSet("a"), by: Stage.caller) }
        }
    }

    @Test func `a stack in review can be deleted with its change sets`() async throws {
        let stage = try Stage()
        let made = try await stage.service.createChangeSet(changeSet(), by: Stage.caller)
        try await stage.service.deleteChangeSet("first", of: "app")
        #expect(throws: (any Error).self) { try stage.service.changeSet(made.id, of: nil) }
        _ = try await stage.service.createChangeSet(changeSet(), by: Stage.caller)
        try await stage.delete("app")
        #expect(stage.status() == "DELETE_COMPLETE")
        #expect(try Stage(stage.log, seed: 2).service.listChangeSets(of: made.stackID).items.isEmpty)
    }

    @Test func `a creation repeated with its token answers the same change set`() async throws {
        let stage = try Stage()
        var request = changeSet()
        request.stack.clientRequestToken = "t-1"
        let made = try await stage.service.createChangeSet(request, by: Stage.caller)
        #expect(try await stage.service.createChangeSet(request, by: Stage.caller) == made)
    }
}
