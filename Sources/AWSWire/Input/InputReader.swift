// SPDX-License-Identifier: Apache-2.0

import CoreValues
package import JSONDocument

/// Reads the members of a request by name and type, with the path in every refusal.
///
/// A member that is `null` counts as absent, as AWS's JSON protocols have it. With `isText` (the Query protocol,
/// where everything arrives as text) numbers and Booleans are read from strings too, and an empty string stands for
/// an empty list or map.
package struct InputReader: Sendable {
    /// The members.
    package let object: JSONObject
    /// Where the object stands in the request.
    package let path: JSONPointer
    /// Whether scalars arrive as text.
    package let isText: Bool

    /// Reads a request's top level.
    /// - Throws: ``InputProblem`` when it is no object.
    package init(_ value: JSONValue, path: JSONPointer = JSONPointer(), isText: Bool = false) throws(InputProblem) {
        guard let object = value.object else {
            throw InputProblem(.wrongType, at: path, "expected an object, found \(Self.article(value))")
        }
        self.object = object
        self.path = path
        self.isText = isText
    }

    /// The raw value of a member, `nil` when it is absent or null.
    package func value(_ name: String) -> JSONValue? {
        guard let value = object[name], value != .null else { return nil }
        return value
    }

    /// A string member.
    package func string(_ name: String) throws(InputProblem) -> String? {
        guard let value = value(name) else { return nil }
        guard let text = value.string else { throw wrongType(name, value, "a string") }
        return text
    }

    /// A string member that must be there.
    package func requiredString(_ name: String) throws(InputProblem) -> String {
        try required(name, try string(name))
    }

    /// An integer member.
    package func integer(_ name: String) throws(InputProblem) -> Int? {
        guard let value = value(name) else { return nil }
        if let number = value.integer {
            return number
        }
        if isText, let text = value.string, let number = Int(text) {
            return number
        }
        throw wrongType(name, value, "an integer")
    }

    /// A Boolean member.
    package func bool(_ name: String) throws(InputProblem) -> Bool? {
        guard let value = value(name) else { return nil }
        if let flag = value.bool {
            return flag
        }
        if isText, let text = value.string?.lowercased(), text == "true" || text == "false" {
            return text == "true"
        }
        throw wrongType(name, value, "true or false")
    }

    /// A blob member, base64 on the wire.
    package func blob(_ name: String) throws(InputProblem) -> [UInt8]? {
        guard let text = try string(name) else { return nil }
        guard let bytes = Base64.decode(text) else {
            throw InputProblem(.wrongType, at: path.appending(name), "expected base64 text")
        }
        return bytes
    }

    /// A blob member that must be there.
    package func requiredBlob(_ name: String) throws(InputProblem) -> [UInt8] {
        try required(name, try blob(name))
    }

    /// A list member with each element read by `element`, which gets the element and its path.
    package func list<Element>(
        _ name: String,
        _ element: (JSONValue, JSONPointer) throws(InputProblem) -> Element
    ) throws(InputProblem) -> [Element]? {
        guard let value = value(name) else { return nil }
        if isText, value.string == "" { return [] }
        guard let elements = value.array else { throw wrongType(name, value, "a list") }
        var result: [Element] = []
        result.reserveCapacity(elements.count)
        for (index, item) in elements.enumerated() {
            result.append(try element(item, path.appending(name).appending(index)))
        }
        return result
    }

    /// A list of strings.
    package func strings(_ name: String) throws(InputProblem) -> [String]? {
        try list(name) { (value, path) throws(InputProblem) in
            guard let text = value.string else {
                throw InputProblem(.wrongType, at: path, "expected a string, found \(Self.article(value))")
            }
            return text
        }
    }

    /// A list of structures, each with a reader of its own.
    package func structures<Element>(
        _ name: String,
        _ element: (InputReader) throws(InputProblem) -> Element
    ) throws(InputProblem) -> [Element]? {
        try list(name) { (value, path) throws(InputProblem) in
            try element(try InputReader(value, path: path, isText: isText))
        }
    }

    /// A structure member with a reader of its own.
    package func structure(_ name: String) throws(InputProblem) -> InputReader? {
        guard let value = value(name) else { return nil }
        return try InputReader(value, path: path.appending(name), isText: isText)
    }

    /// A map from strings to strings.
    package func stringMap(_ name: String) throws(InputProblem) -> [(name: String, value: String)]? {
        guard let value = value(name) else { return nil }
        if isText, value.string == "" { return [] }
        guard let object = value.object else { throw wrongType(name, value, "an object") }
        var result: [(name: String, value: String)] = []
        for member in object.members {
            guard let text = member.value.string else {
                let place = path.appending(name).appending(member.name)
                throw InputProblem(.wrongType, at: place, "expected a string, found \(Self.article(member.value))")
            }
            result.append((member.name, text))
        }
        return result
    }

    /// The value of a member that must be there.
    package func required<Value>(_ name: String, _ value: Value?) throws(InputProblem) -> Value {
        guard let value else {
            throw InputProblem(.missing, at: path.appending(name), "the required member `\(name)` is missing")
        }
        return value
    }

    /// A refusal of a member's value.
    package func invalid(_ name: String, _ message: String) -> InputProblem {
        InputProblem(.invalidValue, at: path.appending(name), message)
    }

    private func wrongType(_ name: String, _ value: JSONValue, _ expected: String) -> InputProblem {
        InputProblem(.wrongType, at: path.appending(name), "expected \(expected), found \(Self.article(value))")
    }

    private static func article(_ value: JSONValue) -> String {
        switch value {
        case .array, .object: "an \(value.kind)"
        case .null: "null"
        default: "a \(value.kind)"
        }
    }
}
