// SPDX-License-Identifier: Apache-2.0

import JSONDocument

/// An entry of a template's `Parameters` block.
///
/// Source: CloudFormation user guide, "Parameters".
struct ParameterDeclaration: Sendable, Hashable {
    /// The types that are understood; the raw value is the template's word.
    enum Kind: String, Sendable, Hashable {
        case string = "String"
        case number = "Number"
        case commaDelimitedList = "CommaDelimitedList"
        case numberList = "List<Number>"
        case stringList = "List<String>"
    }

    let name: String
    let kind: Kind
    let defaultValue: String?
    let description: String?
    let noEcho: Bool
    let allowedValues: [String]
    let allowedPattern: String?
    let constraintDescription: String?
    let minLength: Int?
    let maxLength: Int?
    let minValue: Double?
    let maxValue: Double?

    /// Reads a declaration.
    init(name: String, _ value: JSONValue) throws(TemplateError) {
        guard name.isAlphanumeric else {
            throw .format("Parameter name \(name) is non alphanumeric.")
        }
        guard let object = value.object else { throw .format("Any Parameters member must be an object.") }
        for member in object.members where !Self.attributes.contains(member.name) {
            throw TemplateError("Invalid template parameter property '\(member.name)'")
        }
        guard let type = object["Type"]?.string else {
            throw .format("Every Parameters object must contain a Type member.")
        }
        guard let kind = Kind(rawValue: type) else { throw .format("Unrecognized parameter type: \(type)") }
        self.name = name
        self.kind = kind
        defaultValue = try Self.text(object, "Default", of: name)
        description = try Self.text(object, "Description", of: name)
        noEcho = try Self.text(object, "NoEcho", of: name)?.lowercased() == "true"
        allowedValues = try Self.allowedValues(object["AllowedValues"], of: name)
        allowedPattern = try Self.text(object, "AllowedPattern", of: name)
        constraintDescription = try Self.text(object, "ConstraintDescription", of: name)
        minLength = try Self.number(object, "MinLength", of: name).flatMap { Int(exactly: $0) }
        maxLength = try Self.number(object, "MaxLength", of: name).flatMap { Int(exactly: $0) }
        minValue = try Self.number(object, "MinValue", of: name)
        maxValue = try Self.number(object, "MaxValue", of: name)
    }

    private static let attributes: Set<String> = [
        "Type", "Default", "Description", "NoEcho", "AllowedValues", "AllowedPattern", "ConstraintDescription",
        "MinLength", "MaxLength", "MinValue", "MaxValue",
    ]

    private static func text(_ object: JSONObject, _ member: String, of name: String) throws(TemplateError) -> String? {
        guard let value = object[member] else { return nil }
        guard let text = value.templateText else {
            throw .format("Every \(member) member must be a string.")
        }
        return text
    }

    private static func number(
        _ object: JSONObject,
        _ member: String,
        of name: String
    ) throws(TemplateError) -> Double? {
        guard let text = try text(object, member, of: name) else { return nil }
        guard let number = Double(text), number.isFinite else {
            throw .format("\(member) of parameter \(name) must be a number.")
        }
        return number
    }

    private static func allowedValues(_ value: JSONValue?, of name: String) throws(TemplateError) -> [String] {
        guard let value else { return [] }
        guard let elements = value.array else { throw .format("Every AllowedValues value must be a list.") }
        let texts = elements.compactMap(\.templateText)
        guard texts.count == elements.count, !texts.isEmpty else {
            throw .format("Every AllowedValues value must be a list of strings.")
        }
        return texts
    }
}

extension String {
    /// Whether there is at least one character and all are ASCII letters or digits.
    var isAlphanumeric: Bool {
        !isEmpty
            && utf8.allSatisfy { byte in
                switch byte {
                case 48...57, 65...90, 97...122: true
                default: false
                }
            }
    }
}
