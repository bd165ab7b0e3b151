// SPDX-License-Identifier: Apache-2.0

import JSONDocument

/// Reads a template's text, JSON or YAML, into one JSON document.
enum TemplateDocument {
    /// How many bytes an inline template may have (CloudFormation user guide, "CloudFormation quotas").
    static let maxBytes = 51_200
    /// How deep a template may nest.
    static let maxDepth = 64

    /// The template as a JSON object; YAML's short tags become the functions' full names.
    ///
    /// A text whose first character is `{` is JSON, anything else is YAML.
    static func parse(_ text: String) throws(TemplateError) -> JSONObject {
        let value: JSONValue
        if text.utf8.first(where: { !Self.isSpace($0) }) == UInt8(ascii: "{") {
            value = try parseJSON(text)
        } else {
            value = try YAMLTemplate.parse(text)
        }
        guard let object = value.object else { throw .format("unsupported structure.") }
        try refuseNull(value, at: JSONPointer())
        return object
    }

    private static func parseJSON(_ text: String) throws(TemplateError) -> JSONValue {
        do {
            return try JSONValue(parsing: text, limits: JSONLimits(maxDepth: maxDepth, maxBytes: maxBytes))
        } catch {
            throw .format(
                "JSON not well-formed. (line \(error.line), column \(error.column)): \(error.reason)"
            )
        }
    }

    private static func refuseNull(_ value: JSONValue, at path: JSONPointer) throws(TemplateError) {
        switch value {
        case .null:
            throw TemplateError("[\(path)] 'null' values are not allowed in templates")
        case .array(let elements):
            for (index, element) in elements.enumerated() {
                try refuseNull(element, at: path.appending(index))
            }
        case .object(let object):
            for member in object.members {
                try refuseNull(member.value, at: path.appending(member.name))
            }
        case .bool, .number, .string:
            break
        }
    }

    private static func isSpace(_ byte: UInt8) -> Bool {
        byte == 0x20 || (0x09...0x0D).contains(byte)
    }
}
