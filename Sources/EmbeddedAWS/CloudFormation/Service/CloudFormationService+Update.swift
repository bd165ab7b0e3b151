// SPDX-License-Identifier: Apache-2.0

import AWSWire
package import CoreValues

extension CloudFormationService {
    /// Accepts a stack's change; source: CloudFormation API reference, UpdateStack.
    /// - Returns: the stack's ARN.
    package func updateStack(_ request: StackRequest, by caller: CallerIdentity) async throws -> String {
        try request.check()
        let now = account.time.now()
        let token = request.token(of: "UpdateStack")
        let id = try await account.write { state throws(AWSError) -> (changes: [EmbeddedMutation], result: String) in
            var stack = try Self.requiredStack(request.stackName, in: state)
            if try Self.isRepetition(token, of: stack) {
                return ([], stack.id)
            }
            guard stack.status.isUpdatable, !stack.isInProgress else { throw CloudFormationError.notUpdatable(stack) }
            let (definition, plan) = try definition(
                request,
                previous: stack.definition,
                stackID: stack.id,
                stackName: stack.name
            )
            try checkDifference(of: stack, definition, plan, state)
            stack.remember(token)
            if let stackPolicy = request.stackPolicy {
                stack.stackPolicy = stackPolicy
            }
            var operation = StackOperation(
                clientRequestToken: request.clientRequestToken,
                onFailure: request.disableRollback == true ? .doNothing : .rollBack,
                retainExceptOnCreate: request.retainExceptOnCreate ?? false
            )
            operation.previous = stack.definition
            operation.leftovers = stack.takeAbandoned()
            stack.definition = definition
            stack.details = plan.template.description
            stack.caller = caller
            let obsolete = Self.obsoleteChangeSets(of: stack, state)
            var run = StackRun(stack, operation, in: state.cloudFormation, at: now, ids: account.ids)
            run.enter(.updateInProgress, Self.userInitiated)
            return (run.changes + obsolete, stack.id)
        }
        started(id)
        return id
    }

    private func checkDifference(
        of stack: StackRecord,
        _ definition: StackDefinition,
        _ plan: StackPlan,
        _ state: EmbeddedState
    ) throws(AWSError) {
        let difference = StackDifference(from: stack, to: definition, plan, engine, state)
        guard difference.changedTypes.isEmpty else {
            throw CloudFormationError.typeChanged(difference.changedTypes)
        }
        guard !difference.isEmpty else { throw CloudFormationError.noUpdates }
    }

    /// Change sets that were worked out against what the stack no longer is.
    private static func obsoleteChangeSets(of stack: StackRecord, _ state: EmbeddedState) -> [EmbeddedMutation] {
        state.cloudFormation.changeSets(ofStack: stack.id)
            .compactMap { changeSet in
                guard changeSet.executionStatus == .available else { return nil }
                var obsolete = changeSet
                obsolete.executionStatus = .obsolete
                return .cloudFormation(.putChangeSet(obsolete))
            }
    }
}
