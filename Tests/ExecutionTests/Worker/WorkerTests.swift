// SPDX-License-Identifier: Apache-2.0

import ChangeManagement
import CoreValues
import Logging
import ServiceLifecycle
import ServiceLifecycleTestKit
import TestSupport
import Testing

@testable import Execution

struct WorkerTests {
    let bench: AdvancerBench
    let signal = WorkSignal()

    init() throws {
        bench = try AdvancerBench()
    }

    private func worker(_ bench: AdvancerBench) -> ExecutionWorker {
        ExecutionWorker(
            store: bench.store,
            advancer: bench.advancer(),
            time: bench.time,
            clock: bench.clock,
            signal: signal,
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        )
    }

    /// Runs a worker beside `body`, then shuts it down.
    private func running(
        _ bench: AdvancerBench,
        _ body: @escaping @Sendable (GracefulShutdownTestTrigger) async throws -> Void
    ) async throws {
        try await testGracefulShutdown { trigger in
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { try await worker(bench).run() }
                try await body(trigger)
                trigger.triggerGracefulShutdown()
                try await group.waitForAll()
            }
        }
    }

    private func isFinal(_ rfc: Rfc) -> Bool {
        rfc.status.isFinal
    }

    @Test func `work that is there at the start is done`() async throws {
        let id = try await bench.submit()
        try await running(bench) { _ in
            try await bench.store.until(id) { $0.status == .success }
        }
    }

    @Test func `work that arrives later is done when the signal is raised`() async throws {
        try await running(bench) { _ in
            for _ in 0..<3 {
                let id = try await bench.submit()
                signal.raise()
                try await bench.store.until(id) { $0.status == .success }
            }
        }
    }

    @Test func `a scheduled RFC is begun by the clock alone`() async throws {
        let id = try await bench.submit(start: Sample.noon.advanced(bySeconds: 600))
        try await running(bench) { _ in
            try await bench.store.until(id) { $0.status == .scheduled }
            for _ in 0..<10 {
                await bench.clock.untilAsleep()
                bench.time.advance(bySeconds: 60)
                bench.clock.advance(by: .seconds(60))
            }
            try await bench.store.until(id) { $0.status == .success }
        }
        #expect(try bench.rfc(id).startedAt == Sample.noon.advanced(bySeconds: 600))
    }

    @Test func `what fails for now is put off, and done by the clock alone`() async throws {
        let id = try await bench.submit()
        bench.stacks.failNext(
            StackServiceError(code: "Throttling", message: "", isRetryable: true),
            StackServiceError(code: "Throttling", message: "", isRetryable: true)
        )
        try await running(bench) { _ in
            for seconds in [1, 2] {
                await bench.clock.untilAsleep()
                bench.time.advance(bySeconds: Int64(seconds))
                bench.clock.advance(by: .seconds(seconds))
            }
            try await bench.store.until(id) { $0.status == .success }
        }
        #expect(Set(bench.stacks.orders).count == 1)
    }

    @Test func `an RFC that can't be read blocks nobody`() async throws {
        let poisoned = try await bench.submit()
        bench.store.spoil(poisoned)
        let id = try await bench.submit()
        try await running(bench) { _ in
            try await bench.store.until(id) { $0.status == .success }
        }
        #expect(bench.store.workCount == 1)
    }

    @Test func `more RFCs than hands are all done`() async throws {
        var ids: [RfcID] = []
        for _ in 0..<(ExecutionWorker.maxConcurrentRfcs * 2 + 5) {
            ids.append(try await bench.submit())
        }
        try await running(bench) { [ids] _ in
            for id in ids {
                try await bench.store.until(id) { $0.status == .success }
            }
        }
        #expect(bench.stacks.orders.count == ids.count)
    }

    @Test func `a change in between is taken into account at once`() async throws {
        let bench = try AdvancerBench(.waits)
        let id = try await bench.submit("ct-approved00001")
        try await running(bench) { _ in
            try await bench.store.until(id) { $0.planHash != nil }
            try await bench.service.cancel(id, reason: "x", by: Sample.caller)
            let other = try await bench.submit()
            signal.raise()
            await bench.stacks.untilAwaited()
            bench.stacks.complete(bench.stackName)
            try await bench.store.until(other) { $0.status == .success }
        }
        #expect(try bench.rfc(id).status == .canceled)
    }

    @Test func `a graceful shutdown lets what runs come to its end`() async throws {
        let bench = try AdvancerBench(.waits)
        let id = try await bench.submit()
        try await running(bench) { trigger in
            await bench.stacks.untilAwaited()
            trigger.triggerGracefulShutdown()
            await bench.clock.untilAsleep()
            bench.stacks.complete(bench.stackName)
        }
        #expect(try bench.rfc(id).status == .success)
    }

    @Test func `what does not end in time is cut off, and goes on with the next worker`() async throws {
        let bench = try AdvancerBench(.waits)
        let id = try await bench.submit()
        try await running(bench) { trigger in
            await bench.stacks.untilAwaited()
            trigger.triggerGracefulShutdown()
            await bench.clock.untilAsleep()
            bench.clock.advance(by: ExecutionWorker.drainLimit)
        }
        #expect(try bench.rfc(id).status == .inProgress)
        bench.stacks.complete(bench.stackName)
        try await bench.advanceDue(bench.advancer())
        #expect(try bench.rfc(id).status == .success)
        #expect(Set(bench.stacks.orders).count == 1)
    }

    @Test func `delays double up to five minutes`() {
        #expect((0...10).map(ExecutionWorker.delaySeconds) == [1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300])
        #expect(ExecutionWorker.delaySeconds(after: -1) == 1)
        #expect(ExecutionWorker.delaySeconds(after: .max) == 300)
    }
}
