// SPDX-License-Identifier: Apache-2.0

import JSONDocument

/// Writes XML 1.0 elements without attributes, compact, in UTF-8.
struct XMLWriter {
    private(set) var bytes: [UInt8] = []

    init() {
        bytes.reserveCapacity(1024)
    }

    /// Opens an element.
    mutating func open(_ name: String, namespace: String? = nil) {
        bytes.append(UInt8(ascii: "<"))
        bytes.append(contentsOf: name.utf8)
        if let namespace {
            bytes.append(contentsOf: " xmlns=\"".utf8)
            write(namespace)
            bytes.append(UInt8(ascii: "\""))
        }
        bytes.append(UInt8(ascii: ">"))
    }

    /// Closes an element.
    mutating func close(_ name: String) {
        bytes.append(contentsOf: "</".utf8)
        bytes.append(contentsOf: name.utf8)
        bytes.append(UInt8(ascii: ">"))
    }

    /// Writes an element with its content; nothing for null.
    ///
    /// Members become elements of their names, array elements become `<member>`.
    mutating func element(_ name: String, _ value: JSONValue) {
        if value == .null {
            return
        }
        open(name)
        switch value {
        case .null: break
        case .bool(let flag): bytes.append(contentsOf: (flag ? "true" : "false").utf8)
        case .number(let number): bytes.append(contentsOf: number.literal.utf8)
        case .string(let text): write(text)
        case .array(let elements):
            for element in elements {
                self.element("member", element)
            }
        case .object(let object):
            for member in object.members {
                element(member.name, member.value)
            }
        }
        close(name)
    }

    /// Writes text; characters that XML 1.0 has no way to carry become U+FFFD.
    ///
    /// Carriage returns are written as references because a parser would turn them into line feeds (XML 1.0 §2.11).
    private mutating func write(_ text: String) {
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": bytes.append(contentsOf: "&amp;".utf8)
            case "<": bytes.append(contentsOf: "&lt;".utf8)
            case ">": bytes.append(contentsOf: "&gt;".utf8)
            case "\"": bytes.append(contentsOf: "&quot;".utf8)
            case "\r": bytes.append(contentsOf: "&#xD;".utf8)
            case "\u{0}"..."\u{8}", "\u{B}", "\u{C}", "\u{E}"..."\u{1F}", "\u{FFFE}", "\u{FFFF}":
                bytes.append(contentsOf: "\u{FFFD}".utf8)
            default: bytes.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
            }
        }
    }
}
