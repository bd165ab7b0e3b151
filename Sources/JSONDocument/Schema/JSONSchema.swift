// SPDX-License-Identifier: Apache-2.0
package struct SchemaError: Error, Sendable {}
package struct SchemaViolation: Sendable { package let instance: JSONPointer; package let message: String }
package struct JSONSchema: Sendable {
    package init(compiling: JSONValue) throws(SchemaError) {}
    package func validate(_ value: JSONValue) -> [SchemaViolation] { [] }
}
package enum SchemaConformance { package static func answer(_ line: String) -> String { line } }
