// SPDX-License-Identifier: Apache-2.0

/// Answers public JSON Schema test vectors, one JSON line each.
package enum SchemaConformance {
    /// Vectors are trusted to be larger than documents from clients.
    private static let limits = JSONLimits(maxDepth: 256, maxBytes: 64 << 20)

    /// Validates what a line asks for.
    /// - Parameter line: `{"id": …, "schema": …, "data": …}`; `id` may be any value and is repeated in the answer.
    /// - Returns: `{"id": …, "valid": true|false}`, or `{"id": …, "error": "…"}` when the line or its schema can't be
    ///   used; `id` is then `null` where the line has none.
    package static func answer(_ line: String) -> String {
        let vector: JSONValue
        do {
            vector = try JSONValue(parsing: line, limits: limits)
        } catch {
            return failure(.null, "the line is not valid JSON: \(error)")
        }
        let id = vector["id"] ?? .null
        guard vector.object != nil else {
            return failure(.null, "the line holds \(Excerpt.kind(vector)); expected an object with id, schema and data")
        }
        guard let schema = vector["schema"] else { return failure(id, "the member `schema` is missing") }
        guard let data = vector["data"] else { return failure(id, "the member `data` is missing") }
        do {
            var validator = SchemaValidator(try JSONSchema(compiling: schema))
            let isValid = validator.accepts(data)
            if let undecided = validator.undecided {
                return failure(id, undecided.message)
            }
            let answer: JSONValue = ["id": id, "valid": .bool(isValid)]
            return answer.text()
        } catch {
            return failure(id, "the schema can't be used: \(error)")
        }
    }

    private static func failure(_ id: JSONValue, _ reason: String) -> String {
        let answer: JSONValue = ["id": id, "error": .string(reason)]
        return answer.text()
    }
}
