// SPDX-License-Identifier: Apache-2.0

import JSONDocument
import Testing

@Suite("Regular expressions")
struct ECMAPatternTests {
    /// An expression with texts in which it is found and texts in which it is not.
    struct Example: Sendable, CustomTestStringConvertible {
        let pattern: String
        let found: [String]
        let missing: [String]

        init(_ pattern: String, found: [String] = [], missing: [String] = []) {
            self.pattern = pattern
            self.found = found
            self.missing = missing
        }

        var testDescription: String {
            pattern
        }
    }

    @Test(arguments: basics + quantifiers + classes + escapes + groups + assertions + unicode + leniency)
    func `an expression is found where ECMA-262 says`(_ example: Example) throws {
        let pattern = try ECMAPattern(example.pattern)
        for text in example.found {
            #expect(pattern.search(text) == .found, "\(example.pattern) in `\(text)`")
        }
        for text in example.missing {
            #expect(pattern.search(text) == .notFound, "\(example.pattern) in `\(text)`")
        }
    }

    static let basics: [Example] = [
        Example("", found: ["", "a"]),
        Example("b", found: ["b", "abc"], missing: ["", "B", "ac"]),
        Example("abc", found: ["xabcx"], missing: ["ab", "acb"]),
        Example("a|bc|", found: ["a", "bc", "x"]),
        Example("^(?:a|bc)$", found: ["a", "bc"], missing: ["", "ab", "abc"]),
        Example("^a", found: ["ab"], missing: ["ba", "b\na"]),
        Example("a$", found: ["ba"], missing: ["ab", "a\n", "a\nb"]),
        Example("^$", found: [""], missing: ["a", "\n"]),
        Example("a^b|a$b", missing: ["ab", "a\nb"]),
        Example("^.$", found: ["a", "é", "💩", "\u{85}"], missing: ["", "\n", "\r", "\u{2028}", "\u{2029}", "ab"]),
        Example("^|x", found: ["", "y"]),
        Example("^vpc-[a-z0-9]{8}$|^vpc-[a-z0-9]{17}$", found: ["vpc-0123abcd"], missing: ["vpc-0123abcde"]),
        Example("^vpc-[0-9a-z]{17}|vpc-[0-9a-z]{8}$", found: ["xvpc-0123abcd"], missing: ["vpc-0123abcd-"]),
        Example("^([a-z]{2}((-gov))?-[a-z]+-\\d{1})$", found: ["us-east-1", "us-gov-west-1"], missing: ["us-east-12"]),
    ]

    static let quantifiers: [Example] = [
        Example("^a*$", found: ["", "aaa"], missing: ["aab"]),
        Example("^a+$", found: ["a"], missing: ["", "b"]),
        Example("^ab?c$", found: ["ac", "abc"], missing: ["abbc"]),
        Example("^a{2}$", found: ["aa"], missing: ["a", "aaa"]),
        Example("^a{2,}$", found: ["aa", "aaaaaa"], missing: ["a"]),
        Example("^a{1,3}$", found: ["a", "aaa"], missing: ["", "aaaa"]),
        Example("^a{0}b$", found: ["b"], missing: ["ab"]),
        Example("^a{0,99999999999}$", found: ["", "aa"]),
        Example("^(?:ab){2,3}$", found: ["abab", "ababab"], missing: ["ab", "abababab", "aba"]),
        Example("^(?:ab)*?c$", found: ["c", "ababc"], missing: ["abac"]),
        Example("^a*?b$", found: ["b", "aab"], missing: ["ba"]),
        Example("^a+?a$", found: ["aa", "aaaa"], missing: ["a"]),
        Example("^a??b$", found: ["b", "ab"], missing: ["aab"]),
        Example("^a{1,2}?ab$", found: ["aab", "aaab"], missing: ["ab", "aaaab"]),
        Example("^(?:a|ab)(?:c|bcd)d*$", found: ["abcd", "acd", "abc"], missing: ["abd"]),
        Example("^.*b.*c$", found: ["abxc", "bc"], missing: ["acb"]),
        Example("^(a*)*$", found: ["", "aa"], missing: ["b"]),
        Example("^(?:a?)*?b$", found: ["b", "aab"], missing: ["c"]),
        Example("^(?:|a)+$", found: ["", "a", "aa"], missing: ["b"]),
        Example("^(?:a*b?){3}$", found: ["", "aabb", "abab"], missing: ["abbbb"]),
    ]

