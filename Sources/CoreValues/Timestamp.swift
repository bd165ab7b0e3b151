// SPDX-License-Identifier: Apache-2.0

/// A moment in time: whole milliseconds since 1970-01-01T00:00:00Z, always UTC.
///
/// Covers the years 0001 to 9999, which is what the four-digit ISO 8601 forms can express.
package struct Timestamp: Sendable, Hashable, Comparable {
    /// Milliseconds since the Unix epoch; negative before 1970.
    package var milliseconds: Int64

    /// Makes a moment from milliseconds since the Unix epoch.
    package init(milliseconds: Int64) {
        self.milliseconds = milliseconds
    }

    /// Makes a moment from whole seconds since the Unix epoch.
    package init(seconds: Int64) {
        self.milliseconds = seconds * 1000
    }

    package static func < (lhs: Timestamp, rhs: Timestamp) -> Bool {
        lhs.milliseconds < rhs.milliseconds
    }

    /// The moment `seconds` later (earlier when negative).
    package func advanced(bySeconds seconds: Int64) -> Timestamp {
        Timestamp(milliseconds: milliseconds + seconds * 1000)
    }

    /// Seconds since the Unix epoch with the milliseconds as fraction, as AWS JSON protocols write times.
    package var epochSeconds: Double {
        Double(milliseconds) / 1000
    }

    /// The moment without its milliseconds.
    package var wholeSeconds: Timestamp {
        let seconds = milliseconds >= 0 ? milliseconds / 1000 : -((999 - milliseconds) / 1000)
        return Timestamp(seconds: seconds)
    }
}

// MARK: - Printing

extension Timestamp {
    /// The basic ISO 8601 form without milliseconds, `20191025T232624Z`: times in `amscm` answers and in signatures.
    package var basicForm: String {
        let parts = civil
        return Self.digits(parts.year, 4) + Self.digits(parts.month, 2) + Self.digits(parts.day, 2) + "T"
            + Self.digits(parts.hour, 2) + Self.digits(parts.minute, 2) + Self.digits(parts.second, 2) + "Z"
    }

    /// The date of the basic form, `20191025`: the first part of a credential scope.
    package var basicDate: String {
        let parts = civil
        return Self.digits(parts.year, 4) + Self.digits(parts.month, 2) + Self.digits(parts.day, 2)
    }

    /// The extended ISO 8601 form with milliseconds, `2019-10-25T23:26:24.123Z`: times in AWS Query answers.
    package var extendedForm: String {
        let parts = civil
        return Self.digits(parts.year, 4) + "-" + Self.digits(parts.month, 2) + "-" + Self.digits(parts.day, 2) + "T"
            + Self.digits(parts.hour, 2) + ":" + Self.digits(parts.minute, 2) + ":" + Self.digits(parts.second, 2)
            + "." + Self.digits(parts.millisecond, 3) + "Z"
    }

    private static func digits(_ value: Int, _ width: Int) -> String {
        let text = String(value)
        return String(repeating: "0", count: max(0, width - text.utf8.count)) + text
    }

    /// The proleptic Gregorian calendar fields of the moment.
    package var civil: CivilTime {
        var days = milliseconds / 86_400_000
        var rest = milliseconds % 86_400_000
        if rest < 0 {
            rest += 86_400_000
            days -= 1
        }
        // Days to civil: era arithmetic over 400-year cycles, years starting on 1 March.
        let shifted = days + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthIndex = (5 * dayOfYear + 2) / 153
        let day = dayOfYear - (153 * monthIndex + 2) / 5 + 1
        let month = monthIndex < 10 ? monthIndex + 3 : monthIndex - 9
        let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        return CivilTime(
            year: Int(year),
            month: Int(month),
            day: Int(day),
            hour: Int(rest / 3_600_000),
            minute: Int(rest / 60_000 % 60),
            second: Int(rest / 1000 % 60),
            millisecond: Int(rest % 1000)
        )
    }
}

/// Calendar fields of a ``Timestamp`` in UTC.
package struct CivilTime: Sendable, Hashable {
    /// Year, 1 to 9999 for every moment that can be written.
    package var year: Int
    /// Month, 1 to 12.
    package var month: Int
    /// Day of the month, from 1.
    package var day: Int
    /// Hour, 0 to 23.
    package var hour: Int
    /// Minute, 0 to 59.
    package var minute: Int
    /// Second, 0 to 59.
    package var second: Int
    /// Millisecond, 0 to 999.
    package var millisecond: Int
}

