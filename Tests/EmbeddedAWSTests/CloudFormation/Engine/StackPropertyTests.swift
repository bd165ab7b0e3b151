// SPDX-License-Identifier: Apache-2.0

import EmbeddedAWS
import JSONDocument
import TestSupport
import Testing

/// Random operations on a few stacks, in any state, with steps and restarts in between.
struct StackPropertyTests {
    @Test(arguments: UInt64(1)...24)
    func `whatever is asked for in whatever order, stacks stay consistent`(seed: UInt64) async throws {
        var generator = SeededGenerator(seed: seed)
        var stage = try Stage(seed: seed)
        for turn in 0..<40 {
            try await Self.act(on: stage, &generator)
            if generator.once(in: 3) {
                try await stage.settle()
            } else if generator.once(in: 2), let id = stage.stack(generator.pick(Self.names))?.id {
                _ = try await stage.service.runner.takeSteps(id, atMost: 1)
            }
            if generator.once(in: 8) {
                stage = try Stage(stage.log, time: stage.time, seed: seed &* 1000 &+ UInt64(turn))
            }
            Self.check(stage, "seed \(seed), turn \(turn)", asStored: turn % 8 == 7)
        }
        try await stage.settle()
        for name in Self.names where stage.stack(name) != nil {
            #expect(stage.stack(name)?.isInProgress == false, "seed \(seed)")
            try await stage.delete(name)
        }
        try await stage.settle()
        Self.check(stage, "seed \(seed), at the end", asStored: true)
    }

    private static let names = ["a", "b", "c"]

    // MARK: Acting

    private static func act(on stage: Stage, _ generator: inout SeededGenerator) async throws {
        let name = generator.pick(names)
        let request = template(&generator)
            .request(name) { request in
                request.retainExceptOnCreate = generator.once(in: 3)
                request.disableRollback = generator.once(in: 4) ? true : nil
            }
        let choice = Int.random(in: 0..<10, using: &generator)
        do {
            try await refusing {
                switch choice {
                case 0..<4: _ = try await stage.service.createStack(request, by: Stage.caller)
                case 4..<7: _ = try await stage.service.updateStack(request, by: Stage.caller)
                case 7: try await stage.service.deleteStack(name, by: Stage.caller)
                case 8:
                    var changeSet = ChangeSetRequest(name: "set", stack: request)
                    changeSet.kind = stage.service.snapshot(name) == nil ? "CREATE" : "UPDATE"
                    _ = try await stage.service.createChangeSet(changeSet, by: Stage.caller)
                default:
                    let execution = ChangeSetExecution(changeSet: "set", stackName: name)
                    try await stage.service.executeChangeSet(execution, by: Stage.caller)
                }
            }
        } catch is CloudFormationRefusal {
            // A refusal is as good an answer as any; what counts is that the stacks are still sound.
        }
    }

    private static func template(_ generator: inout SeededGenerator) -> SampleTemplate {
        var key = JSONObject()
        key["Description"] = .string(generator.pick(["x", "y", "z"]))
        key["MultiRegion"] = generator.once(in: 4) ? true : nil
        key["Fail"] = generator.once(in: 8) ? .string(generator.pick(["create", "update", "delete"])) : nil
        key["Stuck"] = generator.once(in: 5) ? true : nil
        var alias = JSONObject()
        alias["AliasName"] = .string("alias/" + generator.pick(["one", "two", "three"]))
        alias["TargetKeyId"] = ["Ref": "Key"]
        alias["Fail"] = generator.once(in: 5) ? .string(generator.pick(["create", "update", "delete"])) : nil
        return SampleTemplate(
            keyPolicy: generator.pick([nil, "Retain", "RetainExceptOnCreate"]),
            key: .object(key),
            alias: generator.once(in: 4) ? nil : .object(alias)
        )
    }

    // MARK: Checking

