// SPDX-License-Identifier: Apache-2.0

/// How one statement of a policy met a request.
package struct StatementExplanation: Sendable, Hashable {
    /// One condition test with what it saw.
    package struct TestOutcome: Sendable, Hashable {
        /// The operator as written.
        package let operatorName: String
        /// The condition key as written.
        package let key: String
        /// The policy's values.
        package let wanted: [String]
        /// The request's values, `nil` when it doesn't have the key.
        package let seen: [String]?
        /// Whether the test held.
        package let held: Bool
    }

    /// Which statement.
    package let reference: Decision.StatementReference
    /// Its id.
    package let sid: String?
    /// Whether it allows or denies.
    package let effect: PolicyStatement.Effect
    /// Whether it is about the request's action.
    package let coversAction: Bool
    /// Whether it is about the request's resource.
    package let coversResource: Bool
    /// Whether it names the caller; always so in policies that are attached to the caller.
    package let namesCaller: Bool
    /// Its tests in order.
    package let tests: [TestOutcome]

    /// Whether the statement applies to the request.
    package var applies: Bool {
        coversAction && coversResource && namesCaller && tests.allSatisfy(\.held)
    }

    /// One line: what the statement does, or the first thing that keeps it from applying.
    package var text: String {
        let name = "\(reference.source.rawValue), statement \(reference.statement + 1)" + (sid.map { " (\($0))" } ?? "")
        if !coversAction { return "\(name): is not about this action" }
        if !namesCaller { return "\(name): does not name the caller" }
        if !coversResource { return "\(name): is not about this resource" }
        if let failed = tests.first(where: { !$0.held }) {
            return "\(name): condition \(failed.text) failed"
        }
        let conditions = tests.map(\.text).joined(separator: " and ")
        let verb = effect == .allow ? "allows" : "denies"
        return "\(name): \(verb)" + (conditions.isEmpty ? "" : " because \(conditions) held")
    }
}

extension StatementExplanation.TestOutcome {
    /// The test and what it saw, in one phrase.
    package var text: String {
        let found = seen.map { "saw " + $0.map { "`\($0)`" }.joined(separator: ", ") } ?? "key absent"
        return "`\(operatorName)` `\(key)` \(wanted.map { "`\($0)`" }.joined(separator: " | ")) (\(found))"
    }
}

extension Authorizer {
    /// How every statement of every policy that takes part met a request, in the order of the policies.
    package func explain(_ request: AuthorizationRequest) -> [StatementExplanation] {
        var policies: [(Decision.Source, Int, CompiledPolicy)] = []
        if let policy = self.policies.resourcePolicy {
            policies.append((.resourcePolicy, 0, policy))
        }
        func add(_ source: Decision.Source, _ list: [CompiledPolicy]?) {
            policies += (list ?? []).enumerated().map { (source, $0, $1) }
        }
        add(.identityPolicy, self.policies.identityPolicies)
        add(.permissionBoundary, self.policies.permissionBoundaries)
        add(.sessionPolicy, self.policies.sessionPolicies)
        for level in self.policies.serviceControlPolicies ?? [] { add(.serviceControlPolicy, level) }
        for level in self.policies.resourceControlPolicies ?? [] { add(.resourceControlPolicy, level) }
        add(.endpointPolicy, self.policies.endpointPolicies)
        return policies.flatMap { source, number, policy in
            policy.statements.indices.map { index in
                explanation(
                    Decision.StatementReference(source: source, policy: number, statement: index),
                    policy,
                    request
                )
            }
        }
    }

    private func explanation(
        _ reference: Decision.StatementReference,
        _ policy: CompiledPolicy,
        _ request: AuthorizationRequest
    ) -> StatementExplanation {
        let compiled = policy.statements[reference.statement]
        let source = policy.document.statements[reference.statement]
        let names = reference.source == .resourcePolicy
        return StatementExplanation(
            reference: reference,
            sid: source.sid,
            effect: source.effect,
            coversAction: compiled.covers(request.action),
            coversResource: compiled.covers(resourceOf: request),
            namesCaller: !names || !compiled.forms(request.principal, assumptions).isEmpty,
            tests: zip(compiled.tests, source.tests)
                .map { test, written in
                    StatementExplanation.TestOutcome(
                        operatorName: written.operatorName,
                        key: written.test.key,
                        wanted: written.test.texts,
                        seen: request.context[written.test.key]?.values,
                        held: test.holds(request.context, assumptions)
                    )
                }
        )
    }
}

extension PolicyStatement {
    /// The condition's tests in order, each with its operator as written.
    var tests: [(operatorName: String, conditionOperator: ConditionOperator, test: ConditionElement.Test)] {
        (condition?.blocks ?? [])
            .flatMap { block in
                block.tests.map { (block.operatorName, block.conditionOperator, $0) }
            }
    }
}
