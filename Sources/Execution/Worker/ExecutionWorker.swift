// SPDX-License-Identifier: Apache-2.0

package import ChangeManagement
package import CoreValues
package import Logging
import ServiceLifecycle
import Synchronization

/// Takes up due work and advances RFCs: plan, approve, run, record the outcome.
///
/// A worker that dies leaves the RFC's events and its work item behind, and whoever takes the work up next continues
/// from them. Every step may be repeated without a second effect.
package struct ExecutionWorker: Service {
    /// How many RFCs are advanced at the same time.
    static let maxConcurrentRfcs = 32
    /// How long the worker sleeps at most, so that a wall clock that was set is noticed.
    static let longestSleep = Duration.seconds(60)
    /// How long running executions may go on after the process was asked to stop.
    static let drainLimit = Duration.seconds(10)
    /// How often an RFC that somebody else keeps changing is looked at again before others get their turn.
    static let maxConflicts = 5

    private let store: any RfcStore
    private let advancer: RfcAdvancer
    private let time: any TimeSource
    private let clock: any Clock<Duration>
    private let signal: WorkSignal
    private let logger: Logger

    /// Makes a worker.
    ///
    /// It sleeps by `clock`, which should run as fast as `time` does.
    package init(
        store: any RfcStore,
        advancer: RfcAdvancer,
        time: any TimeSource,
        clock: any Clock<Duration> = ContinuousClock(),
        signal: WorkSignal,
        logger: Logger
    ) {
        self.store = store
        self.advancer = advancer
        self.time = time
        self.clock = clock
        self.signal = signal
        self.logger = logger
    }

    /// Works until the process is asked to stop, then lets what is running come to its end for a while.
    ///
    /// What has not ended by then is cut off; it goes on from its last event when a worker is started again.
    package func run() async throws {
        let hands = Hands(count: Self.maxConcurrentRfcs)
        await withGracefulShutdownHandler {
            await withDiscardingTaskGroup { group in
                while !signal.isFinished, !Task.isCancelled {
                    let pause = takeUpWork(hands, &group)
                    await signal.wait(atMost: pause, clock)
                }
                await drain(hands)
                group.cancelAll()
            }
        } onGracefulShutdown: {
            signal.finish()
        }
    }

    /// Starts whatever is due and there is a hand for.
    /// - Returns: how long to sleep unless the signal is raised; `nil` when only the signal can bring news.
    private func takeUpWork(_ hands: Hands, _ group: inout DiscardingTaskGroup) -> Duration? {
        let free = hands.free
        guard free > 0 else { return nil }
        let now = time.now()
        let batch: WorkBatch
        do {
            batch = try store.takeWork(dueBy: now, limit: free)
        } catch {
            logger.error("work could not be read", metadata: ["error": "\(error)"])
            return .seconds(1)
        }
        for item in batch.items {
            hands.take()
            group.addTask {
                await work(on: item)
                hands.give()
                signal.raise()
            }
        }
        guard batch.items.count < free, let due = batch.nextDue else { return nil }
        return min(Self.longestSleep, .milliseconds(max(1, due.milliseconds - now.milliseconds)))
    }

    private func work(on item: WorkItem) async {
        do {
            try await advance(item)
            store.release(item)
        } catch  where Task.isCancelled {
            store.release(item)
        } catch {
            let delay = Self.delaySeconds(after: item.attempts)
            logger.warning(
                "an RFC could not be advanced and will be taken up again",
                metadata: [
                    "rfc": "\(item.rfcID)", "attempts": "\(item.attempts + 1)", "delaySeconds": "\(delay)",
                    "error": "\(error)",
                ]
            )
            await postpone(item, bySeconds: delay)
        }
    }

    /// Advances, and does it again when somebody else changed the RFC in between.
    private func advance(_ item: WorkItem) async throws {
        for attempt in 1... {
            do {
                return try await advancer.advance(item)
            } catch let error as RfcError where error.code == .conflict && attempt < Self.maxConflicts {
                continue
            }
        }
    }

    private func postpone(_ item: WorkItem, bySeconds delay: Int64) async {
        do {
            try await store.postpone(item, until: time.now().advanced(bySeconds: delay))
        } catch {
            logger.error(
                "an RFC could not be put off",
                metadata: ["rfc": "\(item.rfcID)", "error": "\(error)"]
            )
            // Without this the item, still due, would be taken up again at once and for ever.
            try? await clock.sleep(for: .seconds(delay))
        }
    }

    /// 1, 2, 4 … seconds, at most five minutes.
    static func delaySeconds(after attempts: Int) -> Int64 {
        min(300, 1 << Int64(min(max(attempts, 0), 9)))
    }

    private func drain(_ hands: Hands) async {
        guard hands.free < Self.maxConcurrentRfcs else { return }
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await hands.allFree() }
            group.addTask { try? await clock.sleep(for: Self.drainLimit) }
            await group.next()
            group.cancelAll()
        }
    }
}

/// How many more RFCs may be advanced at the same time.
private final class Hands: Sendable {
    private struct State {
        var free: Int
        var waiter: CheckedContinuation<Void, Never>?
    }

    private let count: Int
    private let state: Mutex<State>

    init(count: Int) {
        self.count = count
        state = Mutex(State(free: count))
    }

    var free: Int {
        state.withLock { $0.free }
    }

    func take() {
        state.withLock { $0.free -= 1 }
    }

    func give() {
        wake { $0.free += 1 }
    }

    /// Waits until nothing is in hand, or the task is canceled.
    func allFree() async {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isOver = state.withLock { state in
                    guard state.free < count, !Task.isCancelled else { return true }
                    state.waiter = continuation
                    return false
                }
                if isOver {
                    continuation.resume()
                }
            }
        } onCancel: {
            wake(regardless: true) { _ in }
        }
    }

    private func wake(regardless: Bool = false, _ change: (inout State) -> Void) {
        let waiter = state.withLock { state -> CheckedContinuation<Void, Never>? in
            change(&state)
            guard regardless || state.free == count else { return nil }
            defer { state.waiter = nil }
            return state.waiter
        }
        waiter?.resume()
    }
}
