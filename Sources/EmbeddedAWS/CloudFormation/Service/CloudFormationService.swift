// SPDX-License-Identifier: Apache-2.0

import AWSWire
import CoreValues

/// CloudFormation's operations on an account's stacks.
///
/// An operation that changes a stack only accepts the change and makes that durable; a ``StackRunner`` does the rest.
/// Every refusal is an `AWSError` in CloudFormation's words.
package struct CloudFormationService: Sendable {
    /// How many items a page of a list has.
    static let pageSize = 100

    let account: EmbeddedAccount
    let activity: StackActivity
    let engine: StackEngine

    /// Makes the service of an account's stacks.
    package init(account: EmbeddedAccount, engine: StackEngine) {
        self.account = account
        self.engine = engine
        activity = StackActivity()
    }

    /// What drives the stacks; it must run for anything to happen.
    package var runner: StackRunner {
        StackRunner(account: account, engine: engine, activity: activity)
    }
}

// MARK: - Looking up

extension CloudFormationService {
    /// A stack by its name, or by its ARN, deleted or not.
    static func stack(_ nameOrID: String, in state: EmbeddedState) -> StackRecord? {
        nameOrID.hasPrefix("arn:")
            ? state.cloudFormation.stack(id: nameOrID) : state.cloudFormation.stack(name: nameOrID)
    }

    /// A stack that must exist; the refusal is the one of most operations.
    static func requiredStack(_ nameOrID: String, in state: EmbeddedState) throws(AWSError) -> StackRecord {
        guard let stack = stack(nameOrID, in: state) else { throw CloudFormationError.noStack(nameOrID) }
        return stack
    }

    /// A fresh ARN for a stack.
    func newStackID(_ name: String) -> String {
        ARN(
            service: "cloudformation",
            region: account.region,
            account: account.accountID.description,
            resource: "stack/\(name)/\(account.ids.uuid())"
        )
        .description
    }
}

// MARK: - Accepting

extension CloudFormationService {
    /// Works out what a request makes of a stack; `previous` is what the stack is now, for what the request keeps.
    func definition(
        _ request: StackRequest,
        previous: StackDefinition?,
        stackID: String,
        stackName: String
    ) throws(AWSError) -> (definition: StackDefinition, plan: StackPlan) {
        var parameters: [ParameterValue] = []
        for parameter in request.parameters {
            if let value = parameter.value {
                parameters.append(ParameterValue(key: parameter.key, value: value))
            } else if let kept = previous?.parameters.first(where: { $0.key == parameter.key }) {
                parameters.append(kept)
            } else if previous?.shownParameters.contains(where: { $0.key == parameter.key }) != true {
                throw CloudFormationError.validation(
                    "Invalid input for parameter key \(parameter.key). Cannot specify usePreviousValue as true for a "
                        + "parameter key not in the previous template"
                )
            }
        }
        var definition = StackDefinition(
            templateBody: try templateBody(request, previous),
            parameters: parameters,
            tags: request.tags ?? previous?.tags ?? [],
            capabilities: request.capabilities,
            notificationARNs: request.notificationARNs ?? previous?.notificationARNs ?? [],
            roleARN: request.roleARN ?? previous?.roleARN
        )
        do {
            let plan = try StackPlan(of: definition, stackID: stackID, stackName: stackName)
            definition.shownParameters = plan.template.shown(parameters)
            return (definition, plan)
        } catch {
            throw CloudFormationError.template(error)
        }
    }

    private func templateBody(_ request: StackRequest, _ previous: StackDefinition?) throws(AWSError) -> String {
        if request.usePreviousTemplate, let previous {
            guard request.templateBody == nil else {
                throw CloudFormationError.validation(
                    "You cannot specify both usePreviousTemplate and Template Body/Template URL."
                )
            }
            return previous.templateBody
        }
        guard let body = request.templateBody else { throw CloudFormationError.noTemplate }
        return body
    }

    /// Whether a token has been used on the stack before for the same request.
    /// - Throws: when it has been used for another.
    static func isRepetition(_ token: StackToken?, of stack: StackRecord) throws(AWSError) -> Bool {
        guard let token,
            let known = stack.tokens.first(where: { $0.operation == token.operation && $0.token == token.token })
        else { return false }
        guard known.fingerprint == token.fingerprint else { throw CloudFormationError.tokenExists(token.token) }
        return true
    }

    /// Wakes the runner and those who watch the stack.
    func started(_ stackID: String) {
        activity.changed(stackID)
        activity.raise()
    }
}

extension Template {
    /// The parameters as they are shown, in the template's order.
    func shown(_ given: [ParameterValue]) -> [ParameterValue] {
        parameters.compactMap { declaration in
            let value = given.first { $0.key == declaration.name }?.value ?? declaration.defaultValue
            return value.map { ParameterValue(key: declaration.name, value: declaration.noEcho ? "****" : $0) }
        }
    }
}

extension StackRecord {
    /// How many tokens of past requests a stack remembers, beside the one that created it.
    private static let maxTokens = 64

    /// Remembers a token.
    mutating func remember(_ token: StackToken?) {
        guard let token else { return }
        tokens.append(token)
        if tokens.count > Self.maxTokens + 1,
            let oldest = tokens.firstIndex(where: { $0.operation != StackToken.createStack })
        {
            tokens.remove(at: oldest)
        }
    }
}
