// SPDX-License-Identifier: Apache-2.0

package import CoreValues

/// Somebody a request for a key may name: a role, a user, or a whole account.
///
/// Sources: IAM user guide, "AWS JSON policy elements: Principal" and "IAM identifiers";
/// reference/seed-analysis.md B1, B2, C12.
package struct PrincipalReference: Sendable, Hashable {
    /// What kind of principal it is.
    package enum Kind: Sendable, Hashable {
        /// An IAM role.
        case role
        /// An IAM user.
        case user
        /// A whole account, which then decides by its own identity policies.
        case account
    }

    /// What kind of principal it is.
    package let kind: Kind
    /// Its ARN as a key policy names it; an account's is that of its root.
    package let arn: ARN
    /// The account it belongs to.
    package let account: AccountID

    /// The ARN as text.
    package var text: String {
        arn.description
    }

    /// A whole account.
    package static func account(_ account: AccountID, partition: String = "aws") -> PrincipalReference {
        let root = ARN(partition: partition, service: "iam", account: account.description, resource: "root")
        return PrincipalReference(kind: .account, arn: root, account: account)
    }

    /// Reads a principal as requests write it.
    ///
    /// Accepted: ARNs of roles and users, with their paths; `role/roleA`, `user/userB` and the documented shorthand
    /// `ARN:role/roleA`, which mean the request's own account; and, where `accountsAllowed`, an account's root ARN or
    /// its twelve digits.
    /// - Throws: a ``PrincipalError`` that says why the text can't be used and what could be.
    package static func parse(
        _ text: String,
        account: AccountID,
        partition: String = "aws",
        accountsAllowed: Bool = false
    ) throws(PrincipalError) -> PrincipalReference {
        let reader = PrincipalReader(
            text: text,
            account: account,
            partition: partition,
            accountsAllowed: accountsAllowed
        )
        return try reader.read()
    }
}

/// Why a text names no principal that a request for a key may use.
package struct PrincipalError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The text that was given.
    package let text: String
    /// What is wrong with it and what would be accepted, in lower case and without a full stop.
    package let reason: String

    /// The text and the reason.
    package var description: String {
        "`\(text)` \(reason)"
    }
}
