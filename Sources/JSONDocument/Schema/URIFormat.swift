// SPDX-License-Identifier: Apache-2.0

/// `uri`: an absolute URI, with or without fragment, by the grammar of RFC 3986.
enum URIFormat {
    static func accepts(_ bytes: [UInt8]) -> Bool {
        guard let colon = bytes.firstIndex(of: UInt8(ascii: ":")), isScheme(bytes[..<colon]) else { return false }
        var rest = bytes[(colon + 1)...]
        if let hash = rest.firstIndex(of: UInt8(ascii: "#")) {
            guard isText(rest[(hash + 1)...], also: ":@/?") else { return false }
            rest = rest[..<hash]
        }
        if let mark = rest.firstIndex(of: UInt8(ascii: "?")) {
            guard isText(rest[(mark + 1)...], also: ":@/?") else { return false }
            rest = rest[..<mark]
        }
        if rest.starts(with: "//".utf8) {
            let afterSlashes = rest.dropFirst(2)
            let end = afterSlashes.firstIndex(of: UInt8(ascii: "/")) ?? afterSlashes.endIndex
            guard isAuthority(afterSlashes[..<end]) else { return false }
            rest = afterSlashes[end...]
        }
        return isText(rest, also: ":@/")
    }

    private static func isScheme(_ bytes: ArraySlice<UInt8>) -> Bool {
        guard let first = bytes.first, ASCIIKind.isLetter(first) else { return false }
        return bytes.allSatisfy { ASCIIKind.isLetterOrDigit($0) || "+-.".utf8.contains($0) }
    }

    private static func isAuthority(_ bytes: ArraySlice<UInt8>) -> Bool {
        var host = bytes
        if let at = host.firstIndex(of: UInt8(ascii: "@")) {
            guard isText(host[..<at], also: ":") else { return false }
            host = host[(at + 1)...]
        }
        if host.first == UInt8(ascii: "[") {
            guard let close = host.firstIndex(of: UInt8(ascii: "]")),
                isAddressLiteral(host[(host.startIndex + 1)..<close])
            else { return false }
            let port = host[(close + 1)...]
            return port.isEmpty || (port.first == UInt8(ascii: ":") && port.dropFirst().allSatisfy(ASCIIKind.isDigit))
        }
        if let colon = host.firstIndex(of: UInt8(ascii: ":")) {
            guard host[(colon + 1)...].allSatisfy(ASCIIKind.isDigit) else { return false }
            host = host[..<colon]
        }
        return isText(host, also: "")
    }

    /// An IPv6 address or one of a later version, without the brackets.
    private static func isAddressLiteral(_ bytes: ArraySlice<UInt8>) -> Bool {
        guard let first = bytes.first, first | 0x20 == UInt8(ascii: "v") else { return HostFormat.isIPv6(bytes) }
        guard let point = bytes.firstIndex(of: UInt8(ascii: ".")) else { return false }
        let version = bytes[(bytes.startIndex + 1)..<point]
        let address = bytes[(point + 1)...]
        return !version.isEmpty && version.allSatisfy(ASCIIKind.isHexDigit) && !address.isEmpty
            && !address.contains(UInt8(ascii: "%")) && isText(address, also: ":")
    }

    /// Unreserved characters, sub-delimiters, whole percent escapes, and what else the part allows.
    private static func isText(_ bytes: ArraySlice<UInt8>, also extra: StaticString) -> Bool {
        let allowed = Array("-._~!$&'()*+,;=".utf8) + Array("\(extra)".utf8)
        var rest = bytes
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "%") {
                guard rest.prefix(2).count == 2, rest.prefix(2).allSatisfy(ASCIIKind.isHexDigit) else { return false }
                rest = rest.dropFirst(2)
            } else if !ASCIIKind.isLetterOrDigit(byte) && !allowed.contains(byte) {
                return false
            }
        }
        return true
    }
}
