// SPDX-License-Identifier: Apache-2.0

package import CoreValues

/// The principal that approves plans for the system and runs them: a role of the RFC's account.
package struct RfcExecutor: Sendable {
    private static let roleName = "assent-executor"
    private static let sessionName = "assent"

    /// The RFC's account.
    private let account: AccountID

    /// Names the executor of an account.
    package init(account: AccountID) {
        self.account = account
    }

    /// The role's ARN.
    package var role: ARN {
        ARN(service: "iam", account: account.description, resource: "role/\(Self.roleName)")
    }

    /// The session that calls AWS.
    package var caller: CallerIdentity {
        CallerIdentity(
            kind: .assumedRole(roleARN: role, sessionName: Self.sessionName),
            arn: ARN(
                service: "sts",
                account: account.description,
                resource: "assumed-role/\(Self.roleName)/\(Self.sessionName)"
            ),
            accountID: account,
            userID: "\(Self.roleName):\(Self.sessionName)"
        )
    }
}
