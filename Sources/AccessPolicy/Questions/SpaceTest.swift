// SPDX-License-Identifier: Apache-2.0

import JSONDocument

/// A condition test of one of the policies asked about, or one that a question adds.
struct SpaceTest: Sendable {
    /// The kind of values that an operator compares; one key is compared in one of them.
    enum Family: String, Sendable {
        case text, number, date, address, bytes
    }

    /// The condition key in lower case.
    let key: String
    /// The key as the policy writes it.
    let writtenKey: String
    let conditionOperator: ConditionOperator
    let texts: [String]
    let compiled: CompiledTest

    init(_ test: ConditionElement.Test, _ conditionOperator: ConditionOperator, _ compiled: CompiledTest? = nil) {
        key = test.key.lowercased()
        writtenKey = test.key
        self.conditionOperator = conditionOperator
        texts = test.texts
        self.compiled = compiled ?? CompiledTest(test, conditionOperator, variables: false)
    }

    /// A test that a question adds.
    init(_ base: ConditionOperator.Base, set: ConditionOperator.SetQualifier? = nil, _ key: String, _ values: [String])
    {
        self.init(
            ConditionElement.Test(key: key, values: values.map { .string($0) }, isScalar: false),
            ConditionOperator(base, set: set)
        )
    }

    /// What makes two tests the same.
    var identity: Identity {
        Identity(key: key, conditionOperator: conditionOperator, texts: Set(texts))
    }

    struct Identity: Hashable {
        let key: String
        let conditionOperator: ConditionOperator
        let texts: Set<String>
    }

    /// What the operator compares; `nil` for `Null`, which compares nothing.
    var family: Family? {
        switch conditionOperator.base {
        case .null: nil
        case .binaryEquals: .bytes
        case .ipAddress, .notIPAddress: .address
        default:
            switch conditionOperator.base.rawValue.prefix(4) {
            case "Nume": .number
            case "Date": .date
            default: .text
            }
        }
    }

    /// The patterns that the operator compares a text with.
    var atoms: [TextAtom] {
        switch conditionOperator.base {
        case .stringEquals, .stringNotEquals: texts.map { TextAtom(literal: $0) }
        case .stringEqualsIgnoreCase, .stringNotEqualsIgnoreCase, .bool:
            texts.map { TextAtom(literal: $0, folds: true) }
        case .stringLike, .stringNotLike: texts.map { TextAtom(wildcards: $0) }
        case .arnEquals, .arnLike, .arnNotEquals, .arnNotLike: texts.compactMap { TextAtom(arn: $0) }
        default: []
        }
    }

    /// Whether it holds for a request whose only key is this one's.
    func holds(_ value: RequestContext.Value?, _ assumptions: Assumptions) -> Bool {
        var context = RequestContext()
        context[key] = value
        return compiled.holds(context, assumptions)
    }
}
