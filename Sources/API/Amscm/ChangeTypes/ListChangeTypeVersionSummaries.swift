// SPDX-License-Identifier: Apache-2.0

package import AWSWire
import ChangeManagement
package import JSONDocument

/// ListChangeTypeVersionSummaries: the versions of the change types that the filter names, of all without one.
///
/// Source: AMS change management API reference, ListChangeTypeVersionSummaries.
package struct ListChangeTypeVersionSummaries: Operation {
    package static let name = "ListChangeTypeVersionSummaries"
    let catalogue: Catalogue

    package func decode(_ reader: InputReader) throws -> InputReader {
        reader
    }

    package func handle(_ input: InputReader, _ context: RequestContext) async throws -> JSONValue? {
        let page = try AmscmPage(input)
        let filters =
            try input.structures("Filters") { filter throws(InputProblem) in
                try ClassificationFilter(filter, attributes: [.changeTypeID])
            } ?? []
        let ids = filters.isEmpty ? catalogue.changeTypeIDs : filters.flatMap(\.values)
        let versions = ids.flatMap { catalogue.versions(of: $0) }
        return try page.slice(versions, input).response("ChangeTypeVersionSummaries", ChangeTypeWire.summary)
    }
}
