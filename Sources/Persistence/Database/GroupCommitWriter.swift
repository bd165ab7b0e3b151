// SPDX-License-Identifier: Apache-2.0

import GRDB
import Synchronization

/// The one writer of the database: writes that wait at the same time share a transaction and its flush to disk.
///
/// Each write runs in a savepoint of its own, so that one that fails takes nothing of the others with it. Writes
/// are committed in the order in which they were queued.
final class GroupCommitWriter: Sendable {
    /// How many writes share a transaction at most, so that none waits long for its neighbours.
    static let maxGroupSize = 256

    private struct Job {
        let body: @Sendable (Database) throws -> Void
        let finish: @Sendable ((any Error)?) -> Void
    }

    private struct State {
        var waiting: [Job] = []
        var isRunning = false
        var hasFailed = false
        var commits = 0
    }

    private let pool: DatabasePool
    private let state = Mutex(State())

    init(pool: DatabasePool) {
        self.pool = pool
    }

    /// Whether a commit has ever failed.
    var hasFailed: Bool {
        state.withLock { $0.hasFailed }
    }

    /// How many transactions have been committed.
    var commits: Int {
        state.withLock { $0.commits }
    }

    /// Queues a write without waiting for it; `finish` is called once, from another thread.
    func enqueue(
        _ body: @escaping @Sendable (Database) throws -> Void,
        finish: @escaping @Sendable ((any Error)?) -> Void
    ) {
        let mustStart = state.withLock { state in
            state.waiting.append(Job(body: body, finish: finish))
            defer { state.isRunning = true }
            return !state.isRunning
        }
        if mustStart {
            pool.asyncWriteWithoutTransaction { [self] database in
                drain(database)
            }
        }
    }

    /// Runs a write and returns its result when it is durable.
    func write<Result: Sendable>(_ body: @escaping @Sendable (Database) throws -> Result) async throws -> Result {
        try await withCheckedThrowingContinuation { continuation in
            let outcome = Mutex<Result?>(nil)
            enqueue { database in
                let result = try body(database)
                outcome.withLock { $0 = result }
            } finish: { error in
                if let error {
                    continuation.resume(throwing: error)
                } else if let result = outcome.withLock({ $0 }) {
                    continuation.resume(returning: result)
                } else {
                    continuation.resume(throwing: CancellationError())
                }
            }
        }
    }

    private func drain(_ database: Database) {
        while let group = nextGroup() {
            var outcomes: [(any Error)?] = []
            do {
                try database.inTransaction(.immediate) {
                    outcomes = group.map { job in run(job, database) }
                    return .commit
                }
                state.withLock { $0.commits += 1 }
            } catch {
                state.withLock { $0.hasFailed = true }
                outcomes = group.map { _ in error }
            }
            for (job, outcome) in zip(group, outcomes) {
                job.finish(outcome)
            }
        }
    }

    private func run(_ job: Job, _ database: Database) -> (any Error)? {
        do {
            // A full disk makes SQLite roll back the whole transaction; nothing may then be committed on its own.
            guard database.isInsideTransaction else {
                throw PersistenceError("the transaction was rolled back by a write before this one")
            }
            try database.inSavepoint {
                try job.body(database)
                return .commit
            }
            return nil
        } catch {
            return error
        }
    }

    private func nextGroup() -> [Job]? {
        state.withLock { state in
            guard !state.waiting.isEmpty else {
                state.isRunning = false
                return nil
            }
            let group = Array(state.waiting.prefix(Self.maxGroupSize))
            state.waiting.removeFirst(group.count)
            return group
        }
    }
}
