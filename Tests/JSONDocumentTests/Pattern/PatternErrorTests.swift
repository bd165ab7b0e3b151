// SPDX-License-Identifier: Apache-2.0

import JSONDocument
import TestSupport
import Testing

@Suite("Expressions that are refused or heavy")
struct PatternErrorTests {
    @Test(arguments: [
        ("(", 1, "not closed"), ("a(b", 2, "not closed"), ("a)", 2, "closes no group"), ("[a", 1, "not closed"),
        ("*", 1, "nothing to repeat"), ("a|*", 3, "nothing to repeat"), ("a**", 3, "nothing to repeat"),
        ("a++", 3, "nothing to repeat"), ("a{1}{2}", 5, "nothing to repeat"), ("{2}", 1, "nothing to repeat"),
        ("^*", 1, "can't be repeated"), ("\\b+", 1, "can't be repeated"), ("(?<=a)*", 1, "can't be repeated"),
        ("a{2,1}", 2, "wrong order"), ("[b-a]", 2, "wrong order"), ("\\", 1, "single backslash"),
        ("[\\", 2, "single backslash"), ("\\Z", 1, "no escape"), ("\\a", 1, "no escape"), ("[\\A]", 2, "no escape"),
        ("\\1", 1, "does not exist"), ("(a)\\2", 4, "does not exist"), ("\\k<a>", 1, "does not exist"),
        ("\\k", 1, "group's name"), ("\\c1", 1, "letter"), ("\\x1", 1, "two hexadecimal"), ("\\u12", 1, "four"),
        ("\\u{110000}", 1, "10FFFF"), ("\\u{}", 1, "10FFFF"), ("\\01", 1, "octal"),
        ("\\p{Foo}", 1, "no known property"),
        ("\\p", 1, "braces"), ("\\pL", 1, "braces"), ("(?i)a", 1, "must be followed"), ("(?", 1, "must be followed"),
        ("(?<1>a)", 1, "name"), ("(?<a", 1, "name"), ("(?<a>.)(?<a>.)", 8, "twice"), ("(?>a)", 1, "must be followed"),
        ("((((a{90}){90}){90}){90}){90}", 1, "too large"),
    ])
    func `a refusal names the character`(source: String, position: Int, words: String) throws {
        let error = try #require(throws: PatternError.self) { try ECMAPattern(source) }
        #expect(error.position == position)
        #expect(error.reason.contains(words), "\(error.reason)")
        #expect(error.description == "at character \(position): \(error.reason)")
    }

    @Test func `groups nest to a limit`() throws {
        let accepted = String(repeating: "(", count: 100) + "a" + String(repeating: ")", count: 100)
        #expect(try ECMAPattern(accepted).search("a") == .found)
        #expect(throws: PatternError.self) { try ECMAPattern("(" + accepted + ")") }
        #expect(throws: PatternError.self) { try ECMAPattern(String(repeating: "(", count: 100_000)) }
    }

    @Test func `repetitions of nothing are not written out`() throws {
        #expect(try ECMAPattern("(?:(?:(?:){9999999}){9999999}){9999999}a").search("a") == .found)
    }

    @Test(arguments: [
        "^(a+)+$", "(a|aa)+$", "(a*)*b", "^(([a-z])+.)+[A-Z]([a-z])+$", "a*a*a*a*a*b", "(?:a?){25}a{25}$",
        "(.*)*,(.*)*;", "(?=(a+)+b)a", "^(?:(?:a|b)*)*c$", "(?:a|a)*?b", "^(?!(a+)+!).*b$", "(?<=(a+)+)b",
    ])
    func `expressions that take exponential time elsewhere are decided`(source: String) throws {
        let pattern = try ECMAPattern(source)
        #expect(pattern.search(String(repeating: "a", count: 500) + "!") == .notFound)
    }

    @Test func `long texts are decided`() throws {
        let pattern = try ECMAPattern("^(a|b|ab)*c$")
        let text = String(repeating: "ab", count: 50_000)
        #expect(pattern.search(text + "c") == .found)
        #expect(pattern.search(text + "d") == .notFound)
    }

    @Test func `an assertion that holds in one place may hold in another`() throws {
        // Heavy enough for the run with memory, which must not remember what led to success as a failure.
        let pattern = try ECMAPattern("^(?:(?:a*)*x|(?=(?:a|aa)*b)a)*b$")
        #expect(pattern.search(String(repeating: "a", count: 300) + "b") == .found)
        #expect(pattern.search(String(repeating: "a", count: 300) + "c") == .notFound)
    }

    @Test(arguments: ["(a*)*\\1b", "^(a+)+\\1$", "(?:(a)|a|aa)*\\1c"])
    func `heavy expressions with back-references are given up`(source: String) throws {
        #expect(try ECMAPattern(source).search(String(repeating: "a", count: 60) + "!") == .undecided)
    }

    @Test func `random expressions never crash`() throws {
        var generator = SeededGenerator(seed: 7)
        let parts = [
            "a", "b", "(", ")", "[", "]", "{", "}", "1", ",", "*", "+", "?", "|", "^", "$", ".", "\\", "d", "-", ":",
            "=",
            "!", "<", ">", "u", "p", "L", "k", "é", "💩",
        ]
        for _ in 0..<20_000 {
            let source = (0..<Int.random(in: 0...12, using: &generator)).map { _ in generator.pick(parts) }.joined()
            if let pattern = try? ECMAPattern(source) {
                _ = pattern.search("ab1-é💩a")
            }
        }
    }
}
