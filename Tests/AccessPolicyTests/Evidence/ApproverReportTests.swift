// SPDX-License-Identifier: Apache-2.0

import AccessPolicy
import CoreValues
import TestSupport
import Testing

/// What an approver reads before a key exists.
struct ApproverReportTests {
    @Test(arguments: ["all", "encrypt", "allowed-context"], KeyPolicy.Rendering.allCases)
    func `the report says what each parameter does, who can do what, and what to know`(
        _ parameterisation: String,
        _ rendering: KeyPolicy.Rendering
    ) throws {
        let samples = try Samples()
        let policy = KeyPolicy(try samples.parameterisation(parameterisation), rendering: rendering)
        let facts = KeyFacts(account: samples.account, region: "us-east-1")
        let report = KeyPolicyReport(policy, facts: facts).text
        #expect(Golden.compare(report, "reports/\(parameterisation).\(rendering.rawValue).txt") == .matches)
        let tooLong = report.split(separator: "\n").filter { $0.count > TextLayout.width }
        #expect(tooLong.isEmpty)
    }
}
