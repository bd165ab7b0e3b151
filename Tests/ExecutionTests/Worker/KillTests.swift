// SPDX-License-Identifier: Apache-2.0

import ChangeManagement
import TestSupport
import Testing

@testable import Execution

struct KillTests {
    /// What is filed, what becomes of it when nothing dies, and how often the process can die on the way at most.
    struct Case: CustomTestStringConvertible, Sendable {
        let name: String
        let behaviour: FakeStackService.Behaviour
        let isDeletion: Bool
        let status: RfcStatus

        var testDescription: String {
            name
        }

        static let all = [
            Case(name: "success", behaviour: .succeeds, isDeletion: false, status: .success),
            Case(name: "failure", behaviour: .fails("no"), isDeletion: false, status: .failure),
            Case(name: "deletion", behaviour: .succeeds, isDeletion: true, status: .success),
        ]

        func submit(_ bench: AdvancerBench) async throws -> RfcID {
            guard isDeletion else { return try await bench.submit() }
            bench.stacks.put("stack-a1b2c3d4e5f6g7h8i")
            return try await bench.submit("ct-0q0bic0ywqk6c", parameters: #"{"StackId":"stack-a1b2c3d4e5f6g7h8i"}"#)
        }
    }

    @Test(arguments: Case.all)
    func `wherever the process dies, the next one comes to the same end with one stack`(_ sample: Case) async throws {
        var point = 0
        while true {
            let bench = try AdvancerBench(sample.behaviour)
            let id = try await sample.submit(bench)
            let kill = KillSwitch(at: point)
            try? await bench.advanceDue(bench.advancer(dyingAt: kill))
            let died = kill.isDead
            bench.store.restart()
            bench.time.advance(bySeconds: 5)
            try await bench.advanceDue(bench.advancer())
            let rfc = try bench.rfc(id)
            #expect(rfc.status == sample.status, "killed at point \(point)")
            #expect(Set(bench.stacks.orders.map(\.token)).count <= 1)
            #expect(Set(bench.stacks.orders).count <= 1, "killed at point \(point)")
            #expect(Set(bench.stacks.deletionTokens).count <= 1)
            let events = try bench.store.events(of: id)
            #expect(events.count { $0.event.name == "started" } == 1)
            #expect(events.count { $0.event.name == "plan-approved" } == 1)
            #expect(Rfc(replaying: events) == rfc)
            #expect(bench.store.workCount == 0)
            guard died else { break }
            point += 1
        }
        #expect(point > 8)
    }

    @Test func `dying again and again delays the end and changes nothing else`() async throws {
        let bench = try AdvancerBench()
        let id = try await bench.submit()
        for point in 0..<12 {
            try? await bench.advanceDue(bench.advancer(dyingAt: KillSwitch(at: point)))
            bench.store.restart()
        }
        try await bench.advanceDue(bench.advancer())
        #expect(try bench.rfc(id).status == .success)
        #expect(Set(bench.stacks.orders).count == 1)
    }
}
