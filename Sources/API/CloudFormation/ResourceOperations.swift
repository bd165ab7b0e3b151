// SPDX-License-Identifier: Apache-2.0

import EmbeddedAWS
import JSONDocument

/// Looking at the resources of stacks.
extension CloudFormationOperations {
    var resources: [AnyOperation] {
        [
            operation("DescribeStackResource") { service, reader, _ in
                let snapshot = try service.resource(
                    try reader.requiredFilledString("LogicalResourceId"),
                    of: try reader.requiredFilledString("StackName")
                )
                return ["StackResourceDetail": CloudFormationWire.detail(snapshot)]
            },
            operation("DescribeStackResources") { service, reader, _ in
                let found = try service.resources(
                    of: try reader.filledString("StackName"),
                    physicalID: try reader.filledString("PhysicalResourceId"),
                    logicalID: try reader.filledString("LogicalResourceId")
                )
                return ["StackResources": .array(found.map(CloudFormationWire.resource))]
            },
            operation("ListStackResources") { service, reader, _ in
                let page = try service.listResources(
                    of: try reader.requiredFilledString("StackName"),
                    nextToken: try reader.nextToken()
                )
                return CloudFormationWire.page("StackResourceSummaries", page) { CloudFormationWire.summary($0) }
            },
        ]
    }
}