    static let classes: [Example] = [
        Example("^[abc]$", found: ["a", "c"], missing: ["d", "", "ab"]),
        Example("^[^abc]$", found: ["d", "\n", "💩"], missing: ["a", ""]),
        Example("^[a-c-]$", found: ["b", "-"], missing: ["d"]),
        Example("^[-a]$", found: ["-", "a"], missing: ["b"]),
        Example("^[a\\-c]$", found: ["a", "-", "c"], missing: ["b"]),
        Example("^[\\d-x]$", found: ["5", "-", "x"], missing: ["a"]),
        Example("^[\\w+=,.@:/-]+$", found: ["a+b=c,d.e@f:g/h-i_9"], missing: ["a b", ""]),
        Example("^[.*+?^${}()|]+$", found: ["$^", "(.)"], missing: ["a"]),
        Example("^[\\]\\\\]$", found: ["]", "\\"], missing: ["["]),
        Example("^[[]$", found: ["["], missing: ["]"]),
        Example("[]", missing: ["", "a", "]"]),
        Example("^[^]$", found: ["a", "\n", "💩"], missing: [""]),
        Example("^[\\s\\S]+$", found: ["a\nb\u{2028}"], missing: [""]),
        Example("^[^\\d\\s]$", found: ["a"], missing: ["1", " "]),
        Example("^[\\D]$", found: ["a"], missing: ["1"]),
        Example("^[\\b]$", found: ["\u{8}"], missing: ["b", ""]),
        Example("^[\\x41-\\u0043]$", found: ["A", "C"], missing: ["D"]),
        Example("^[é-ü]$", found: ["ê"], missing: ["e"]),
        Example("^[💩-💫]$", found: ["💪"], missing: ["💬", "\u{FFFD}"]),
    ]

    static let escapes: [Example] = [
        Example("^\\d$", found: ["0", "9"], missing: ["a", "٣", "𝟘"]),
        Example("^\\D$", found: ["a", "٣"], missing: ["0"]),
        Example("^\\w$", found: ["a", "Z", "_", "0"], missing: ["é", "-", " "]),
        Example("^\\W$", found: ["é", "-"], missing: ["a"]),
        Example(
            "^\\s$",
            found: ["\t", "\n", "\u{B}", "\u{C}", "\r", " ", "\u{A0}", "\u{FEFF}", "\u{2003}", "\u{2029}", "\u{3000}"],
            missing: ["\u{200B}", "\u{85}", "\u{180E}", "a"]
        ),
        Example("^\\S$", found: ["a", "\u{200B}", "\u{85}"], missing: [" ", "\u{FEFF}"]),
        Example("^\\t\\n\\v\\f\\r\\0$", found: ["\t\n\u{B}\u{C}\r\0"], missing: ["tnvfr0"]),
        Example("^\\cJ\\cz$", found: ["\n\u{1A}"], missing: ["JZ"]),
        Example("^\\x41\\u0042\\u{43}\\u{1F4A9}\\ud83d\\udca9$", found: ["ABC💩💩"], missing: ["ABC"]),
        Example("^\\.\\*\\/\\-\\_\\@\\ \\\"$", found: [".*/-_@ \""], missing: ["a*/-_@ \""]),
        Example("\\ud83d", missing: ["💩", "\u{FFFD}"]),
    ]

    static let groups: [Example] = [
        Example("^(a)(b)\\2\\1$", found: ["abba"], missing: ["abab"]),
        Example("^(a*)b\\1$", found: ["b", "aabaa"], missing: ["aaba"]),
        Example("^(?:(a)|b)\\1c$", found: ["aac", "bc"], missing: ["ac", "bac"]),
        Example("^\\1(a)$", found: ["a"], missing: ["aa"]),
        Example("^(a\\1)$", found: ["a"], missing: ["aa"]),
        Example("^(?:(a)|(b)){2}\\1$", found: ["ab", "baa"], missing: ["aba", "ba"]),
        Example("^(?<year>\\d{2})-\\k<year>$", found: ["20-20"], missing: ["20-21"]),
        Example("^(?<a>.)(?<b>.)\\k<b>\\1$", found: ["xyyx"], missing: ["xyxy"]),
        Example("^(z)((a+)?(b+)?(c))*\\3?$", found: ["zaacbbbcac", "zabc"], missing: ["zab"]),
        Example("^(.+)\\1$", found: ["abab", "💩💩"], missing: ["aba"]),
        Example("^(?=(a+))a*b\\1$", found: ["aba", "aabaa"], missing: ["baaabac", "aaba"]),
    ]

