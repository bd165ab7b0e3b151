// SPDX-License-Identifier: Apache-2.0

import ChangeManagement
import JSONDocument

/// What must hold for every RFC at every moment.
enum Consistency {
    /// What does not hold.
    static func violations(_ history: History) throws -> [String] {
        var found = state(history.rfc).filter { !$0.holds }.map(\.rule)
        if history.rfc.version != history.events.count {
            found.append("the version is the number of events")
        }
        if Rfc(replaying: history.events) != history.rfc {
            found.append("replaying the events gives the state")
        }
        let text = history.rfc.stored.text()
        let again = try Rfc(stored: try JSONValue(parsing: text))
        if again != history.rfc || again.stored.text() != text {
            found.append("the stored state reads back the same, byte for byte")
        }
        for recorded in history.events {
            let text = recorded.event.stored.text()
            let again = try RfcEvent(name: recorded.event.name, stored: try JSONValue(parsing: text))
            if again != recorded.event || again.stored.text() != text {
                found.append("the stored \(recorded.event.name) event reads back the same, byte for byte")
            }
        }
        return found
    }

    private static func state(_ rfc: Rfc) -> [(rule: String, holds: Bool)] {
        let sides = [rfc.approval.aws, rfc.approval.customer]
        let ran = rfc.status == .inProgress || rfc.status.isFinal
        var rules: [(String, Bool)] = [
            ("exactly RFCs that run or ran have a start", (rfc.startedAt != nil) == ran),
            ("exactly RFCs that ran have an end", (rfc.endedAt != nil) == rfc.status.isFinal),
            ("RFCs run only when they may", !ran || rfc.mayRun),
            (
                "every RFC that is beyond editing was submitted",
                rfc.status == .editing || rfc.status == .canceled || rfc.submittedAt != nil
            ),
        ]
        switch rfc.status {
        case .editing:
            rules += [
                ("nothing is approved in editing", rfc.approval == .submissionPending && rfc.planHash == nil),
                ("nobody acts on an RFC in editing", rfc.actionState == .noActionPending),
                ("an RFC in editing has no reason", rfc.statusReason == nil),
            ]
        case .pendingApproval:
            let isAWSTurn = rfc.planHash == nil
            rules += [
                (
                    "approvals are pending, given or not required",
                    sides.allSatisfy { [.approvalPending, .approved, .notRequired].contains($0) }
                ),
                ("AWS acts while there is no plan", (rfc.actionState == .awsActionPending) == isAWSTurn),
            ]
        case .scheduled:
            rules += [
                ("scheduled RFCs are approved and have a start", rfc.mayRun && rfc.draft.requestedStart != nil),
                ("nobody acts on a scheduled RFC", rfc.actionState == .noActionPending),
            ]
        case .inProgress:
            rules.append(("AWS acts while an RFC runs", rfc.actionState == .awsActionPending))
        case .success, .failure:
            rules += [
                ("nobody acts on a final RFC", rfc.actionState == .noActionPending),
                ("only failures have a reason", (rfc.statusReason != nil) == (rfc.status == .failure)),
            ]
        case .rejected, .canceled:
            rules += [
                ("nobody acts on a closed RFC", rfc.actionState == .noActionPending),
                ("closed RFCs say why", rfc.statusReason?.isEmpty == false),
                ("nothing is pending for a closed RFC", !sides.contains(.approvalPending)),
                ("nobody rejects a canceled RFC", rfc.status != .canceled || !sides.contains(.rejected)),
            ]
        }
        return rules.map { (rule: $0.0, holds: $0.1) }
    }
}
