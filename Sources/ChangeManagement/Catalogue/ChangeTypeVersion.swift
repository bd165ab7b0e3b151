// SPDX-License-Identifier: Apache-2.0

package import AccessPolicy
package import CoreValues
package import JSONDocument

/// One version of a change type: what it is, what it accepts, how it runs.
package struct ChangeTypeVersion: Sendable {
    /// The change type's id and this version.
    package let reference: ChangeTypeReference
    /// The name, as in the schema's `name`.
    package let name: String
    /// One or two sentences.
    package let description: String
    /// Where the catalogue lists it; at least one place.
    package let classifications: [Classification]
    /// Whether customers may use it.
    package let accessLevel: ChangeTypeAccessLevel
    /// Whether AMS approves.
    package let awsApproval: ApprovalRequirement
    /// Whether the customer approves.
    package let customerApproval: ApprovalRequirement
    /// Whether it runs by itself.
    package let automation: AutomationStatus
    /// How long it is expected to take, in minutes.
    package let expectedDurationMinutes: Int
    /// When the version was published.
    package let createdAt: Timestamp
    /// Whether GetChangeTypeVersion without a version answers this one.
    package let isCurrent: Bool
    /// Since when the version is deprecated, and what to use instead.
    package let deprecation: Deprecation?
    /// The ExecutionInputSchema as it is served.
    package let inputSchemaText: String
    /// The ExecutionInputSchema, ready to validate.
    package let inputSchema: JSONSchema
    /// How an RFC against it runs.
    package let execution: ChangeTypeExecution

    /// The retirement of a change type version.
    package struct Deprecation: Sendable, Hashable {
        /// Since when.
        package let time: Timestamp
        /// What to use instead.
        package let message: String
    }
}

/// How an RFC against a change type version is planned.
package enum ChangeTypeExecution: Sendable, Hashable {
    /// A CloudFormation template that gets the execution parameters' `Parameters` as its own.
    case template(text: String)
    /// A KMS key with a key policy made from the parameters.
    case kmsKeyCreate(policy: KeyPolicy.Rendering)
    /// The deletion of a stack.
    case stackDelete
}

/// Who may use a change type; source: reference/amscm-api.md §4.
package enum ChangeTypeAccessLevel: String, Sendable, Hashable, CaseIterable {
    /// Everybody who may file RFCs.
    case openAccess = "OpenAccess"
    /// Operators only.
    case operatorInternalOnly = "AwsOperatorInternalOnly"
}

/// Whether a party's approval is needed; source: reference/rfc-lifecycle.md §4.
package enum ApprovalRequirement: String, Sendable, Hashable, CaseIterable {
    /// The party has to approve.
    case required = "Required"
    /// Nobody has to.
    case notRequired = "NotRequired"
    /// The party has to approve unless it submitted the RFC itself.
    case notRequiredIfSubmitter = "NotRequiredIfSubmitter"
}
