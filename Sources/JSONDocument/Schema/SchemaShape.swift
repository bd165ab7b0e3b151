// SPDX-License-Identifier: Apache-2.0

/// Where the value of a keyword holds subschemas.
enum SchemaShape {
    /// The value is a schema.
    case schema
    /// The value is an array of schemas.
    case list
    /// The value is an object whose members are schemas.
    case map
    /// A schema or an array of schemas.
    case schemaOrList
    /// An object whose members are schemas or something else.
    case mapOfSome

    /// The keywords of draft-04 that hold subschemas.
    static let ofKeyword: [String: SchemaShape] = [
        "additionalItems": .schema, "additionalProperties": .schema, "not": .schema,
        "allOf": .list, "anyOf": .list, "oneOf": .list,
        "items": .schemaOrList,
        "definitions": .map, "patternProperties": .map, "properties": .map,
        "dependencies": .mapOfSome,
    ]

    /// The objects at the places where schemas may stand; what is malformed is passed over.
    func schemas(in value: JSONValue, at place: SchemaPlace) -> [(place: SchemaPlace, value: JSONValue)] {
        switch (self, value) {
        case (.schema, .object), (.schemaOrList, .object):
            [(place, value)]
        case (.list, .array(let elements)), (.schemaOrList, .array(let elements)):
            elements.enumerated().filter { $0.element.object != nil }.map { (place.appending($0.offset), $0.element) }
        case (.map, .object(let object)), (.mapOfSome, .object(let object)):
            object.members.filter { $0.value.object != nil }.map { (place.appending($0.name), $0.value) }
        default:
            []
        }
    }
}
