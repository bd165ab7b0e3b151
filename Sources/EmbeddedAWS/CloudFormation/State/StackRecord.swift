// SPDX-License-Identifier: Apache-2.0

package import CoreValues
import JSONDocument

/// A stack as the account remembers it.
package struct StackRecord: Sendable, Hashable {
    /// The stack's ARN.
    package let id: String
    /// Its name, unique among the stacks that are not deleted.
    package let name: String
    /// When it was made.
    package let createdAt: Timestamp
    /// What it is doing.
    package var status: StackStatus
    /// Why, for a person.
    package var statusReason: String?
    /// When an update last started.
    package var updatedAt: Timestamp?
    /// When it was deleted.
    package var deletedAt: Timestamp?
    /// What it is, or is becoming.
    package var definition: StackDefinition
    /// What its template says it is for.
    package var details: String?
    /// Whose permissions its operations use.
    ///
    /// Deviation: the caller of the latest operation even when a role was named, for nothing here says who may pass
    /// which role.
    package var caller: CallerIdentity
    /// Whether a failed creation stays as it is.
    package var disableRollback: Bool
    /// After how many minutes its creation gives up.
    package var timeoutMinutes: Int?
    /// Whether rolling back also deletes what was to be retained.
    package var retainExceptOnCreate: Bool
    /// Whether it can't be deleted.
    package var terminationProtection: Bool
    /// Who may update what, as text; kept and shown.
    package var stackPolicy: String?
    /// Its resources in the order of their creation.
    package var resources: [StackResource]
    /// Resources that a failed update replaced and left behind; the next operation deletes them.
    var abandoned: [StackResource] = []
    /// What it tells the world.
    package var outputs: [StackOutput]
    /// The change set that last changed it.
    package var changeSetID: String?
    /// What it is in the middle of.
    var operation: StackOperation?
    /// The tokens that have been used on it.
    var tokens: [StackToken]

    /// The resource of that logical id.
    package func resource(_ logicalID: String) -> StackResource? {
        resources.first { $0.logicalID == logicalID }
    }

    /// Whether the engine has something to do for it.
    package var isInProgress: Bool {
        operation != nil
    }
}

/// A value that a stack gives out.
package struct StackOutput: Sendable, Hashable {
    /// The output's name.
    package let key: String
    /// Its value as text.
    package let value: String
    /// What the template says about it.
    package let details: String?
    /// The name under which other stacks could import it.
    package let exportName: String?
}

/// A token that a request used, so that its repetition is recognized.
struct StackToken: Sendable, Hashable {
    /// The operation's name: a token belongs to one kind of operation.
    let operation: String
    let token: String
    /// A hash of the request's other members.
    let fingerprint: String

    /// The operation whose tokens are looked up across all stacks.
    static let createStack = "CreateStack"
}
