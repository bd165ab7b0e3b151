// SPDX-License-Identifier: Apache-2.0

import EmbeddedAWS
import JSONDocument
import Testing

struct ListTests {
    @Test func `pages of stacks follow each other without gap or repetition while stacks are added`() async throws {
        let stage = try Stage()
        for number in 0..<230 {
            _ = try await stage.service.createStack(
                SampleTemplate(alias: nil).request("s\(number)"),
                by: Stage.caller
            )
        }
        var names: [String] = []
        var token: String?
        repeat {
            let page = try stage.service.listStacks(nextToken: token)
            #expect(page.items.count <= 100)
            names += page.items.map(\.name)
            token = page.nextToken
            _ = try await stage.service.createStack(
                SampleTemplate(alias: nil).request("late\(names.count)"),
                by: Stage.caller
            )
        } while token != nil
        #expect(names == (0..<230).reversed().map { "s\($0)" })
    }

    @Test func `statuses filter stacks, and unknown ones are refused`() async throws {
        let stage = try Stage()
        try await stage.create(SampleTemplate().request("gone"))
        try await stage.delete("gone")
        try await stage.create(SampleTemplate().request("here"))
        #expect(try stage.service.listStacks(statuses: ["DELETE_COMPLETE"]).items.map(\.name) == ["gone"])
        #expect(try stage.service.listStacks(statuses: ["CREATE_COMPLETE"]).items.map(\.name) == ["here"])
        #expect(try stage.service.listStacks(statuses: ["IMPORT_COMPLETE"]).items.isEmpty)
        #expect(throws: (any Error).self) { try stage.service.listStacks(statuses: ["NOPE"]) }
    }

    @Test func `events come newest first in pages`() async throws {
        let stage = try Stage()
        try await stage.create(SampleTemplate().request())
        for number in 0..<40 {
            try await stage.update(SampleTemplate(key: ["Description": .string("\(number)")]).request())
        }
        let first = try stage.service.describeEvents(of: "app")
        let second = try stage.service.describeEvents(of: "app", nextToken: first.nextToken)
        let third = try stage.service.describeEvents(of: "app", nextToken: second.nextToken)
        let sequences = (first.items + second.items + third.items).map(\.sequence)
        #expect(sequences == (0..<sequences.count).reversed())
        #expect(sequences.count == 8 + 40 * 5)
        #expect(third.nextToken == nil)
    }

    @Test func `a resource is found by what it is in the account`() async throws {
        let stage = try Stage()
        try await stage.create(SampleTemplate().request())
        let found = try stage.service.resources(of: nil, physicalID: "alias/app")
        #expect(found.map(\.resource.logicalID) == ["Key", "Alias"])
        #expect(try stage.service.resources(of: "app", logicalID: "Key").count == 1)
        #expect(try stage.service.listResources(of: "app").items.map(\.logicalID) == ["Key", "Alias"])
    }

    @Test func `a template is given back as it came and summarized`() async throws {
        let stage = try Stage()
        let text = """
            Parameters:
              Days: {Type: Number, Default: 7, AllowedValues: [7, 30], Description: how long}
            Resources:
              Key: {Type: 'AWS::KMS::Key', Properties: {PendingWindowInDays: !Ref Days}}
            """
        var request = StackRequest(stackName: "app")
        request.templateBody = text
        try await stage.create(request)
        #expect(try stage.service.template(of: "app") == text)
        let summary = try stage.service.summary(ofTemplate: nil, orStack: "app")
        #expect(summary.resourceTypes == ["AWS::KMS::Key"])
        #expect(summary.parameters.map(\.key) == ["Days"])
        #expect(summary.parameters.first?.allowedValues == ["7", "30"])
        #expect(summary.parameters.first?.defaultValue == "7")
        #expect(stage.stack()?.definition.shownParameters == [ParameterValue(key: "Days", value: "7")])
    }
}
