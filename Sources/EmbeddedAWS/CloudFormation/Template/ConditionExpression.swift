// SPDX-License-Identifier: Apache-2.0

import JSONDocument

/// An entry of a template's `Conditions` block.
indirect enum ConditionExpression: Sendable, Hashable {
    /// `Fn::Equals` of two values.
    case equals(TemplateExpression, TemplateExpression)
    /// `Fn::Not`.
    case not(ConditionExpression)
    /// `Fn::And` of two to ten conditions.
    case all([ConditionExpression])
    /// `Fn::Or` of two to ten conditions.
    case any([ConditionExpression])
    /// Another condition by name.
    case condition(String)

    /// Reads a condition.
    /// - Throws: CloudFormation's message when it is none.
    init(_ value: JSONValue) throws(TemplateError) {
        guard let object = value.object, object.count == 1, let member = object.members.first else {
            throw .format("Conditions can only be boolean operations on parameters and other conditions")
        }
        let arguments = member.value.array
        switch member.name {
        case "Condition":
            guard let name = member.value.string else {
                throw .format("Every Condition member must be a string.")
            }
            self = .condition(name)
        case "Fn::Equals":
            guard let arguments, arguments.count == 2 else {
                throw .function("every Fn::Equals object requires a list of 2 string parameters.")
            }
            self = .equals(try TemplateExpression(arguments[0]), try TemplateExpression(arguments[1]))
        case "Fn::Not":
            guard let arguments, arguments.count == 1 else {
                throw .function("every Fn::Not object requires one boolean parameter.")
            }
            self = .not(try ConditionExpression(arguments[0]))
        case "Fn::And":
            self = .all(try Self.operands(member.name, arguments))
        case "Fn::Or":
            self = .any(try Self.operands(member.name, arguments))
        default:
            throw .format("Conditions can only be boolean operations on parameters and other conditions")
        }
    }

    private static func operands(
        _ name: String,
        _ arguments: [JSONValue]?
    ) throws(TemplateError) -> [ConditionExpression] {
        guard let arguments, (2...10).contains(arguments.count) else {
            throw .function("every \(name) object requires a list of at least 2 and at most 10 boolean parameters.")
        }
        var result: [ConditionExpression] = []
        for argument in arguments {
            result.append(try ConditionExpression(argument))
        }
        return result
    }

    /// The conditions that this one names.
    var names: [String] {
        switch self {
        case .condition(let name): [name]
        case .equals: []
        case .not(let operand): operand.names
        case .all(let operands), .any(let operands): operands.flatMap(\.names)
        }
    }

    /// The values that are compared.
    var values: [TemplateExpression] {
        switch self {
        case .condition: []
        case .equals(let left, let right): [left, right]
        case .not(let operand): operand.values
        case .all(let operands), .any(let operands): operands.flatMap(\.values)
        }
    }
}
