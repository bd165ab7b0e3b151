// SPDX-License-Identifier: Apache-2.0

/// The types a value may have, one bit each.
struct SchemaTypes: OptionSet, Sendable {
    let rawValue: UInt8

    static let null = SchemaTypes(rawValue: 1)
    static let boolean = SchemaTypes(rawValue: 2)
    static let integer = SchemaTypes(rawValue: 4)
    static let number = SchemaTypes(rawValue: 8)
    static let string = SchemaTypes(rawValue: 16)
    static let array = SchemaTypes(rawValue: 32)
    static let object = SchemaTypes(rawValue: 64)

    /// The types by the names that schemas use.
    static let named: [(name: String, type: SchemaTypes)] = [
        ("array", .array), ("boolean", .boolean), ("integer", .integer), ("null", .null), ("number", .number),
        ("object", .object), ("string", .string),
    ]

    /// Whether a value is of one of the types; an integer is a number without fraction and exponent.
    func accepts(_ value: JSONValue) -> Bool {
        switch value {
        case .null: contains(.null)
        case .bool: contains(.boolean)
        case .number(let number): contains(.number) || (contains(.integer) && number.isIntegerLiteral)
        case .string: contains(.string)
        case .array: contains(.array)
        case .object: contains(.object)
        }
    }

    /// Whether both allow values of one JSON kind, integers and numbers being one.
    func overlaps(_ other: SchemaTypes) -> Bool {
        let numbers: SchemaTypes = [.integer, .number]
        return !isDisjoint(with: other) || (!isDisjoint(with: numbers) && !other.isDisjoint(with: numbers))
    }

    /// The types in words, each with its article.
    var phrases: [String] {
        Self.named.filter { contains($0.type) }
            .map { name, _ in
                name == "null" ? "null" : ("aio".contains(name.prefix(1)) ? "an " : "a ") + name
            }
    }
}

/// A limit of `minimum` or `maximum`.
struct SchemaBound: Sendable {
    let number: JSONNumber
    let isExclusive: Bool
}

/// What `items` and its companion ask of an array's elements; the numbers name nodes.
struct SchemaItems: Sendable {
    /// The schemas of the first elements, by position.
    var positional: [Int] = []
    /// The schema of all further elements.
    var rest: Int?
    /// Whether an element after the positional ones is accepted at all.
    var acceptsRest = true
}

/// What one dependency asks for.
enum SchemaDependency: Sendable {
    case members([String])
    case schema(Int)
}

/// One compiled subschema; other subschemas are named by their place in the program.
///
/// A class so that a visit copies one reference; immutable once compiled.
final class SchemaNode: Sendable {
    let rules: SchemaRules

    init(_ rules: SchemaRules) {
        self.rules = rules
    }
}

/// The keywords of one subschema in checked form.
struct SchemaRules: Sendable {
    /// The target of `$ref`, which displaces everything else.
    var reference: Int?
    var isSensitive = false

    var types: SchemaTypes?
    var enumeration: [JSONValue]?

    var maximum: SchemaBound?
    var minimum: SchemaBound?
    var multipleOf: JSONNumber?

    var maxLength: Int?
    var minLength: Int?
    var pattern: ECMAPattern?
    var format: SchemaFormat?

    var items: SchemaItems?
    var maxItems: Int?
    var minItems: Int?
    var hasUniqueItems = false

    var properties: [ExactText: Int] = [:]
    /// The names of `properties` in the schema's order.
    var propertyNames: [String] = []
    var patternProperties: [(pattern: ECMAPattern, node: Int)] = []
    var additionalProperties: Int?
    var acceptsAdditionalProperties = true
    var required: [String] = []
    var maxProperties: Int?
    var minProperties: Int?
    var dependencies: [(name: String, rule: SchemaDependency)] = []

    var allOf: [Int] = []
    var anyOf: [Int] = []
    var oneOf: [Int] = []
    var not: Int?

    /// Nodes that see the same value whatever it is: a cycle of these would never end.
    var sameValueNodes: [Int] {
        [reference, not].compactMap(\.self) + allOf + anyOf + oneOf
    }

    /// Whether members of objects are looked at one by one.
    var looksAtMembers: Bool {
        !properties.isEmpty || !patternProperties.isEmpty || !acceptsAdditionalProperties
            || additionalProperties != nil
    }
}
