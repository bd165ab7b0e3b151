// SPDX-License-Identifier: Apache-2.0

import AWSWire
import EmbeddedAWS
import JSONDocument

/// Change sets, as `aws cloudformation deploy` uses them.
extension CloudFormationOperations {
    var changeSets: [AnyOperation] {
        [
            operation("CreateChangeSet") { service, reader, context in
                let changeSet = try await service.createChangeSet(try ChangeSetRequest(reader), by: context.caller)
                return ["Id": .string(changeSet.id), "StackId": .string(changeSet.stackID)]
            },
            operation("DescribeChangeSet") { service, reader, _ in
                let changeSet = try service.changeSet(
                    try reader.requiredFilledString("ChangeSetName"),
                    of: try reader.filledString("StackName")
                )
                return Self.description(changeSet)
            },
            operation("ExecuteChangeSet") { service, reader, context in
                var execution = ChangeSetExecution(
                    changeSet: try reader.requiredFilledString("ChangeSetName"),
                    stackName: try reader.filledString("StackName")
                )
                execution.disableRollback = try reader.bool("DisableRollback")
                execution.retainExceptOnCreate = try reader.bool("RetainExceptOnCreate")
                execution.clientRequestToken = try reader.filledString("ClientRequestToken")
                try await service.executeChangeSet(execution, by: context.caller)
                return [:]
            },
            operation("DeleteChangeSet") { service, reader, _ in
                try await service.deleteChangeSet(
                    try reader.requiredFilledString("ChangeSetName"),
                    of: try reader.filledString("StackName")
                )
                return [:]
            },
            operation("ListChangeSets") { service, reader, _ in
                let page = try service.listChangeSets(
                    of: try reader.requiredFilledString("StackName"),
                    nextToken: try reader.nextToken()
                )
                return CloudFormationWire.page("Summaries", page) { .object(Self.summary($0)) }
            },
        ]
    }

    private static func summary(_ changeSet: ChangeSetRecord) -> JSONObject {
        var object = JSONObject()
        object["ChangeSetName"] = .string(changeSet.name)
        object["ChangeSetId"] = .string(changeSet.id)
        object["StackId"] = .string(changeSet.stackID)
        object["StackName"] = .string(changeSet.stackName)
        object["Description"] = CloudFormationWire.text(changeSet.details)
        object["CreationTime"] = CloudFormationWire.time(changeSet.createdAt)
        object["ExecutionStatus"] = .string(changeSet.executionStatus.rawValue)
        object["Status"] = .string(changeSet.status.rawValue)
        object["StatusReason"] = CloudFormationWire.text(changeSet.statusReason)
        object["IncludeNestedStacks"] = false
        return object
    }

    private static func description(_ changeSet: ChangeSetRecord) -> JSONValue {
        var object = summary(changeSet)
        object["Parameters"] = CloudFormationWire.parameters(changeSet.definition)
        object["NotificationARNs"] = CloudFormationWire.texts(changeSet.definition.notificationARNs)
        object["RollbackConfiguration"] = [:]
        object["Capabilities"] = CloudFormationWire.texts(changeSet.definition.capabilities)
        object["Tags"] = CloudFormationWire.tags(changeSet.definition)
        object["Changes"] = .array(changeSet.changes.map { ["Type": "Resource", "ResourceChange": $0] })
        return .object(object)
    }
}

extension ChangeSetRequest {
    /// Reads CreateChangeSet.
    fileprivate init(_ reader: InputReader) throws(InputProblem) {
        self.init(
            name: try reader.requiredFilledString("ChangeSetName"),
            stack: try StackRequest(reader, token: "ClientToken")
        )
        kind = try reader.filledString("ChangeSetType")
        details = try reader.filledString("Description")
        onStackFailure = try reader.filledString("OnStackFailure")
        if let resources = try reader.structures("ResourcesToImport", { $0.path }), !resources.isEmpty {
            throw reader.invalid("ResourcesToImport", "is not supported by the embedded CloudFormation")
        }
    }
}
