// SPDX-License-Identifier: Apache-2.0

/// `email`: a mailbox of RFC 5321 §4.1.2.
enum EmailFormat {
    static func accepts(_ bytes: [UInt8]) -> Bool {
        guard let at = bytes.lastIndex(of: UInt8(ascii: "@")) else { return false }
        let local = bytes[..<at]
        guard (1...64).contains(local.count), isDotString(local) || isQuotedString(local) else { return false }
        let domain = bytes[(at + 1)...]
        return HostFormat.isName(domain) || isAddressLiteral(domain)
    }

    private static func isDotString(_ bytes: ArraySlice<UInt8>) -> Bool {
        bytes.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
            .allSatisfy { atom in
                !atom.isEmpty
                    && atom.allSatisfy { ASCIIKind.isLetterOrDigit($0) || "!#$%&'*+-/=?^_`{|}~".utf8.contains($0) }
            }
    }

    private static func isQuotedString(_ bytes: ArraySlice<UInt8>) -> Bool {
        let quote = UInt8(ascii: "\"")
        guard bytes.count >= 2, bytes.first == quote, bytes.last == quote else { return false }
        var inner = bytes.dropFirst().dropLast()
        while let byte = inner.popFirst() {
            if byte == UInt8(ascii: "\\") {
                guard let escaped = inner.popFirst(), (32...126).contains(escaped) else { return false }
            } else if byte == quote || !(32...126).contains(byte) {
                return false
            }
        }
        return true
    }

    private static func isAddressLiteral(_ bytes: ArraySlice<UInt8>) -> Bool {
        guard bytes.first == UInt8(ascii: "["), bytes.last == UInt8(ascii: "]") else { return false }
        let inner = bytes.dropFirst().dropLast()
        let tag = Array("ipv6:".utf8)
        let isTagged = inner.count > tag.count && zip(inner, tag).allSatisfy { $0 == $1 || $0 | 0x20 == $1 }
        return isTagged ? HostFormat.isIPv6(inner.dropFirst(tag.count)) : HostFormat.isIPv4(inner)
    }
}
