// SPDX-License-Identifier: Apache-2.0

/// Whether there is a text that fits two patterns with `*` and `?`.
enum PatternOverlap {
    /// - Complexity: O(n·m).
    static func exists(_ left: String, _ right: String) -> Bool {
        let left = tokens(left)
        let right = tokens(right)
        // Which prefixes of the right pattern can end where a prefix of the left one does.
        var row = [Bool](repeating: false, count: right.count + 1)
        row[0] = true
        for column in right.indices where right[column] == WildcardPattern.star {
            row[column + 1] = row[column]
        }
        for token in left {
            var next = [Bool](repeating: false, count: right.count + 1)
            next[0] = row[0] && token == WildcardPattern.star
            for column in right.indices {
                let other = right[column]
                if token == WildcardPattern.star || other == WildcardPattern.star {
                    // A star stands for nothing, or for whatever the other pattern has there.
                    next[column + 1] =
                        (token == WildcardPattern.star && (row[column + 1] || next[column]))
                        || (other == WildcardPattern.star && (next[column] || row[column + 1]))
                } else {
                    let fits =
                        token == other || token == WildcardPattern.question || other == WildcardPattern.question
                    next[column + 1] = row[column] && fits
                }
            }
            row = next
        }
        return row[right.count]
    }

    /// The pattern's characters; a policy variable may stand for anything.
    private static func tokens(_ text: String) -> [WildcardPattern.Token] {
        var result: [WildcardPattern.Token] = []
        var rest = WildcardPattern.tokens(text, wildcards: true)[...]
        let opening = WildcardPattern.tokens("${", wildcards: false)
        let closing = WildcardPattern.Token(UInt8(ascii: "}"))
        while let token = rest.first {
            if rest.starts(with: opening), let end = rest.firstIndex(of: closing) {
                result.append(WildcardPattern.star)
                rest = rest[(end + 1)...]
            } else {
                result.append(token)
                rest = rest.dropFirst()
            }
        }
        return result
    }
}
