// SPDX-License-Identifier: Apache-2.0

package import JSONDocument

/// Reads the parameters of the Query protocol, from a form body or a URL query, as a tree.
///
/// `Parameters.member.1.ParameterKey=a` becomes `{"Parameters":[{"ParameterKey":"a"}]}`, and
/// `Tags.entry.1.key=a&Tags.entry.1.value=b` becomes `{"Tags":{"a":"b"}}`. Every scalar is text. Lists are put in the
/// order of their numbers, which may have gaps; `Tags.member=` or `Tags=` alone stands for what it says: an empty
/// list or an empty string. Source: Smithy, "AWS query protocol", query key resolution.
package enum QueryInput {
    /// How many parameters a form may have.
    package static let maxParameters = 10_000
    /// How many parts a parameter's name may have.
    package static let maxDepth = 32

    /// Reads a form.
    /// - Throws: ``QueryProblem`` for bad UTF-8, a parameter that stands twice or contradicts another, a bad list
    ///   number, or a form over the limits.
    package static func decode(_ form: [UInt8]) throws(QueryProblem) -> JSONValue {
        let parameters = QueryParameters(form).parameters
        guard parameters.count <= maxParameters else {
            throw QueryProblem("", "the form has \(parameters.count) parameters; at most \(maxParameters) are accepted")
        }
        var root = QueryNode()
        for parameter in parameters {
            let name = try text(parameter.decodedName, of: "")
            let value = try text(parameter.decodedValue, of: name)
            let parts = name.utf8
                .split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
                .map { String(Substring($0)) }
            guard parts.count <= maxDepth else {
                throw QueryProblem(name, "the name has \(parts.count) parts; at most \(maxDepth) are accepted")
            }
            guard parts.allSatisfy({ !$0.isEmpty }) else {
                throw QueryProblem(name, "the name has an empty part")
            }
            try root.insert(value, at: parts[...], of: name)
        }
        return try root.value(of: "")
    }

    private static func text(_ bytes: [UInt8], of name: String) throws(QueryProblem) -> String {
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw QueryProblem(name, name.isEmpty ? "a parameter's name is not UTF-8" : "the value is not UTF-8")
        }
        return text
    }
}

/// One name part of the parameters read so far.
private struct QueryNode {
    private var text: String?
    private var children: [QueryNode] = []
    private var names: [String] = []
    private var places: [String: Int] = [:]

    /// Puts a value where its name says.
    mutating func insert(
        _ value: String,
        at parts: ArraySlice<String>,
        of name: String
    ) throws(QueryProblem) {
        guard let first = parts.first else {
            guard text == nil else { throw QueryProblem(name, "it is given twice") }
            text = value
            return
        }
        let place: Int
        if let known = places[first] {
            place = known
        } else {
            place = children.count
            places[first] = place
            names.append(first)
            children.append(QueryNode())
        }
        try children[place].insert(value, at: parts.dropFirst(), of: name)
    }

    /// The tree below, with lists and maps recognised.
    func value(of name: String) throws(QueryProblem) -> JSONValue {
        if let text {
            guard children.isEmpty else { throw QueryProblem(name, "it has both a value and members") }
            return .string(text)
        }
        if !name.isEmpty, let list = places["member"] {
            return try children[list].list(of: name, alone: children.count == 1)
        }
        if !name.isEmpty, let map = places["entry"] {
            return try children[map].map(of: name, alone: children.count == 1)
        }
        var object = JSONObject()
        for (place, child) in children.enumerated() {
            object[names[place]] = try child.value(of: name.isEmpty ? names[place] : "\(name).\(names[place])")
        }
        return .object(object)
    }

    /// The elements below `member`.
    private func list(of name: String, alone: Bool) throws(QueryProblem) -> JSONValue {
        guard alone else { throw QueryProblem(name, "it has both `member` and other members") }
        var elements: [JSONValue] = []
        for element in try numbered(of: "\(name).member") {
            elements.append(try element.node.value(of: element.name))
        }
        return .array(elements)
    }

    /// The entries below `entry`.
    private func map(of name: String, alone: Bool) throws(QueryProblem) -> JSONValue {
        guard alone else { throw QueryProblem(name, "it has both `entry` and other members") }
        var object = JSONObject()
        for entry in try numbered(of: "\(name).entry") {
            let members = try entry.node.value(of: entry.name).object
            guard let members, members.count == 2, let key = members["key"]?.string, let value = members["value"] else {
                throw QueryProblem(entry.name, "it needs a `key` and a `value`")
            }
            guard object[key] == nil else { throw QueryProblem("\(entry.name).key", "the key `\(key)` is given twice") }
            object[key] = value
        }
        return .object(object)
    }

    /// The children by their numbers; none when there is only an empty value.
    private func numbered(of name: String) throws(QueryProblem) -> [(node: QueryNode, name: String)] {
        if let text {
            guard text.isEmpty, children.isEmpty else { throw QueryProblem(name, "it needs a number after it") }
            return []
        }
        var numbered: [(number: Int, node: QueryNode, name: String)] = []
        for (place, part) in names.enumerated() {
            guard let number = Int(part), number >= 1, String(number) == part else {
                throw QueryProblem("\(name).\(part)", "`\(part)` is no number from 1 on")
            }
            numbered.append((number, children[place], "\(name).\(part)"))
        }
        return numbered.sorted { $0.number < $1.number }.map { ($0.node, $0.name) }
    }
}
