// SPDX-License-Identifier: Apache-2.0

package import ChangeManagement
package import CoreValues
package import Logging
import ServiceLifecycle
import Synchronization

/// Takes up due work and advances RFCs: plan, approve, run, record the outcome.
///
/// Work is leased from the store; a worker that dies leaves the lease and the RFC's events behind, and whoever takes
/// the work up next continues from them. Every step may be repeated without a second effect.
package struct ExecutionWorker: Service {
    /// How many RFCs are advanced at the same time.
    static let maxConcurrentRfcs = 32
    /// How long a lease lasts, in seconds; longer than any wait inside one step.
    static let leaseSeconds: Int64 = 4 * 3600

    private let store: any RfcStore
    private let advancer: RfcAdvancer
    private let time: any TimeSource
    private let signal: WorkSignal
    private let logger: Logger

    /// Makes a worker.
    package init(
        store: any RfcStore,
        advancer: RfcAdvancer,
        time: any TimeSource,
        signal: WorkSignal,
        logger: Logger
    ) {
        self.store = store
        self.advancer = advancer
        self.time = time
        self.signal = signal
        self.logger = logger
    }

    /// Works until the process is asked to stop, then finishes what is running.
    package func run() async throws {
        try await store.releaseLeases()
        signal.raise()
        let slots = Slots(count: Self.maxConcurrentRfcs)
        await withGracefulShutdownHandler {
            await withDiscardingTaskGroup { group in
                var alarm: Timestamp?
                for await _ in signal.raised {
                    await takeUpWork(slots, &group)
                    setAlarm(&alarm, &group)
                }
                group.cancelAll()
            }
        } onGracefulShutdown: {
            signal.finish()
        }
    }

    private func takeUpWork(_ slots: Slots, _ group: inout DiscardingTaskGroup) async {
        do {
            let now = time.now()
            let free = slots.free
            guard free > 0, let due = try store.nextDue(), due <= now else { return }
            let items = try await store.leaseWork(
                dueBy: now,
                until: now.advanced(bySeconds: Self.leaseSeconds),
                limit: free
            )
            for item in items {
                slots.take()
                group.addTask {
                    await advance(item)
                    slots.give()
                    signal.raise()
                }
            }
        } catch {
            logger.error("work could not be leased", metadata: ["error": "\(error)"])
        }
    }

    private func advance(_ item: WorkItem) async {
        do {
            try await advancer.advance(item)
        } catch {
            logger.warning(
                "an RFC could not be advanced and will be taken up again",
                metadata: ["rfc": "\(item.rfcID)", "attempts": "\(item.attempts + 1)", "error": "\(error)"]
            )
            let delay = Int64(min(300, 1 << min(item.attempts, 8)))
            try? await store.postpone(item, until: time.now().advanced(bySeconds: delay))
        }
    }

    /// Makes the signal go off when the next work item falls due.
    private func setAlarm(_ alarm: inout Timestamp?, _ group: inout DiscardingTaskGroup) {
        let now = time.now()
        if let set = alarm, set <= now {
            alarm = nil
        }
        guard let due = try? store.nextDue(), due > now, alarm.map({ due < $0 }) ?? true else { return }
        alarm = due
        group.addTask {
            let delay = Duration.milliseconds(max(1, due.milliseconds - now.milliseconds))
            if (try? await Task.sleep(for: delay)) != nil {
                signal.raise()
            }
        }
    }
}

/// How many more RFCs may be advanced at the same time.
private final class Slots: Sendable {
    private let remaining: Mutex<Int>

    init(count: Int) {
        remaining = Mutex(count)
    }

    var free: Int {
        remaining.withLock { $0 }
    }

    func take() {
        remaining.withLock { $0 -= 1 }
    }

    func give() {
        remaining.withLock { $0 += 1 }
    }
}
