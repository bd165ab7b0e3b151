// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// Wakes the worker: raised when work became durable and when the worker has a hand free again.
///
/// Raising it while the worker is busy makes it look once more; any number of raises in between count as one.
package final class WorkSignal: Sendable {
    private struct State {
        var isRaised = false
        var isFinished = false
        var waiter: CheckedContinuation<Void, Never>?
    }

    private let state = Mutex(State())

    /// Makes a signal for one worker.
    package init() {}

    /// Wakes the worker.
    package func raise() {
        wake { $0.isRaised = true }
    }

    /// Tells the worker that it should not start anything any more.
    func finish() {
        wake { $0.isFinished = true }
    }

    var isFinished: Bool {
        state.withLock { $0.isFinished }
    }

    /// Waits until the signal is raised or finished, or the time is up; at most one task may wait.
    func wait(atMost limit: Duration?, _ clock: any Clock<Duration>) async {
        guard let limit else { return await wait() }
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await self.wait() }
            group.addTask { try? await clock.sleep(for: limit) }
            await group.next()
            group.cancelAll()
        }
    }

    private func wait() async {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isOver = state.withLock { state in
                    guard !state.isRaised, !state.isFinished, !Task.isCancelled else { return true }
                    state.waiter = continuation
                    return false
                }
                if isOver {
                    continuation.resume()
                }
            }
        } onCancel: {
            wake { _ in }
        }
        state.withLock { $0.isRaised = false }
    }

    private func wake(_ change: (inout State) -> Void) {
        let waiter = state.withLock { state in
            change(&state)
            defer { state.waiter = nil }
            return state.waiter
        }
        waiter?.resume()
    }
}
