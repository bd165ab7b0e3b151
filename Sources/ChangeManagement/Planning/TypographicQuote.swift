// SPDX-License-Identifier: Apache-2.0

/// A quotation mark of a word processor where JSON needs a straight one.
///
/// The change type's own documentation prints one (reference/seed-analysis.md C1), and people paste it.
struct TypographicQuote: CustomStringConvertible {
    private static let quotes: Set<Unicode.Scalar> = ["\u{201C}", "\u{201D}", "\u{201E}", "\u{2018}", "\u{2019}"]

    let scalar: Unicode.Scalar
    /// From 1.
    let line: Int
    /// In code points, from 1.
    let column: Int

    /// Finds the first one.
    init?(firstIn text: String) {
        var line = 1
        var column = 1
        for scalar in text.unicodeScalars {
            if Self.quotes.contains(scalar) {
                self.scalar = scalar
                self.line = line
                self.column = column
                return
            }
            column += 1
            if scalar == "\n" {
                line += 1
                column = 1
            }
        }
        return nil
    }

    var description: String {
        "found the curly quote `\(scalar)` (U+\(String(scalar.value, radix: 16, uppercase: true))) at line \(line), "
            + "column \(column), where JSON takes only the straight quote `\"`"
    }
}
