// SPDX-License-Identifier: Apache-2.0

import AWSWire
import ChangeManagement

/// A filter over the catalogue: ChangeTypeId equals, the classification's parts contain a word, whatever the case.
///
/// Source: reference/amscm-api.md §2.4; the choice between AWS's two texts is in docs/compatibility.md.
struct ClassificationFilter {
    /// What a filter can look at.
    enum Attribute: String, CaseIterable {
        case category = "Category"
        case subcategory = "Subcategory"
        case item = "Item"
        case operation = "Operation"
        case changeTypeID = "ChangeTypeId"
    }

    let attribute: Attribute
    let values: [String]

    init(_ reader: InputReader, attributes: [Attribute] = Attribute.allCases) throws(InputProblem) {
        let name = try reader.requiredFilledString("Attribute")
        guard let attribute = Attribute(rawValue: name), attributes.contains(attribute) else {
            let known = attributes.map(\.rawValue).joined(separator: ", ")
            throw reader.invalid("Attribute", "`\(name)` is none of \(known)")
        }
        self.attribute = attribute
        let several = (try reader.strings("Values") ?? []).filter { !$0.isEmpty }
        let one = try reader.filledString("Value").map { [$0] } ?? []
        values = several + one
        guard !values.isEmpty else { throw reader.invalid("Values", "at least one value is required") }
    }

    func matches(_ entry: (changeTypeID: String, classification: Classification)) -> Bool {
        switch attribute {
        case .changeTypeID: values.contains(entry.changeTypeID)
        case .category: containsWord(entry.classification.category)
        case .subcategory: containsWord(entry.classification.subcategory)
        case .item: containsWord(entry.classification.item)
        case .operation: containsWord(entry.classification.operation)
        }
    }

    private func containsWord(_ text: String) -> Bool {
        let folded = text.lowercased()
        return values.contains { value in
            value.lowercased().split(separator: " ").contains { folded.contains($0) }
        }
    }
}
