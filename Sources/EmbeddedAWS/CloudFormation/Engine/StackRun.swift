// SPDX-License-Identifier: Apache-2.0

import CoreValues
import JSONDocument

/// A stack in the hands of the engine, with the events that are new.
struct StackRun {
    /// The stack as it will be written; its operation is kept apart in ``operation``.
    private(set) var stack: StackRecord
    /// What the stack is in the middle of.
    var operation: StackOperation
    /// The present moment.
    let now: Timestamp
    private let ids: any IDGenerator
    private var events: [StackEvent] = []
    private var nextSequence: Int
    private var latest: Timestamp?
    private var isFinished = false
    private var knownPlan: StackPlan?

    /// Takes up a stack that has been stored.
    /// - Returns: `nil` when there is nothing to do for it.
    init?(_ stack: StackRecord, in state: CloudFormationState, at now: Timestamp, ids: any IDGenerator) {
        guard let operation = stack.operation else { return nil }
        self.init(stack, operation, in: state, at: now, ids: ids)
    }

    /// Starts an operation on a stack, which may be new.
    init(
        _ stack: StackRecord,
        _ operation: StackOperation,
        in state: CloudFormationState,
        at now: Timestamp,
        ids: any IDGenerator
    ) {
        self.stack = stack
        self.operation = operation
        self.now = now
        self.ids = ids
        let last = state.latestEvent(ofStack: stack.id)
        nextSequence = last.map { $0.sequence + 1 } ?? 0
        latest = last?.timestamp
    }

    /// The stack and its new events, to be written together.
    var changes: [EmbeddedMutation] {
        var record = stack
        record.operation = isFinished ? nil : operation
        return [.cloudFormation(.putStack(record))] + events.map { .cloudFormation(.appendEvent($0)) }
    }

    /// Whether the stack rests.
    var isAtRest: Bool {
        isFinished
    }

    /// Takes over a plan that was made of that definition beforehand.
    mutating func adopt(_ plan: StackPlan, of definition: StackDefinition) {
        if stack.definition == definition {
            knownPlan = plan
        }
    }

    /// The stack's template with its parameters worked out.
    mutating func plan() throws(TemplateError) -> StackPlan {
        if let knownPlan {
            return knownPlan
        }
        let plan = try StackPlan(of: stack.definition, stackID: stack.id, stackName: stack.name)
        knownPlan = plan
        return plan
    }

    /// A fresh token of a resource handler's request.
    func requestToken() -> String {
        ids.uuid()
    }
}

// MARK: - The stack

extension StackRun {
    /// Gives the stack a status, with an event that says so.
    mutating func enter(_ status: StackStatus, _ reason: String? = nil) {
        stack.status = status
        stack.statusReason = reason
        let timestamp = tick()
        switch status {
        case .deleteInProgress:
            stack.deletedAt = timestamp
        case .updateInProgress:
            stack.updatedAt = timestamp
        default:
            break
        }
        append(
            id: ids.uuid(),
            logicalID: stack.name,
            physicalID: stack.id,
            type: StackEvent.stackType,
            timestamp: timestamp,
            status: status.rawValue,
            reason: reason,
            properties: nil
        )
    }

    /// Gives the stack a status in which it stays until somebody asks for something else.
    mutating func rest(_ status: StackStatus, _ reason: String? = nil) {
        enter(status, reason)
        stack.abandoned += operation.leftovers
        isFinished = true
    }

    /// Takes note of what the stack tells the world.
    mutating func setOutputs(_ outputs: [StackOutput]) {
        stack.outputs = outputs
    }

    /// Goes back to an earlier definition.
    mutating func restore(_ definition: StackDefinition) {
        stack.definition = definition
        knownPlan = nil
        stack.details = (try? plan())?.template.description
    }

    /// Puts the resources in the order in which they are to be created, those of no template last.
    mutating func sortResources(by order: [String]) {
        let places = Dictionary(order.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
        let sorted = stack.resources.enumerated()
            .sorted { left, right in
                (places[left.element.logicalID] ?? order.count, left.offset)
                    < (places[right.element.logicalID] ?? order.count, right.offset)
            }
        stack.resources = sorted.map(\.element)
    }
}

// MARK: - Resources

extension StackRun {
    /// Gives a resource a status, with an event that says so.
    mutating func enter(_ resource: inout StackResource, _ status: ResourceStatus, _ reason: String? = nil) {
        let timestamp = tick()
        resource.status = status
        resource.reason = reason
        resource.updatedAt = timestamp
        append(
            id: "\(resource.logicalID)-\(status.rawValue)-\(timestamp.extendedForm)",
            logicalID: resource.logicalID,
            physicalID: resource.physicalID ?? "",
            type: resource.type.rawValue,
            timestamp: timestamp,
            status: status.rawValue,
            reason: reason,
            properties: JSONValue.object(resource.properties).text()
        )
    }

    /// Writes a resource of the stack, over an older record of it.
    mutating func put(_ resource: StackResource) {
        if let place = stack.resources.firstIndex(where: { $0.logicalID == resource.logicalID }) {
            stack.resources[place] = resource
        } else {
            stack.resources.append(resource)
        }
    }

    /// Takes a resource out of the stack's list.
    mutating func remove(_ logicalID: String) {
        stack.resources.removeAll { $0.logicalID == logicalID }
    }
}

// MARK: - Events

extension StackRun {
    /// The next event's moment, later than that of the event before.
    private mutating func tick() -> Timestamp {
        var moment = now
        if let latest, moment <= latest {
            moment = Timestamp(milliseconds: latest.milliseconds + 1)
        }
        latest = moment
        return moment
    }

    private mutating func append(
        id: String,
        logicalID: String,
        physicalID: String,
        type: String,
        timestamp: Timestamp,
        status: String,
        reason: String?,
        properties: String?
    ) {
        events.append(
            StackEvent(
                stackID: stack.id,
                stackName: stack.name,
                sequence: nextSequence,
                id: id,
                logicalID: logicalID,
                physicalID: physicalID,
                resourceType: type,
                timestamp: timestamp,
                status: status,
                reason: reason,
                properties: properties,
                clientRequestToken: operation.clientRequestToken
            )
        )
        nextSequence += 1
    }
}

extension StackPlan {
    /// The plan of a stack's definition.
    init(of definition: StackDefinition, stackID: String, stackName: String) throws(TemplateError) {
        let arn = ARN(parsing: stackID)
        let pseudo = PseudoParameters(
            accountID: arn?.account ?? "",
            region: arn?.region ?? "",
            stackID: stackID,
            stackName: stackName,
            notificationARNs: definition.notificationARNs
        )
        try self.init(
            template: Template(parsing: definition.templateBody),
            parameters: definition.parameters,
            pseudo: pseudo
        )
    }
}
