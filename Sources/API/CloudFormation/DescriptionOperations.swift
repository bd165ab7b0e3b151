// SPDX-License-Identifier: Apache-2.0

import AWSWire
import EmbeddedAWS
import JSONDocument

/// Looking at stacks, their events and what they give out.
extension CloudFormationOperations {
    var descriptions: [AnyOperation] {
        [
            operation("DescribeStacks") { service, reader, _ in
                let page = try service.describeStacks(
                    try reader.filledString("StackName"),
                    nextToken: try reader.nextToken()
                )
                return CloudFormationWire.page("Stacks", page, CloudFormationWire.stack)
            },
            operation("ListStacks") { service, reader, _ in
                let page = try service.listStacks(
                    statuses: Set(try reader.strings("StackStatusFilter") ?? []),
                    nextToken: try reader.nextToken()
                )
                return CloudFormationWire.page("StackSummaries", page) { CloudFormationWire.summary($0) }
            },
            operation("DescribeStackEvents") { service, reader, _ in
                let page = try service.describeEvents(
                    of: try reader.requiredFilledString("StackName"),
                    nextToken: try reader.nextToken()
                )
                return CloudFormationWire.page("StackEvents", page, CloudFormationWire.event)
            },
            operation("ListExports") { service, reader, _ in
                let page = try service.listExports(nextToken: try reader.nextToken())
                return CloudFormationWire.page("Exports", page) { export in
                    [
                        "ExportingStackId": .string(export.stackID), "Name": .string(export.name),
                        "Value": .string(export.value),
                    ]
                }
            },
        ]
    }
}