// MARK: - Parsing

extension Timestamp {
    /// Reads an ISO 8601 moment: basic `20191025T232624Z`, extended `2019-10-25T23:26:24Z`, either with a fraction
    /// of seconds (kept to the millisecond) and with `Z` or an offset such as `+02:00` or `+0200`.
    ///
    /// Source: reference/amscm-api.md §2.2 (both forms are sent by real scripts).
    /// - Returns: `nil` when the text is not such a moment or names a day or time that does not exist.
    package init?(parsing text: some StringProtocol) {
        var scanner = DigitScanner(bytes: Array(text.utf8))
        guard let year = scanner.number(4) else { return nil }
        let extended = scanner.skip("-")
        guard let month = scanner.number(2), scanner.skip("-") == extended, let day = scanner.number(2),
            scanner.skip("T") || scanner.skip("t"), let hour = scanner.number(2),
            scanner.skip(":") == extended, let minute = scanner.number(2),
            scanner.skip(":") == extended, let second = scanner.number(2)
        else { return nil }
        guard let fraction = scanner.fraction(), let offsetMinutes = scanner.zone(), scanner.isAtEnd else { return nil }
        guard (1...12).contains(month), (1...Self.daysIn(month: month, year: year)).contains(day), year >= 1,
            hour < 24, minute < 60, second < 60
        else { return nil }
        let days = Self.daysSinceEpoch(year: year, month: month, day: day)
        let seconds = Int64(days) * 86_400 + Int64(hour * 3600 + minute * 60 + second - offsetMinutes * 60)
        self.init(milliseconds: seconds * 1000 + Int64(fraction))
    }

    /// Makes a moment from calendar fields in UTC that are known to exist.
    package init(year: Int, month: Int, day: Int, hour: Int = 0, minute: Int = 0, second: Int = 0) {
        let days = Self.daysSinceEpoch(year: year, month: month, day: day)
        self.init(seconds: Int64(days) * 86_400 + Int64(hour * 3600 + minute * 60 + second))
    }

    private static func daysIn(month: Int, year: Int) -> Int {
        switch month {
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    private static func daysSinceEpoch(year: Int, month: Int, day: Int) -> Int {
        let shiftedYear = month <= 2 ? year - 1 : year
        let era = (shiftedYear >= 0 ? shiftedYear : shiftedYear - 399) / 400
        let yearOfEra = shiftedYear - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }
}

/// Reads fixed-width digit fields off ASCII bytes.
private struct DigitScanner {
    let bytes: [UInt8]
    var position = 0

    init(bytes: [UInt8]) {
        self.bytes = bytes
    }

    var isAtEnd: Bool {
        position == bytes.count
    }

    mutating func number(_ width: Int) -> Int? {
        guard position + width <= bytes.count else { return nil }
        var value = 0
        for byte in bytes[position..<position + width] {
            guard (48...57).contains(byte) else { return nil }
            value = value * 10 + Int(byte - 48)
        }
        position += width
        return value
    }

    mutating func skip(_ character: Unicode.Scalar) -> Bool {
        guard position < bytes.count, bytes[position] == UInt8(ascii: character) else { return false }
        position += 1
        return true
    }

    /// Milliseconds of an optional `.123`; `nil` for a point without digits.
    mutating func fraction() -> Int? {
        guard skip(".") else { return 0 }
        var milliseconds = 0
        var count = 0
        while let digit = number(1) {
            if count < 3 {
                milliseconds = milliseconds * 10 + digit
            }
            count += 1
        }
        guard count > 0 else { return nil }
        for _ in 0..<max(0, 3 - count) {
            milliseconds *= 10
        }
        return milliseconds
    }

    /// Minutes east of UTC.
    mutating func zone() -> Int? {
        if skip("Z") || skip("z") {
            return 0
        }
        let east = skip("+")
        guard east || skip("-"), let hours = number(2) else { return nil }
        _ = skip(":")
        guard let minutes = number(2), hours < 24, minutes < 60 else { return nil }
        return (east ? 1 : -1) * (hours * 60 + minutes)
    }
}
