// SPDX-License-Identifier: Apache-2.0

package import ChangeManagement
package import CoreValues
import JSONDocument

/// One RFC's way from submission to its end, resumable at every await.
package struct RfcAdvancer: Sendable {
    /// How often an execution that fails for reasons that may pass is tried before the RFC fails.
    static let maxAttempts = 8

    private let catalogue: Catalogue
    private let store: any RfcStore
    private let planner: Planner
    private let stacks: any StackService
    private let time: any TimeSource

    /// Makes an advancer.
    package init(
        catalogue: Catalogue,
        store: any RfcStore,
        planner: Planner,
        stacks: any StackService,
        time: any TimeSource
    ) {
        self.catalogue = catalogue
        self.store = store
        self.planner = planner
        self.stacks = stacks
        self.time = time
    }

    /// The principal that approves plans for the system and runs them.
    package static func executor(in account: AccountID) -> ARN {
        ARN(service: "iam", account: account.description, resource: "role/assent-executor")
    }

    /// Does the next thing for the RFC of a work item, to the end if nothing has to be waited for.
    /// - Throws: whatever made it impossible for now; the item then has to be taken up again.
    package func advance(_ item: WorkItem) async throws {
        guard let rfc = try store.rfc(item.rfcID, in: item.account) else { return try await store.finish(item) }
        switch rfc.status {
        case .pendingApproval where rfc.planHash == nil:
            try await approve(rfc, item)
        case .pendingApproval where rfc.approval.isComplete, .scheduled:
            let begun = try rfc.handle(.begin, by: actor(item), at: time.now())
            try await store.append(begun, finishing: nil)
            try await execute(begun.rfc, item, try approvedPlan(rfc))
        case .inProgress:
            try await execute(rfc, item, try approvedPlan(rfc))
        default:
            try await store.finish(item)
        }
    }

    // MARK: Approval

    private func approve(_ rfc: Rfc, _ item: WorkItem) async throws {
        let plan: Plan
        do {
            plan = try await preflight(rfc)
        } catch let error as RfcError {
            let refused = try rfc.handle(.refusePlan(reason: error.message), by: actor(item), at: time.now())
            return try await store.append(refused, finishing: item)
        }
        let document = plan.document
        let hash = Plan.hash(of: document)
        let now = time.now()
        var decision = try rfc.handle(.approvePlan(document, hash: hash), by: actor(item), at: now)
        guard decision.rfc.status == .pendingApproval, decision.rfc.approval.isComplete else {
            return try await store.append(decision, finishing: item)
        }
        try decision.then(.begin, by: actor(item), at: now)
        // The item in hand goes on to the execution; no further work has to be queued.
        decision.effects = []
        try await store.append(decision, finishing: nil)
        try await execute(decision.rfc, item, document)
    }

    /// Plans the RFC and checks what only the account can tell.
    private func preflight(_ rfc: Rfc) async throws -> Plan {
        let changeType = try catalogue.version(of: rfc)
        guard let parameters = rfc.draft.executionParameters else {
            throw RfcError(.invalidArgument, "the RFC has no ExecutionParameters")
        }
        let plan = try planner.plan(
            parameters: parameters,
            changeType: changeType,
            rfc: rfc.id,
            account: rfc.account
        )
        if case .deleteStack(let name, _, _) = plan.action, try await stacks.stack(named: name) == nil {
            throw RfcError(.notFound, "there is no stack `\(name)` in account \(rfc.account)")
        }
        return plan
    }

    private func approvedPlan(_ rfc: Rfc) throws -> JSONValue {
        for recorded in try store.events(of: rfc.id).reversed() {
            if case .planApproved(let plan, _) = recorded.event {
                return plan
            }
        }
        throw RfcError(.invalidState, "RFC \(rfc.id) has no approved plan")
    }

    // MARK: Execution

    private func execute(_ rfc: Rfc, _ item: WorkItem, _ plan: JSONValue) async throws {
        guard let action = PlannedAction(planDocument: plan), let hash = rfc.planHash,
            Plan.hash(of: plan) == hash
        else {
            return try await fail(rfc, item, "the approved plan can't be read back unchanged", nil)
        }
        let output = ExecutionOutput(stackName: action.stackName, plan: plan, planHash: hash)
        do {
            switch action {
            case .createStack(let order):
                try await stacks.createStack(order)
            case .deleteStack(let name, let token, _):
                try await stacks.deleteStack(named: name, token: token)
            }
            try await follow(rfc, item, action, output)
        } catch let error as StackServiceError {
            guard error.isRetryable, item.attempts + 1 < Self.maxAttempts else {
                return try await fail(rfc, item, error.description, output.text(nil))
            }
            throw error
        }
    }

    /// Waits for the stack to rest, reporting on the way, and records how it ended.
    private func follow(
        _ rfc: Rfc,
        _ item: WorkItem,
        _ action: PlannedAction,
        _ output: ExecutionOutput
    ) async throws {
        var current = rfc
        var seen = 0
        while let progress = try await stacks.progress(ofStack: action.stackName, after: seen) {
            guard progress.isAtRest else {
                seen = progress.events.count
                let text = output.text(progress)
                if text != current.executionOutput {
                    let report = try current.handle(.report(output: text), by: actor(item), at: time.now())
                    try await store.append(report, finishing: nil)
                    current = report.rfc
                }
                continue
            }
            guard progress.status == action.goal else {
                return try await fail(current, item, progress.failure, output.text(progress))
            }
            let done = try current.handle(.succeed(output: output.text(progress)), by: actor(item), at: time.now())
            return try await store.append(done, finishing: item)
        }
        try await fail(current, item, "stack `\(action.stackName)` is gone", output.text(nil))
    }

    private func fail(_ rfc: Rfc, _ item: WorkItem, _ reason: String, _ output: String?) async throws {
        let failed = try rfc.handle(.fail(reason: reason, output: output), by: actor(item), at: time.now())
        try await store.append(failed, finishing: item)
    }

    private func actor(_ item: WorkItem) -> ARN {
        Self.executor(in: item.account)
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

    /// The stack status that means success.
    var goal: String {
        switch self {
        case .createStack: "CREATE_COMPLETE"
        case .deleteStack: "DELETE_COMPLETE"
        }
    }
}
