// SPDX-License-Identifier: Apache-2.0

import CoreValues
import EmbeddedAWS
import JSONDocument

/// Stacks, their resources and events as CloudFormation writes them.
enum CloudFormationWire {
    // MARK: Stacks

    static func stack(_ stack: StackRecord) -> JSONValue {
        var object = JSONObject()
        object["StackId"] = .string(stack.id)
        object["StackName"] = .string(stack.name)
        object["ChangeSetId"] = text(stack.changeSetID)
        object["Description"] = text(stack.details)
        object["Parameters"] = parameters(stack.definition)
        object["CreationTime"] = time(stack.createdAt)
        object["DeletionTime"] = time(stack.deletedAt)
        object["LastUpdatedTime"] = time(stack.updatedAt)
        object["RollbackConfiguration"] = [:]
        object["StackStatus"] = .string(stack.status.rawValue)
        object["StackStatusReason"] = text(stack.statusReason)
        object["DisableRollback"] = .bool(stack.disableRollback)
        object["NotificationARNs"] = texts(stack.definition.notificationARNs)
        object["TimeoutInMinutes"] = stack.timeoutMinutes.map { .number(JSONNumber($0)) }
        object["Capabilities"] = stack.definition.capabilities.isEmpty ? nil : texts(stack.definition.capabilities)
        object["Outputs"] = stack.outputs.isEmpty ? nil : .array(stack.outputs.map(output))
        object["RoleARN"] = text(stack.definition.roleARN)
        object["Tags"] = tags(stack.definition)
        object["EnableTerminationProtection"] = .bool(stack.terminationProtection)
        object["RetainExceptOnCreate"] = stack.retainExceptOnCreate ? true : nil
        object["DriftInformation"] = ["StackDriftStatus": "NOT_CHECKED"]
        return .object(object)
    }

    static func summary(_ stack: StackRecord) -> JSONValue {
        var object = JSONObject()
        object["StackId"] = .string(stack.id)
        object["StackName"] = .string(stack.name)
        object["TemplateDescription"] = text(stack.details)
        object["CreationTime"] = time(stack.createdAt)
        object["LastUpdatedTime"] = time(stack.updatedAt)
        object["DeletionTime"] = time(stack.deletedAt)
        object["StackStatus"] = .string(stack.status.rawValue)
        object["StackStatusReason"] = text(stack.statusReason)
        object["DriftInformation"] = ["StackDriftStatus": "NOT_CHECKED"]
        return .object(object)
    }

    private static func output(_ output: StackOutput) -> JSONValue {
        var object = JSONObject()
        object["OutputKey"] = .string(output.key)
        object["OutputValue"] = .string(output.value)
        object["Description"] = text(output.details)
        object["ExportName"] = text(output.exportName)
        return .object(object)
    }

    static func parameters(_ definition: StackDefinition) -> JSONValue? {
        guard !definition.shownParameters.isEmpty else { return nil }
        return .array(
            definition.shownParameters.map {
                ["ParameterKey": .string($0.key), "ParameterValue": .string($0.value)]
            }
        )
    }

    static func tags(_ definition: StackDefinition) -> JSONValue {
        .array(definition.tags.map { ["Key": .string($0.key), "Value": .string($0.value)] })
    }

    // MARK: Events and resources

    static func event(_ event: StackEvent) -> JSONValue {
        var object = JSONObject()
        object["StackId"] = .string(event.stackID)
        object["EventId"] = .string(event.id)
        object["StackName"] = .string(event.stackName)
        object["LogicalResourceId"] = .string(event.logicalID)
        object["PhysicalResourceId"] = .string(event.physicalID)
        object["ResourceType"] = .string(event.resourceType)
        object["Timestamp"] = time(event.timestamp)
        object["ResourceStatus"] = .string(event.status)
        object["ResourceStatusReason"] = text(event.reason)
        object["ResourceProperties"] = text(event.properties)
        object["ClientRequestToken"] = text(event.clientRequestToken)
        return .object(object)
    }

    /// A resource as DescribeStackResources shows it.
    static func resource(_ snapshot: ResourceSnapshot) -> JSONValue {
        owned(snapshot, time: "Timestamp")
    }

    /// A resource as DescribeStackResource shows it.
    static func detail(_ snapshot: ResourceSnapshot) -> JSONValue {
        var object = owned(snapshot, time: "LastUpdatedTimestamp").object ?? JSONObject()
        object["Metadata"] = snapshot.resource.metadata.map { .string($0.text()) }
        return .object(object)
    }

    private static func owned(_ snapshot: ResourceSnapshot, time name: String) -> JSONValue {
        var object = JSONObject()
        object["StackName"] = .string(snapshot.stack.name)
        object["StackId"] = .string(snapshot.stack.id)
        for member in summary(snapshot.resource, time: name).object?.members ?? [] {
            object[member.name] = member.value
        }
        return .object(object)
    }

    /// A resource as ListStackResources shows it.
    static func summary(_ resource: StackResource, time name: String = "LastUpdatedTimestamp") -> JSONValue {
        var object = JSONObject()
        object["LogicalResourceId"] = .string(resource.logicalID)
        object["PhysicalResourceId"] = text(resource.physicalID)
        object["ResourceType"] = .string(resource.type.rawValue)
        object[name] = time(resource.updatedAt)
        object["ResourceStatus"] = .string(resource.status.rawValue)
        object["ResourceStatusReason"] = text(resource.reason)
        object["DriftInformation"] = ["StackResourceDriftStatus": "NOT_CHECKED"]
        return .object(object)
    }

    // MARK: Lists

    /// A page of a list.
    static func page<Item>(_ name: String, _ page: StackPage<Item>, _ write: (Item) -> JSONValue) -> JSONValue {
        var object = JSONObject()
        object[name] = .array(page.items.map(write))
        object["NextToken"] = text(page.nextToken)
        return .object(object)
    }

    static func text(_ text: String?) -> JSONValue? {
        text.map { .string($0) }
    }

    static func texts(_ texts: [String]) -> JSONValue {
        .array(texts.map { .string($0) })
    }

    static func time(_ time: Timestamp?) -> JSONValue? {
        time.map { .string($0.extendedForm) }
    }
}
