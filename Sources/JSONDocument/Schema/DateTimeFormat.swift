// SPDX-License-Identifier: Apache-2.0

/// `date-time`: RFC 3339 §5.6, with the day checked against the calendar.
enum DateTimeFormat {
    static func accepts(_ bytes: [UInt8]) -> Bool {
        var scanner = Scanner(rest: bytes[...])
        guard let year = scanner.number(4), scanner.skip("-"), let month = scanner.number(2), scanner.skip("-"),
            let day = scanner.number(2), scanner.skip("T") || scanner.skip("t"),
            let hour = scanner.number(2), scanner.skip(":"), let minute = scanner.number(2), scanner.skip(":"),
            let second = scanner.number(2), scanner.fraction(), let offset = scanner.offset(), scanner.rest.isEmpty,
            (1...12).contains(month), (1...days(month, year)).contains(day), hour < 24, minute < 60
        else { return false }
        guard second == 60 else { return second < 60 }
        // A leap second is the last one of a day in UTC.
        let minuteOfDay = hour * 60 + minute - offset
        return (minuteOfDay % 1440 + 1440) % 1440 == 1439
    }

    private static func days(_ month: Int, _ year: Int) -> Int {
        switch month {
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    private struct Scanner {
        var rest: ArraySlice<UInt8>

        mutating func number(_ width: Int) -> Int? {
            let digits = rest.prefix(width)
            guard digits.count == width, digits.allSatisfy(ASCIIKind.isDigit) else { return nil }
            rest = rest.dropFirst(width)
            return digits.reduce(0) { $0 * 10 + Int($1 - 48) }
        }

        mutating func skip(_ character: Unicode.Scalar) -> Bool {
            guard rest.first == UInt8(ascii: character) else { return false }
            rest = rest.dropFirst()
            return true
        }

        /// An optional point with at least one digit.
        mutating func fraction() -> Bool {
            guard skip(".") else { return true }
            let count = rest.prefix(while: ASCIIKind.isDigit).count
            rest = rest.dropFirst(count)
            return count > 0
        }

        /// Minutes east of UTC.
        mutating func offset() -> Int? {
            if skip("Z") || skip("z") {
                return 0
            }
            let isEast = skip("+")
            guard isEast || skip("-"), let hours = number(2), skip(":"), let minutes = number(2), hours < 24,
                minutes < 60
            else { return nil }
            return (isEast ? 1 : -1) * (hours * 60 + minutes)
        }
    }
}
