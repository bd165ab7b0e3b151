// SPDX-License-Identifier: Apache-2.0

import CoreValues

/// A name in the `AWS` family of a `Principal`, told apart by what it can mean.
struct PrincipalName: Sendable, Hashable {
    enum Kind: Sendable, Hashable {
        /// `*`.
        case everybody
        /// A whole account, by its digits or its root's ARN.
        case account(AccountID)
        /// A role or user.
        case identity(AccountID)
        /// A session of a role or of a federated user.
        case session(AccountID)
        /// An internal id such as `AROA…`, which is what remains of a deleted user or role.
        case uniqueID
        /// Nothing that can be a principal, with the reason.
        case invalid(String)
    }

    let text: String
    let kind: Kind
    /// The partition of an ARN.
    let partition: String?

    init(_ text: String) {
        self.text = text
        let arn = ARN(parsing: text)
        partition = arn?.partition
        if text == "*" {
            kind = .everybody
        } else if let account = AccountID(text) {
            kind = .account(account)
        } else if text.hasPrefix("arn:") {
            kind = arn.map { Self.kind(of: $0, text) } ?? .invalid("is no complete ARN")
        } else if Self.isUniqueID(text) {
            kind = .uniqueID
        } else {
            kind = .invalid("is neither an account, nor the ARN of a role, user or session")
        }
    }

    /// The account when the name means all of it.
    var wholeAccount: AccountID? {
        if case .account(let account) = kind { account } else { nil }
    }

    /// The account that the principal belongs to.
    var account: AccountID? {
        switch kind {
        case .account(let account), .identity(let account), .session(let account): account
        case .everybody, .uniqueID, .invalid: nil
        }
    }

    /// The partitions that AWS has.
    static let partitions: Set<String> = [
        "aws", "aws-cn", "aws-eusc", "aws-iso", "aws-iso-b", "aws-iso-e", "aws-iso-f", "aws-us-gov",
    ]

    private static func kind(of arn: ARN, _ text: String) -> Kind {
        guard !Words.hasWildcard(text) else {
            return .invalid("has a wildcard inside an ARN, where principals must be named in full")
        }
        guard partitions.contains(arn.partition) else {
            return .invalid("has the partition `\(arn.partition)`, which doesn't exist")
        }
        guard let account = arn.accountID else {
            return .invalid("has `\(arn.account)` in place of the twelve digits of an account")
        }
        guard arn.region.isEmpty else { return .invalid("has a region, and principals have none") }
        let parts = arn.resource.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.allSatisfy({ !$0.isEmpty }) else { return .invalid("has an empty name") }
        switch (arn.service, parts[0]) {
        case ("iam", "root") where parts.count == 1: return .account(account)
        case ("iam", "role") where parts.count >= 2, ("iam", "user") where parts.count >= 2: return .identity(account)
        case ("iam", "instance-profile"): return .invalid("is an instance profile; its role can be named instead")
        case ("iam", "group"): return .invalid("is a group, and groups are no principals")
        case ("iam", "policy"): return .invalid("is a policy")
        case ("sts", "assumed-role") where parts.count == 3: return .session(account)
        case ("sts", "federated-user") where parts.count == 2: return .session(account)
        default: return .invalid("names no role, user, session or account")
        }
    }

    private static func isUniqueID(_ text: String) -> Bool {
        ["AROA", "AIDA", "AIPA", "AGPA", "ASIA", "AKIA", "ANPA"].contains(String(text.prefix(4)))
            && text.utf8.count >= 16
            && text.utf8.allSatisfy { (48...57).contains($0) || (65...90).contains($0) }
    }
}
