// SPDX-License-Identifier: Apache-2.0

import CoreValues
import JSONDocument

/// Works out a template's values.
struct TemplateEvaluator: Sendable {
    /// How many bytes one text may grow to.
    static let maxTextBytes = 524_288

    /// What the template is evaluated with.
    let context: TemplateContext
    /// Where the expression stands: `Resources`, `Outputs` or `Conditions`; for messages.
    let block: String
    /// The value that `Ref` (no attribute) or `Fn::GetAtt` of a resource has; `nil` when the resource does not exist.
    let resources: @Sendable (_ logicalID: String, _ attribute: String?) -> JSONValue?

    /// The value of an expression; `nil` is `AWS::NoValue`.
    func value(_ expression: TemplateExpression) throws(TemplateError) -> JSONValue? {
        switch expression {
        case .literal(let value):
            return value
        case .list(let elements):
            return .array(try list(elements))
        case .object(let members):
            return try object(members)
        case .reference(let name):
            return try reference(name)
        case .attribute(let resource, let name):
            return try attribute(resource, name)
        case .substitution(let parts, let variables):
            return .string(try substitution(parts, variables))
        case .join(let delimiter, let operand):
            return .string(try join(delimiter, operand))
        case .split(let delimiter, let operand):
            return .array(try split(delimiter, operand))
        case .select(let index, let list):
            return try select(index, list)
        case .choice(let condition, let left, let right):
            guard let isTrue = context.conditions[condition] else {
                throw .function("unresolved condition dependency \(condition) in Fn::If")
            }
            return try value(isTrue ? left : right)
        case .mapping(let map, let key, let member):
            return try mapping(map, key, member)
        case .base64(let operand):
            guard let text = try text(operand) else {
                throw .function("every Fn::Base64 object must have a String-typed value.")
            }
            return .string(Base64.encode(Array(text.utf8)))
        }
    }

    /// The value of an expression as text; `nil` when it is a list, an object or `AWS::NoValue`.
    func text(_ expression: TemplateExpression) throws(TemplateError) -> String? {
        try value(expression)?.templateText
    }

    private func list(_ elements: [TemplateExpression]) throws(TemplateError) -> [JSONValue] {
        var result: [JSONValue] = []
        for element in elements {
            if let value = try value(element) {
                result.append(value)
            }
        }
        return result
    }

    private func object(_ members: [TemplateExpression.Member]) throws(TemplateError) -> JSONValue {
        var result = JSONObject()
        for member in members {
            result[member.name] = try value(member.value)
        }
        return .object(result)
    }

    // MARK: References

    private func reference(_ name: String) throws(TemplateError) -> JSONValue? {
        if name == PseudoParameters.noValue {
            return nil
        }
        if let value = context.parameters[name] ?? context.pseudo.value(name) ?? resources(name, nil) {
            return value
        }
        throw unresolved(name)
    }

    private func attribute(_ resource: String, _ name: String) throws(TemplateError) -> JSONValue {
        guard let value = resources(resource, name) else { throw unresolved(resource) }
        return value
    }

    private func unresolved(_ name: String) -> TemplateError {
        .format("Unresolved resource dependencies [\(name)] in the \(block) block of the template")
    }

    // MARK: Text

    private func substitution(
        _ parts: [SubstitutionPart],
        _ variables: [TemplateExpression.Member]
    ) throws(TemplateError) -> String {
        var text = ""
        for part in parts {
            switch part {
            case .text(let literal):
                text += literal
            case .variable(let name):
                text += try variable(name, variables) { () throws(TemplateError) in try reference(name) }
            case .attribute(let resource, let attributeName):
                text += try variable("\(resource).\(attributeName)", variables) { () throws(TemplateError) in
                    try attribute(resource, attributeName)
                }
            }
            try limit(text)
        }
        return text
    }

