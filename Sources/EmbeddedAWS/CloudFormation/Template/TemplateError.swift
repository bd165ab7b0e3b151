// SPDX-License-Identifier: Apache-2.0

/// Why CloudFormation refuses a template or its parameters, in CloudFormation's own words.
package struct TemplateError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The message of the `ValidationError`.
    package let description: String

    /// Makes a refusal.
    init(_ message: String) {
        description = message
    }

    /// `Template format error: …`: the document's structure is wrong.
    static func format(_ message: String) -> TemplateError {
        TemplateError("Template format error: \(message)")
    }

    /// `Template error: …`: a function is used wrongly.
    static func function(_ message: String) -> TemplateError {
        TemplateError("Template error: \(message)")
    }
}
