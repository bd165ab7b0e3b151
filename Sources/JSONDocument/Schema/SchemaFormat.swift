// SPDX-License-Identifier: Apache-2.0

/// The formats that draft-04 defines, and `regex`, which its metaschema uses; others are ignored.
enum SchemaFormat: String, Sendable {
    case dateTime = "date-time"
    case email
    case hostname
    case ipv4
    case ipv6
    case uri
    case regex

    /// Finds a format by the text of the keyword.
    init?(named name: String) {
        self.init(rawValue: name)
    }

    /// What is expected, in words with an example.
    var expectation: String {
        switch self {
        case .dateTime: "a date and time such as `2026-11-24T12:00:00Z` (RFC 3339)"
        case .email: "an e-mail address such as `ops@example.com` (RFC 5321)"
        case .hostname: "a host name such as `www.example.com` (RFC 1123)"
        case .ipv4: "an IPv4 address such as `192.0.2.1`"
        case .ipv6: "an IPv6 address such as `2001:db8::1` (RFC 4291)"
        case .uri: "an absolute URI such as `https://example.com/a` (RFC 3986)"
        case .regex: "a regular expression of ECMA-262"
        }
    }

    func accepts(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        switch self {
        case .dateTime: return DateTimeFormat.accepts(bytes)
        case .email: return EmailFormat.accepts(bytes)
        case .hostname: return HostFormat.isName(bytes[...])
        case .ipv4: return HostFormat.isIPv4(bytes[...])
        case .ipv6: return HostFormat.isIPv6(bytes[...])
        case .uri: return URIFormat.accepts(bytes)
        case .regex: return (try? ECMAPattern(text)) != nil
        }
    }
}

/// Kinds of ASCII characters that several formats share.
enum ASCIIKind {
    static func isDigit(_ byte: UInt8) -> Bool {
        (48...57).contains(byte)
    }

    static func isLetter(_ byte: UInt8) -> Bool {
        (65...90).contains(byte) || (97...122).contains(byte)
    }

    static func isHexDigit(_ byte: UInt8) -> Bool {
        isDigit(byte) || (65...70).contains(byte) || (97...102).contains(byte)
    }

    static func isLetterOrDigit(_ byte: UInt8) -> Bool {
        isLetter(byte) || isDigit(byte)
    }
}
