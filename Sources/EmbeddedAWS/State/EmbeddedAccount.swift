// SPDX-License-Identifier: Apache-2.0

package import CoreValues
import Synchronization

/// The embedded AWS account: one region's keys, aliases, stacks and principals.
///
/// State is read and changed in memory under one lock; each change is queued to the store inside the same critical
/// section and acknowledged when it is durable. A reader may therefore see a change a moment before it is durable,
/// but whatever it then writes is ordered behind it.
package final class EmbeddedAccount: Sendable {
    /// The account's id.
    package let accountID: AccountID
    /// The region that the keys and stacks live in.
    package let region: String
    /// Where time comes from.
    package let time: any TimeSource
    /// Where ids come from.
    package let ids: any IDGenerator
    /// Where nonces and key material come from.
    package let random: any RandomSource

    private let store: any EmbeddedStore
    private let state: Mutex<EmbeddedState>

    /// Opens the account with everything the store has.
    /// - Throws: the store's error, or a record's when it can't be read.
    package init(
        accountID: AccountID,
        region: String,
        store: any EmbeddedStore,
        time: any TimeSource,
        ids: any IDGenerator,
        random: any RandomSource
    ) throws {
        self.accountID = accountID
        self.region = region
        self.store = store
        self.time = time
        self.ids = ids
        self.random = random
        var initial = EmbeddedState()
        for record in try store.load() {
            try initial.restore(record)
        }
        state = Mutex(initial)
    }

    /// Looks at the state; `body` must be short, for it holds the lock.
    package func read<Result: Sendable>(_ body: (EmbeddedState) throws -> Result) rethrows -> Result {
        try state.withLock { try body($0) }
    }

    /// Changes the state and returns when the change is durable.
    ///
    /// `body` sees the present state and returns its changes with its result; when it throws, nothing happens.
    package func write<Result: Sendable>(
        _ body: (EmbeddedState) throws -> (changes: [EmbeddedMutation], result: Result)
    ) async throws -> Result {
        let (result, commit) = try state.withLock { state -> (Result, PendingCommit?) in
            let (changes, result) = try body(state)
            guard !changes.isEmpty else { return (result, nil) }
            for change in changes {
                state.apply(change)
            }
            return (result, store.enqueue(changes.map(\.stored)))
        }
        try await commit?.durable()
        return result
    }

    /// Changes the state in steps that see each other's changes and become durable as one.
    ///
    /// `next` is called until it ends; it can't fail, for there is no way back behind a step that has been taken.
    package func writeInSteps<Result: Sendable>(
        _ next: (EmbeddedState) -> EmbeddedStep<Result>
    ) async throws -> Result {
        let (result, commit) = state.withLock { state -> (Result, PendingCommit?) in
            var stored: [EmbeddedChange] = []
            while true {
                let step = next(state)
                for change in step.changes {
                    state.apply(change)
                    stored.append(change.stored)
                }
                if let result = step.result {
                    return (result, stored.isEmpty ? nil : store.enqueue(stored))
                }
            }
        }
        try await commit?.durable()
        return result
    }
}

/// One step of several that make up a transaction.
package struct EmbeddedStep<Result: Sendable>: Sendable {
    /// What the step changes.
    let changes: [EmbeddedMutation]
    /// What the transaction comes to, `nil` when further steps follow.
    let result: Result?

    /// Makes a step; one without a result is followed by another.
    package init(_ changes: [EmbeddedMutation], result: Result? = nil) {
        self.changes = changes
        self.result = result
    }
}
