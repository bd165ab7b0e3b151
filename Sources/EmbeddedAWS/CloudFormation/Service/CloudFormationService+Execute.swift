// SPDX-License-Identifier: Apache-2.0

import AWSWire
package import CoreValues
import JSONDocument

/// Which change set is to be executed, and how.
package struct ChangeSetExecution: Sendable, Hashable {
    /// The change set's name or ARN.
    package var changeSet: String
    /// The stack's name or ARN, unless the change set is named by its ARN.
    package var stackName: String?
    /// Whether a failure leaves everything as it is.
    package var disableRollback: Bool?
    /// Whether rolling back also deletes what was to be retained.
    package var retainExceptOnCreate: Bool?
    /// The idempotency token.
    package var clientRequestToken: String?

    /// Makes an order to execute.
    package init(changeSet: String, stackName: String? = nil) {
        self.changeSet = changeSet
        self.stackName = stackName
    }

    /// The token as the stack remembers it.
    fileprivate var token: StackToken? {
        guard let clientRequestToken else { return nil }
        var document = JSONObject()
        document["changeSet"] = .string(changeSet)
        document["stack"] = stackName.map { .string($0) }
        document["disableRollback"] = disableRollback.map { .bool($0) }
        document["retainExceptOnCreate"] = retainExceptOnCreate.map { .bool($0) }
        return StackToken(
            operation: "ExecuteChangeSet",
            token: clientRequestToken,
            fingerprint: StackRequest.hash(of: document)
        )
    }
}

extension CloudFormationService {
    /// Accepts that a change set becomes real; source: CloudFormation API reference, ExecuteChangeSet.
    ///
    /// The stack's other change sets are removed.
    package func executeChangeSet(_ execution: ChangeSetExecution, by caller: CallerIdentity) async throws {
        try StackRequest.checkToken(execution.clientRequestToken)
        let now = account.time.now()
        let id = try await account.write { state throws(AWSError) -> (changes: [EmbeddedMutation], result: String?) in
            var changeSet = try Self.changeSet(execution.changeSet, of: execution.stackName, in: state)
            guard var stack = state.cloudFormation.stack(id: changeSet.stackID) else {
                throw CloudFormationError.noStack(changeSet.stackName)
            }
            if try Self.isRepetition(execution.token, of: stack) {
                return ([], nil)
            }
            guard changeSet.executionStatus == .available else { throw CloudFormationError.changeSetStatus(changeSet) }
            let isReady = changeSet.kind == .create ? stack.status == .reviewInProgress : stack.status.isUpdatable
            guard isReady, !stack.isInProgress else { throw CloudFormationError.notUpdatable(stack) }
            changeSet.executionStatus = .executeInProgress
            let operation = Self.operation(execution, changeSet, &stack)
            stack.caller = caller
            let others = state.cloudFormation.changeSets(ofStack: stack.id).filter { $0.id != changeSet.id }
            var run = StackRun(stack, operation, in: state.cloudFormation, at: now, ids: account.ids)
            run.enter(changeSet.kind == .create ? .createInProgress : .updateInProgress, Self.userInitiated)
            let changes =
                [.cloudFormation(.putChangeSet(changeSet))]
                + others.map { EmbeddedMutation.cloudFormation(.removeChangeSet($0.id)) }
            return (run.changes + changes, stack.id)
        }
        if let id {
            started(id)
        }
    }

    /// The operation that executing starts, and the stack as it will be.
    private static func operation(
        _ execution: ChangeSetExecution,
        _ changeSet: ChangeSetRecord,
        _ stack: inout StackRecord
    ) -> StackOperation {
        let onFailure = changeSet.onFailure ?? (execution.disableRollback == true ? .doNothing : .rollBack)
        var operation = StackOperation(
            clientRequestToken: execution.clientRequestToken,
            onFailure: onFailure,
            retainExceptOnCreate: execution.retainExceptOnCreate ?? stack.retainExceptOnCreate
        )
        if changeSet.kind == .update {
            operation.previous = stack.definition
            operation.leftovers = stack.takeAbandoned()
        } else {
            stack.disableRollback = onFailure == .doNothing
            stack.retainExceptOnCreate = operation.retainExceptOnCreate
        }
        stack.remember(execution.token)
        stack.definition = changeSet.definition
        stack.details = (try? Template(parsing: changeSet.definition.templateBody))?.description
        stack.changeSetID = changeSet.id
        return operation
    }
}
