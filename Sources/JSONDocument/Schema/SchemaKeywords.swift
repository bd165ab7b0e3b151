// SPDX-License-Identifier: Apache-2.0

/// Reads the keywords of one schema object strictly: a value of the wrong form is an error, not absent.
struct SchemaKeywords {
    let schema: LocatedSchema

    init(_ schema: LocatedSchema) {
        self.schema = schema
    }

    subscript(name: String) -> JSONValue? {
        schema.value[name]
    }

    func error(_ name: String, _ reason: String) -> SchemaError {
        error([name], reason)
    }

    private func error(_ path: [String], _ reason: String) -> SchemaError {
        SchemaError(path.reduce(schema.place.pointer) { $0.appending($1) }, reason)
    }

    private func mismatch(_ name: String, _ value: JSONValue, expected: String) -> SchemaError {
        error(name, "found \(Excerpt.kind(value)); expected \(expected)")
    }

    // MARK: Simple values

    func string(_ name: String) throws(SchemaError) -> String? {
        guard let value = self[name] else { return nil }
        guard let text = value.string else { throw mismatch(name, value, expected: "a string") }
        return text
    }

    func bool(_ name: String) throws(SchemaError) -> Bool? {
        guard let value = self[name] else { return nil }
        guard let flag = value.bool else { throw mismatch(name, value, expected: "true or false") }
        return flag
    }

    func number(_ name: String) throws(SchemaError) -> JSONNumber? {
        guard let value = self[name] else { return nil }
        guard let number = value.number else { throw mismatch(name, value, expected: "a number") }
        return number
    }

    /// A length or count; beyond the 64-bit range it is as good as the largest one.
    func count(_ name: String) throws(SchemaError) -> Int? {
        guard let number = try number(name) else { return nil }
        guard number.isIntegerLiteral, !(number < JSONNumber(0)) else {
            throw error(name, "found `\(Excerpt.of(number.literal))`; expected a whole number from 0")
        }
        return number.integer ?? .max
    }

    func bound(_ name: String, exclusive flag: String) throws(SchemaError) -> SchemaBound? {
        let limit = try number(name)
        let isExclusive = try bool(flag)
        guard let limit else {
            guard isExclusive == nil else {
                throw error(flag, "stands without `\(name)`, the limit that it would make exclusive")
            }
            return nil
        }
        return SchemaBound(number: limit, isExclusive: isExclusive ?? false)
    }

    func pattern(_ text: String, at path: [String]) throws(SchemaError) -> ECMAPattern {
        do {
            return try ECMAPattern(text)
        } catch {
            throw self.error(path, "`\(Excerpt.of(text))` is no ECMA-262 regular expression: \(error)")
        }
    }

    // MARK: Lists and maps

    func list(_ name: String) throws(SchemaError) -> [JSONValue]? {
        guard let value = self[name] else { return nil }
        guard let elements = value.array else { throw mismatch(name, value, expected: "an array of schemas") }
        guard !elements.isEmpty else { throw error(name, "found an empty array; expected at least one schema") }
        return elements
    }

    func map(_ name: String) throws(SchemaError) -> JSONObject? {
        guard let value = self[name] else { return nil }
        guard let object = value.object else {
            throw mismatch(name, value, expected: "an object whose members are schemas")
        }
        return object
    }

    func names(_ name: String) throws(SchemaError) -> [String]? {
        guard let value = self[name] else { return nil }
        return try names(in: value, at: [name])
    }

    /// The distinct strings of a non-empty array.
    func names(in value: JSONValue, at path: [String]) throws(SchemaError) -> [String] {
        guard let elements = value.array else {
            throw error(path, "found \(Excerpt.kind(value)); expected an array of member names")
        }
        guard !elements.isEmpty else { throw error(path, "found an empty array; expected at least one member name") }
        var names: [String] = []
        var seen: Set<ExactText> = []
        for element in elements {
            guard let name = element.string else {
                throw error(path, "found \(Excerpt.kind(element)) among the names; expected strings only")
            }
            guard seen.insert(ExactText(name)).inserted else {
                throw error(path, "`\(Excerpt.of(name))` stands twice; each name may stand once")
            }
            names.append(name)
        }
        return names
    }

    func enumeration() throws(SchemaError) -> [JSONValue]? {
        guard let value = self["enum"] else { return nil }
        guard let elements = value.array else { throw mismatch("enum", value, expected: "an array of values") }
        guard !elements.isEmpty else { throw error("enum", "found an empty array; expected at least one value") }
        var seen: Set<JSONValue> = []
        for element in elements where !seen.insert(element).inserted {
            throw error("enum", "\(Excerpt.of(element)) stands twice; each value may stand once")
        }
        return elements
    }

    func types() throws(SchemaError) -> SchemaTypes? {
        guard let value = self["type"] else { return nil }
        guard let elements = value.array else { return try type(value) }
        guard !elements.isEmpty else { throw error("type", "found an empty array; expected at least one type") }
        var types: SchemaTypes = []
        for element in elements {
            let type = try type(element)
            guard types.isDisjoint(with: type) else {
                throw error("type", "\(Excerpt.of(element)) stands twice; each type may stand once")
            }
            types.formUnion(type)
        }
        return types
    }

    private func type(_ value: JSONValue) throws(SchemaError) -> SchemaTypes {
        let known = SchemaTypes.named.map(\.name)
        guard let name = value.string else {
            throw mismatch("type", value, expected: "one of \(Excerpt.list(known)), or an array of these")
        }
        guard let type = SchemaTypes.named.first(where: { $0.name == name })?.type else {
            throw error("type", "`\(Excerpt.of(name))` is no type; expected one of \(Excerpt.list(known))")
        }
        return type
    }

    // MARK: Extensions

    /// Whether `metadata` marks the value as one not to show: `"ams:sensitive": true`, or the text `"true"`.
    var isSensitive: Bool {
        switch self["metadata"]?["ams:sensitive"] {
        case .bool(let flag)?: flag
        case .string(let text)?: text.lowercased() == "true"
        default: false
        }
    }
}
