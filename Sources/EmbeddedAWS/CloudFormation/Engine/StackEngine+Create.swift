// SPDX-License-Identifier: Apache-2.0

import CoreValues
import JSONDocument

extension StackEngine {
    /// Creates the next resource of a new stack, or finishes the stack.
    func createNext(_ run: inout StackRun, _ state: EmbeddedState) -> [EmbeddedMutation] {
        do {
            let plan = try run.plan()
            let done = Set(run.operation.done)
            guard let declaration = plan.resources.first(where: { !done.contains($0.logicalID) }) else {
                run.setOutputs(try outputs(plan, run, state))
                run.rest(.createComplete)
                return finishChangeSet(of: run, state, succeeded: true)
            }
            if let deadline = run.operation.deadline, run.now >= deadline {
                return failCreation(&run, state, "Stack creation time exceeded the specified timeout.")
            }
            if done.isEmpty, refuseTakenName(plan, &run, state) != nil {
                return failCreation(&run, state)
            }
            guard let changes = create(declaration, plan, &run, state) else { return failCreation(&run, state) }
            return changes
        } catch {
            return failCreation(&run, state, error.description)
        }
    }

    /// Creates a resource, with its events.
    /// - Returns: `nil` when that failed; the events then say why.
    func create(
        _ declaration: ResourceDeclaration,
        _ plan: StackPlan,
        _ run: inout StackRun,
        _ state: EmbeddedState
    ) -> [EmbeddedMutation]? {
        run.operation.done.append(declaration.logicalID)
        var resource = StackResource(declaration, at: run.now)
        do {
            resource.properties = try plan.properties(of: declaration, values(of: run.stack.resources, state))
        } catch {
            run.enter(&resource, .createFailed, error.description)
            run.put(resource)
            return nil
        }
        run.enter(&resource, .createInProgress)
        do {
            let outcome = try handler(declaration.type)
                .create(
                    order(declaration.logicalID, resource.properties, run),
                    in: state
                )
            resource.physicalID = outcome.physicalID
            run.enter(&resource, .createInProgress, "Resource creation Initiated")
            run.enter(&resource, .createComplete)
            run.put(resource)
            return outcome.changes
        } catch {
            run.enter(&resource, .createFailed, reason(error, run))
            run.put(resource)
            return nil
        }
    }

    /// Fails the resource that wants a name which is taken, before anything else is made.
    ///
    /// Answers how the resource was before; `nil` when no name is taken.
    ///
    /// A key that is retained on rollback would otherwise be left over from each attempt (reference/cloudformation.md
    /// §3).
    func refuseTakenName(
        _ plan: StackPlan,
        _ run: inout StackRun,
        _ state: EmbeddedState
    ) -> StackOperation.Undo? {
        for declaration in plan.resources where declaration.type == .alias {
            let existing = run.stack.resource(declaration.logicalID)
            guard let name = try? plan.property("AliasName", of: declaration, { _, _ in nil })?.string,
                existing?.physicalID != name, let alias = state.kms.alias(name),
                state.kms.record(alias.keyID)?.isGone(at: run.now) != true
            else { continue }
            let failure = ResourceFailure(
                code: "AlreadyExists",
                message: "Resource of type '\(declaration.type.rawValue)' with identifier '\(name)' already exists."
            )
            var resource = existing ?? StackResource(declaration, at: run.now)
            let isNew = resource.physicalID == nil
            run.operation.done.append(declaration.logicalID)
            run.enter(&resource, isNew ? .createInProgress : .updateInProgress)
            run.enter(&resource, isNew ? .createFailed : .updateFailed, reason(failure, run))
            run.put(resource)
            return StackOperation.Undo(logicalID: declaration.logicalID, previous: existing)
        }
        return nil
    }

    /// Does what is to be done when a creation fails; without a reason the failed resources are named.
    private func failCreation(
        _ run: inout StackRun,
        _ state: EmbeddedState,
        _ reason: String? = nil
    ) -> [EmbeddedMutation] {
        let failed = run.stack.resources.filter { $0.status == .createFailed }.map(\.logicalID)
        let reason = reason ?? "The following resource(s) failed to create: [\(failed.joined(separator: ", "))]."
        switch run.operation.onFailure {
        case .doNothing:
            run.rest(.createFailed, reason)
            return finishChangeSet(of: run, state, succeeded: false)
        case .rollBack:
            run.enter(.rollbackInProgress, "\(reason.sentence) Rollback requested by user.")
        case .delete:
            run.enter(.deleteInProgress, "\(reason.sentence) Delete requested by user.")
        }
        run.operation.isUndoing = true
        run.operation.done = []
        run.operation.leftovers += run.stack.resources
        return []
    }

    /// What the stack tells the world.
    /// - Throws: the message of an output that can't be worked out or exported.
    func outputs(_ plan: StackPlan, _ run: StackRun, _ state: EmbeddedState) throws(TemplateError) -> [StackOutput] {
        let known = values(of: run.stack.resources, state)
        var result: [StackOutput] = []
        var exported: Set<String> = []
        for output in plan.outputs {
            guard let value = try plan.value(of: output, known).templateText else {
                throw .format("The Value field of every Outputs member must evaluate to a String. (\(output.name))")
            }
            let exportName = try plan.exportName(of: output, known)
            if let exportName {
                let owner = state.cloudFormation.stack(exporting: exportName) ?? run.stack.id
                guard owner == run.stack.id, exported.insert(exportName).inserted else {
                    let name = state.cloudFormation.stack(id: owner)?.name ?? run.stack.name
                    throw TemplateError("Export with name \(exportName) is already exported by stack \(name).")
                }
            }
            result.append(
                StackOutput(key: output.name, value: value, details: output.description, exportName: exportName)
            )
        }
        return result
    }
}

extension String {
    /// The text with a full stop at its end.
    var sentence: String {
        hasSuffix(".") ? self : self + "."
    }
}

extension StackResource {
    /// A resource that does not exist yet.
    init(_ declaration: ResourceDeclaration, at now: Timestamp) {
        self.init(
            logicalID: declaration.logicalID,
            type: declaration.type,
            status: .createInProgress,
            updatedAt: now,
            properties: JSONObject(),
            deletionPolicy: declaration.deletionPolicy,
            updateReplacePolicy: declaration.updateReplacePolicy,
            metadata: declaration.metadata
        )
    }
}
