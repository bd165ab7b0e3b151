// SPDX-License-Identifier: Apache-2.0

/// The way from a document's root to one of its values, printed as an RFC 6901 pointer.
package struct JSONPointer: Sendable, Hashable, CustomStringConvertible {
    /// One step down.
    package enum Token: Sendable, Hashable {
        /// Into the member of an object.
        case name(String)
        /// Into the element of an array, from 0.
        case index(Int)
    }

    /// The steps from the root.
    package var tokens: [Token]

    /// Makes a pointer; the root's by default.
    package init(_ tokens: [Token] = []) {
        self.tokens = tokens
    }

    /// The pointer one member further down.
    package func appending(_ name: String) -> JSONPointer {
        JSONPointer(tokens + [.name(name)])
    }

    /// The pointer one element further down.
    package func appending(_ index: Int) -> JSONPointer {
        JSONPointer(tokens + [.index(index)])
    }

    /// The pointer as text, such as `/Parameters/Tags/0/Key`.
    ///
    /// The root is the empty string; `~` and `/` in names are escaped (RFC 6901 §3).
    package var description: String {
        tokens.map { token in
            switch token {
            case .index(let index): return "/\(index)"
            case .name(let name): return "/" + Self.escape(name)
            }
        }
        .joined()
    }

    private static func escape(_ name: String) -> String {
        var text = ""
        for character in name.unicodeScalars {
            switch character {
            case "~": text += "~0"
            case "/": text += "~1"
            default: text.unicodeScalars.append(character)
            }
        }
        return text
    }

    /// Where the value that the pointer names starts in a document's text.
    ///
    /// Reads the document again, so it is meant for messages only.
    /// - Returns: `nil` when the document can't be read or has no such value.
    /// - Complexity: O(n).
    package func position(in bytes: [UInt8]) -> TextPosition? {
        var parser = JSONParser(bytes: bytes, limits: JSONLimits())
        parser.path = []
        let wanted = tokens
        var offset: Int?
        withoutActuallyEscaping({ (path: [Token], start: Int) -> Bool in
            guard path == wanted else { return true }
            offset = start
            return false
        }) { onValue in
            parser.onValue = onValue
            _ = try? parser.document()
            parser.onValue = nil
        }
        return offset.map { TextPosition(in: bytes, offset: $0) }
    }
}
