// SPDX-License-Identifier: Apache-2.0

package import JSONDocument

/// The `Condition` of a statement: tests that must all hold.
package struct ConditionElement: Sendable, Hashable {
    /// The tests under one operator.
    package struct Block: Sendable, Hashable {
        /// The operator as written, such as `ForAnyValue:StringLike`.
        package var operatorName: String
        /// What the operator means.
        package var conditionOperator: ConditionOperator
        /// The keys and their values, in order.
        package var tests: [Test]
    }

    /// One condition key with the values it is compared with.
    package struct Test: Sendable, Hashable {
        /// The key as written; keys are compared without regard to case.
        package var key: String
        /// The values; Booleans and numbers may be written without quotes.
        package var values: [JSONValue]
        /// Whether the only value stands without a list around it.
        package var isScalar: Bool

        /// The values as the strings they are compared as.
        package var texts: [String] {
            values.map(\.conditionText)
        }
    }

    /// The blocks in order.
    package var blocks: [Block]

    /// Makes a condition from operators, keys and string values; one value is written as a scalar.
    package init(_ blocks: [(ConditionOperator, [(key: String, values: [String])])]) {
        self.blocks = blocks.map { conditionOperator, tests in
            Block(
                operatorName: conditionOperator.name,
                conditionOperator: conditionOperator,
                tests: tests.map { test in
                    Test(key: test.key, values: test.values.map { .string($0) }, isScalar: test.values.count == 1)
                }
            )
        }
    }

    init(blocks: [Block]) {
        self.blocks = blocks
    }

    var json: JSONValue {
        var object = JSONObject()
        for block in blocks {
            var tests = JSONObject()
            for test in block.tests {
                tests[test.key] = test.isScalar && test.values.count == 1 ? test.values[0] : .array(test.values)
            }
            object[block.operatorName] = .object(tests)
        }
        return .object(object)
    }
}

extension JSONValue {
    /// A condition value as text: `true` and `7` compare like `"true"` and `"7"`.
    var conditionText: String {
        switch self {
        case .string(let text): text
        case .bool(let flag): flag ? "true" : "false"
        case .number(let number): number.literal
        default: ""
        }
    }
}
