// SPDX-License-Identifier: Apache-2.0

import Foundation
import JSONDocument

/// Prints answers; with colour on a terminal that wants it.
enum PolicyTerminal {
    /// What a line's first word means, for its colour.
    private static let colours = [
        "Allow": 32, "Yes:": 32, "Allowed:": 32, "Deny": 31, "No:": 31, "ExplicitlyDenied:": 31,
        "ImplicitlyDenied:": 31, "critical": 31, "high": 31, "medium": 33, "low": 36, "Gains": 33, "Losses": 33,
        "Statements": 1, "STATEMENTS": 1, "ACCESS": 1, "FINDINGS": 1,
    ]

    /// Whether standard output is a terminal and nothing asks for plain text (no-color.org).
    private static var isColoured: Bool {
        let environment = ProcessInfo.processInfo.environment
        return isatty(STDOUT_FILENO) == 1 && (environment["NO_COLOR"] ?? "").isEmpty && environment["TERM"] != "dumb"
    }

    /// Prints lines of text.
    static func show(_ lines: [String]) {
        let isColoured = isColoured
        let text = lines.map { isColoured ? coloured($0) : $0 }.joined(separator: "\n")
        FileOutput.standardOutput(text + "\n")
    }

    /// Prints a document.
    static func show(_ document: JSONValue) {
        FileOutput.standardOutput(document.text(.indented) + "\n")
    }

    private static func coloured(_ line: String) -> String {
        let words = line.split(separator: " ", maxSplits: 2)
        // Numbered statements have their effect in second place.
        for word in words.prefix(2) {
            if let colour = colours[String(word)], let range = line.range(of: word) {
                return line.replacingCharacters(in: range, with: "\u{1B}[\(colour)m\(word)\u{1B}[0m")
            }
        }
        return line
    }
}
