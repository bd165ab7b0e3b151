// SPDX-License-Identifier: Apache-2.0

/// A JSON value that keeps what JSON itself keeps: member order, exact numbers, no duplicate names.
package enum JSONValue: Sendable {
    /// `null`.
    case null
    /// `true` or `false`.
    case bool(Bool)
    /// A number with its exact literal.
    case number(JSONNumber)
    /// A string.
    case string(String)
    /// An array.
    case array([JSONValue])
    /// An object with its members in document order.
    case object(JSONObject)
}

extension JSONValue {
    /// The string, `nil` for any other kind.
    package var string: String? {
        if case .string(let value) = self { value } else { nil }
    }

    /// The Boolean, `nil` for any other kind.
    package var bool: Bool? {
        if case .bool(let value) = self { value } else { nil }
    }

    /// The number, `nil` for any other kind.
    package var number: JSONNumber? {
        if case .number(let value) = self { value } else { nil }
    }

    /// The number as an integer, `nil` for another kind, a fraction, or one out of the 64-bit range.
    package var integer: Int? {
        number?.integer
    }

    /// The elements, `nil` for any other kind.
    package var array: [JSONValue]? {
        if case .array(let value) = self { value } else { nil }
    }

    /// The object, `nil` for any other kind.
    package var object: JSONObject? {
        if case .object(let value) = self { value } else { nil }
    }

    /// The member of an object, `nil` when absent or when this is no object.
    package subscript(name: String) -> JSONValue? {
        object?[name]
    }

    /// What kind of value it is, in the words of the JSON specification: for messages.
    package var kind: String {
        switch self {
        case .null: "null"
        case .bool: "boolean"
        case .number: "number"
        case .string: "string"
        case .array: "array"
        case .object: "object"
        }
    }
}

extension JSONValue: ExpressibleByStringLiteral, ExpressibleByBooleanLiteral, ExpressibleByIntegerLiteral,
    ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
    package init(stringLiteral value: String) {
        self = .string(value)
    }

    package init(booleanLiteral value: Bool) {
        self = .bool(value)
    }

    package init(integerLiteral value: Int) {
        self = .number(JSONNumber(value))
    }

    package init(arrayLiteral elements: JSONValue...) {
        self = .array(elements)
    }

    /// An object with the members in the order written.
    ///
    /// A name written twice keeps its first place and last value.
    package init(dictionaryLiteral elements: (String, JSONValue)...) {
        var object = JSONObject()
        for (name, value) in elements {
            object[name] = value
        }
        self = .object(object)
    }
}