    private func variable(
        _ name: String,
        _ variables: [TemplateExpression.Member],
        _ otherwise: () throws(TemplateError) -> JSONValue?
    ) throws(TemplateError) -> String {
        let found: JSONValue?
        if let own = variables.first(where: { $0.name == name }) {
            found = try value(own.value)
        } else {
            found = try otherwise()
        }
        guard let text = found?.templateText else {
            throw .function("variable \(name) in Fn::Sub expression does not resolve to a string")
        }
        return text
    }

    private func join(_ delimiter: String, _ operand: TemplateExpression) throws(TemplateError) -> String {
        guard let elements = try value(operand)?.array else {
            throw .function(
                "every Fn::Join object requires two parameters, (1) a string delimiter and (2) a list of strings to "
                    + "be joined or a function that returns a list of strings (such as Fn::GetAZs) to be joined."
            )
        }
        var text = ""
        for (index, element) in elements.enumerated() {
            guard let part = element.templateText else {
                throw .function("every element of the list given to Fn::Join must be a string")
            }
            text += index == 0 ? part : delimiter + part
            try limit(text)
        }
        return text
    }

    private func limit(_ text: String) throws(TemplateError) {
        guard text.utf8.count <= Self.maxTextBytes else {
            throw .function("a text grows beyond \(Self.maxTextBytes) bytes")
        }
    }

    // MARK: Lists and mappings

    private func split(_ delimiter: String, _ operand: TemplateExpression) throws(TemplateError) -> [JSONValue] {
        guard let text = try text(operand) else {
            throw .function(
                "every Fn::Split object requires two parameters, (1) a string delimiter and (2) a string to be split "
                    + "or a function that returns a string to be split."
            )
        }
        return text.cut(at: delimiter).map { .string($0) }
    }

    private func select(
        _ index: TemplateExpression,
        _ list: TemplateExpression
    ) throws(TemplateError) -> JSONValue {
        guard let position = try text(index).flatMap({ Int($0) }), let elements = try value(list)?.array else {
            throw .function("Fn::Select requires a list argument with two elements: an integer index and a list")
        }
        guard elements.indices.contains(position) else {
            throw .function("Fn::Select cannot select nonexistent value at index \(position)")
        }
        return elements[position]
    }

    private func mapping(
        _ map: TemplateExpression,
        _ key: TemplateExpression,
        _ member: TemplateExpression
    ) throws(TemplateError) -> JSONValue {
        guard let map = try text(map), let key = try text(key), let member = try text(member) else {
            throw .function(
                "every Fn::FindInMap object requires three parameters, the map name, map key and the attribute for "
                    + "return value"
            )
        }
        guard let entries = context.mappings[map]?.object else {
            throw .function("Mapping named '\(map)' is not present in the 'Mappings' section of template.")
        }
        guard let value = entries[key]?[member] else {
            throw .function("Unable to get mapping for \(map)::\(key)::\(member)")
        }
        return value
    }
}

/// What a template is evaluated with, apart from its resources.
struct TemplateContext: Sendable {
    /// Each parameter's value: text, or a list of texts.
    let parameters: [String: JSONValue]
    /// The pseudo parameters.
    let pseudo: PseudoParameters
    /// The `Mappings` block.
    let mappings: JSONObject
    /// What each condition comes to.
    let conditions: [String: Bool]
}

extension JSONValue {
    /// A scalar as CloudFormation writes it into text; `nil` for lists, objects and null.
    var templateText: String? {
        switch self {
        case .string(let text): text
        case .number(let number): number.literal
        case .bool(let flag): flag ? "true" : "false"
        case .null, .array, .object: nil
        }
    }
}

extension String {
    /// The pieces between the occurrences of a separator, empty ones included.
    fileprivate func cut(at separator: String) -> [String] {
        let text = Array(utf8)
        let mark = Array(separator.utf8)
        var pieces: [String] = []
        var start = 0
        var position = 0
        while position + mark.count <= text.count {
            if text[position..<position + mark.count].elementsEqual(mark) {
                pieces.append(String(decoding: text[start..<position], as: UTF8.self))
                position += mark.count
                start = position
            } else {
                position += 1
            }
        }
        pieces.append(String(decoding: text[start...], as: UTF8.self))
        return pieces
    }
}
