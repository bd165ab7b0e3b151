// SPDX-License-Identifier: Apache-2.0

import JSONDocument

/// Moves stacks on, one resource or one change of status at a time.
///
/// A step decides; what it decides about resources is returned, what it decides about the stack stands in the run.
/// Everything that the next step needs is part of the stack's record, so that it may be taken after a crash. Source:
/// reference/cloudformation.md §3, §4.
package struct StackEngine: Sendable {
    /// Who makes the resources of each type.
    private let handlers: [ResourceType: any ResourceHandler]

    /// Makes an engine; a resource whose type has no handler can't be created.
    package init(handlers: [ResourceType: any ResourceHandler]) {
        self.handlers = handlers
    }

    /// Takes the next step.
    /// - Returns: what becomes of resources; it must be applied before the step after.
    func step(_ run: inout StackRun, in state: EmbeddedState) -> [EmbeddedMutation] {
        switch run.stack.status {
        case .createInProgress:
            return createNext(&run, state)
        case .updateInProgress:
            return updateNext(&run, state)
        case .updateRollbackInProgress:
            return undoNext(&run, state)
        case .deleteInProgress, .rollbackInProgress, .updateCompleteCleanupInProgress,
            .updateRollbackCompleteCleanupInProgress:
            return deleteNext(&run, state)
        default:
            // INVARIANT: a stack in any other status has no operation, so that no run is made of it.
            return []
        }
    }

    /// The handler of a type.
    func handler(_ type: ResourceType) throws(ResourceFailure) -> any ResourceHandler {
        guard let handler = handlers[type] else {
            throw ResourceFailure(
                code: "InternalFailure",
                message: "nothing here makes resources of type \(type.rawValue)"
            )
        }
        return handler
    }

    /// What `Ref` and `Fn::GetAtt` give of resources.
    func values(
        of resources: [StackResource],
        _ state: EmbeddedState
    ) -> @Sendable (_ logicalID: String, _ attribute: String?) -> JSONValue? {
        let handlers = handlers
        let resources = Dictionary(
            resources.map { ($0.logicalID, $0) },
            uniquingKeysWith: { first, _ in first }
        )
        return { logicalID, attribute in
            guard let resource = resources[logicalID], let physicalID = resource.physicalID else { return nil }
            guard let attribute else { return .string(physicalID) }
            return handlers[resource.type]?.attribute(attribute, of: physicalID, in: state)
        }
    }

    /// What a stack wants of a resource.
    func order(
        _ logicalID: String,
        _ properties: JSONObject,
        _ run: StackRun,
        tags: [KeyTag]? = nil
    ) -> ResourceOrder {
        ResourceOrder(
            logicalID: logicalID,
            properties: properties,
            stackTags: tags ?? run.stack.definition.tags,
            caller: run.stack.caller,
            now: run.now
        )
    }

    /// What a resource has been made with: its own properties and, among its tags, those of its stack.
    func properties(of resource: StackResource, taggedWith tags: [KeyTag]) -> JSONObject {
        guard resource.type.isTaggable, !tags.isEmpty else { return resource.properties }
        let own = resource.properties["Tags"]?.array ?? []
        let inherited = tags.filter { tag in !own.contains { $0["Key"]?.string == tag.key } }
        var properties = resource.properties
        properties["Tags"] = .array(
            own + inherited.map { ["Key": .string($0.key), "Value": .string($0.value)] }
        )
        return properties
    }

    /// A handler's failure as events tell it.
    func reason(_ failure: ResourceFailure, _ run: StackRun) -> String {
        "Resource handler returned message: \"\(failure.message)\" "
            + "(RequestToken: \(run.requestToken()), HandlerErrorCode: \(failure.code))"
    }

    /// Writes down how the execution of a change set ended.
    func finishChangeSet(of run: StackRun, _ state: EmbeddedState, succeeded: Bool) -> [EmbeddedMutation] {
        guard let id = run.stack.changeSetID, var changeSet = state.cloudFormation.changeSet(id: id),
            changeSet.executionStatus == .executeInProgress
        else { return [] }
        changeSet.executionStatus = succeeded ? .executeComplete : .executeFailed
        return [.cloudFormation(.putChangeSet(changeSet))]
    }
}
