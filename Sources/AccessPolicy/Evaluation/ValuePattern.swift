// SPDX-License-Identifier: Apache-2.0

/// A policy value that may contain policy variables: `${aws:username}`, `${key, 'default'}`, `${*}`, `${?}`, `${$}`.
///
/// Source: IAM user guide, "IAM policy elements: Variables and tags".
struct ValuePattern: Sendable, Hashable {
    private enum Piece: Sendable, Hashable {
        case tokens([WildcardPattern.Token])
        case variable(ContextKey, fallback: String?)

        /// The bytes and wildcards of a piece that is no variable.
        var tokens: [WildcardPattern.Token]? {
            if case .tokens(let tokens) = self { tokens } else { nil }
        }
    }

    private let fixed: WildcardPattern?
    private let pieces: [Piece]
    private let foldsCase: Bool

    /// Reads a value; `variables` only for documents of version 2012-10-17.
    init(_ text: String, wildcards: Bool, variables: Bool, foldsCase: Bool = false) {
        self.foldsCase = foldsCase
        pieces = variables ? Self.pieces(text, wildcards: wildcards) : []
        if variables {
            let tokens = pieces.compactMap(\.tokens)
            let isFixed = tokens.count == pieces.count
            fixed = isFixed ? WildcardPattern(tokens: tokens.flatMap(\.self), foldsCase: foldsCase) : nil
        } else {
            fixed = WildcardPattern(text, wildcards: wildcards, foldsCase: foldsCase)
        }
    }

    /// Whether a text matches, with the variables taken from the request.
    ///
    /// A variable that the request has no single value for, and no default, matches nothing.
    func matches(_ text: some StringProtocol, _ context: RequestContext) -> Bool {
        if let fixed {
            return fixed.matches(text)
        }
        return resolved(context)?.matches(text) ?? false
    }

    /// The pattern with its variables filled in.
    func resolved(_ context: RequestContext) -> WildcardPattern? {
        if let fixed {
            return fixed
        }
        var tokens: [WildcardPattern.Token] = []
        for piece in pieces {
            switch piece {
            case .tokens(let part):
                tokens += part
            case .variable(let key, let fallback):
                // A value taken from the request never acts as a wildcard.
                if case .one(let value)? = context[key] {
                    tokens += WildcardPattern.tokens(value, wildcards: false)
                } else if let fallback {
                    tokens += WildcardPattern.tokens(fallback, wildcards: false)
                } else {
                    return nil
                }
            }
        }
        return WildcardPattern(tokens: tokens, foldsCase: foldsCase)
    }

    private static func pieces(_ text: String, wildcards: Bool) -> [Piece] {
        var pieces: [Piece] = []
        var rest = text[...]
        while let start = rest.firstRange(of: "${"), let end = rest[start.upperBound...].firstIndex(of: "}") {
            append(WildcardPattern.tokens(String(rest[..<start.lowerBound]), wildcards: wildcards), to: &pieces)
            let body = rest[start.upperBound..<end]
            if body == "*" || body == "?" || body == "$" {
                append(WildcardPattern.tokens(String(body), wildcards: false), to: &pieces)
            } else {
                pieces.append(variable(body))
            }
            rest = rest[rest.index(after: end)...]
        }
        append(WildcardPattern.tokens(String(rest), wildcards: wildcards), to: &pieces)
        return pieces
    }

    private static func append(_ tokens: [WildcardPattern.Token], to pieces: inout [Piece]) {
        if !tokens.isEmpty {
            pieces.append(.tokens(tokens))
        }
    }

    private static func variable(_ body: Substring) -> Piece {
        guard let comma = body.firstIndex(of: ",") else {
            return .variable(ContextKey(String(body)), fallback: nil)
        }
        let quoted = body[body.index(after: comma)...].drop { $0 == " " }
        let isQuoted = quoted.count >= 2 && quoted.first == "'" && quoted.last == "'"
        return .variable(
            ContextKey(String(body[..<comma])),
            fallback: isQuoted ? String(quoted.dropFirst().dropLast()) : nil
        )
    }
}

extension Substring {
    /// The first place where two given ASCII characters stand together.
    fileprivate func firstRange(of pair: String) -> Range<Index>? {
        var position = startIndex
        while position < endIndex {
            if self[position...].hasPrefix(pair) {
                return position..<index(position, offsetBy: pair.count)
            }
            position = index(after: position)
        }
        return nil
    }
}
