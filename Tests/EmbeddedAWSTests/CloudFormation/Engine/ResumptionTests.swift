// SPDX-License-Identifier: Apache-2.0

import EmbeddedAWS
import JSONDocument
import Testing

struct ResumptionTests {
    @Test(arguments: 0...2)
    func `a creation that is cut after any commit ends with exactly one key when its request is repeated`(
        commits: Int
    ) async throws {
        let first = try Stage()
        let request = SampleTemplate(keyPolicy: "Retain").request { $0.clientRequestToken = "rfc-1" }
        try await first.create(request)
        let second = try Stage(first.log.cut(after: commits), seed: 2)
        let id = try await second.service.createStack(request, by: Stage.caller)
        try await second.settle()
        #expect(try await second.service.createStack(request, by: Stage.caller) == id)
        try await second.settle()
        #expect(second.status() == "CREATE_COMPLETE")
        #expect(second.keyNames.count == 1)
        #expect(second.aliasNames == ["alias/app"])
        #expect(second.history() == first.history())
    }

    /// What is done to a stack that exists.
    enum Act: String, CaseIterable {
        case delete, deleteRetained, update, replace, failUpdate
    }

    @Test(arguments: Act.allCases)
    func `an operation that is cut after any commit ends as it would have without the cut`(act: Act) async throws {
        let first = try Stage()
        try await Self.perform(act, on: first)
        for commits in 2...first.log.count {
            let second = try Stage(first.log.cut(after: commits), seed: 2)
            try await second.settle()
            if commits == 2 {
                try await Self.act(act, on: second)
            }
            #expect(second.history() == first.history(), "after \(commits) commits")
            #expect(second.status() == first.status())
            #expect(second.keyNames.count == first.keyNames.count)
            #expect(second.aliasNames == first.aliasNames)
        }
    }

    @Test(arguments: Act.allCases)
    func `an operation that is stored after every single step can be resumed behind each of them`(
        act: Act
    ) async throws {
        let reference = try Stage()
        try await Self.perform(act, on: reference)
        let first = try Stage()
        try await first.create(Self.template(for: act).request())
        try await Self.accept(act, on: first)
        let id = try #require(first.stack()?.id)
        var isUnfinished = true
        while isUnfinished {
            isUnfinished = try await first.service.runner.takeSteps(id, atMost: 1)
        }
        #expect(first.history() == reference.history())
        for commits in 3...first.log.count {
            let second = try Stage(first.log.cut(after: commits), seed: 3)
            try await second.settle()
            #expect(second.history() == reference.history(), "after \(commits) commits")
            #expect(second.keyNames.count == reference.keyNames.count, "after \(commits) commits")
            #expect(second.aliasNames == reference.aliasNames, "after \(commits) commits")
        }
    }

    // MARK: The acts

    private static func template(for act: Act) -> SampleTemplate {
        SampleTemplate(keyPolicy: act == .deleteRetained ? "Retain" : nil)
    }

    private static func perform(_ act: Act, on stage: Stage) async throws {
        try await stage.create(template(for: act).request())
        try await self.act(act, on: stage)
    }

    private static func act(_ act: Act, on stage: Stage) async throws {
        try await accept(act, on: stage)
        try await stage.settle()
    }

    private static func accept(_ act: Act, on stage: Stage) async throws {
        var template = template(for: act)
        switch act {
        case .delete, .deleteRetained:
            return try await stage.service.deleteStack("app", by: Stage.caller)
        case .update:
            template.key = ["Description": "new"]
        case .replace:
            template.key = ["MultiRegion": true]
            template.alias = ["AliasName": "alias/new", "TargetKeyId": ["Ref": "Key"]]
        case .failUpdate:
            template.key = ["MultiRegion": true]
            template.alias = ["AliasName": "alias/app", "TargetKeyId": ["Ref": "Key"], "Fail": "update"]
        }
        _ = try await stage.service.updateStack(template.request(), by: Stage.caller)
    }
}
