// SPDX-License-Identifier: Apache-2.0

/// Lays text out in lines of a given width.
package enum TextLayout {
    /// How wide reports are.
    package static let width = 100

    /// Breaks a text at spaces into lines of at most `width` characters, longer only where a word doesn't fit into one.
    ///
    /// The first line begins with `first`, all others with `rest`.
    package static func wrap(
        _ text: String,
        first: String = "",
        rest: String = "",
        width: Int = width
    ) -> [String] {
        var lines: [String] = []
        var line = first
        var isEmpty = true
        for word in text.split(separator: " ") {
            if !isEmpty, line.count + 1 + word.count > width {
                lines.append(line)
                line = rest
                isEmpty = true
            }
            line += (isEmpty ? "" : " ") + word
            isEmpty = false
        }
        lines.append(line)
        return lines
    }

    /// A text followed by spaces up to a width.
    package static func padded(_ text: String, to width: Int) -> String {
        text + String(repeating: " ", count: max(0, width - text.count))
    }

    /// Cuts a name that is wider than a column, after a colon or slash where there is one.
    static func pieces(_ text: String, width: Int) -> [String] {
        var pieces: [String] = []
        var rest = text[...]
        while rest.count > width {
            let limit = rest.index(rest.startIndex, offsetBy: width)
            let separator = rest[..<limit].lastIndex { ":/ ".contains($0) }
            let cut = separator.map { rest.index(after: $0) } ?? limit
            pieces.append(String(rest[..<cut]))
            rest = rest[cut...]
        }
        return pieces + [String(rest)]
    }
}
