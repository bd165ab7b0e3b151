// SPDX-License-Identifier: Apache-2.0

/// A compiled ECMA-262 regular expression over whole code points, as `pattern` and `patternProperties` use it.
///
/// The syntax is that of edition 5.1 with look-behind, named groups, `\u{…}` and `\p{…}`. `.` and classes match code
/// points as with the `u` flag, and letters are escaped only where the escape has a meaning; `]`, `{` and `}` may
/// stand for themselves. `^` and `$` match at the ends of the text only.
package struct ECMAPattern: Sendable {
    /// What a search found.
    package enum Outcome: Sendable, Hashable {
        case found
        case notFound
        /// The search was given up because it takes too many steps.
        case undecided
    }

    /// How many steps a search without memory may take.
    package static let maxSteps = 1_000_000

    /// The expression as written.
    package let source: String
    private let program: PatternProgram

    /// Compiles an expression.
    /// - Throws: ``PatternError`` with the place in the expression.
    package init(_ source: String) throws(PatternError) {
        self.source = source
        var parser = try PatternParser(source)
        let tree = try parser.pattern()
        program = try PatternCompiler.compile(tree, groupCount: parser.groupCount)
    }

    /// Looks for a match anywhere in a text.
    ///
    /// Without back-references the work is bounded by the product of both lengths; with them it may end undecided.
    package func search(_ text: String) -> Outcome {
        var scalars: [UInt32] = []
        scalars.reserveCapacity(text.utf8.count)
        for scalar in text.unicodeScalars {
            scalars.append(scalar.value)
        }
        var matcher = PatternMatcher(program: program, text: scalars)
        return matcher.search()
    }
}

/// Why a text is no regular expression.
package struct PatternError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What is wrong, in lower case and without a full stop.
    package let reason: String
    /// The place in code points, from 1.
    package let position: Int

    init(_ reason: String, at offset: Int) {
        self.reason = reason
        position = offset + 1
    }

    /// `at character 3: …`.
    package var description: String {
        "at character \(position): \(reason)"
    }
}