    private static func check(_ stage: Stage, _ place: String, asStored: Bool) {
        let reopened = asStored ? try? Stage(stage.log, seed: 99) : stage
        for name in names {
            guard let snapshot = stage.service.snapshot(name) else { continue }
            check(snapshot, place)
            #expect(reopened?.service.snapshot(name) == snapshot, "\(name) as stored, \(place)")
        }
        let physicalIDs = names.compactMap { stage.stack($0) }.flatMap(\.resources)
            .filter { $0.status != .deleteComplete && $0.status != .deleteSkipped }
            .compactMap(\.physicalID)
        #expect(Set(physicalIDs).count == physicalIDs.count, "one owner for each resource, \(place)")
        let existing = Set(stage.keyNames.map { String($0.dropFirst(4)) } + stage.aliasNames)
        #expect(existing.isSuperset(of: physicalIDs), "\(place)")
    }

    private static func check(_ snapshot: StackSnapshot, _ place: String) {
        let stack = snapshot.stack
        let own = snapshot.events.filter { $0.resourceType == StackEvent.stackType }.map(\.status)
        #expect(own.last == stack.status.rawValue, "\(place)")
        #expect(stack.isInProgress == stack.status.isInProgress, "\(place)")
        for (before, after) in zip(own, own.dropFirst()) {
            #expect(successors[before]?.contains(after) ?? false, "\(before) is followed by \(after), \(place)")
        }
        #expect(
            zip(snapshot.events, snapshot.events.dropFirst()).allSatisfy { $0.timestamp < $1.timestamp },
            "\(place)"
        )
        for resource in stack.resources {
            // A resource that was replaced has events of its own after the new one's.
            let last = snapshot.events.last {
                $0.logicalID == resource.logicalID && $0.physicalID == resource.physicalID ?? ""
            }
            #expect(last?.status == resource.status.rawValue, "\(resource.logicalID), \(place)")
        }
    }

    private static let afterRest: Set<String> = ["UPDATE_IN_PROGRESS", "DELETE_IN_PROGRESS"]

    /// Which status may follow which; source: reference/cloudformation.md §4.
    private static let successors: [String: Set<String>] = [
        "REVIEW_IN_PROGRESS": ["CREATE_IN_PROGRESS", "DELETE_IN_PROGRESS"],
        "CREATE_IN_PROGRESS": ["CREATE_COMPLETE", "CREATE_FAILED", "ROLLBACK_IN_PROGRESS", "DELETE_IN_PROGRESS"],
        "CREATE_COMPLETE": afterRest,
        "CREATE_FAILED": afterRest,
        "ROLLBACK_IN_PROGRESS": ["ROLLBACK_COMPLETE", "ROLLBACK_FAILED"],
        "ROLLBACK_COMPLETE": ["DELETE_IN_PROGRESS"],
        "ROLLBACK_FAILED": ["DELETE_IN_PROGRESS"],
        "DELETE_IN_PROGRESS": ["DELETE_COMPLETE", "DELETE_FAILED"],
        "DELETE_FAILED": ["DELETE_IN_PROGRESS"],
        "UPDATE_IN_PROGRESS": ["UPDATE_COMPLETE_CLEANUP_IN_PROGRESS", "UPDATE_FAILED", "UPDATE_ROLLBACK_IN_PROGRESS"],
        "UPDATE_COMPLETE_CLEANUP_IN_PROGRESS": ["UPDATE_COMPLETE"],
        "UPDATE_COMPLETE": afterRest,
        "UPDATE_FAILED": afterRest,
        "UPDATE_ROLLBACK_IN_PROGRESS": ["UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS", "UPDATE_ROLLBACK_FAILED"],
        "UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS": ["UPDATE_ROLLBACK_COMPLETE"],
        "UPDATE_ROLLBACK_COMPLETE": afterRest,
        "UPDATE_ROLLBACK_FAILED": ["DELETE_IN_PROGRESS"],
    ]
}
