// SPDX-License-Identifier: Apache-2.0

/// Why a document is no usable draft-04 schema.
package struct SchemaError: Error, Sendable, Hashable, CustomStringConvertible {
    /// Where in the schema: the keyword or subschema at fault.
    package let pointer: JSONPointer
    /// What is wrong and what would be accepted, in lower case and without a full stop.
    package let reason: String

    init(_ pointer: JSONPointer, _ reason: String) {
        self.pointer = pointer
        self.reason = reason
    }

    /// `/properties/Alias/pattern: …`; the reason alone where the whole schema is meant.
    package var description: String {
        pointer.tokens.isEmpty ? reason : "\(pointer): \(reason)"
    }
}
