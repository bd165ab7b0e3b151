// SPDX-License-Identifier: Apache-2.0

/// `hostname`, `ipv4` and `ipv6`.
enum HostFormat {
    /// RFC 1034 §3.1 as RFC 1123 §2.1 amends it: labels of letters, digits and inner hyphens.
    static func isName(_ bytes: ArraySlice<UInt8>) -> Bool {
        guard (1...253).contains(bytes.count) else { return false }
        return bytes.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false).allSatisfy(isLabel)
    }

    private static func isLabel(_ label: ArraySlice<UInt8>) -> Bool {
        guard (1...63).contains(label.count), let first = label.first, let last = label.last else { return false }
        return ASCIIKind.isLetterOrDigit(first) && ASCIIKind.isLetterOrDigit(last)
            && label.allSatisfy { ASCIIKind.isLetterOrDigit($0) || $0 == UInt8(ascii: "-") }
    }

    /// Four decimal numbers without leading zeros, RFC 2673 §3.2 as RFC 3986 reads it.
    static func isIPv4(_ bytes: ArraySlice<UInt8>) -> Bool {
        let parts = bytes.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        return parts.count == 4
            && parts.allSatisfy { part in
                (1...3).contains(part.count) && part.allSatisfy(ASCIIKind.isDigit)
                    && (part.count == 1 || part.first != UInt8(ascii: "0"))
                    && part.reduce(0) { $0 * 10 + Int($1 - 48) } < 256
            }
    }

    /// RFC 4291 §2.2, without zone.
    static func isIPv6(_ bytes: ArraySlice<UInt8>) -> Bool {
        let colon = UInt8(ascii: ":")
        var gap: Int?
        var position = bytes.startIndex
        while position + 1 < bytes.endIndex {
            if bytes[position] == colon && bytes[position + 1] == colon {
                guard gap == nil else { return false }
                gap = position
            }
            position += 1
        }
        guard let gap else { return groups(bytes, mayEndInIPv4: true) == 8 }
        let tail = bytes[(gap + 2)...]
        guard let before = groups(bytes[..<gap], mayEndInIPv4: false), let after = groups(tail, mayEndInIPv4: true)
        else { return false }
        return before + after < 8
    }

    /// How many 16-bit groups a run has, where an IPv4 tail counts two; `nil` when one is malformed.
    private static func groups(_ bytes: ArraySlice<UInt8>, mayEndInIPv4: Bool) -> Int? {
        guard !bytes.isEmpty else { return 0 }
        let parts = bytes.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
        var count = 0
        for (index, part) in parts.enumerated() {
            if mayEndInIPv4 && index == parts.count - 1 && isIPv4(part) {
                count += 2
            } else if (1...4).contains(part.count) && part.allSatisfy(ASCIIKind.isHexDigit) {
                count += 1
            } else {
                return nil
            }
        }
        return count
    }
}
