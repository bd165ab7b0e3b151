// SPDX-License-Identifier: Apache-2.0

import JSONDocument

/// What an expression names elsewhere in the template.
struct TemplateReferences {
    /// Names used with `Ref` or as a variable of `Fn::Sub`, in order of appearance.
    private(set) var names: [String] = []
    /// Attributes of resources.
    private(set) var attributes: [Attribute] = []
    /// Conditions used by `Fn::If`.
    private(set) var conditions: [String] = []
    /// Mappings named literally by `Fn::FindInMap`.
    private(set) var mappings: [String] = []

    /// An attribute of a resource, and the function that asks for it.
    struct Attribute {
        let resource: String
        let name: String
        let function: String
    }

    /// Collects what an expression names, on every branch of `Fn::If`.
    init(_ expression: TemplateExpression) {
        collect(expression)
    }

    private mutating func collect(_ expression: TemplateExpression) {
        switch expression {
        case .literal:
            break
        case .list(let elements):
            elements.forEach { collect($0) }
        case .object(let members):
            members.forEach { collect($0.value) }
        case .reference(let name):
            names.append(name)
        case .attribute(let resource, let name):
            attributes.append(Attribute(resource: resource, name: name, function: "Fn::GetAtt"))
        case .substitution(let parts, let variables):
            variables.forEach { collect($0.value) }
            parts.forEach { collect($0, own: variables) }
        case .join(_, let operand), .split(_, let operand), .base64(let operand):
            collect(operand)
        case .select(let index, let list):
            collect(index)
            collect(list)
        case .choice(let condition, let left, let right):
            conditions.append(condition)
            collect(left)
            collect(right)
        case .mapping(let map, let key, let member):
            if case .literal(let name) = map, let name = name.string {
                mappings.append(name)
            }
            [map, key, member].forEach { collect($0) }
        }
    }

    private mutating func collect(_ part: SubstitutionPart, own variables: [TemplateExpression.Member]) {
        switch part {
        case .text:
            break
        case .variable(let name):
            if !variables.contains(where: { $0.name == name }) {
                names.append(name)
            }
        case .attribute(let resource, let name):
            if !variables.contains(where: { $0.name == "\(resource).\(name)" }) {
                attributes.append(Attribute(resource: resource, name: name, function: "Fn::Sub"))
            }
        }
    }
}
