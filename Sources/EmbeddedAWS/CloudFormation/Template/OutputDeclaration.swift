// SPDX-License-Identifier: Apache-2.0

import JSONDocument

/// An entry of a template's `Outputs` block.
struct OutputDeclaration: Sendable {
    let name: String
    let value: TemplateExpression
    let description: String?
    let exportName: TemplateExpression?
    let condition: String?

    /// Reads a declaration.
    init(name: String, _ value: JSONValue) throws(TemplateError) {
        guard name.isAlphanumeric else { throw .format("Output name \(name) is non alphanumeric.") }
        guard let object = value.object else { throw .format("Any Outputs member must be an object.") }
        for member in object.members where !Self.attributes.contains(member.name) {
            throw TemplateError("Invalid template output property '\(member.name)'")
        }
        guard let content = object["Value"] else { throw .format("Output \(name) is malformed.") }
        self.name = name
        self.value = try TemplateExpression(content)
        description = object["Description"]?.templateText
        condition = object["Condition"]?.string
        if let export = object["Export"] {
            guard let exportName = export["Name"], export.object?.count == 1 else {
                throw .format("Output \(name) is malformed. The Export field is not well formed.")
            }
            self.exportName = try TemplateExpression(exportName)
        } else {
            exportName = nil
        }
    }

    private static let attributes: Set<String> = ["Value", "Description", "Export", "Condition"]
}
