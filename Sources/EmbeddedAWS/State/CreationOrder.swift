// SPDX-License-Identifier: Apache-2.0

import CoreValues

/// Ids in the order in which their things were made, ties broken by the id.
///
/// New things come last, so inserting is cheap; removing moves what follows, which only deletions pay for.
struct CreationOrder<ID: Sendable & Comparable>: Sendable, Equatable {
    /// One thing's place.
    struct Place: Sendable, Comparable {
        let createdAt: Timestamp
        let id: ID

        static func < (lhs: Place, rhs: Place) -> Bool {
            (lhs.createdAt, lhs.id) < (rhs.createdAt, rhs.id)
        }
    }

    /// All places in order.
    private(set) var places: [Place] = []

    /// Puts an id in its place; it must not be there yet.
    mutating func insert(_ id: ID, createdAt: Timestamp) {
        let place = Place(createdAt: createdAt, id: id)
        if let last = places.last, place < last {
            places.insert(place, at: index(after: place))
        } else {
            places.append(place)
        }
    }

    /// Takes an id out.
    mutating func remove(_ id: ID, createdAt: Timestamp) {
        let place = Place(createdAt: createdAt, id: id)
        let index = index(after: place) - 1
        if index >= 0, places[index] == place {
            places.remove(at: index)
        }
    }

    /// Everything behind a place, which itself may be gone; everything when there is none.
    func rest(after place: Place?) -> ArraySlice<Place> {
        places[(place.map(index(after:)) ?? 0)...]
    }

    /// How many places are at or before `place`.
    private func index(after place: Place) -> Int {
        var low = 0
        var high = places.count
        while low < high {
            let middle = (low + high) / 2
            if place < places[middle] {
                high = middle
            } else {
                low = middle + 1
            }
        }
        return low
    }
}
