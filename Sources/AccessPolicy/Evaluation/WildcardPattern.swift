// SPDX-License-Identifier: Apache-2.0

/// A text with `*` (any run of characters) and `?` (any one character), ready to be matched.
struct WildcardPattern: Sendable, Hashable {
    private enum Shape: Sendable, Hashable {
        case anything
        case literal([UInt8])
        case prefix([UInt8])
        case general([Token])
    }

    /// A byte of UTF-8, or one of the two wildcards.
    typealias Token = UInt16
    static let star: Token = 256
    static let question: Token = 257

    private let shape: Shape
    private let foldsCase: Bool

    /// Makes a pattern from text; without `wildcards` the two characters stand for themselves.
    init(_ text: String, wildcards: Bool = true, foldsCase: Bool = false) {
        self.init(tokens: Self.tokens(text, wildcards: wildcards), foldsCase: foldsCase)
    }

    /// Makes a pattern from bytes and wildcards.
    init(tokens: [Token], foldsCase: Bool = false) {
        self.foldsCase = foldsCase
        let tokens = foldsCase ? tokens.map { $0 < 256 ? Token(Self.folded(UInt8($0))) : $0 } : tokens
        let wildcards = tokens.count { $0 >= 256 }
        if wildcards == 0 {
            shape = .literal(tokens.map { UInt8($0) })
        } else if wildcards == 1, tokens.last == Self.star {
            shape = tokens.count == 1 ? .anything : .prefix(tokens.dropLast().map { UInt8($0) })
        } else {
            shape = tokens.allSatisfy { $0 == Self.star } ? .anything : .general(tokens)
        }
    }

    static func tokens(_ text: String, wildcards: Bool) -> [Token] {
        text.utf8.map { byte in
            switch byte {
            case UInt8(ascii: "*") where wildcards: star
            case UInt8(ascii: "?") where wildcards: question
            default: Token(byte)
            }
        }
    }

    /// Whether it matches every text.
    var matchesAnything: Bool {
        shape == .anything
    }

    /// Whether the whole text matches.
    /// - Complexity: O(n·m) at worst, for patterns with several stars.
    func matches(_ text: some StringProtocol) -> Bool {
        if case .anything = shape {
            return true
        }
        if let result = text.utf8.withContiguousStorageIfAvailable({ matches($0) }) {
            return result
        }
        return Array(text.utf8).withUnsafeBufferPointer { matches($0) }
    }

    private func matches(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        switch shape {
        case .anything: true
        case .literal(let literal): bytes.count == literal.count && starts(bytes, with: literal)
        case .prefix(let prefix): bytes.count >= prefix.count && starts(bytes, with: prefix)
        case .general(let tokens): matches(bytes, tokens)
        }
    }

    private func starts(_ bytes: UnsafeBufferPointer<UInt8>, with literal: [UInt8]) -> Bool {
        for index in 0..<literal.count where byte(bytes[index]) != literal[index] {
            return false
        }
        return true
    }

    /// Greedy matching that goes back to the last star only, which is enough for `*` and `?`.
    private func matches(_ bytes: UnsafeBufferPointer<UInt8>, _ tokens: [Token]) -> Bool {
        var position = 0
        var token = 0
        var retry: (token: Int, position: Int)?
        while position < bytes.count {
            if token < tokens.count, tokens[token] == Self.star {
                token += 1
                retry = (token, position)
            } else if token < tokens.count, tokens[token] == Self.question {
                token += 1
                position = Self.end(ofCharacterAt: position, in: bytes)
            } else if token < tokens.count, tokens[token] == Token(byte(bytes[position])) {
                token += 1
                position += 1
            } else if let (start, from) = retry {
                token = start
                position = from + 1
                retry = (start, position)
            } else {
                return false
            }
        }
        return tokens[token...].allSatisfy { $0 == Self.star }
    }

    private static func end(ofCharacterAt position: Int, in bytes: UnsafeBufferPointer<UInt8>) -> Int {
        var end = position + 1
        while end < bytes.count, bytes[end] & 0xC0 == 0x80 {
            end += 1
        }
        return end
    }

    private func byte(_ byte: UInt8) -> UInt8 {
        foldsCase ? Self.folded(byte) : byte
    }

    private static func folded(_ byte: UInt8) -> UInt8 {
        (65...90).contains(byte) ? byte | 0x20 : byte
    }
}
