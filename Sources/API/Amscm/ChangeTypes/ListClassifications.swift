// SPDX-License-Identifier: Apache-2.0

package import AWSWire
import ChangeManagement
package import JSONDocument

/// ListChangeTypeClassificationSummaries: where each change type stands in the catalogue; filters are alternatives.
///
/// Source: AMS change management API reference; reference/amscm-api.md §2.4.
package struct ListChangeTypeClassificationSummaries: Operation {
    package static let name = "ListChangeTypeClassificationSummaries"
    let catalogue: Catalogue

    package func decode(_ reader: InputReader) throws -> InputReader {
        reader
    }

    package func handle(_ input: InputReader, _ context: RequestContext) async throws -> JSONValue? {
        let page = try AmscmPage(input)
        let filters =
            try input.structures("Filters") { filter throws(InputProblem) in
                try ClassificationFilter(filter)
            } ?? []
        let entries = catalogue.classifications.filter { entry in
            filters.isEmpty || filters.contains { $0.matches(entry) }
        }
        return try page.slice(entries, input)
            .response(
                "ChangeTypeClassificationSummaries",
                ChangeTypeWire.classification
            )
    }
}

/// ListChangeTypeCategories, ListChangeTypeSubcategories, ListChangeTypeItems: the names on one level below the
/// names given, each once, in alphabetical order.
///
/// Source: AMS change management API reference.
struct ListClassificationLevel: Sendable {
    let catalogue: Catalogue
    /// The members that pick the branch, from the top.
    let branch: [String]
    /// The response's member.
    let member: String

    func names(_ reader: InputReader) throws -> JSONValue {
        let page = try AmscmPage(reader)
        var wanted: [String] = []
        for name in branch {
            wanted.append(try reader.requiredFilledString(name))
        }
        let names = catalogue.classifications.map { Self.path($0.classification) }
            .filter { $0.starts(with: wanted) }
            .map { $0[wanted.count] }
        return try page.slice(Array(Set(names)).sorted(), reader).response(member) { .string($0) }
    }

    static func path(_ classification: Classification) -> [String] {
        [classification.category, classification.subcategory, classification.item, classification.operation]
    }
}

/// ListChangeTypeCategories.
package struct ListChangeTypeCategories: Operation {
    package static let name = "ListChangeTypeCategories"
    let catalogue: Catalogue

    package func decode(_ reader: InputReader) throws -> InputReader {
        reader
    }

    package func handle(_ input: InputReader, _ context: RequestContext) async throws -> JSONValue? {
        try ListClassificationLevel(catalogue: catalogue, branch: [], member: "ChangeTypeCategories").names(input)
    }
}

/// ListChangeTypeSubcategories.
package struct ListChangeTypeSubcategories: Operation {
    package static let name = "ListChangeTypeSubcategories"
    let catalogue: Catalogue

    package func decode(_ reader: InputReader) throws -> InputReader {
        reader
    }

    package func handle(_ input: InputReader, _ context: RequestContext) async throws -> JSONValue? {
        let level = ListClassificationLevel(
            catalogue: catalogue,
            branch: ["Category"],
            member: "ChangeTypeSubcategories"
        )
        return try level.names(input)
    }
}

/// ListChangeTypeItems.
package struct ListChangeTypeItems: Operation {
    package static let name = "ListChangeTypeItems"
    let catalogue: Catalogue

    package func decode(_ reader: InputReader) throws -> InputReader {
        reader
    }

    package func handle(_ input: InputReader, _ context: RequestContext) async throws -> JSONValue? {
        let level = ListClassificationLevel(
            catalogue: catalogue,
            branch: ["Category", "Subcategory"],
            member: "ChangeTypeItems"
        )
        return try level.names(input)
    }
}

/// ListChangeTypeOperations: the operations of one item, each with its change type.
package struct ListChangeTypeOperations: Operation {
    package static let name = "ListChangeTypeOperations"
    let catalogue: Catalogue

    package func decode(_ reader: InputReader) throws -> InputReader {
        reader
    }

    package func handle(_ input: InputReader, _ context: RequestContext) async throws -> JSONValue? {
        let page = try AmscmPage(input)
        let wanted = [
            try input.requiredFilledString("Category"), try input.requiredFilledString("Subcategory"),
            try input.requiredFilledString("Item"),
        ]
        let entries = catalogue.classifications.filter {
            ListClassificationLevel.path($0.classification).starts(with: wanted)
        }
        return try page.slice(entries, input)
            .response("ChangeTypeOperationSummaries") { entry in
                [
                    "ChangeTypeId": .string(entry.changeTypeID),
                    "Operation": .string(entry.classification.operation),
                ]
            }
    }
}
