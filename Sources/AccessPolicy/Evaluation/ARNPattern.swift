// SPDX-License-Identifier: Apache-2.0

/// An ARN with wildcards, matched part by part: a wildcard never reaches over one of the first five colons.
///
/// Source: IAM user guide, "IAM JSON policy elements: Condition operators", ARN operators.
struct ARNPattern: Sendable, Hashable {
    private let parts: [ValuePattern]

    /// Reads a pattern; text with fewer than six parts matches nothing but, when it is `*`, everything.
    init(_ text: String, variables: Bool) {
        parts = Self.split(text).map { ValuePattern(String($0), wildcards: true, variables: variables) }
    }

    /// Whether an ARN matches.
    func matches(_ text: String, _ context: RequestContext) -> Bool {
        if parts.count == 1 {
            return parts[0].resolved(context)?.matchesAnything ?? false
        }
        let values = text.split(separator: ":", maxSplits: 5, omittingEmptySubsequences: false)
        guard parts.count == 6, values.count == 6 else { return false }
        return zip(parts, values).allSatisfy { $0.matches($1, context) }
    }

    /// Splits at the first five colons that don't stand inside a policy variable.
    private static func split(_ text: String) -> [Substring] {
        var parts: [Substring] = []
        var start = text.startIndex
        var isInVariable = false
        var previous: Character?
        for index in text.indices {
            let character = text[index]
            if previous == "$", character == "{" {
                isInVariable = true
            } else if character == "}" {
                isInVariable = false
            } else if character == ":", !isInVariable, parts.count < 5 {
                parts.append(text[start..<index])
                start = text.index(after: index)
            }
            previous = character
        }
        return parts + [text[start...]]
    }
}
