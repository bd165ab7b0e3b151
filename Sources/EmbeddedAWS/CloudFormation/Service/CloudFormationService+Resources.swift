// SPDX-License-Identifier: Apache-2.0

import AWSWire

/// A resource with the stack that it belongs to.
package struct ResourceSnapshot: Sendable {
    /// The stack.
    package let stack: StackRecord
    /// The resource.
    package let resource: StackResource
}

/// An export with the stack that gives it out.
package struct StackExport: Sendable, Hashable {
    /// The export's name.
    package let name: String
    /// Its value.
    package let value: String
    /// The stack's ARN.
    package let stackID: String
}

extension CloudFormationService {
    /// A resource of a stack; source: CloudFormation API reference, DescribeStackResource.
    package func resource(_ logicalID: String, of stackName: String) throws -> ResourceSnapshot {
        guard let stack = account.read({ Self.stack(stackName, in: $0) }) else {
            throw CloudFormationError.validation("Stack '\(stackName)' does not exist")
        }
        guard let resource = stack.resource(logicalID) else {
            throw CloudFormationError.noResource(logicalID, stackName)
        }
        return ResourceSnapshot(stack: stack, resource: resource)
    }

    /// The first 100 resources of a stack, or of the stack that has one; source: CloudFormation API reference,
    /// DescribeStackResources.
    package func resources(
        of stackName: String?,
        physicalID: String? = nil,
        logicalID: String? = nil
    ) throws -> [ResourceSnapshot] {
        let stack: StackRecord
        switch (stackName, physicalID) {
        case (let stackName?, nil):
            guard let found = account.read({ Self.stack(stackName, in: $0) }) else {
                throw CloudFormationError.noStackWithID(stackName)
            }
            stack = found
        case (nil, let physicalID?):
            guard let found = account.read({ Self.stack(having: physicalID, in: $0) }) else {
                throw CloudFormationError.validation("Stack for \(physicalID) does not exist")
            }
            stack = found
        default:
            throw CloudFormationError.validation(
                "Exactly one of StackName and PhysicalResourceId must be specified."
            )
        }
        return stack.resources
            .filter { logicalID == nil || $0.logicalID == logicalID }
            .prefix(Self.pageSize)
            .map { ResourceSnapshot(stack: stack, resource: $0) }
    }

    /// A stack's resources; source: CloudFormation API reference, ListStackResources.
    package func listResources(of stackName: String, nextToken: String? = nil) throws -> StackPage<StackResource> {
        guard let stack = account.read({ Self.stack(stackName, in: $0) }) else {
            throw CloudFormationError.noStackWithID(stackName)
        }
        return try StackPage(of: stack.resources, from: nextToken, list: "resources")
    }

    /// All exports, by name; source: CloudFormation API reference, ListExports.
    package func listExports(nextToken: String? = nil) throws -> StackPage<StackExport> {
        let all = account.read { state in
            state.cloudFormation.exports.compactMap { export -> StackExport? in
                let output = state.cloudFormation.stack(id: export.stackID)?.outputs
                    .first { $0.exportName == export.name }
                return output.map { StackExport(name: export.name, value: $0.value, stackID: export.stackID) }
            }
        }
        return try StackPage(of: all, from: nextToken, list: "exports")
    }

    private static func stack(having physicalID: String, in state: EmbeddedState) -> StackRecord? {
        for id in state.cloudFormation.stackIDs.reversed() {
            if let stack = state.cloudFormation.stack(id: id), stack.status != .deleteComplete,
                stack.resources.contains(where: { $0.physicalID == physicalID && !$0.isGone })
            {
                return stack
            }
        }
        return nil
    }

    // MARK: Stack policy

    /// Who may update what; source: CloudFormation API reference, GetStackPolicy.
    package func stackPolicy(of stackName: String) throws -> String? {
        try account.read { state throws(AWSError) in try Self.requiredStack(stackName, in: state).stackPolicy }
    }

    /// Keeps a stack policy; source: CloudFormation API reference, SetStackPolicy.
    ///
    /// Deviation: it is shown again but does not keep updates off resources.
    package func setStackPolicy(_ body: String?, url: String? = nil, of stackName: String) async throws {
        if url != nil {
            throw CloudFormationError.urlRefused("StackPolicyURL", instead: "the policy inline as StackPolicyBody")
        }
        guard let body else {
            throw CloudFormationError.validation("Either StackPolicyBody or StackPolicyURL must be specified.")
        }
        try StackRequest.checkPolicy(body)
        try await account.write { state throws -> (changes: [EmbeddedMutation], result: Void) in
            var stack = try Self.requiredStack(stackName, in: state)
            guard stack.status != .deleteComplete else { throw CloudFormationError.notUpdatable(stack) }
            stack.stackPolicy = body
            return ([.cloudFormation(.putStack(stack))], ())
        }
    }
}
