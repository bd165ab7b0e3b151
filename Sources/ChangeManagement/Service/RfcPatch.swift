// SPDX-License-Identifier: Apache-2.0

package import CoreValues

/// The members of an UpdateRfc request; `nil` keeps the present value.
///
/// Execution parameters are replaced as a whole, never merged (reference/rfc-lifecycle.md §8).
package struct RfcPatch: Sendable, Hashable {
    /// A new subject.
    package var title: String?
    /// A new description.
    package var description: String?
    /// New execution parameters.
    package var executionParameters: String?
    /// A new expected outcome.
    package var expectedOutcome: String?
    /// A new implementation plan.
    package var implementationPlan: String?
    /// A new rollback plan.
    package var rollbackPlan: String?
    /// A new worst case.
    package var worstCaseScenario: String?
    /// New recipients.
    package var emailRecipients: [String]?
    /// A new requested start.
    package var requestedStart: Timestamp?

    /// Makes a patch that changes nothing.
    package init() {}

    /// The draft with the patch's members in place.
    package func applied(to draft: RfcDraft) -> RfcDraft {
        var result = draft
        result.title = title ?? draft.title
        result.description = description ?? draft.description
        result.executionParameters = executionParameters ?? draft.executionParameters
        result.expectedOutcome = expectedOutcome ?? draft.expectedOutcome
        result.implementationPlan = implementationPlan ?? draft.implementationPlan
        result.rollbackPlan = rollbackPlan ?? draft.rollbackPlan
        result.worstCaseScenario = worstCaseScenario ?? draft.worstCaseScenario
        result.emailRecipients = emailRecipients ?? draft.emailRecipients
        result.requestedStart = requestedStart ?? draft.requestedStart
        return result
    }
}
