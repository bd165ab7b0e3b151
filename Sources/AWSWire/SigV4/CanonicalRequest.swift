// SPDX-License-Identifier: Apache-2.0

import Crypto

/// The text whose hash is signed; source: IAM user guide, "Create a signed AWS API request".
enum CanonicalRequest {
    /// The payload hash of a request whose body is not covered.
    static let unsignedPayload = "UNSIGNED-PAYLOAD"

    /// The lines after the query: header fields, their names, the payload hash.
    ///
    /// The lines of a folded header value are joined by `fold`: AWS's own test vectors join them like repeated
    /// fields, by a comma; HTTP itself says by a space (RFC 9112 §5.2).
    /// - Returns: `nil` when a signed header field is not in the request.
    static func tail(
        _ request: SignableRequest,
        signedHeaders: [String],
        payloadHash: String,
        fold: UInt8 = UInt8(ascii: ",")
    ) -> [UInt8]? {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(768)
        for name in signedHeaders {
            bytes.append(contentsOf: name.utf8)
            var separator = UInt8(ascii: ":")
            for header in request.headers where SignableRequest.matches(header.name, lowercased: name) {
                bytes.append(separator)
                appendTrimmed(header.value, fold: fold, to: &bytes)
                separator = UInt8(ascii: ",")
            }
            guard separator == UInt8(ascii: ",") else { return nil }
            bytes.append(0x0A)
        }
        bytes.append(0x0A)
        for (index, name) in signedHeaders.enumerated() {
            if index > 0 {
                bytes.append(UInt8(ascii: ";"))
            }
            bytes.append(contentsOf: name.utf8)
        }
        bytes.append(0x0A)
        bytes.append(contentsOf: payloadHash.utf8)
        return bytes
    }

    /// The canonical request's hash.
    static func digest(method: String, path: [UInt8], query: [UInt8], tail: [UInt8]) -> SHA256.Digest {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(method.utf8.count + path.count + query.count + tail.count + 3)
        bytes.append(contentsOf: method.utf8)
        bytes.append(0x0A)
        bytes.append(contentsOf: path)
        bytes.append(0x0A)
        bytes.append(contentsOf: query)
        bytes.append(0x0A)
        bytes.append(contentsOf: tail)
        return SHA256.hash(data: bytes)
    }

    /// Appends a value without outer white space and with inner runs as one space.
    private static func appendTrimmed(_ value: String, fold: UInt8, to bytes: inout [UInt8]) {
        let start = bytes.count
        var gap: UInt8?
        for byte in value.utf8 {
            switch byte {
            case 0x20, 0x09, 0x0D: gap = gap ?? 0x20
            case 0x0A: gap = fold
            default:
                if let gap, bytes.count > start {
                    bytes.append(gap)
                }
                gap = nil
                bytes.append(byte)
            }
        }
    }
}
