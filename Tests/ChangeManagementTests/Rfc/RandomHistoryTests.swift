// SPDX-License-Identifier: Apache-2.0

import ChangeManagement
import CoreValues
import TestSupport
import Testing

struct RandomHistoryTests {
    /// Random commands at random times, allowed ones and others.
    private static func history(_ generator: inout SeededGenerator) throws -> (History, [String]) {
        let start =
            generator.once(in: 2) ? Sample.noon.advanced(bySeconds: Int64.random(in: 1...7200, using: &generator)) : nil
        var history = History(start: start, automation: generator.pick(AutomationStatus.allCases))
        var violations: [String] = []
        for _ in 0..<30 {
            let steps: [Int64] = [0, 1, 600, 3600, 86_400 * 31]
            if !generator.once(in: 3) {
                history.time = history.time.advanced(
                    bySeconds: generator.pick(steps.prefix(generator.once(in: 8) ? 5 : 3))
                )
            }
            try? history.apply(command(&generator))
            violations += try Consistency.violations(history)
        }
        return (history, violations)
    }

    private static func command(_ generator: inout SeededGenerator) -> RfcCommand {
        let name = generator.pick(CommandName.allCases)
        guard name == .submit else { return name.command }
        let aws: [ApprovalStatus] = [.approvalPending, .notRequired]
        return .submit(
            override: generator.pick(RestrictedTimesOverride.allCases),
            approvals: ApprovalState(aws: generator.pick(aws), customer: generator.pick(aws))
        )
    }

    @Test(arguments: 1...150 as ClosedRange<UInt64>)
    func `whatever is asked, the RFC stays consistent and its events explain it`(_ seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let (_, violations) = try Self.history(&generator)
        #expect(violations == [], "seed \(seed)")
    }

    @Test func `random histories come to every status`() throws {
        var seen: Set<RfcStatus> = []
        for seed in 1...150 as ClosedRange<UInt64> {
            var generator = SeededGenerator(seed: seed)
            let events = try Self.history(&generator).0.events
            for count in 1...events.count {
                if let rfc = Rfc(replaying: Array(events.prefix(count))) {
                    seen.insert(rfc.status)
                }
            }
        }
        #expect(seen == Set(RfcStatus.allCases))
    }
}
