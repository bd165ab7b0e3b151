// SPDX-License-Identifier: Apache-2.0

/// The condition keys of a request with their values.
///
/// Keys are compared without regard to case. A key without values counts as absent.
package struct RequestContext: Sendable, Hashable {
    /// What a key has.
    package enum Value: Sendable, Hashable {
        /// One value.
        case one(String)
        /// A list: the key is multivalued, even when the list has one element.
        case list([String])

        /// The values in order.
        package var values: [String] {
            switch self {
            case .one(let value): [value]
            case .list(let values): values
            }
        }
    }

    private struct Entry: Sendable, Hashable {
        let key: ContextKey
        var value: Value
    }

    private var entries: [Entry] = []

    /// Makes a context.
    package init(_ values: [String: Value] = [:]) {
        for key in values.keys.sorted() {
            self[key] = values[key]
        }
    }

    /// The value of a key, `nil` when it is absent.
    package subscript(key: String) -> Value? {
        get {
            self[ContextKey(key)]
        }
        set {
            let key = ContextKey(key)
            entries.removeAll { $0.key == key }
            if let newValue, newValue != .list([]) {
                entries.append(Entry(key: key, value: newValue))
            }
        }
    }

    subscript(key: ContextKey) -> Value? {
        for entry in entries where entry.key == key {
            return entry.value
        }
        return nil
    }

    /// The keys in lower case, in the order in which they were set.
    package var keys: [String] {
        entries.map(\.key.name)
    }

    /// Sets a key that has no value yet.
    mutating func setDefault(_ key: String, _ value: @autoclosure () -> Value?) {
        if self[key] == nil {
            self[key] = value()
        }
    }
}

/// A condition key in lower case with its hash, so that most comparisons end at one word.
struct ContextKey: Sendable, Hashable {
    let name: String
    private let hash: UInt64

    init(_ key: String) {
        name = key.lowercased()
        hash = name.stableHash
    }

    static func == (lhs: ContextKey, rhs: ContextKey) -> Bool {
        lhs.hash == rhs.hash && lhs.name == rhs.name
    }

    func hash(into hasher: inout Hasher) {
        hasher.combine(hash)
    }
}

extension String {
    /// The FNV-1a hash of the UTF-8 bytes; for telling texts apart quickly, not for security.
    var stableHash: UInt64 {
        utf8.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
    }
}
