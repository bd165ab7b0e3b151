// SPDX-License-Identifier: Apache-2.0

/// A pattern that a text matches or doesn't, as a row of tokens.
struct TextAtom: Hashable, Sendable {
    /// Which characters a token stands for.
    enum Characters: Hashable, Sendable {
        /// One given character.
        case literal(Unicode.Scalar)
        /// Any character.
        case any
        /// Any but the colon, for the parts of an ARN.
        case exceptColon
        /// Decimal digits.
        case digit
        /// Lower-case letters, digits and the hyphen, as in host names.
        case label
        /// What names of users, roles and sessions are made of.
        case name
        /// What paths of users and roles are made of: printable ASCII.
        case path

        func contains(_ scalar: Unicode.Scalar, folds: Bool) -> Bool {
            switch self {
            case .literal(let own): own == scalar || folds && TextAtom.folded(own) == TextAtom.folded(scalar)
            case .any: true
            case .exceptColon: scalar != ":"
            case .digit: ("0"..."9").contains(scalar)
            case .label: ("a"..."z").contains(scalar) || ("0"..."9").contains(scalar) || scalar == "-"
            case .name:
                scalar.isASCII
                    && (scalar.properties.isAlphabetic || "0123456789_+=,.@-".unicodeScalars.contains(scalar))
            case .path: (0x21...0x7E).contains(scalar.value)
            }
        }
    }

    struct Token: Hashable, Sendable {
        let characters: Characters
        /// Whether it stands for any run of such characters, the empty one included.
        let repeats: Bool
    }

    let tokens: [Token]
    /// Whether ASCII letters match in either case.
    let folds: Bool

    init(_ tokens: [Token], folds: Bool = false) {
        self.tokens = tokens
        self.folds = folds
    }

    /// A text as `StringEquals` takes it.
    init(literal text: String, folds: Bool = false) {
        self.init(Self.literals(text), folds: folds)
    }

    /// A text with wildcards as `StringLike` takes it.
    init(wildcards text: String) {
        self.init(text.unicodeScalars.map { Self.wildcard($0, .any) })
    }

    /// A pattern as the ARN operators take it: wildcards stay within the first five parts.
    /// - Returns: `nil` for a pattern that matches nothing.
    init?(arn text: String) {
        let parts = text.split(separator: ":", maxSplits: 5, omittingEmptySubsequences: false)
        guard parts.count == 6 else {
            guard !text.isEmpty, text.allSatisfy({ $0 == "*" }) else { return nil }
            self.init([Token(characters: .any, repeats: true)])
            return
        }
        var tokens: [Token] = []
        for (index, part) in parts.enumerated() {
            if index > 0 {
                tokens += Self.literals(":")
            }
            tokens += part.unicodeScalars.map { Self.wildcard($0, index < 5 ? .exceptColon : .any) }
        }
        self.init(tokens)
    }

    /// The text that alone matches, `nil` when several do.
    var onlyText: String? {
        guard !folds else { return nil }
        var scalars = String.UnicodeScalarView()
        for token in tokens {
            guard !token.repeats, case .literal(let scalar) = token.characters else { return nil }
            scalars.append(scalar)
        }
        return String(scalars)
    }

    static func literals(_ text: String) -> [Token] {
        text.unicodeScalars.map { Token(characters: .literal($0), repeats: false) }
    }

    static func folded(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
        ("A"..."Z").contains(scalar) ? Unicode.Scalar(UInt8(ascii: scalar) | 0x20) : scalar
    }

    private static func wildcard(_ scalar: Unicode.Scalar, _ characters: Characters) -> Token {
        switch scalar {
        case "*": Token(characters: characters, repeats: true)
        case "?": Token(characters: characters, repeats: false)
        default: Token(characters: .literal(scalar), repeats: false)
        }
    }
}
