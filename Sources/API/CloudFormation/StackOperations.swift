// SPDX-License-Identifier: Apache-2.0

import AWSWire
import EmbeddedAWS
import JSONDocument
import Logging

/// Making, changing and deleting stacks.
extension CloudFormationOperations {
    var stacks: [AnyOperation] {
        [
            operation("CreateStack") { service, reader, context in
                let id = try await service.createStack(try StackRequest(reader), by: context.caller)
                context.logger.info("stack accepted", metadata: ["stack": "\(id)"])
                return ["StackId": .string(id)]
            },
            operation("UpdateStack") { service, reader, context in
                let id = try await service.updateStack(try StackRequest(reader), by: context.caller)
                context.logger.info("stack update accepted", metadata: ["stack": "\(id)"])
                return ["StackId": .string(id)]
            },
            operation("DeleteStack") { service, reader, context in
                let name = try reader.requiredFilledString("StackName")
                try await service.deleteStack(
                    name,
                    retaining: try reader.strings("RetainResources") ?? [],
                    roleARN: try reader.filledString("RoleARN"),
                    token: try reader.filledString("ClientRequestToken"),
                    by: context.caller
                )
                context.logger.info("stack deletion accepted", metadata: ["stack": "\(name)"])
                return nil
            },
            operation("UpdateTerminationProtection") { service, reader, _ in
                let isProtected = try reader.required(
                    "EnableTerminationProtection",
                    try reader.bool("EnableTerminationProtection")
                )
                let name = try reader.requiredFilledString("StackName")
                return ["StackId": .string(try await service.setTerminationProtection(isProtected, of: name))]
            },
            operation("GetStackPolicy") { service, reader, _ in
                var object = JSONObject()
                let policy = try service.stackPolicy(of: try reader.requiredFilledString("StackName"))
                object["StackPolicyBody"] = CloudFormationWire.text(policy)
                return .object(object)
            },
            operation("SetStackPolicy") { service, reader, _ in
                try await service.setStackPolicy(
                    try reader.filledString("StackPolicyBody"),
                    url: try reader.filledString("StackPolicyURL"),
                    of: try reader.requiredFilledString("StackName")
                )
                return nil
            },
        ]
    }
}
