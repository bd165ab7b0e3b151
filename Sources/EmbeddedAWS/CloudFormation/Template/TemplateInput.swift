// SPDX-License-Identifier: Apache-2.0

import JSONDocument

/// A parameter's value as a request gives it.
package struct ParameterValue: Sendable, Hashable {
    /// The parameter's name.
    package let key: String
    /// The value as text; lists are joined by commas.
    package let value: String

    /// Makes a value.
    package init(key: String, value: String) {
        self.key = key
        self.value = value
    }
}

extension Template {
    /// What the template is evaluated with, from the parameters of a request.
    /// - Throws: CloudFormation's message when a parameter is missing, unknown or not acceptable.
    func context(parameters given: [ParameterValue], pseudo: PseudoParameters) throws(TemplateError) -> TemplateContext
    {
        let values = try parameterValues(given)
        let bare = TemplateContext(parameters: values, pseudo: pseudo, mappings: mappings, conditions: [:])
        var results: [String: Bool] = [:]
        let evaluator = TemplateEvaluator(context: bare, block: "Conditions", resources: { _, _ in nil })
        for (name, _) in conditions {
            _ = try isTrue(name, evaluator, &results)
        }
        return TemplateContext(parameters: values, pseudo: pseudo, mappings: mappings, conditions: results)
    }

    private func parameterValues(_ given: [ParameterValue]) throws(TemplateError) -> [String: JSONValue] {
        let declared = Set(parameters.map(\.name))
        let unknown = given.map(\.key).filter { !declared.contains($0) }
        guard unknown.isEmpty else {
            throw TemplateError("Parameters: [\(unknown.joined(separator: ", "))] do not exist in the template")
        }
        var texts: [String: String] = [:]
        for parameter in given {
            guard texts.updateValue(parameter.value, forKey: parameter.key) == nil else {
                throw TemplateError("Parameters: [\(parameter.key)] are given more than once")
            }
        }
        let missing = parameters.filter { texts[$0.name] == nil && $0.defaultValue == nil }.map(\.name)
        guard missing.isEmpty else {
            throw TemplateError("Parameters: [\(missing.joined(separator: ", "))] must have values")
        }
        var values: [String: JSONValue] = [:]
        for parameter in parameters {
            values[parameter.name] = try parameter.value(texts[parameter.name] ?? parameter.defaultValue ?? "")
        }
        return values
    }

    private func isTrue(
        _ name: String,
        _ evaluator: TemplateEvaluator,
        _ results: inout [String: Bool]
    ) throws(TemplateError) -> Bool {
        if let known = results[name] {
            return known
        }
        guard let entry = conditions.first(where: { $0.name == name }) else {
            throw .format("Unresolved condition dependency \(name) in the Conditions block of the template")
        }
        let result = try evaluate(entry.expression, evaluator, &results)
        results[name] = result
        return result
    }

    private func evaluate(
        _ expression: ConditionExpression,
        _ evaluator: TemplateEvaluator,
        _ results: inout [String: Bool]
    ) throws(TemplateError) -> Bool {
        switch expression {
        case .equals(let left, let right):
            return try evaluator.comparable(left) == evaluator.comparable(right)
        case .not(let operand):
            return try !evaluate(operand, evaluator, &results)
        case .condition(let name):
            return try isTrue(name, evaluator, &results)
        case .all(let operands):
            var result = true
            for operand in operands where try !evaluate(operand, evaluator, &results) {
                result = false
            }
            return result
        case .any(let operands):
            var result = false
            for operand in operands where try evaluate(operand, evaluator, &results) {
                result = true
            }
            return result
        }
    }
}

extension TemplateEvaluator {
    /// A value for `Fn::Equals`: scalars are compared as text.
    fileprivate func comparable(_ expression: TemplateExpression) throws(TemplateError) -> JSONValue? {
        let value = try value(expression)
        return value?.templateText.map { .string($0) } ?? value
    }
}
