// SPDX-License-Identifier: Apache-2.0

extension SchemaValidator {
    mutating func checkNumber(_ node: SchemaNode, _ value: JSONValue, _ number: JSONNumber) -> Bool {
        var fits = true
        if let bound = node.rules.maximum, bound.isExclusive ? !(number < bound.number) : bound.number < number {
            let limit = Excerpt.of(bound.number.literal)
            fail("maximum", value) { shown in
                "\(shown) is too large; " + (bound.isExclusive ? "less than \(limit)" : "at most \(limit)")
                    + " is accepted"
            }
            fits = false
        }
        if let bound = node.rules.minimum, bound.isExclusive ? !(bound.number < number) : number < bound.number {
            let limit = Excerpt.of(bound.number.literal)
            fail("minimum", value) { shown in
                "\(shown) is too small; " + (bound.isExclusive ? "more than \(limit)" : "at least \(limit)")
                    + " is accepted"
            }
            fits = false
        }
        if let divisor = node.rules.multipleOf, !number.isMultiple(of: divisor) {
            fail("multipleOf", value) { shown in "\(shown) is not a multiple of \(Excerpt.of(divisor.literal))" }
            fits = false
        }
        return fits
    }

    mutating func checkString(_ node: SchemaNode, _ value: JSONValue, _ text: String) -> Bool {
        var fits = true
        if node.rules.maxLength != nil || node.rules.minLength != nil {
            fits = checkLength(node, value, text)
        }
        guard fits || !isQuiet else { return false }
        if let pattern = node.rules.pattern {
            switch pattern.search(text) {
            case .found:
                break
            case .notFound:
                let shownPattern = Excerpt.of(pattern.source, maxLength: 300)
                fail("pattern", value) { shown in "\(shown) does not match `\(shownPattern)`" }
                fits = false
            case .undecided:
                giveUp("pattern", Self.undecidedPattern(pattern))
                return false
            }
        }
        guard fits || !isQuiet else { return false }
        if let format = node.rules.format, !format.accepts(text) {
            fail("format", value) { shown in "\(shown) is not \(format.expectation)" }
            fits = false
        }
        return fits
    }

    static func undecidedPattern(_ pattern: ECMAPattern) -> String {
        """
        whether the text matches `\(Excerpt.of(pattern.source, maxLength: 300))` can't be decided within \
        \(ECMAPattern.maxSteps) steps; a shorter text may be accepted
        """
    }

    private mutating func checkLength(_ node: SchemaNode, _ value: JSONValue, _ text: String) -> Bool {
        // Code points, not UTF-8 or UTF-16 units and not grapheme clusters.
        let length = text.utf8.reduce(0) { $1 & 0xC0 == 0x80 ? $0 : $0 + 1 }
        if let limit = node.rules.maxLength, length > limit {
            fail("maxLength", value) { shown in
                "\(shown) has \(Self.characters(length)); at most \(limit) \(limit == 1 ? "is" : "are") accepted"
            }
            return false
        }
        if let limit = node.rules.minLength, length < limit {
            fail("minLength", value) { shown in
                "\(shown) has \(Self.characters(length)); at least \(limit) \(limit == 1 ? "is" : "are") required"
            }
            return false
        }
        return true
    }

    private static func characters(_ count: Int) -> String {
        count == 1 ? "1 character" : "\(count) characters"
    }
}
