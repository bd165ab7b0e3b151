// SPDX-License-Identifier: Apache-2.0

import CoreValues

/// The moments that the `X-Amz-Date` and `Date` header fields name.
enum HTTPDate {
    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]

    /// Reads exactly `20150830T123600Z`, the one form that `X-Amz-Date` may have.
    static func basic(_ text: String) -> Timestamp? {
        let bytes = text.utf8
        guard bytes.count == 16, bytes.last == UInt8(ascii: "Z"), bytes.dropFirst(8).first == UInt8(ascii: "T") else {
            return nil
        }
        return Timestamp(parsing: text)
    }

    /// Reads a `Date` field: RFC 9110's `Sun, 30 Aug 2015 12:36:00 GMT`, with `-0000` for the zone as botocore writes
    /// it, or an ISO 8601 form.
    static func date(_ text: String) -> Timestamp? {
        if let moment = Timestamp(parsing: text) {
            return moment.wholeSeconds
        }
        let parts = text.utf8.split(separator: 0x20).map { Substring($0) }
        guard parts.count == 6, parts[0].utf8.count == 4, parts[0].hasSuffix(","),
            ["GMT", "UTC", "-0000", "+0000"].contains(parts[5]),
            let month = months.firstIndex(where: { $0 == parts[2] }), parts[1].utf8.count == 2,
            parts[3].utf8.count == 4
        else { return nil }
        let number = month + 1
        return Timestamp(parsing: "\(parts[3])-\(number < 10 ? "0" : "")\(number)-\(parts[1])T\(parts[4])Z")
    }
}
