// SPDX-License-Identifier: Apache-2.0

import JSONDocument

extension StackEngine {
    /// Creates, changes or replaces the next resource of a stack that is updated, or goes on to the cleanup.
    func updateNext(_ run: inout StackRun, _ state: EmbeddedState) -> [EmbeddedMutation] {
        do {
            let plan = try run.plan()
            let done = Set(run.operation.done)
            guard let declaration = plan.resources.first(where: { !done.contains($0.logicalID) }) else {
                run.setOutputs(try outputs(plan, run, state))
                beginCleanup(plan, &run)
                return []
            }
            if done.isEmpty, let undo = refuseTakenName(plan, &run, state) {
                run.operation.undo.append(undo)
                return failUpdate(&run, state)
            }
            guard let changes = update(declaration, plan, &run, state) else { return failUpdate(&run, state) }
            return changes
        } catch {
            return failUpdate(&run, state, error.description)
        }
    }

    /// Makes a resource what the template now says.
    /// - Returns: `nil` when that failed; the events then say why.
    private func update(
        _ declaration: ResourceDeclaration,
        _ plan: StackPlan,
        _ run: inout StackRun,
        _ state: EmbeddedState
    ) -> [EmbeddedMutation]? {
        let existing = run.stack.resource(declaration.logicalID)
        guard let old = existing, old.exists, let physicalID = old.physicalID else {
            run.operation.undo.append(StackOperation.Undo(logicalID: declaration.logicalID, previous: existing))
            return create(declaration, plan, &run, state)
        }
        run.operation.done.append(declaration.logicalID)
        run.operation.undo.append(StackOperation.Undo(logicalID: old.logicalID, previous: old))
        var new = old.with(declaration)
        do {
            new.properties = try plan.properties(of: declaration, values(of: run.stack.resources, state))
        } catch {
            return fail(old, new, error.description, &run)
        }
        guard needsUpdate(from: old, to: new, run) else {
            run.put(new)
            return []
        }
        do {
            let handler = try handler(new.type)
            let order = order(new.logicalID, new.properties, run)
            if try handler.needsReplacement(from: old.properties, to: new.properties) {
                return try replace(old, new, handler, order, &run, state)
            }
            run.enter(&new, .updateInProgress)
            let former = properties(of: old, taggedWith: run.operation.previous?.tags ?? [])
            let outcome = try handler.update(physicalID, from: former, to: order, in: state)
            new.physicalID = outcome.physicalID
            run.enter(&new, .updateComplete)
            run.put(new)
            return outcome.changes
        } catch {
            if new.status != .updateInProgress {
                run.enter(&new, .updateInProgress)
            }
            return fail(old, new, reason(error, run), &run)
        }
    }

    private func replace(
        _ old: StackResource,
        _ new: StackResource,
        _ handler: any ResourceHandler,
        _ order: ResourceOrder,
        _ run: inout StackRun,
        _ state: EmbeddedState
    ) throws(ResourceFailure) -> [EmbeddedMutation] {
        var new = new
        let outcome = try handler.create(order, in: state)
        run.enter(
            &new,
            .updateInProgress,
            "Requested update requires the creation of a new physical resource; hence creating one."
        )
        new.physicalID = outcome.physicalID
        run.enter(&new, .updateInProgress, "Resource creation Initiated")
        run.enter(&new, .updateComplete)
        run.put(new)
        var leftover = old
        leftover.deletionPolicy = new.updateReplacePolicy
        run.operation.leftovers.append(leftover)
        return outcome.changes
    }

    /// Leaves a resource as it was, with an event that shows what it should have become.
    private func fail(
        _ old: StackResource,
        _ new: StackResource,
        _ reason: String,
        _ run: inout StackRun
    ) -> [EmbeddedMutation]? {
        var attempted = new
        run.enter(&attempted, .updateFailed, reason)
        var kept = old
        kept.status = attempted.status
        kept.reason = attempted.reason
        kept.updatedAt = attempted.updatedAt
        run.put(kept)
        return nil
    }

    /// Whether the resource itself has to change, not only what the stack knows about it.
    private func needsUpdate(from old: StackResource, to new: StackResource, _ run: StackRun) -> Bool {
        let tagsChange = run.operation.previous.map { $0.tags != run.stack.definition.tags } ?? false
        return old.properties != new.properties || (new.type.isTaggable && tagsChange) || old.status == .updateFailed
    }

    /// Everything is as the template says: what it no longer has can go.
    private func beginCleanup(_ plan: StackPlan, _ run: inout StackRun) {
        let wanted = Set(plan.resources.map(\.logicalID))
        for resource in run.stack.resources where !wanted.contains(resource.logicalID) {
            run.remove(resource.logicalID)
            if resource.exists || resource.status == .createFailed {
                run.operation.leftovers.append(resource)
            }
        }
        run.sortResources(by: plan.resources.map(\.logicalID))
        run.operation.done = []
        run.operation.undo = []
        run.enter(.updateCompleteCleanupInProgress)
    }

    /// Does what is to be done when an update fails; without a reason the failed resources are named.
    private func failUpdate(
        _ run: inout StackRun,
        _ state: EmbeddedState,
        _ reason: String? = nil
    ) -> [EmbeddedMutation] {
        let reason = reason ?? failedResources(run)
        guard run.operation.onFailure != .doNothing, run.operation.previous != nil else {
            run.rest(.updateFailed, reason)
            return finishChangeSet(of: run, state, succeeded: false)
        }
        run.operation.isUndoing = true
        run.operation.done = []
        run.enter(.updateRollbackInProgress, reason)
        return []
    }

    private func failedResources(_ run: StackRun) -> String {
        let touched = Set(run.operation.undo.map(\.logicalID) + run.operation.done)
        var sentences: [String] = []
        for (status, verb) in [(ResourceStatus.createFailed, "create"), (.updateFailed, "update")] {
            let failed = run.stack.resources.filter { $0.status == status && touched.contains($0.logicalID) }
            if !failed.isEmpty {
                let names = failed.map(\.logicalID).joined(separator: ", ")
                sentences.append("The following resource(s) failed to \(verb): [\(names)].")
            }
        }
        return sentences.joined(separator: " ")
    }
}

extension StackResource {
    /// Whether there is a resource that belongs to the stack.
    var exists: Bool {
        physicalID != nil && status != .deleteComplete && status != .deleteSkipped
    }

    /// The resource with what a template says about its treatment.
    fileprivate func with(_ declaration: ResourceDeclaration) -> StackResource {
        var resource = self
        resource.deletionPolicy = declaration.deletionPolicy
        resource.updateReplacePolicy = declaration.updateReplacePolicy
        resource.metadata = declaration.metadata
        return resource
    }
}

extension ResourceType {
    /// Whether the stack's tags are put on resources of the type.
    var isTaggable: Bool {
        switch self {
        case .key: true
        case .alias: false
        }
    }
}
