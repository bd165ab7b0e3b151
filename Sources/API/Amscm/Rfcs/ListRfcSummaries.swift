// SPDX-License-Identifier: Apache-2.0

package import AWSWire
import ChangeManagement
import CoreValues
package import JSONDocument

/// ListRfcSummaries: the caller's account's RFCs, newest first, filtered.
///
/// Source: AMS change management API reference, ListRfcSummaries; reference/amscm-api.md §2.3.
package struct ListRfcSummaries: Operation {
    package static let name = "ListRfcSummaries"
    let service: RfcService

    /// The request's members.
    package struct Input: Sendable {
        let filters: [RfcFilter]
        let pageSize: Int
        let after: RfcQuery.Position?
    }

    package func decode(_ reader: InputReader) throws -> Input {
        let page = try AmscmPage(reader)
        var filters =
            try reader.structures("Filters") { filter throws(InputProblem) in
                try RfcFilterInput(filter).filter()
            } ?? []
        guard filters.count <= RfcFilterInput.maxFilters else {
            throw reader.invalid(
                "Filters",
                "found \(filters.count) filters; at most \(RfcFilterInput.maxFilters) are accepted"
            )
        }
        filters += try Self.rangeFilter(reader, "RequestedStartTimeRange", .requestedStart)
        filters += try Self.rangeFilter(reader, "RequestedEndTimeRange", .requestedEnd)
        return Input(filters: filters, pageSize: page.size, after: try Self.position(page, reader))
    }

    package func handle(_ input: Input, _ context: RequestContext) async throws -> JSONValue? {
        let query = RfcQuery(
            account: context.caller.accountID,
            filters: input.filters,
            limit: input.pageSize + 1,
            after: input.after
        )
        let found = try service.rfcs(query)
        let page = Array(found.prefix(input.pageSize))
        let next = found.count > page.count ? page.last.map(Self.token) : nil
        return ListSlice(elements: page, nextToken: next).response("RfcSummaries", RfcWire.summary)
    }

    /// The deprecated time ranges: both ends optional.
    private static func rangeFilter(
        _ reader: InputReader,
        _ name: String,
        _ member: RfcFilter.TimeMember
    ) throws(InputProblem) -> [RfcFilter] {
        guard let range = try reader.structure(name) else { return [] }
        switch (try range.time("StartTime"), try range.time("EndTime")) {
        case (let start?, let end?): return [.between(member, start, end)]
        case (let start?, nil): return [.after(member, start)]
        case (nil, let end?): return [.before(member, end)]
        case (nil, nil): return []
        }
    }

    private static func token(_ rfc: Rfc) -> String {
        Base64.encode(Array("\(rfc.createdAt.milliseconds) \(rfc.id)".utf8))
    }

    private static func position(
        _ page: AmscmPage,
        _ reader: InputReader
    ) throws(InputProblem) -> RfcQuery.Position? {
        guard let token = page.token else { return nil }
        let parts = String(decoding: token, as: UTF8.self).split(separator: " ")
        guard parts.count == 2, let milliseconds = Int64(parts[0]), let id = RfcID(String(parts[1])) else {
            throw AmscmPage.badToken(reader)
        }
        return RfcQuery.Position(createdAt: Timestamp(milliseconds: milliseconds), id: id)
    }
}
