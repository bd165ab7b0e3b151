// SPDX-License-Identifier: Apache-2.0

import EmbeddedAWS
import Testing

struct RunnerTests {
    @Test func `a runner drives stacks as they come, and those of an earlier life first`() async throws {
        let earlier = try Stage()
        _ = try await earlier.service.createStack(SampleTemplate().request("old"), by: Stage.caller)
        let stage = try Stage(earlier.log, seed: 2)
        try await withThrowingTaskGroup { group in
            let runner = stage.service.runner
            group.addTask { try await runner.run() }
            let old = try await stage.service.snapshot("old", after: 1)
            #expect(old?.stack.status == .createComplete)
            let names = (0..<20).map { "new\($0)" }
            for name in names {
                _ = try await stage.service.createStack(SampleTemplate(alias: nil).request(name), by: Stage.caller)
            }
            for name in names {
                var seen = 0
                while let snapshot = try await stage.service.snapshot(name, after: seen),
                    snapshot.stack.isInProgress
                {
                    seen = snapshot.events.count
                }
                #expect(stage.status(name) == "CREATE_COMPLETE")
            }
            runner.stop()
            try await group.waitForAll()
        }
        #expect(stage.keyNames.count == 21)
        #expect(stage.service.waiterCount == 0)
    }

    @Test func `whoever waits is woken by the change`() async throws {
        let stage = try Stage()
        _ = try await stage.service.createStack(SampleTemplate().request(), by: Stage.caller)
        async let first = stage.service.snapshot("app", after: 1)
        async let second = stage.service.snapshot("app", after: 1)
        try await stage.settle()
        #expect(try await first?.stack.status == .createComplete)
        #expect(try await second?.events.count == 8)
        #expect(stage.service.waiterCount == 0)
    }

    @Test func `a wait that is cancelled ends and leaves nothing behind`() async throws {
        let stage = try Stage()
        _ = try await stage.service.createStack(SampleTemplate().request(), by: Stage.caller)
        for _ in 0..<100 {
            let wait = Task { try await stage.service.snapshot("app", after: 1) }
            wait.cancel()
            await #expect(throws: CancellationError.self) { try await wait.value }
        }
        #expect(stage.service.waiterCount == 0)
    }

    @Test func `nobody waits for a stack that rests or is not there`() async throws {
        let stage = try Stage()
        try await stage.create(SampleTemplate().request())
        #expect(try await stage.service.snapshot("app", after: 8)?.stack.status == .createComplete)
        #expect(try await stage.service.snapshot("nope", after: 0) == nil)
    }
}
