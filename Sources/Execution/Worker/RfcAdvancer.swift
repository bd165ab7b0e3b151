// SPDX-License-Identifier: Apache-2.0

package import ChangeManagement
package import CoreValues
import JSONDocument

/// One RFC's way from submission to its end, resumable at every await.
package struct RfcAdvancer: Sendable {
    /// How often something that fails for reasons that may pass is tried before the RFC ends with it.
    static let maxAttempts = 8

    private let catalogue: Catalogue
    private let store: any RfcStore
    private let planner: Planner
    private let execution: PlanExecution
    private let stacks: any StackService
    private let time: any TimeSource

    /// Makes an advancer.
    ///
    /// The time limits of executions are kept by `clock`, which should run as fast as `time` does.
    package init(
        catalogue: Catalogue,
        store: any RfcStore,
        planner: Planner,
        stacks: any StackService,
        time: any TimeSource,
        clock: any Clock<Duration> = ContinuousClock()
    ) {
        self.catalogue = catalogue
        self.store = store
        self.planner = planner
        self.stacks = stacks
        self.time = time
        execution = PlanExecution(store: store, stacks: stacks, time: time, clock: clock)
    }

    /// Does the next thing for the RFC of a work item, to the end if nothing has to be waited for.
    /// - Throws: whatever made it impossible for now; the item then has to be taken up again.
    package func advance(_ item: WorkItem) async throws {
        guard let rfc = try store.rfc(item.rfcID, in: item.account) else { return try await store.finish(item) }
        let now = time.now()
        switch rfc.status {
        case .pendingApproval where rfc.hasExpired(at: now), .scheduled where rfc.hasExpired(at: now):
            try await store.append(try rfc.handle(.expire, by: rfc.executor, at: now))
        case .pendingApproval where rfc.planHash == nil && rfc.automation == .automated:
            try await approve(rfc, item)
        case .pendingApproval where rfc.mayRun, .scheduled where rfc.isInWindow(at: now):
            let begun = try rfc.handle(.begin, by: rfc.executor, at: now)
            try await store.append(begun)
            try await execution.run(try approvedPlan(begun.rfc), of: begun.rfc, attempts: item.attempts)
        case .pendingApproval, .scheduled:
            // Taken up before its time, because the clock went back: what it waits for has not come yet.
            try await store.postpone(item, until: rfc.wakeUp ?? now.advanced(bySeconds: 60))
        case .inProgress:
            try await execution.run(try approvedPlan(rfc), of: rfc, attempts: item.attempts)
        case .editing, .rejected, .canceled, .success, .failure:
            try await store.finish(item)
        }
    }

    // MARK: Approval

    private func approve(_ rfc: Rfc, _ item: WorkItem) async throws {
        let plan: Plan
        do {
            plan = try await preflight(rfc)
        } catch let error as RfcError {
            return try await refuse(rfc, error.message)
        } catch let error as StackServiceError {
            guard error.isRetryable, item.attempts + 1 < Self.maxAttempts else {
                return try await refuse(rfc, "the stack could not be looked up: \(error)")
            }
            throw error
        }
        let document = plan.document
        let hash = Plan.hash(of: document)
        let now = time.now()
        var decision = try rfc.handle(.approvePlan(document, hash: hash), by: rfc.executor, at: now)
        guard decision.rfc.status == .pendingApproval, decision.rfc.mayRun else {
            return try await store.append(decision)
        }
        try decision.then(.begin, by: rfc.executor, at: now)
        try await store.append(decision)
        let approved = ApprovedPlan(action: plan.action, document: document, hash: hash)
        try await execution.run(approved, of: decision.rfc, attempts: item.attempts)
    }

    private func refuse(_ rfc: Rfc, _ reason: String) async throws {
        try await store.append(try rfc.handle(.refusePlan(reason: reason), by: rfc.executor, at: time.now()))
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
        if case .deleteStack(let name, _, _) = plan.action {
            let stack = try await stacks.stack(named: name)
            guard let stack, stack.status != "DELETE_COMPLETE" else {
                throw RfcError(.notFound, "there is no stack `\(name)` in account \(rfc.account)")
            }
        }
        return plan
    }

    /// The plan that was approved last, if it is still the one whose hash the RFC carries.
    private func approvedPlan(_ rfc: Rfc) throws -> ApprovedPlan? {
        for recorded in try store.events(of: rfc.id).reversed() {
            if case .planApproved(let document, let hash) = recorded.event {
                guard hash == rfc.planHash, Plan.hash(of: document) == hash,
                    let action = PlannedAction(planDocument: document)
                else { return nil }
                return ApprovedPlan(action: action, document: document, hash: hash)
            }
        }
        return nil
    }
}

extension Rfc {
    /// Who acts on the RFC for the system.
    var executor: ARN {
        RfcExecutor(account: account).role
    }

    /// When the RFC has to be looked at next if nobody does anything.
    fileprivate var wakeUp: Timestamp? {
        status == .scheduled ? draft.requestedStart : approvalDeadline
    }
}
