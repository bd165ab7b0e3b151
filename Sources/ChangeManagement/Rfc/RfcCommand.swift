// SPDX-License-Identifier: Apache-2.0

package import JSONDocument

/// What a person or the worker asks of an existing RFC.
package enum RfcCommand: Sendable, Hashable {
    /// UpdateRfc: the draft as it shall be.
    case update(RfcDraft)
    /// SubmitRfc, with the approvals its change type asks for.
    case submit(override: RestrictedTimesOverride, approvals: ApprovalState)
    /// CancelRfc.
    case cancel(reason: String)
    /// ApproveRfc: the customer's approval.
    case approve
    /// RejectRfc: the customer's refusal.
    case reject(reason: String)
    /// The system has planned the change and approves this plan.
    case approvePlan(JSONValue, hash: String)
    /// The system can't plan the change, or it must not run.
    case refusePlan(reason: String)
    /// The RFC missed the time for its approval or its start.
    case expire
    /// The execution begins.
    case begin
    /// The execution reports how far it is.
    case report(output: String)
    /// The execution reached its end.
    case succeed(output: String)
    /// The execution did not.
    case fail(reason: String, output: String?)

    /// The command in words, for refusals.
    var verb: String {
        switch self {
        case .update: "be updated"
        case .submit: "be submitted"
        case .cancel: "be canceled"
        case .approve, .approvePlan: "be approved"
        case .reject, .refusePlan: "be rejected"
        case .expire: "expire"
        case .begin: "begin"
        case .report: "report"
        case .succeed: "succeed"
        case .fail: "fail"
        }
    }
}
