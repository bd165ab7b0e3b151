// SPDX-License-Identifier: Apache-2.0

import JSONDocument

/// What a YAML scalar means in a template.
enum YAMLScalar {
    /// The value of a scalar; only a plain one can be anything but text.
    static func value(_ text: String, isPlain: Bool) -> JSONValue {
        guard isPlain else { return .string(text) }
        switch text {
        case "", "~", "null", "Null", "NULL":
            return .null
        case "true", "True", "TRUE", "yes", "Yes", "YES", "on", "On", "ON":
            return .bool(true)
        case "false", "False", "FALSE", "no", "No", "NO", "off", "Off", "OFF":
            return .bool(false)
        default:
            return isNumber(text) ? (try? JSONValue(parsing: text)) ?? .string(text) : .string(text)
        }
    }

    /// Whether the text could be a number as JSON writes it; the parser has the last word.
    private static func isNumber(_ text: String) -> Bool {
        guard let first = text.utf8.first, text.utf8.count <= 64 else { return false }
        return first == UInt8(ascii: "-") || (48...57).contains(first)
    }
}

/// Finds out whether a YAML text uses aliases, before anything expands them.
///
/// An alias needs an anchor of the same name, and neither can start right after a letter or digit; so a text where
/// `&name` and `*name` both stand like that is taken to use aliases. A comment or block of text that only looks so
/// is refused too, which no real template has been seen to do.
enum AliasFinder {
    /// The name of the first alias.
    static func firstAlias(in text: String) -> String? {
        let bytes = Array(text.utf8)
        let anchors = Set(names(after: UInt8(ascii: "&"), in: bytes))
        guard !anchors.isEmpty else { return nil }
        return names(after: UInt8(ascii: "*"), in: bytes).first(where: anchors.contains)
    }

    private static func names(after sign: UInt8, in bytes: [UInt8]) -> [String] {
        var names: [String] = []
        for (position, byte) in bytes.enumerated() where byte == sign {
            if position > 0, isWord(bytes[position - 1]) { continue }
            let name = bytes[(position + 1)...].prefix(while: isWord)
            if !name.isEmpty {
                names.append(String(decoding: name, as: UTF8.self))
            }
        }
        return names
    }

    private static func isWord(_ byte: UInt8) -> Bool {
        switch byte {
        case 48...57, 65...90, 97...122, UInt8(ascii: "_"), UInt8(ascii: "-"): true
        default: false
        }
    }
}
