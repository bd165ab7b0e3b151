// SPDX-License-Identifier: Apache-2.0

package import ChangeManagement
import Synchronization

/// Stacks that do what a test tells them to.
package final class FakeStackService: StackService {
    /// What becomes of a stack.
    package enum Behaviour: Sendable {
        /// It is made at once, or deleted at once.
        case succeeds
        /// Its first resource fails for that reason, and it is rolled back.
        case fails(String)
        /// It rests only when the test says so.
        case waits
    }

    private struct Stack {
        var status: String
        var events: [StackProgress.Event]
        var isAtRest = false
        var outputs: [StackProgress.Output] = []
    }

    private struct State {
        var behaviour = Behaviour.succeeds
        var stacks: [String: Stack] = [:]
        var orders: [StackOrder] = []
        var deletions: [(name: String, token: String)] = []
        var faults: [StackServiceError] = []
        var waiters: [Int: CheckedContinuation<Void, any Error>] = [:]
        var onlookers: [CheckedContinuation<Void, Never>] = []
        var canceled: Set<Int> = []
        var nextID = 0
    }

    private let state = Mutex(State())

    /// Makes a service without stacks.
    package init(_ behaviour: Behaviour = .succeeds) {
        state.withLock { $0.behaviour = behaviour }
    }

    // MARK: The port

    package func createStack(_ order: StackOrder) async throws {
        try state.withLock { state in
            try Self.raiseFault(&state)
            let isRepetition = state.orders.contains { $0.token == order.token }
            state.orders.append(order)
            guard !isRepetition else { return }
            state.stacks[order.name] = Stack(
                status: "CREATE_IN_PROGRESS",
                events: [Self.event("Key", "CREATE_IN_PROGRESS")]
            )
        }
    }

    package func deleteStack(named name: String, token: String) async throws {
        try state.withLock { state in
            try Self.raiseFault(&state)
            state.deletions.append((name, token))
            guard state.stacks[name]?.status != "DELETE_COMPLETE" else { return }
            state.stacks[name]?.status = "DELETE_IN_PROGRESS"
            state.stacks[name]?.isAtRest = false
            state.stacks[name]?.events.append(Self.event("Key", "DELETE_SKIPPED"))
        }
    }

    package func stack(named name: String) async throws -> StackProgress? {
        try state.withLock { state in
            try Self.raiseFault(&state)
            return state.stacks[name].map { Self.progress(name, $0) }
        }
    }

    package func progress(ofStack name: String, after seen: Int) async throws -> StackProgress? {
        while true {
            let (answer, mustWait) = try state.withLock { state in
                try Self.raiseFault(&state)
                Self.move(name, after: seen, &state)
                guard let stack = state.stacks[name] else { return (StackProgress?.none, false) }
                let isNews = stack.isAtRest || stack.events.count > seen
                return (Self.progress(name, stack), !isNews)
            }
            guard mustWait else { return answer }
            try await waitForNews()
        }
    }

    // MARK: For tests

    /// The orders of all calls of createStack, repetitions included.
    package var orders: [StackOrder] {
        state.withLock { $0.orders }
    }

    /// The tokens of all calls of deleteStack.
    package var deletionTokens: [String] {
        state.withLock { $0.deletions.map(\.token) }
    }

    /// Lets the next calls fail, one each.
    package func failNext(_ errors: StackServiceError...) {
        state.withLock { $0.faults += errors }
    }

    /// Puts a stack there that no order made.
    package func put(_ name: String, status: String = "CREATE_COMPLETE") {
        state.withLock { $0.stacks[name] = Stack(status: status, events: [], isAtRest: true) }
    }

    /// Removes a stack as if it had never been.
    package func remove(_ name: String) {
        news { $0.stacks[name] = nil }
    }

    /// Adds an event to a stack that waits.
    package func addEvent(to name: String) {
        news { $0.stacks[name]?.events.append(Self.event("Alias", "CREATE_IN_PROGRESS")) }
    }

    /// Lets a stack that waits come to rest.
    package func complete(_ name: String) {
        news { Self.complete(name, &$0) }
    }

    /// Waits until somebody waits for a stack.
    package func untilAwaited() async {
        await withCheckedContinuation { continuation in
            let isNow = state.withLock { state in
                guard state.waiters.isEmpty else { return true }
                state.onlookers.append(continuation)
                return false
            }
            if isNow {
                continuation.resume()
            }
        }
    }

    private func news(_ change: (inout State) -> Void) {
        let waiters = state.withLock { state in
            change(&state)
            defer { state.waiters = [:] }
            return state.waiters.values.map { $0 }
        }
        for waiter in waiters {
            waiter.resume()
        }
    }

    private func waitForNews() async throws {
        let id = state.withLock { state in
            state.nextID += 1
            return state.nextID
        }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                let (isCanceled, onlookers) = state.withLock { state in
                    guard state.canceled.remove(id) == nil else {
                        return (true, [CheckedContinuation<Void, Never>]())
                    }
                    state.waiters[id] = continuation
                    defer { state.onlookers = [] }
                    return (false, state.onlookers)
                }
                if isCanceled {
                    continuation.resume(throwing: CancellationError())
                }
                for onlooker in onlookers {
                    onlooker.resume()
                }
            }
        } onCancel: {
            let waiter = state.withLock { state in
                let waiter = state.waiters.removeValue(forKey: id)
                if waiter == nil {
                    state.canceled.insert(id)
                }
                return waiter
            }
            waiter?.resume(throwing: CancellationError())
        }
    }

    /// A caller who has seen the first event gets the end, unless the stack waits.
    private static func move(_ name: String, after seen: Int, _ state: inout State) {
        guard let stack = state.stacks[name], !stack.isAtRest, seen >= stack.events.count else { return }
        switch state.behaviour {
        case .succeeds: complete(name, &state)
        case .waits: break
        case .fails(let reason):
            state.stacks[name]?.events += [
                event("Key", "CREATE_FAILED", reason), event("Key", "DELETE_COMPLETE"),
            ]
            state.stacks[name]?.status = "ROLLBACK_COMPLETE"
            state.stacks[name]?.isAtRest = true
        }
    }

    private static func complete(_ name: String, _ state: inout State) {
        guard let stack = state.stacks[name] else { return }
        let isDeletion = stack.status == "DELETE_IN_PROGRESS"
        state.stacks[name]?.isAtRest = true
        state.stacks[name]?.status = isDeletion ? "DELETE_COMPLETE" : "CREATE_COMPLETE"
        guard !isDeletion else { return }
        state.stacks[name]?.events.append(event("Key", "CREATE_COMPLETE"))
        state.stacks[name]?.outputs = [
            StackProgress.Output(key: "KeyId", value: keyID),
            StackProgress.Output(key: "KeyArn", value: "arn:aws:kms:us-east-1:123456789012:key/\(keyID)"),
        ]
    }

    private static func raiseFault(_ state: inout State) throws {
        guard !state.faults.isEmpty else { return }
        throw state.faults.removeFirst()
    }

    private static let keyID = "1234abcd-12ab-34cd-56ef-1234567890ab"

    private static func event(_ resource: String, _ status: String, _ reason: String? = nil) -> StackProgress.Event {
        StackProgress.Event(
            resource: resource,
            type: "AWS::KMS::\(resource)",
            physicalID: keyID,
            status: status,
            reason: reason
        )
    }

    private static func progress(_ name: String, _ stack: Stack) -> StackProgress {
        StackProgress(
            stackARN: "arn:aws:cloudformation:us-east-1:123456789012:stack/\(name)/1",
            status: stack.status,
            statusReason: nil,
            isAtRest: stack.isAtRest,
            outputs: stack.outputs,
            events: stack.events
        )
    }
}
