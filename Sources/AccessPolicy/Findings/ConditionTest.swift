// SPDX-License-Identifier: Apache-2.0

import JSONDocument

/// One condition key with its operator and values, as the rules look at it.
struct ConditionTest: Sendable {
    let conditionOperator: ConditionOperator
    let test: ConditionElement.Test
    /// The key in lower case.
    let key: String
    /// What is known of the key; `nil` when no request to KMS carries it.
    let known: ConditionKey?
    let pointer: JSONPointer

    init(_ test: ConditionElement.Test, in block: ConditionElement.Block, at statement: JSONPointer) {
        conditionOperator = block.conditionOperator
        self.test = test
        key = test.key.lowercased()
        known = ConditionKey(named: key)
        pointer = statement.appending("Condition").appending(block.operatorName).appending(test.key)
    }

    var base: ConditionOperator.Base {
        conditionOperator.base
    }

    /// The values as texts.
    var texts: [String] {
        test.texts
    }

    /// Whether it asks for a value that matches, as against one that doesn't or for presence.
    var isPositive: Bool {
        base != .null && !base.isNegated
    }

    /// Whether it only asks whether the key is there.
    var isNull: Bool {
        base == .null
    }

    /// Whether it holds for a request without the key; see ``CompiledTest/holds(_:_:)``.
    var holdsWhenMissing: Bool {
        switch conditionOperator.set {
        case .forAllValues: true
        case .forAnyValue: conditionOperator.ifExists
        case nil:
            isNull ? texts.contains { $0.lowercased() == "true" } : conditionOperator.ifExists || base.isNegated
        }
    }

    /// Whether a request without the key fails, and one with it must have a matching value.
    var demandsValue: Bool {
        isPositive && !holdsWhenMissing
    }

    /// The actions of a set whose requests never carry the key.
    func inapplicable(_ actions: KMSActionSet) -> KMSActionSet {
        known.map { actions.subtracting($0.actions).subtracting(Self.internalActions) } ?? KMSActionSet()
    }

    /// An action that only KMS itself takes, and that no condition key belongs to.
    private static let internalActions = KMSActionSet([.synchronizeMultiRegionKey])

    /// Whether the values are compared with wildcards.
    var takesWildcards: Bool {
        switch base {
        case .stringLike, .stringNotLike, .arnEquals, .arnNotEquals, .arnLike, .arnNotLike: true
        default: false
        }
    }

    func match(_ statement: RuleSubject.Statement, _ explanation: String, fix: String? = nil) -> FindingRule.Match {
        FindingRule.Match(statement: statement.index, pointer: pointer, explanation: explanation, fix: fix)
    }
}
