// SPDX-License-Identifier: Apache-2.0

import CoreValues
import JSONDocument

/// A key policy as the rules look at it.
struct RuleSubject: Sendable {
    struct Statement: Sendable {
        let index: Int
        let source: PolicyStatement
        let pointer: JSONPointer
        let actions: KMSActionSet

        var allows: Bool {
            source.effect == .allow
        }

        /// The name and value of each condition test, with the operator.
        var tests: [(conditionOperator: ConditionOperator, test: ConditionElement.Test, pointer: JSONPointer)] {
            (source.condition?.blocks ?? [])
                .flatMap { block in
                    block.tests.map { test in
                        let place = pointer.appending("Condition").appending(block.operatorName).appending(test.key)
                        return (block.conditionOperator, test, place)
                    }
                }
        }

        /// Whether some test is about a key, named in lower case.
        func tests(_ key: String) -> Bool {
            tests.contains { $0.test.key.lowercased() == key }
        }

        func match(_ member: String?, _ explanation: String, fix: String) -> FindingRule.Match {
            FindingRule.Match(
                statement: index,
                pointer: member.map { pointer.appending($0) } ?? pointer,
                explanation: explanation,
                fix: fix
            )
        }
    }

    let policy: PolicyDocument
    let facts: KeyFacts
    let statements: [Statement]

    init(_ policy: PolicyDocument, _ facts: KeyFacts) {
        self.policy = policy
        self.facts = facts
        let list = JSONPointer([.name("Statement")])
        statements = policy.statements.enumerated()
            .map { index, statement in
                Statement(
                    index: index,
                    source: statement,
                    pointer: policy.hasBareStatement ? list : list.appending(index),
                    actions: CompiledStatement(statement, variables: policy.supportsVariables).kmsActions
                )
            }
    }

    /// The statements that allow something.
    var allows: [Statement] {
        statements.filter(\.allows)
    }

    /// The statements that deny something.
    var denies: [Statement] {
        statements.filter { !$0.allows }
    }

    /// The principals of a statement other than the key's own account and services, as readers see them.
    func outsiders(_ statement: Statement) -> [String] {
        guard let principal = statement.source.principal else { return [] }
        let own = ["arn:\(facts.partition):iam::\(facts.account):root", facts.account.description]
        return principal.isBareWildcard ? ["*"] : principal.values(of: .aws).filter { !own.contains($0) }
    }
}
