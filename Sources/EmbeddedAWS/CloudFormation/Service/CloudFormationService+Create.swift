// SPDX-License-Identifier: Apache-2.0

import AWSWire
package import CoreValues

extension CloudFormationService {
    /// Accepts a new stack; source: CloudFormation API reference, CreateStack.
    ///
    /// A request with the token of an earlier one answers that one's stack.
    /// - Returns: the stack's ARN.
    package func createStack(_ request: StackRequest, by caller: CallerIdentity) async throws -> String {
        try StackRequest.checkName(request.stackName)
        try request.check()
        let token = request.token(of: StackToken.createStack)
        let newID = newStackID(request.stackName)
        let now = account.time.now()
        let (definition, plan) = try definition(
            request,
            previous: nil,
            stackID: newID,
            stackName: request.stackName
        )
        let id = try await account.write { state throws(AWSError) -> (changes: [EmbeddedMutation], result: String) in
            if let token, let earlier = state.cloudFormation.stack(creationToken: token.token) {
                _ = try Self.isRepetition(token, of: earlier)
                return ([], earlier.id)
            }
            guard state.cloudFormation.stack(name: request.stackName) == nil else {
                throw CloudFormationError.stackExists(request.stackName)
            }
            var stack = StackRecord(newID, definition, plan, request, by: caller, at: now)
            stack.remember(token)
            var run = StackRun(
                stack,
                StackOperation(creating: request, at: now),
                in: state.cloudFormation,
                at: now,
                ids: account.ids
            )
            run.enter(.createInProgress, Self.userInitiated)
            return (run.changes, newID)
        }
        started(id)
        return id
    }

    /// The reason of an operation that somebody asked for.
    static let userInitiated = "User Initiated"
}

extension StackOperation {
    /// The creation that a request asks for.
    init(creating request: StackRequest, at now: Timestamp) {
        self.init(
            clientRequestToken: request.clientRequestToken,
            deadline: request.timeoutMinutes.map { now.advanced(bySeconds: Int64($0) * 60) },
            onFailure: request.failureReaction,
            retainExceptOnCreate: request.retainExceptOnCreate ?? false
        )
    }
}

extension StackRecord {
    /// A stack that has nothing yet.
    init(
        _ id: String,
        _ definition: StackDefinition,
        _ plan: StackPlan,
        _ request: StackRequest,
        by caller: CallerIdentity,
        at now: Timestamp
    ) {
        self.init(
            id: id,
            name: request.stackName,
            createdAt: now,
            status: .createInProgress,
            definition: definition,
            details: plan.template.description,
            caller: caller,
            disableRollback: request.failureReaction == .doNothing,
            timeoutMinutes: request.timeoutMinutes,
            retainExceptOnCreate: request.retainExceptOnCreate ?? false,
            terminationProtection: request.terminationProtection ?? false,
            stackPolicy: request.stackPolicy,
            resources: [],
            outputs: [],
            tokens: []
        )
    }
}
