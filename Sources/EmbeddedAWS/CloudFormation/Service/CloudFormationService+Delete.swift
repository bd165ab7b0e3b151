// SPDX-License-Identifier: Apache-2.0

import AWSWire
package import CoreValues
import JSONDocument

extension CloudFormationService {
    /// Accepts a stack's deletion; source: CloudFormation API reference, DeleteStack.
    ///
    /// Nothing happens when there is no such stack, or when it is being deleted already.
    /// `retained` are logical ids of resources that stay; only for a stack whose deletion has failed before.
    package func deleteStack(
        _ nameOrID: String,
        retaining retained: [String] = [],
        roleARN: String? = nil,
        token: String? = nil,
        by caller: CallerIdentity
    ) async throws {
        try StackRequest.checkToken(token)
        let now = account.time.now()
        let id = try await account.write { state throws(AWSError) -> (changes: [EmbeddedMutation], result: String?) in
            guard var stack = Self.stack(nameOrID, in: state), stack.status != .deleteComplete,
                stack.status != .deleteInProgress
            else { return ([], nil) }
            let token = Self.deletionToken(token, retained)
            if try Self.isRepetition(token, of: stack) {
                return ([], nil)
            }
            try Self.checkDeletion(of: stack, retaining: retained)
            stack.remember(token)
            stack.caller = caller
            stack.definition.roleARN = roleARN ?? stack.definition.roleARN
            var operation = StackOperation(clientRequestToken: token?.token, onFailure: .doNothing)
            operation.retained = retained
            operation.leftovers = stack.takeAbandoned() + stack.resources.filter { !$0.isGone }
            var run = StackRun(stack, operation, in: state.cloudFormation, at: now, ids: account.ids)
            run.enter(.deleteInProgress, Self.userInitiated)
            return (run.changes, stack.id)
        }
        if let id {
            started(id)
        }
    }

    private static func deletionToken(_ token: String?, _ retained: [String]) -> StackToken? {
        guard let token else { return nil }
        var document = JSONObject()
        document["retained"] = .array(retained.map { .string($0) })
        return StackToken(operation: "DeleteStack", token: token, fingerprint: StackRequest.hash(of: document))
    }

    private static func checkDeletion(of stack: StackRecord, retaining retained: [String]) throws(AWSError) {
        guard !stack.terminationProtection else { throw CloudFormationError.protected(stack) }
        guard !stack.isInProgress || stack.status == .createInProgress else {
            throw CloudFormationError.notDeletable(stack)
        }
        guard !retained.isEmpty else { return }
        guard stack.status == .deleteFailed else { throw CloudFormationError.retainOutOfTurn(stack) }
        for logicalID in retained where stack.resource(logicalID) == nil {
            throw CloudFormationError.noResource(logicalID, stack.name)
        }
    }

    /// Protects a stack from deletion, or no longer; source: CloudFormation API reference,
    /// UpdateTerminationProtection.
    /// - Returns: the stack's ARN.
    package func setTerminationProtection(_ isProtected: Bool, of nameOrID: String) async throws -> String {
        try await account.write { state throws(AWSError) -> (changes: [EmbeddedMutation], result: String) in
            var stack = try Self.requiredStack(nameOrID, in: state)
            guard stack.status != .deleteComplete, stack.status != .deleteInProgress else {
                throw CloudFormationError.notUpdatable(stack)
            }
            stack.terminationProtection = isProtected
            return ([.cloudFormation(.putStack(stack))], stack.id)
        }
    }
}

extension StackResource {
    /// Whether nothing is left to do for it when its stack is deleted.
    var isGone: Bool {
        status == .deleteComplete || status == .deleteSkipped
    }
}

extension StackRecord {
    /// Hands over what an earlier operation left behind.
    mutating func takeAbandoned() -> [StackResource] {
        defer { abandoned = [] }
        return abandoned
    }
}
