// SPDX-License-Identifier: Apache-2.0

import CoreValues
import Testing

@Suite("Timestamps")
struct TimestampTests {
    @Test(
        arguments: [
            ("19700101T000000Z", 0), ("1970-01-01T00:00:00Z", 0), ("1970-01-01T00:00:00.001Z", 1),
            ("1969-12-31T23:59:59.999Z", -1), ("20191025T232624Z", 1_572_045_984_000),
            ("2019-10-25T23:26:24.123Z", 1_572_045_984_123), ("2019-10-25T23:26:24.1239Z", 1_572_045_984_123),
            ("2019-10-25T23:26:24.1Z", 1_572_045_984_100), ("2019-10-26T01:26:24+02:00", 1_572_045_984_000),
            ("2019-10-26T01:26:24+0200", 1_572_045_984_000), ("20191025T212624-0200", 1_572_045_984_000),
            ("2019-10-25t23:26:24z", 1_572_045_984_000), ("2000-02-29T00:00:00Z", 951_782_400_000),
            ("0001-01-01T00:00:00Z", -62_135_596_800_000), ("9999-12-31T23:59:59.999Z", 253_402_300_799_999),
        ] as [(String, Int64)]
    )
    func `moments are read in both forms`(text: String, milliseconds: Int64) {
        #expect(Timestamp(parsing: text)?.milliseconds == milliseconds)
    }

    @Test(arguments: [
        "", "2019", "2019-10-25", "20191025", "2019-10-25T23:26:24", "20191025T232624", "2019-10-25 23:26:24Z",
        "2019-1025T23:26:24Z", "20191025T23:26:24Z", "2019-10-25T232624Z", "2019-02-29T00:00:00Z",
        "1900-02-29T00:00:00Z", "2019-13-01T00:00:00Z", "2019-00-01T00:00:00Z", "2019-04-31T00:00:00Z",
        "2019-01-00T00:00:00Z", "2019-01-01T24:00:00Z", "2019-01-01T00:60:00Z", "2019-01-01T00:00:60Z",
        "2019-01-01T00:00:00.Z", "2019-01-01T00:00:00ZZ", "2019-01-01T00:00:00+24:00", "2019-01-01T00:00:00+02",
        "0000-01-01T00:00:00Z", "२019-01-01T00:00:00Z", " 2019-01-01T00:00:00Z", "+2019-01-01T00:00:00Z",
    ])
    func `what is no moment is refused`(text: String) {
        #expect(Timestamp(parsing: text) == nil)
    }

    @Test func `the forms AWS uses are printed`() {
        let moment = Timestamp(milliseconds: 1_572_045_984_007)
        #expect(moment.basicForm == "20191025T232624Z")
        #expect(moment.basicDate == "20191025")
        #expect(moment.extendedForm == "2019-10-25T23:26:24.007Z")
        #expect(moment.epochSeconds == 1_572_045_984.007)
        #expect(Timestamp(milliseconds: -1).extendedForm == "1969-12-31T23:59:59.999Z")
        #expect(Timestamp(year: 800, month: 2, day: 29, hour: 1, minute: 2, second: 3).basicForm == "08000229T010203Z")
    }

    @Test func `what is printed is read back, over the whole range`() {
        for milliseconds in stride(from: Int64(-62_135_596_800_000), through: 253_402_300_799_999, by: 86_399_777_777) {
            let moment = Timestamp(milliseconds: milliseconds)
            #expect(Timestamp(parsing: moment.extendedForm) == moment)
            #expect(Timestamp(parsing: moment.basicForm) == moment.wholeSeconds)
        }
    }

    @Test func `every day of four hundred years follows the one before`() {
        var moment = Timestamp(year: 1900, month: 1, day: 1)
        var last = moment.civil
        for _ in 0..<146_097 {
            moment = moment.advanced(bySeconds: 86_400)
            let next = moment.civil
            let isNextDay = next.year == last.year && next.month == last.month && next.day == last.day + 1
            let isNextMonth = next.day == 1 && next.year == last.year && next.month == last.month + 1
            let isNextYear = next.day == 1 && next.month == 1 && next.year == last.year + 1 && last.month == 12
            guard isNextDay || isNextMonth || isNextYear else {
                Issue.record("\(last) is followed by \(next)")
                return
            }
            last = next
        }
        #expect(moment == Timestamp(year: 2300, month: 1, day: 1))
    }

    @Test func `whole seconds are cut towards the past`() {
        #expect(Timestamp(milliseconds: 1999).wholeSeconds.milliseconds == 1000)
        #expect(Timestamp(milliseconds: -1).wholeSeconds.milliseconds == -1000)
        #expect(Timestamp(milliseconds: -1000).wholeSeconds.milliseconds == -1000)
        #expect(Timestamp(milliseconds: 0).wholeSeconds.milliseconds == 0)
    }

    @Test func `moments are ordered`() {
        #expect(Timestamp(seconds: 1) < Timestamp(milliseconds: 1001))
        #expect(Timestamp(seconds: 5).advanced(bySeconds: -5) == Timestamp(milliseconds: 0))
    }
}
