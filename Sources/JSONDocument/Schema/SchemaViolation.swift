// SPDX-License-Identifier: Apache-2.0

/// One way in which a document does not fit a schema.
package struct SchemaViolation: Sendable, Hashable, CustomStringConvertible {
    /// Where in the document: the value at fault, or the object that lacks a member.
    package let instance: JSONPointer
    /// What was found and what would be accepted; long values are cut, sensitive ones not shown.
    package let message: String
    /// The schema keyword that is not met, such as `required`.
    package let keyword: String

    /// `/Parameters/Alias: …`; the message alone where the whole document is meant.
    package var description: String {
        instance.tokens.isEmpty ? message : "\(instance): \(message)"
    }
}
