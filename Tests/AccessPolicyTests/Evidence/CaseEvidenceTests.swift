// SPDX-License-Identifier: Apache-2.0

import AccessPolicy
import JSONDocument
import TestSupport
import Testing

/// Whole decisions, with every kind of policy, against an oracle that shares nothing with the engine.
struct CaseEvidenceTests {
    @Test(arguments: [UInt64](0..<20))
    func `engine and oracle decide random cases alike`(_ seed: UInt64) throws {
        var cases = RandomCases(seed: 30_000 + seed)
        var seen: Set<String> = []
        for _ in 0..<Evidence.count(full: 5_000, ordinary: 100) {
            let document = cases.next()
            let answer = try JSONValue(parsing: PolicyConformance.answer(document.text()))
            let expected = PlainAuthorizer(document).verdict()
            #expect(answer["result"]?.string == expected, "seed \(30_000 + seed): \(document.text())")
            seen.insert(expected)
        }
        #expect(seen.count == 3)
    }
}
