// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// A clock for sleeping that stands still until a test moves it.
package final class ManualClock: Clock {
    /// A moment on the clock.
    package struct Instant: InstantProtocol {
        /// How far the clock has been moved by then.
        package let offset: Duration

        package func advanced(by duration: Duration) -> Instant {
            Instant(offset: offset + duration)
        }

        package func duration(to other: Instant) -> Duration {
            other.offset - offset
        }

        package static func < (lhs: Instant, rhs: Instant) -> Bool {
            lhs.offset < rhs.offset
        }
    }

    private struct Sleeper {
        let deadline: Instant
        let continuation: CheckedContinuation<Void, any Error>
    }

    private struct State {
        var now = Instant(offset: .zero)
        var nextID = 0
        var sleepers: [Int: Sleeper] = [:]
        var canceled: Set<Int> = []
        var onlookers: [(count: Int, continuation: CheckedContinuation<Void, Never>)] = []
    }

    private let state = Mutex(State())

    /// Makes a clock at zero.
    package init() {}

    package var now: Instant {
        state.withLock { $0.now }
    }

    package var minimumResolution: Duration {
        .nanoseconds(1)
    }

    package func sleep(until deadline: Instant, tolerance: Duration?) async throws {
        let id = state.withLock { state in
            state.nextID += 1
            return state.nextID
        }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                enter(id, Sleeper(deadline: deadline, continuation: continuation))
            }
        } onCancel: {
            cancel(id)
        }
    }

    /// Moves the clock and wakes whoever has slept long enough.
    package func advance(by duration: Duration) {
        let due = state.withLock { state in
            state.now = state.now.advanced(by: duration)
            let due = state.sleepers.filter { $0.value.deadline <= state.now }
            for id in due.keys {
                state.sleepers[id] = nil
            }
            return due.values.sorted { $0.deadline < $1.deadline }
        }
        for sleeper in due {
            sleeper.continuation.resume()
        }
    }

    /// Waits until that many tasks sleep.
    package func untilAsleep(_ count: Int = 1) async {
        await withCheckedContinuation { continuation in
            let isNow = state.withLock { state in
                guard state.sleepers.count < count else { return true }
                state.onlookers.append((count, continuation))
                return false
            }
            if isNow {
                continuation.resume()
            }
        }
    }

    private func enter(_ id: Int, _ sleeper: Sleeper) {
        typealias Onlookers = [CheckedContinuation<Void, Never>]
        let (outcome, onlookers) = state.withLock { state -> (Result<Void, any Error>?, Onlookers) in
            if state.canceled.remove(id) != nil {
                return (.failure(CancellationError()), [])
            }
            guard state.now < sleeper.deadline else { return (.success(()), []) }
            state.sleepers[id] = sleeper
            let content = state.onlookers.filter { $0.count <= state.sleepers.count }
            state.onlookers.removeAll { $0.count <= state.sleepers.count }
            return (nil, content.map(\.continuation))
        }
        for onlooker in onlookers {
            onlooker.resume()
        }
        if let outcome {
            sleeper.continuation.resume(with: outcome)
        }
    }

    private func cancel(_ id: Int) {
        let sleeper = state.withLock { state in
            let sleeper = state.sleepers.removeValue(forKey: id)
            if sleeper == nil {
                state.canceled.insert(id)
            }
            return sleeper
        }
        sleeper?.continuation.resume(throwing: CancellationError())
    }
}
