// SPDX-License-Identifier: Apache-2.0

extension StackEngine {
    /// Deletes the next resource that is no longer wanted, or finishes.
    ///
    /// What failed to be deleted is remembered in `done`, for what it needs can't be deleted either.
    func deleteNext(_ run: inout StackRun, _ state: EmbeddedState) -> [EmbeddedMutation] {
        guard var resource = run.operation.leftovers.popLast() else { return finishDeletion(&run, state) }
        guard !isNeeded(resource, &run) else {
            run.operation.done.append(resource.logicalID)
            return []
        }
        defer {
            if run.stack.resource(resource.logicalID).map({ $0.physicalID == resource.physicalID }) ?? false {
                run.put(resource)
            }
        }
        guard let physicalID = resource.physicalID else {
            run.enter(&resource, .deleteComplete)
            return []
        }
        guard !isKept(resource, run) else {
            run.enter(&resource, .deleteSkipped)
            return []
        }
        run.enter(&resource, .deleteInProgress)
        do {
            let order = order(resource.logicalID, resource.properties, run)
            let outcome = try handler(resource.type).delete(physicalID, order, in: state)
            run.enter(&resource, .deleteComplete)
            return outcome.changes
        } catch {
            run.enter(&resource, .deleteFailed, reason(error, run))
            run.operation.done.append(resource.logicalID)
            return []
        }
    }

    /// Whether something that could not be deleted needs the resource.
    private func isNeeded(_ resource: StackResource, _ run: inout StackRun) -> Bool {
        guard !run.operation.done.isEmpty, let plan = try? run.plan() else { return false }
        return run.operation.done.contains { plan.template.dependencies[$0]?.contains(resource.logicalID) ?? false }
    }

    /// Whether the resource outlives its stack or its place in the template.
    ///
    /// Source: CloudFormation user guide, "DeletionPolicy attribute"; API reference, CreateStack,
    /// RetainExceptOnCreate, and DeleteStack, RetainResources.
    private func isKept(_ resource: StackResource, _ run: StackRun) -> Bool {
        if run.operation.isUndoing {
            return resource.deletionPolicy == .retain && !run.operation.retainExceptOnCreate
        }
        return resource.deletionPolicy != .delete || run.operation.retained.contains(resource.logicalID)
    }

    private func finishDeletion(_ run: inout StackRun, _ state: EmbeddedState) -> [EmbeddedMutation] {
        let failed = run.stack.resources.filter { $0.status == .deleteFailed }.map(\.logicalID)
        let reason =
            failed.isEmpty ? nil : "The following resource(s) failed to delete: [\(failed.joined(separator: ", "))]."
        switch run.stack.status {
        case .rollbackInProgress:
            run.rest(failed.isEmpty ? .rollbackComplete : .rollbackFailed, reason)
            return finishChangeSet(of: run, state, succeeded: false)
        case .updateCompleteCleanupInProgress:
            let isClean = run.operation.done.isEmpty
            run.rest(
                .updateComplete,
                isClean ? nil : "Update successful. One or more resources could not be deleted."
            )
            return finishChangeSet(of: run, state, succeeded: true)
        case .updateRollbackCompleteCleanupInProgress:
            run.rest(.updateRollbackComplete)
            return finishChangeSet(of: run, state, succeeded: false)
        default:
            run.rest(failed.isEmpty ? .deleteComplete : .deleteFailed, reason)
            guard failed.isEmpty else { return [] }
            return state.cloudFormation.changeSets(ofStack: run.stack.id)
                .map {
                    .cloudFormation(.removeChangeSet($0.id))
                }
        }
    }
}
