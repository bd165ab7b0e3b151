// SPDX-License-Identifier: Apache-2.0

/// Puts lists into sentences and finds what was probably meant.
enum Words {
    /// `` `a`, `b` and `c` ``; after the first six the rest is counted.
    static func list(_ names: [String]) -> String {
        let quoted = names.prefix(6).map { "`\($0)`" }
        if names.count > 6 {
            return quoted.joined(separator: ", ") + " and \(names.count - 6) more"
        }
        guard let last = quoted.last, quoted.count > 1 else { return quoted.first ?? "nobody" }
        return quoted.dropLast().joined(separator: ", ") + " and " + last
    }

    /// The names of actions in a sentence.
    static func list(_ actions: KMSActionSet) -> String {
        list(actions.actions.map(\.name))
    }

    /// The candidate that differs from a name in the fewest letters, if those are at most two.
    ///
    /// Case is left aside. Names of more than 64 characters resemble nothing.
    static func nearest(_ name: String, in candidates: [String]) -> String? {
        let wanted = Array(name.lowercased().utf8)
        guard wanted.count <= 64 else { return nil }
        var best: (name: String, distance: Int)?
        for candidate in candidates {
            let bytes = Array(candidate.lowercased().utf8)
            guard abs(bytes.count - wanted.count) <= 2 else { continue }
            let distance = distance(wanted, bytes)
            if distance <= 2, distance < best?.distance ?? 3 {
                best = (candidate, distance)
            }
        }
        return best?.name
    }

    /// How many letters must be inserted, removed or replaced.
    private static func distance(_ left: [UInt8], _ right: [UInt8]) -> Int {
        var previous = Array(0...right.count)
        for (row, leftByte) in left.enumerated() {
            var current = [row + 1]
            for (column, rightByte) in right.enumerated() {
                let replaced = previous[column] + (leftByte == rightByte ? 0 : 1)
                current.append(min(replaced, previous[column + 1] + 1, current[column] + 1))
            }
            previous = current
        }
        return previous[right.count]
    }

    /// Whether a text has `*` or `?` outside of the escapes `${*}` and `${?}`.
    static func hasWildcard(_ text: String) -> Bool {
        guard text.utf8.contains(where: { $0 == UInt8(ascii: "*") || $0 == UInt8(ascii: "?") }) else { return false }
        var previous: [Character] = []
        for character in text {
            if character == "*" || character == "?", previous != ["$", "{"] {
                return true
            }
            previous = previous.suffix(1) + [character]
        }
        return false
    }

    /// Whether a text has `${`, which starts a policy variable.
    static func hasVariable(_ text: String) -> Bool {
        !variables(text).isEmpty
    }

    /// The policy variables of a text without their defaults: `aws:username` of `${aws:username, 'nobody'}`.
    static func variables(_ text: String) -> [String] {
        var found: [String] = []
        var body: String?
        var previous: Character?
        for character in text {
            if previous == "$", character == "{" {
                body = ""
            } else if character == "}", let name = body {
                let name = name.prefix { $0 != "," }
                if !["*", "?", "$"].contains(name) {
                    found.append(String(name))
                }
                body = nil
            } else {
                body?.append(character)
            }
            previous = character
        }
        return found
    }
}
