// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// Tells the runner that there is work and everybody else that a stack has changed.
final class StackActivity: Sendable {
    /// Goes off when stacks have something to do; any number of times in between count as one.
    let raised: AsyncStream<Void>
    private let continuation: AsyncStream<Void>.Continuation
    private let waiters = Mutex(Waiters())

    /// Who waits for which stack.
    private struct Waiters: Sendable {
        var byStack: [String: [UInt64: CheckedContinuation<Void, Never>]] = [:]
        var next: UInt64 = 0

        mutating func add(_ id: UInt64, _ stackID: String, _ waiter: CheckedContinuation<Void, Never>) {
            byStack[stackID, default: [:]][id] = waiter
        }

        mutating func remove(_ id: UInt64, _ stackID: String) -> CheckedContinuation<Void, Never>? {
            let waiter = byStack[stackID]?.removeValue(forKey: id)
            if byStack[stackID]?.isEmpty ?? false {
                byStack[stackID] = nil
            }
            return waiter
        }
    }

    init() {
        (raised, continuation) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    }

    /// Wakes the runner.
    func raise() {
        continuation.yield()
    }

    /// Tells the runner that nothing will come any more.
    func finish() {
        continuation.finish()
    }

    /// Wakes everybody who waits for the stack.
    func changed(_ stackID: String) {
        let woken = waiters.withLock { $0.byStack.removeValue(forKey: stackID) }
        for waiter in (woken ?? [:]).values {
            waiter.resume()
        }
    }

    /// How many waits there are.
    var waiterCount: Int {
        waiters.withLock { $0.byStack.values.reduce(0) { $0 + $1.count } }
    }

    /// Waits for the stack's next change, or until the task is cancelled.
    ///
    /// `isWorthWaiting` is asked once after the wait has begun; when it says no, the wait ends at once. So a change
    /// between the caller's last look and the beginning of the wait is not missed.
    func change(of stackID: String, isWorthWaiting: @Sendable () -> Bool) async {
        let id = waiters.withLock { waiters in
            waiters.next += 1
            return waiters.next
        }
        await withTaskCancellationHandler {
            await withCheckedContinuation { waiter in
                waiters.withLock { $0.add(id, stackID, waiter) }
                if Task.isCancelled || !isWorthWaiting() {
                    end(id, stackID)
                }
            }
        } onCancel: {
            end(id, stackID)
        }
    }

    private func end(_ id: UInt64, _ stackID: String) {
        waiters.withLock { $0.remove(id, stackID) }?.resume()
    }
}
