// SPDX-License-Identifier: Apache-2.0

/// Where and why a text is not an acceptable JSON document.
package struct JSONParseError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What is wrong, in lower case and without a full stop.
    package let reason: String
    /// Line, from 1.
    package let line: Int
    /// Column in Unicode scalars, from 1.
    package let column: Int
    /// Offset in bytes, from 0.
    package let offset: Int

    /// `line 3, column 7: …`.
    package var description: String {
        "line \(line), column \(column): \(reason)"
    }
}

/// A place in a text.
package struct TextPosition: Sendable, Hashable, CustomStringConvertible {
    /// Line, from 1.
    package let line: Int
    /// Column in Unicode scalars, from 1.
    package let column: Int

    /// `line 3, column 7`.
    package var description: String {
        "line \(line), column \(column)"
    }
}
