// SPDX-License-Identifier: Apache-2.0

/// Who makes a request, as signature verification established it.
package struct CallerIdentity: Sendable, Hashable {
    /// The forms a caller can take; source: IAM user guide, "AWS JSON policy elements: Principal".
    package enum Kind: Sendable, Hashable {
        /// The account's root user.
        case root
        /// An IAM user; `name` without its path.
        case user(name: String)
        /// A session of a role; `roleARN` is the role's own ARN (`arn:…:iam::…:role/…`).
        case assumedRole(roleARN: ARN, sessionName: String)
    }

    /// What form the caller has.
    package let kind: Kind
    /// The caller's ARN as STS GetCallerIdentity reports it.
    package let arn: ARN
    /// The account the caller belongs to.
    package let accountID: AccountID
    /// The unique id STS reports: `AIDA…` for users, `AROA…:session` for role sessions, the account id for root.
    package let userID: String

    /// Makes a caller from parts that fit together.
    package init(kind: Kind, arn: ARN, accountID: AccountID, userID: String) {
        self.kind = kind
        self.arn = arn
        self.accountID = accountID
        self.userID = userID
    }
}
