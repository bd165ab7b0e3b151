// SPDX-License-Identifier: Apache-2.0

/// Finds the name somebody probably meant.
enum SpellingDistance {
    /// The candidate that differs in case only, or in few letters for its length; `nil` where none is close.
    static func nearest(to text: String, among candidates: [String]) -> String? {
        let letters = Array(text.lowercased().utf8)
        guard (1...64).contains(letters.count) else { return nil }
        var best: (candidate: String, distance: Int)?
        for candidate in candidates {
            let others = Array(candidate.lowercased().utf8)
            let limit = max(letters.count, others.count) / 3 > 1 ? 2 : max(letters.count, others.count) / 3
            guard abs(others.count - letters.count) <= limit else { continue }
            let distance = distance(letters, others)
            if distance <= limit, distance < best?.distance ?? .max {
                best = (candidate, distance)
            }
        }
        return best?.candidate
    }

    /// How many letters must be inserted, removed or replaced (Levenshtein).
    private static func distance(_ left: [UInt8], _ right: [UInt8]) -> Int {
        var row = Array(0...right.count)
        for (line, letter) in left.enumerated() {
            var diagonal = row[0]
            row[0] = line + 1
            for (column, other) in right.enumerated() {
                let replaced = diagonal + (letter == other ? 0 : 1)
                diagonal = row[column + 1]
                row[column + 1] = min(replaced, diagonal + 1, row[column] + 1)
            }
        }
        return row[right.count]
    }
}
