// SPDX-License-Identifier: Apache-2.0

package import CoreValues

extension Rfc {
    /// How long an RFC without a requested start may wait for its approval, in seconds: 30 days.
    ///
    /// Source: AMS user guide, "RFC scheduling"; reference/rfc-lifecycle.md §3.
    package static let approvalSeconds: Int64 = 30 * 86_400

    /// Whether everything that the execution needs is there: both parties' approval, and a plan.
    package var mayRun: Bool {
        approval.isComplete && planHash != nil
    }

    /// By when a submitted RFC has to be approved: its requested start, else 30 days after it was submitted.
    ///
    /// `nil` when it was never submitted.
    package var approvalDeadline: Timestamp? {
        submittedAt.map { draft.requestedStart ?? $0.advanced(bySeconds: Self.approvalSeconds) }
    }

    /// Whether the RFC missed its time: the approval its deadline, or the start its window.
    package func hasExpired(at time: Timestamp) -> Bool {
        switch status {
        case .pendingApproval: !mayRun && approvalDeadline.map { $0 <= time } ?? false
        case .scheduled: requestedWindow.map { $0.end < time } ?? false
        default: false
        }
    }

    /// Whether a scheduled RFC may begin; one without a window always may.
    package func isInWindow(at time: Timestamp) -> Bool {
        requestedWindow.map { $0.start <= time && time <= $0.end } ?? true
    }

    /// The start in the future that an approved RFC waits for.
    func startToWaitFor(at time: Timestamp) -> Timestamp? {
        guard status == .pendingApproval, mayRun, let start = draft.requestedStart, start > time else { return nil }
        return start
    }

    /// How an RFC that missed its time ends.
    ///
    /// AWS's pages contradict each other; the choice of reference/rfc-lifecycle.md §2: canceled when validation was
    /// not finished in time, rejected when an approval was not given or the window passed.
    var expiry: RfcEvent {
        let start = draft.requestedStart?.basicForm
        if status == .scheduled {
            return .expired(
                .rejected,
                reason: "the requested window \(windowText) passed before the change could begin"
            )
        }
        guard let start else {
            return .expired(.rejected, reason: "the approval was not given within 30 days of the submission")
        }
        if planHash == nil, automation == .automated {
            return .expired(.canceled, reason: "the validation was not finished by the requested start \(start)")
        }
        return .expired(.rejected, reason: "the approval was not given by the requested start \(start)")
    }

    var windowText: String {
        requestedWindow.map { "\($0.start.basicForm) to \($0.end.basicForm)" } ?? "open"
    }
}
