// SPDX-License-Identifier: Apache-2.0

import AWSWire
import CoreValues

/// Which part of a list is asked for.
package struct PageRequest: Sendable, Hashable {
    /// At most how many items, 1 to 1000; each list has its own default.
    package let limit: Int?
    /// Where the page before ended, as that page said.
    package let marker: String?

    /// Makes a request; the first page unless there is a marker.
    package init(limit: Int? = nil, marker: String? = nil) {
        self.limit = limit
        self.marker = marker
    }

    /// The limit to keep to.
    func checkedLimit(default standard: Int) throws(AWSError) -> Int {
        guard let limit else { return standard }
        try MemberConstraint.value(limit, of: "limit", in: 1...1000)
        return limit
    }

    /// What the marker stands for, `nil` for the first page.
    func checkedMarker() throws(AWSError) -> String? {
        guard let marker else { return nil }
        try MemberConstraint.length(marker, of: "marker", in: 1...1024)
        guard let bytes = Base64.decode(marker), let text = String(validating: bytes, as: UTF8.self) else {
            throw KMSError.invalidMarker()
        }
        return text
    }
}

/// A part of a list.
package struct Page<Item: Sendable>: Sendable {
    /// The items in order.
    package let items: [Item]
    /// Where to go on, `nil` at the end of the list.
    package let nextMarker: String?

    /// Makes a page that ends where `end` says, the last one when that is `nil`.
    init(items: [Item], end: String?) {
        self.items = items
        nextMarker = end.map { Base64.encode(Array($0.utf8)) }
    }

    /// The part of a short list that a request asks for; `name` gives each item's name in markers.
    init(
        of list: [Item],
        _ request: PageRequest,
        defaultLimit: Int,
        name: (Item) -> String
    ) throws(AWSError) {
        let limit = try request.checkedLimit(default: defaultLimit)
        var start = 0
        if let marker = try request.checkedMarker() {
            guard let index = list.firstIndex(where: { name($0) == marker }) else { throw KMSError.invalidMarker() }
            start = index + 1
        }
        let items = Array(list[start...].prefix(limit))
        self.init(items: items, end: start + items.count < list.count ? items.last.map(name) : nil)
    }

    /// The part of a list in order of creation; `item` skips what no longer exists.
    init<ID>(
        of order: CreationOrder<ID>,
        _ request: PageRequest,
        defaultLimit: Int,
        id: (String) -> ID?,
        item: (ID) -> Item?
    ) throws(AWSError) where ID: CustomStringConvertible {
        let limit = try request.checkedLimit(default: defaultLimit)
        var start: CreationOrder<ID>.Place?
        if let marker = try request.checkedMarker() {
            let parts = marker.split(separator: " ", maxSplits: 1)
            guard parts.count == 2, let milliseconds = Int64(parts[0]), let id = id(String(parts[1])) else {
                throw KMSError.invalidMarker()
            }
            start = CreationOrder<ID>.Place(createdAt: Timestamp(milliseconds: milliseconds), id: id)
        }
        var items: [Item] = []
        var last: CreationOrder<ID>.Place?
        for place in order.rest(after: start) {
            guard let item = item(place.id) else { continue }
            if items.count == limit {
                self.init(items: items, end: last.map { "\($0.createdAt.milliseconds) \($0.id)" })
                return
            }
            items.append(item)
            last = place
        }
        self.init(items: items, end: nil)
    }
}
