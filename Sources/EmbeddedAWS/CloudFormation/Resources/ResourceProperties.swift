// SPDX-License-Identifier: Apache-2.0

import CoreValues
import JSONDocument

/// Reads the properties of a resource, with CloudFormation's words for what is wrong with them.
///
/// Numbers and Booleans may be written as text, which is what template parameters give.
struct ResourceProperties {
    private let logicalID: String
    private let object: JSONObject

    /// Takes a resource's properties.
    /// - Throws: when one is none of `known`.
    init(_ order: ResourceOrder, known: [String]) throws(ResourceFailure) {
        self.init(logicalID: order.logicalID, order.properties)
        for name in object.names where !known.contains(name) {
            throw failure(
                "#: extraneous key [\(name)] is not permitted; the properties are \(known.joined(separator: ", "))"
            )
        }
    }

    init(logicalID: String, _ object: JSONObject) {
        self.logicalID = logicalID
        self.object = object
    }

    /// The raw value of a property.
    func value(_ name: String) -> JSONValue? {
        object[name].flatMap { $0 == .null ? nil : $0 }
    }

    /// A text property of that many characters.
    func string(_ name: String, length: ClosedRange<Int>) throws(ResourceFailure) -> String? {
        guard let value = value(name) else { return nil }
        let text: String
        switch value {
        case .string(let string): text = string
        case .number, .bool: text = value.text()
        case .null, .array, .object: throw wrongType(name, "String", value)
        }
        let count = text.unicodeScalars.count
        guard count >= length.lowerBound else {
            throw failure("#/\(name): expected minLength: \(length.lowerBound), actual: \(count)")
        }
        guard count <= length.upperBound else {
            throw failure("#/\(name): expected maxLength: \(length.upperBound), actual: \(count)")
        }
        return text
    }

    /// A text property that must be there.
    func requiredString(_ name: String, length: ClosedRange<Int>) throws(ResourceFailure) -> String {
        guard let text = try string(name, length: length) else { throw failure("#: required key [\(name)] not found") }
        return text
    }

    /// A text property that is one of a closed set.
    func choice(_ name: String, of choices: [String]) throws(ResourceFailure) -> String? {
        guard let text = try string(name, length: 0...256) else { return nil }
        guard choices.contains(text) else {
            throw failure(
                "#/\(name): \(text) is not a valid enum value; the values are \(choices.joined(separator: ", "))"
            )
        }
        return text
    }

    /// A Boolean property.
    func bool(_ name: String) throws(ResourceFailure) -> Bool? {
        guard let value = value(name) else { return nil }
        switch value {
        case .bool(let flag): return flag
        case .string(let text) where text.lowercased() == "true": return true
        case .string(let text) where text.lowercased() == "false": return false
        default: throw wrongType(name, "Boolean", value)
        }
    }

    /// A whole number within a range.
    func integer(_ name: String, _ range: ClosedRange<Int>) throws(ResourceFailure) -> Int? {
        guard let value = value(name) else { return nil }
        guard let number = value.integer ?? value.string.flatMap({ Int($0) }) else {
            throw wrongType(name, "Integer", value)
        }
        guard number >= range.lowerBound else {
            throw failure("#/\(name): \(number) is not greater or equal to \(range.lowerBound)")
        }
        guard number <= range.upperBound else {
            throw failure("#/\(name): \(number) is not less or equal to \(range.upperBound)")
        }
        return number
    }

    /// A list of `Key` and `Value` pairs.
    func tags(_ name: String) throws(ResourceFailure) -> [KeyTag] {
        guard let value = value(name) else { return [] }
        guard let elements = value.array else { throw wrongType(name, "JSONArray", value) }
        var tags: [KeyTag] = []
        for (index, element) in elements.enumerated() {
            guard let object = element.object else { throw wrongType("\(name)/\(index)", "JSONObject", element) }
            let tag = ResourceProperties(logicalID: logicalID, object)
            for member in object.names where member != "Key" && member != "Value" {
                throw failure("#/\(name)/\(index): extraneous key [\(member)] is not permitted; use Key and Value")
            }
            guard let key = try tag.string("Key", length: 1...128) else {
                throw failure("#/\(name)/\(index): required key [Key] not found")
            }
            guard let text = try tag.string("Value", length: 0...256) else {
                throw failure("#/\(name)/\(index): required key [Value] not found")
            }
            tags.append(KeyTag(key: key, value: text))
        }
        return tags
    }

    /// A refusal of the properties.
    func failure(_ message: String) -> ResourceFailure {
        ResourceFailure(
            code: "InvalidRequest",
            message: "Properties validation failed for resource \(logicalID) with message: \(message)"
        )
    }

    func wrongType(_ name: String, _ expected: String, _ found: JSONValue) -> ResourceFailure {
        let kind =
            switch found {
            case .null: "Null"
            case .bool: "Boolean"
            case .number: "Number"
            case .string: "String"
            case .array: "JSONArray"
            case .object: "JSONObject"
            }
        return failure("#/\(name): expected type: \(expected), found: \(kind)")
    }
}
