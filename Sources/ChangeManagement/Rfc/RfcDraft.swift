// SPDX-License-Identifier: Apache-2.0

package import CoreValues

/// What a requester writes into an RFC and may change until it is submitted.
///
/// Title, texts and execution parameters are sensitive members (reference/amscm-api.md §1): they never reach a log.
package struct RfcDraft: Sendable, Hashable {
    /// The subject; never empty.
    package var title: String
    /// A longer text.
    package var description: String?
    /// The execution parameters, JSON text exactly as it was sent.
    package var executionParameters: String?
    /// What the requester expects to happen.
    package var expectedOutcome: String?
    /// How it is meant to be done.
    package var implementationPlan: String?
    /// How it is meant to be undone.
    package var rollbackPlan: String?
    /// What could go wrong.
    package var worstCaseScenario: String?
    /// Who gets mail on status changes.
    package var emailRecipients: [String]
    /// When it should start; `nil` for as soon as possible.
    package var requestedStart: Timestamp?

    /// Makes a draft with a title and nothing else.
    package init(title: String) {
        self.title = title
        emailRecipients = []
    }
}

/// One change type version by name.
package struct ChangeTypeReference: Sendable, Hashable, CustomStringConvertible {
    /// The change type's id, such as `ct-1d84keiri1jhg`.
    package let id: String
    /// The version, such as `1.0`.
    package let version: String

    /// Makes a reference.
    package init(id: String, version: String) {
        self.id = id
        self.version = version
    }

    /// `ct-1d84keiri1jhg:1.0`, as in resource ARNs.
    package var description: String {
        "\(id):\(version)"
    }
}
