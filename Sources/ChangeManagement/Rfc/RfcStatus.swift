// SPDX-License-Identifier: Apache-2.0

/// Where an RFC stands; source: reference/rfc-lifecycle.md §2.
package enum RfcStatus: String, Sendable, Hashable, CaseIterable {
    /// Created and never submitted, or changed since.
    case editing = "Editing"
    /// Submitted; approvals are being obtained.
    case pendingApproval = "PendingApproval"
    /// Approved and waiting for its start time.
    case scheduled = "Scheduled"
    /// Running.
    case inProgress = "InProgress"
    /// Validation failed, an approver refused, or the start passed without approval.
    case rejected = "Rejected"
    /// Withdrawn by a person, or its window passed.
    case canceled = "Canceled"
    /// Ran to its end.
    case success = "Success"
    /// Ran and did not reach its end.
    case failure = "Failure"

    /// Whether nothing can change the RFC any more.
    package var isFinal: Bool {
        self == .success || self == .failure
    }
}

/// Who has to act next; the console's "Activity state".
///
/// Source: reference/rfc-lifecycle.md §6.
package enum RfcActionState: String, Sendable, Hashable, CaseIterable {
    /// An operator has taken the RFC.
    case awsOperatorAssigned = "AwsOperatorAssigned"
    /// The system or an operator has to act.
    case awsActionPending = "AwsActionPending"
    /// Nobody has to act.
    case noActionPending = "NoActionPending"
    /// The requester has to answer.
    case customerActionPending = "CustomerActionPending"
}

/// How far one party's approval is.
package enum ApprovalStatus: String, Sendable, Hashable, CaseIterable {
    /// The RFC has not been submitted.
    case submissionPending = "SubmissionPending"
    /// This party's approval is not needed.
    case notRequired = "NotRequired"
    /// The party has to decide.
    case approvalPending = "ApprovalPending"
    /// The party has approved.
    case approved = "Approved"
    /// The party has refused.
    case rejected = "Rejected"

    /// Whether nothing more is needed from the party.
    package var isSettled: Bool {
        self == .approved || self == .notRequired
    }
}

/// Both parties' approvals.
package struct ApprovalState: Sendable, Hashable {
    /// AMS's side: the system's for automated change types, an operator's for manual ones.
    package var aws: ApprovalStatus
    /// The customer's side.
    package var customer: ApprovalStatus

    /// Makes a pair.
    package init(aws: ApprovalStatus, customer: ApprovalStatus) {
        self.aws = aws
        self.customer = customer
    }

    /// Before submission.
    package static let submissionPending = ApprovalState(aws: .submissionPending, customer: .submissionPending)

    /// Whether neither party has anything left to decide.
    package var isComplete: Bool {
        aws.isSettled && customer.isSettled
    }

    mutating func replacePending(with status: ApprovalStatus) {
        aws = aws == .approvalPending ? status : aws
        customer = customer == .approvalPending ? status : customer
    }
}

/// Whether an RFC may run inside a restricted execution time; source: reference/rfc-lifecycle.md §5.
package enum RestrictedTimesOverride: String, Sendable, Hashable, CaseIterable {
    /// Restricted execution times hold.
    case noOverrides = "NoOverrides"
    /// The RFC runs regardless, for emergencies.
    case overrideRestrictedTimeRanges = "OverrideRestrictedTimeRanges"
}
