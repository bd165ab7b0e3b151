// SPDX-License-Identifier: Apache-2.0

import JSONDocument

/// A value of a template with its intrinsic functions recognized.
///
/// Source: CloudFormation user guide, "Intrinsic function reference".
indirect enum TemplateExpression: Sendable, Hashable {
    /// A string, number or Boolean as the template writes it.
    case literal(JSONValue)
    /// A list; elements that turn out to be `AWS::NoValue` fall away.
    case list([TemplateExpression])
    /// An object; members that turn out to be `AWS::NoValue` fall away.
    case object([Member])
    /// `Ref` to a parameter, a resource or a pseudo parameter.
    case reference(String)
    /// `Fn::GetAtt`.
    case attribute(resource: String, name: String)
    /// `Fn::Sub` with its own variables.
    case substitution([SubstitutionPart], variables: [Member])
    /// `Fn::Join`.
    case join(delimiter: String, TemplateExpression)
    /// `Fn::Split`.
    case split(delimiter: String, TemplateExpression)
    /// `Fn::Select`.
    case select(index: TemplateExpression, TemplateExpression)
    /// `Fn::If`.
    case choice(condition: String, TemplateExpression, TemplateExpression)
    /// `Fn::FindInMap`.
    case mapping(map: TemplateExpression, key: TemplateExpression, member: TemplateExpression)
    /// `Fn::Base64`.
    case base64(TemplateExpression)

    /// A named value.
    struct Member: Sendable, Hashable {
        let name: String
        let value: TemplateExpression
    }
}

extension TemplateExpression {
    /// Recognizes the functions in a value.
    /// - Throws: CloudFormation's message when a function has the wrong arguments or does not exist.
    init(_ value: JSONValue) throws(TemplateError) {
        switch value {
        case .array(let elements):
            self = .list(try Self.expressions(elements))
        case .object(let object):
            if object.count == 1, let member = object.members.first,
                let function = try Self.function(member.name, member.value)
            {
                self = function
                return
            }
            var members: [Member] = []
            for member in object.members {
                if member.name.hasPrefix("Fn::") || member.name == "Ref", object.count > 1 {
                    throw .format(
                        "a function must be the only member of its object, found \(member.name) among others."
                    )
                }
                members.append(Member(name: member.name, value: try TemplateExpression(member.value)))
            }
            self = .object(members)
        case .string, .number, .bool, .null:
            self = .literal(value)
        }
    }

    private static func expressions(_ values: [JSONValue]) throws(TemplateError) -> [TemplateExpression] {
        var result: [TemplateExpression] = []
        result.reserveCapacity(values.count)
        for value in values {
            result.append(try TemplateExpression(value))
        }
        return result
    }

    /// The function of that name; `nil` when the name is no function's.
    private static func function(_ name: String, _ argument: JSONValue) throws(TemplateError) -> TemplateExpression? {
        switch name {
        case "Ref": return try reference(argument)
        case "Fn::GetAtt": return try attribute(argument)
        case "Fn::Sub": return try substitution(argument)
        case "Fn::Join": return try join(argument)
        case "Fn::Split": return try split(argument)
        case "Fn::Select": return try select(argument)
        case "Fn::If": return try choice(argument)
        case "Fn::FindInMap": return try mapping(argument)
        case "Fn::Base64": return .base64(try TemplateExpression(argument))
        case "Fn::And", "Fn::Or", "Fn::Not", "Fn::Equals":
            throw .function("\(name) can only be used in the Conditions block of the template")
        default:
            guard name.hasPrefix("Fn::") else { return nil }
            throw .function("the intrinsic function \(name) is not supported by the embedded CloudFormation")
        }
    }

    private static func reference(_ argument: JSONValue) throws(TemplateError) -> TemplateExpression {
        guard let name = argument.string, !name.isEmpty else {
            throw .function("every Ref object must have a single String value.")
        }
        return .reference(name)
    }

    private static func attribute(_ argument: JSONValue) throws(TemplateError) -> TemplateExpression {
        guard let parts = AttributeName.split(argument).array, parts.count == 2,
            let resource = parts[0].string, let name = parts[1].string, !resource.isEmpty, !name.isEmpty
        else {
            throw .function(
                "every Fn::GetAtt object requires two non-empty parameters, the resource name and the resource "
                    + "attribute"
            )
        }
        return .attribute(resource: resource, name: name)
    }

    private static func substitution(_ argument: JSONValue) throws(TemplateError) -> TemplateExpression {
        let mistake = TemplateError.function(
            "One or more Fn::Sub intrinsic functions don't specify expected arguments. Specify a string as first "
                + "argument, and an optional second argument to specify a mapping of values to replace in the string"
        )
        if let text = argument.string {
            return .substitution(try SubstitutionPart.parse(text), variables: [])
        }
        guard let parts = argument.array, parts.count == 2, let text = parts[0].string, let object = parts[1].object
        else { throw mistake }
        var variables: [Member] = []
        for member in object.members {
            variables.append(Member(name: member.name, value: try TemplateExpression(member.value)))
        }
        return .substitution(try SubstitutionPart.parse(text), variables: variables)
    }

    private static func join(_ argument: JSONValue) throws(TemplateError) -> TemplateExpression {
        guard let parts = argument.array, parts.count == 2, let delimiter = parts[0].string, parts[1].isListLike else {
            throw .function(
                "every Fn::Join object requires two parameters, (1) a string delimiter and (2) a list of strings to "
                    + "be joined or a function that returns a list of strings (such as Fn::GetAZs) to be joined."
            )
        }
        return .join(delimiter: delimiter, try TemplateExpression(parts[1]))
    }

    private static func split(_ argument: JSONValue) throws(TemplateError) -> TemplateExpression {
        guard let parts = argument.array, parts.count == 2, let delimiter = parts[0].string, !delimiter.isEmpty,
            parts[1].string != nil || parts[1].object != nil
        else {
            throw .function(
                "every Fn::Split object requires two parameters, (1) a string delimiter and (2) a string to be split "
                    + "or a function that returns a string to be split."
            )
        }
        return .split(delimiter: delimiter, try TemplateExpression(parts[1]))
    }

    private static func select(_ argument: JSONValue) throws(TemplateError) -> TemplateExpression {
        guard let parts = argument.array, parts.count == 2, parts[0].array == nil, parts[1].isListLike else {
            throw .function("Fn::Select requires a list argument with two elements: an integer index and a list")
        }
        return .select(index: try TemplateExpression(parts[0]), try TemplateExpression(parts[1]))
    }

    private static func choice(_ argument: JSONValue) throws(TemplateError) -> TemplateExpression {
        guard let parts = argument.array, parts.count == 3, let condition = parts[0].string else {
            throw .function("Fn::If requires a list argument with the first element being a condition")
        }
        return .choice(condition: condition, try TemplateExpression(parts[1]), try TemplateExpression(parts[2]))
    }

    private static func mapping(_ argument: JSONValue) throws(TemplateError) -> TemplateExpression {
        guard let parts = argument.array, parts.count == 3 else {
            throw .function(
                "every Fn::FindInMap object requires three parameters, the map name, map key and the attribute for "
                    + "return value"
            )
        }
        return .mapping(
            map: try TemplateExpression(parts[0]),
            key: try TemplateExpression(parts[1]),
            member: try TemplateExpression(parts[2])
        )
    }
}

extension JSONValue {
    /// Whether the value is a list or a function that may give one.
    fileprivate var isListLike: Bool {
        array != nil || object != nil
    }
}
