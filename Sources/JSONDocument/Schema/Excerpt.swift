// SPDX-License-Identifier: Apache-2.0

/// Cuts what is shown of foreign text in messages.
enum Excerpt {
    /// How many code points of one value are shown.
    static let maxLength = 80
    /// How many values of a list are shown.
    static let maxListed = 12

    /// The text on one line, cut with `…` where it is long.
    static func of(_ text: String, maxLength: Int = maxLength) -> String {
        var cut = ""
        var count = 0
        for scalar in text.unicodeScalars {
            guard count < maxLength else { return cut + "…" }
            count += 1
            if scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value) || scalar == "\u{2028}"
                || scalar == "\u{2029}"
            {
                cut += "\\u{\(String(scalar.value, radix: 16))}"
            } else {
                cut.unicodeScalars.append(scalar)
            }
        }
        return cut
    }

    /// The texts in backticks with commas, cut with their number where there are many.
    static func list(_ texts: some Collection<String>) -> String {
        let shown = texts.prefix(maxListed).map { "`\(of($0))`" }.joined(separator: ", ")
        return texts.count > maxListed ? shown + " and \(texts.count - maxListed) more" : shown
    }

    /// A value as a message shows it: scalars by their text, containers by their kind.
    static func of(_ value: JSONValue) -> String {
        switch value {
        case .array(let elements): elements.isEmpty ? "an empty array" : "an array"
        case .object(let object): object.isEmpty ? "an empty object" : "an object"
        case .string(let text): text.isEmpty ? "an empty string" : "`\(of(text))`"
        case .null, .bool, .number: "`\(of(value.text()))`"
        }
    }

    /// What kind of value it is, with its article.
    static func kind(_ value: JSONValue) -> String {
        switch value {
        case .null: "null"
        case .array, .object: "an \(value.kind)"
        case .bool, .number, .string: "a \(value.kind)"
        }
    }
}
