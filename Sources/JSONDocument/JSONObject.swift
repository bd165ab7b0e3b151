// SPDX-License-Identifier: Apache-2.0

/// The members of a JSON object, in document order, each name once.
///
/// Look-up is linear for small objects and hashed from ``indexThreshold`` members on.
package struct JSONObject: Sendable {
    /// One name and its value.
    package struct Member: Sendable, Hashable {
        /// The member's name, unescaped.
        package let name: String
        /// The member's value.
        package var value: JSONValue

        package static func == (lhs: Member, rhs: Member) -> Bool {
            ExactText.areSame(lhs.name, rhs.name) && lhs.value == rhs.value
        }

        package func hash(into hasher: inout Hasher) {
            hasher.combine(ExactText(name))
            hasher.combine(value)
        }
    }

    /// From how many members on names are hashed.
    static let indexThreshold = 12

    /// The members in document order.
    package private(set) var members: [Member] = []
    private var index: [ExactText: Int] = [:]

    /// Makes an empty object.
    package init() {}

    /// How many members there are.
    package var count: Int {
        members.count
    }

    /// Whether there is no member.
    package var isEmpty: Bool {
        members.isEmpty
    }

    /// The names in document order.
    package var names: [String] {
        members.map(\.name)
    }

    /// The value of a member.
    ///
    /// Setting keeps the place of an existing member, appends a new one, and removes with `nil`.
    package subscript(name: String) -> JSONValue? {
        get {
            position(of: name).map { members[$0].value }
        }
        set {
            switch (position(of: name), newValue) {
            case (let position?, let value?):
                members[position].value = value
            case (let position?, nil):
                members.remove(at: position)
                index = [:]
                indexIfLarge()
            case (nil, let value?):
                append(unchecked: name, value)
            case (nil, nil):
                break
            }
        }
    }

    /// Appends a member whose name is new.
    /// - Returns: `false`, with nothing changed, when the name is already there.
    mutating func append(_ name: String, _ value: JSONValue) -> Bool {
        guard position(of: name) == nil else { return false }
        append(unchecked: name, value)
        return true
    }

    private mutating func append(unchecked name: String, _ value: JSONValue) {
        members.append(Member(name: name, value: value))
        if members.count > Self.indexThreshold {
            index[ExactText(name)] = members.count - 1
        } else {
            indexIfLarge()
        }
    }

    private mutating func indexIfLarge() {
        guard members.count >= Self.indexThreshold, index.count != members.count else { return }
        index = [:]
        for (position, member) in members.enumerated() {
            index[ExactText(member.name)] = position
        }
    }

    private func position(of name: String) -> Int? {
        if index.isEmpty {
            return members.firstIndex { ExactText.areSame($0.name, name) }
        }
        return index[ExactText(name)]
    }
}

extension JSONObject: Hashable {
    /// Equal when both have the same names with equal values; order does not matter (RFC 8259 §4).
    package static func == (lhs: JSONObject, rhs: JSONObject) -> Bool {
        lhs.count == rhs.count && lhs.members.allSatisfy { rhs[$0.name] == $0.value }
    }

    package func hash(into hasher: inout Hasher) {
        var combined = 0
        for member in members {
            var memberHasher = Hasher()
            memberHasher.combine(member)
            combined ^= memberHasher.finalize()
        }
        hasher.combine(combined)
    }
}
