// SPDX-License-Identifier: Apache-2.0

/// A compiled JSON Schema, draft-04: every keyword of the validation specification, references included.
///
/// References reach into the schema itself and to the draft-04 metaschema; nothing is ever fetched. Unknown keywords
/// and formats are ignored, as the specification asks; known keywords with values they can't have are refused.
package struct JSONSchema: Sendable {
    let nodes: [SchemaNode]
    let root: Int
    let hasSensitiveValues: Bool

    /// Compiles a schema.
    /// - Throws: ``SchemaError`` with the JSON pointer of the keyword at fault.
    package init(compiling schema: JSONValue) throws(SchemaError) {
        var compiler = SchemaCompiler(schema)
        root = try compiler.compile()
        nodes = compiler.finishedNodes
        hasSensitiveValues = nodes.contains { $0.rules.isSensitive }
    }

    /// Checks a document.
    ///
    /// Where the answer can't be found within the limits on depth and work, the document counts as not fitting and
    /// the violation says so.
    /// - Returns: the violations in the document's order; empty when the document fits.
    package func validate(_ value: JSONValue) -> [SchemaViolation] {
        var validator = SchemaValidator(self)
        return validator.violations(of: value)
    }

    /// Whether a document fits; cheaper than ``validate(_:)`` where no explanation is needed.
    package func accepts(_ value: JSONValue) -> Bool {
        var validator = SchemaValidator(self)
        return validator.accepts(value)
    }
}