    static let assertions: [Example] = [
        Example("^(?!aws/)", found: ["my", "awsx"], missing: ["aws/x"]),
        Example("^(?=.*\\d)(?=.*[a-z]).{3}$", found: ["a1x", "1ab"], missing: ["abc", "123", "a1"]),
        Example("(?<!-s3alias)$", found: ["a", "s3alias"], missing: ["x-s3alias"]),
        Example("^(?!.*--)[a-z-]+$", found: ["a-b"], missing: ["a--b"]),
        Example("(?<=\\$)\\d+", found: ["$12"], missing: ["12", "€12"]),
        Example("(?<=^a.)b", found: ["axb"], missing: ["ab", "xaxb"]),
        Example("(?<=(\\d+)(\\d+))$", found: ["1053", "12"], missing: ["1"]),
        Example("(?<=\\1(a))b", found: ["aab"], missing: ["ab"]),
        Example("(?<=a{2,3}?)b", found: ["aab"], missing: ["ab"]),
        Example("(?<=ab*)c", found: ["ac", "abbc"], missing: ["bc"]),
        Example("(?<![ab]|cd)e", found: ["ce", "e"], missing: ["ae", "cde"]),
        Example("a(?=b(?!c))", found: ["ab", "abd"], missing: ["abc", "ac"]),
        Example("(?=a)*b", found: ["b"], missing: ["a"]),
        Example("\\bfoo\\b", found: ["foo", "a foo.", "-foo-"], missing: ["food", "_foo"]),
        Example("\\Boo\\b", found: ["foo"], missing: ["oo", "foot"]),
        Example("\\bé", found: ["aé"], missing: ["é"]),
        Example("^\\b|\\b$", found: ["a"], missing: ["", "-"]),
    ]

    static let unicode: [Example] = [
        Example("^\\p{L}+$", found: ["aÉж漢"], missing: ["1", "a1", "-"]),
        Example("^\\p{Letter}$", found: ["ß"], missing: ["٣"]),
        Example("^\\p{Lu}\\p{Ll}$", found: ["Éé"], missing: ["éÉ", "EE"]),
        Example("^\\p{N}$", found: ["1", "٣", "½", "Ⅷ"], missing: ["a"]),
        Example("^\\p{digit}+$", found: ["42", "৪২"], missing: ["-", "½"]),
        Example("^\\p{Nd}\\P{Nd}$", found: ["1a"], missing: ["12"]),
        Example("^[\\p{Lu}\\d]+$", found: ["A1É"], missing: ["a"]),
        Example("^[^\\p{Lu}]$", found: ["a", "1"], missing: ["É", "A"]),
        Example("^\\p{General_Category=Punctuation}\\p{gc=Sc}$", found: ["!€"], missing: ["a€"]),
        Example("^\\p{Alphabetic}\\p{White_Space}\\p{ASCII}\\p{Any}$", found: ["é\u{85}a💩"], missing: ["éaaa"]),
        Example("^💩{2}$", found: ["💩💩"], missing: ["💩"]),
        Example("^🐲*$", found: ["", "🐲🐲"], missing: ["🐉", "D"]),
        Example("^e\u{301}$", found: ["e\u{301}"], missing: ["é"]),
        Example("^é$", found: ["é"], missing: ["e\u{301}"]),
    ]

    static let leniency: [Example] = [
        Example("^]$", found: ["]"], missing: ["["]),
        Example("^}$", found: ["}"], missing: ["{"]),
        Example("^{$", found: ["{"], missing: ["}"]),
        Example("^a{$", found: ["a{"], missing: ["a"]),
        Example("^a{,3}$", found: ["a{,3}"], missing: ["aa"]),
        Example("^a{1$", found: ["a{1"], missing: ["a"]),
        Example("^\\${[a-z]+}$", found: ["${abc}"], missing: ["{abc}"]),
        Example("^x{y}$", found: ["x{y}"], missing: ["xy"]),
    ]
}
