// SPDX-License-Identifier: Apache-2.0

import ChangeManagement
import CoreValues
import JSONDocument

/// A plan as it was approved, with the hash that was approved.
struct ApprovedPlan: Sendable {
    let action: PlannedAction
    let document: JSONValue
    let hash: String
}

/// Runs an approved plan and records how it ends; may be broken off anywhere and run again.
struct PlanExecution: Sendable {
    /// How long an execution goes on before it tells how far it is, and how often it does then, in seconds.
    ///
    /// Every report is a commit, so that short executions should have none.
    static let reportSeconds: Int64 = 2

    let store: any RfcStore
    let stacks: any StackService
    let time: any TimeSource
    let clock: any Clock<Duration>

    /// Runs the plan to its end.
    ///
    /// The plan is `nil` when what was approved can't be read back unchanged; the RFC then fails. `attempts` tells how
    /// often this failed before for reasons that may pass.
    func run(_ plan: ApprovedPlan?, of rfc: Rfc, attempts: Int) async throws {
        guard let plan else { return try await fail(rfc, "the approved plan can't be read back unchanged", nil) }
        let output = ExecutionOutput(
            stackName: plan.action.stackName,
            plan: plan.document,
            planHash: plan.hash
        )
        do {
            switch plan.action {
            case .createStack(let order):
                try await stacks.createStack(order)
            case .deleteStack(let name, let token, _):
                try await stacks.deleteStack(named: name, token: token)
            }
            try await follow(rfc, plan.action, output)
        } catch let error as StackServiceError {
            guard error.isRetryable, attempts + 1 < RfcAdvancer.maxAttempts else {
                return try await fail(rfc.latest(in: store), error.description, output.text(nil))
            }
            throw error
        }
    }

    /// Waits for the stack to rest, reporting on the way, and records how it ended.
    private func follow(_ rfc: Rfc, _ action: PlannedAction, _ output: ExecutionOutput) async throws {
        var current = rfc
        var reportedAt = rfc.startedAt ?? time.now()
        var seen = 0
        while true {
            let step = try await progress(of: action, after: seen, since: rfc.startedAt)
            switch step {
            case .timeUp(let minutes):
                let reason =
                    "stack `\(action.stackName)` was not deleted within \(minutes) minutes; the deletion goes on"
                return try await fail(current, reason, output.text(nil))
            case .gone where action.isDeletion:
                return try await succeed(current, output.text(nil))
            case .gone:
                return try await fail(current, "stack `\(action.stackName)` is gone", output.text(nil))
            case .at(let progress) where progress.isAtRest:
                guard progress.status == action.goal else {
                    return try await fail(current, progress.failure, output.text(progress))
                }
                return try await succeed(current, output.text(progress))
            case .at(let progress):
                seen = progress.events.count
                let now = time.now()
                let text = output.text(progress)
                guard text != current.executionOutput, now >= reportedAt.advanced(bySeconds: Self.reportSeconds)
                else { continue }
                let report = try current.handle(.report(output: text), by: rfc.executor, at: now)
                try await store.append(report)
                current = report.rfc
                reportedAt = now
            }
        }
    }

    private func succeed(_ rfc: Rfc, _ output: String) async throws {
        try await store.append(try rfc.handle(.succeed(output: output), by: rfc.executor, at: time.now()))
    }

    private func fail(_ rfc: Rfc, _ reason: String, _ output: String?) async throws {
        let failure = RfcCommand.fail(reason: reason, output: output)
        try await store.append(try rfc.handle(failure, by: rfc.executor, at: time.now()))
    }

    // MARK: Waiting

    private enum Step: Sendable {
        case at(StackProgress)
        case gone
        case timeUp(minutes: Int)
    }

    /// The stack's next step, or the end of the time that a deletion may take; a creation's limit is the stack's own.
    private func progress(
        of action: PlannedAction,
        after seen: Int,
        since start: Timestamp?
    ) async throws -> Step {
        guard case .deleteStack(let name, _, let minutes?) = action else {
            return try await step(action.stackName, after: seen)
        }
        let end = (start ?? time.now()).advanced(bySeconds: Int64(minutes) * 60)
        let left = max(0, end.milliseconds - time.now().milliseconds)
        return try await withThrowingTaskGroup(of: Step.self) { group in
            group.addTask { try await step(name, after: seen) }
            group.addTask {
                try await clock.sleep(for: .milliseconds(left))
                return .timeUp(minutes: minutes)
            }
            defer { group.cancelAll() }
            return try await group.next() ?? .gone
        }
    }

    private func step(_ name: String, after seen: Int) async throws -> Step {
        try await stacks.progress(ofStack: name, after: seen).map { .at($0) } ?? .gone
    }
}

extension Rfc {
    /// The RFC as it stands after reports that a broken-off execution has made.
    fileprivate func latest(in store: any RfcStore) throws -> Rfc {
        try store.rfc(id, in: account) ?? self
    }
}

extension PlannedAction {
    /// The stack that is made or deleted.
    var stackName: String {
        switch self {
        case .createStack(let order): order.name
        case .deleteStack(let name, _, _): name
        }
    }

    var isDeletion: Bool {
        if case .deleteStack = self { true } else { false }
    }

    /// The stack status that means success.
    var goal: String {
        isDeletion ? "DELETE_COMPLETE" : "CREATE_COMPLETE"
    }
}
