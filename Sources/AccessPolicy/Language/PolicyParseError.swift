// SPDX-License-Identifier: Apache-2.0

package import JSONDocument

/// Why a document is no policy, and where.
package struct PolicyParseError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What is wrong, in lower case and without a full stop.
    package let reason: String
    /// The value that is wrong; the document's root when it isn't even JSON.
    package let pointer: JSONPointer
    /// The line that value stands on, from 1, when the document was read from text.
    package private(set) var line: Int?
    /// The column it starts at, from 1.
    package private(set) var column: Int?

    init(_ reason: String, at pointer: JSONPointer) {
        self.reason = reason
        self.pointer = pointer
    }

    /// The same error with its place in the text.
    func at(line: Int?, column: Int?) -> PolicyParseError {
        var error = self
        error.line = line
        error.column = column
        return error
    }

    /// `line 3, column 7: /Statement/0/Effect: …`, leaving out what isn't known.
    package var description: String {
        let place = line.flatMap { line in column.map { "line \(line), column \($0)" } }
        return [place, pointer.tokens.isEmpty ? nil : pointer.description, reason]
            .compactMap(\.self)
            .joined(separator: ": ")
    }
}
