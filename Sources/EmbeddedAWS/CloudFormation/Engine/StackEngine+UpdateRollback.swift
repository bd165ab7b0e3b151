// SPDX-License-Identifier: Apache-2.0

extension StackEngine {
    /// Takes back what an update did to the resource that it touched last, or goes on to the cleanup.
    func undoNext(_ run: inout StackRun, _ state: EmbeddedState) -> [EmbeddedMutation] {
        guard let undo = run.operation.undo.popLast() else {
            finishUndoing(&run)
            return []
        }
        let current = run.stack.resource(undo.logicalID)
        guard var previous = undo.previous, previous.exists, let current, previous.physicalID == current.physicalID
        else {
            giveUp(current, for: undo, &run)
            return []
        }
        let isUntouched = current.status == .updateFailed
        if !isUntouched, current.updatedAt == previous.updatedAt {
            run.put(previous)
            return []
        }
        run.enter(&previous, .updateInProgress)
        guard !isUntouched, let physicalID = current.physicalID else {
            run.enter(&previous, .updateComplete)
            run.put(previous)
            return []
        }
        do {
            let order = order(previous.logicalID, previous.properties, run, tags: run.operation.previous?.tags)
            let present = properties(of: current, taggedWith: run.stack.definition.tags)
            let outcome = try handler(previous.type).update(physicalID, from: present, to: order, in: state)
            run.enter(&previous, .updateComplete)
            run.put(previous)
            return outcome.changes
        } catch {
            return fail(current, reason(error, run), &run, state)
        }
    }

    /// Gives up what the update created, be it new or in place of another.
    private func giveUp(_ current: StackResource?, for undo: StackOperation.Undo, _ run: inout StackRun) {
        if let current, current.physicalID != nil || current.status == .createFailed {
            run.operation.leftovers.append(current)
        }
        guard var previous = undo.previous else { return run.remove(undo.logicalID) }
        run.operation.leftovers.removeAll {
            $0.logicalID == previous.logicalID && $0.physicalID == previous.physicalID
        }
        if previous.exists {
            run.enter(&previous, .updateComplete)
        }
        run.put(previous)
    }

    private func fail(
        _ current: StackResource,
        _ reason: String,
        _ run: inout StackRun,
        _ state: EmbeddedState
    ) -> [EmbeddedMutation] {
        var failed = current
        run.enter(&failed, .updateFailed, reason)
        run.put(failed)
        run.rest(
            .updateRollbackFailed,
            "The following resource(s) failed to update: [\(failed.logicalID)]."
        )
        return finishChangeSet(of: run, state, succeeded: false)
    }

    private func finishUndoing(_ run: inout StackRun) {
        if let previous = run.operation.previous {
            run.restore(previous)
        }
        if let plan = try? run.plan() {
            run.sortResources(by: plan.resources.map(\.logicalID))
        }
        run.enter(.updateRollbackCompleteCleanupInProgress)
    }
}
