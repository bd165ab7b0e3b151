// SPDX-License-Identifier: Apache-2.0

import CoreValues

/// Tells the principals that a request may name from everything that only looks like one.
struct PrincipalReader {
    let text: String
    let account: AccountID
    let partition: String
    let accountsAllowed: Bool

    func read() throws(PrincipalError) -> PrincipalReference {
        guard !text.isEmpty else { throw refusal("is empty; name \(acceptable)") }
        guard !text.utf8.contains(where: { $0 == UInt8(ascii: "*") || $0 == UInt8(ascii: "?") }) else {
            throw refusal("contains a wildcard; a principal must be named in full")
        }
        if let other = AccountID(text) {
            return try whole(other)
        }
        if text.hasPrefix("arn:") {
            return try fullARN()
        }
        if text.hasPrefix("ARN:") {
            return try own(resource: text.dropFirst(4))
        }
        if text.hasPrefix("role/") || text.hasPrefix("user/") {
            return try own(resource: text[...])
        }
        throw refusal(unrecognized)
    }

    // MARK: Full ARNs

    private func fullARN() throws(PrincipalError) -> PrincipalReference {
        guard let arn = ARN(parsing: text) else {
            throw refusal("is no complete ARN; name \(acceptable)")
        }
        guard arn.partition == partition else {
            throw refusal("is in the partition `\(arn.partition)`; the key is in `\(partition)`")
        }
        if arn.service == "sts" {
            throw refusal("is a session, which ends; name \(sessionOwner(arn)) instead")
        }
        guard arn.service == "iam" else {
            throw refusal("belongs to the service `\(arn.service)`; principals belong to `iam`")
        }
        guard arn.region.isEmpty else {
            throw refusal("has the region `\(arn.region)`; principals have none")
        }
        guard let owner = arn.accountID else {
            throw refusal("has `\(arn.account)` in place of twelve digits for the account")
        }
        if arn.resource == "root" {
            return try whole(owner)
        }
        return try named(arn.resource[...], owner: owner)
    }

    private func sessionOwner(_ arn: ARN) -> String {
        let parts = arn.resource.split(separator: "/")
        guard parts.count >= 2, parts[0] == "assumed-role" else { return "a role or user" }
        return "the role `arn:\(arn.partition):iam::\(arn.account):role/\(parts[1])`"
    }

    private func whole(_ owner: AccountID) throws(PrincipalError) -> PrincipalReference {
        guard accountsAllowed else {
            throw refusal("is a whole account, which this list does not take; name \(acceptable)")
        }
        return .account(owner, partition: partition)
    }

    // MARK: Roles and users

    private func own(resource: Substring) throws(PrincipalError) -> PrincipalReference {
        try named(resource, owner: account)
    }

    private func named(_ resource: Substring, owner: AccountID) throws(PrincipalError) -> PrincipalReference {
        let type = resource.prefix { $0 != "/" }
        let kind: PrincipalReference.Kind
        switch type {
        case "role": kind = .role
        case "user": kind = .user
        case "instance-profile":
            throw refusal("is an instance profile, which can't be a principal; name the profile's role instead")
        case "group":
            throw refusal("is a group, which can't be a principal; name a role, or the group's users")
        case "saml-provider", "oidc-provider":
            throw refusal("is an identity provider; name the role that its users assume")
        case "assumed-role", "federated-user":
            throw refusal("is a session, which ends; name the role or user behind it")
        default:
            throw refusal("is neither a role nor a user; name \(acceptable)")
        }
        try check(path: resource.dropFirst(type.count), type)
        let arn = ARN(
            partition: partition,
            service: "iam",
            account: owner.description,
            resource: String(resource)
        )
        return PrincipalReference(kind: kind, arn: arn, account: owner)
    }

    /// Checks `/path/name`: names of 1 to 64 letters, digits and `+=,.@_-`, paths of at most 512 characters.
    private func check(path: Substring, _ type: Substring) throws(PrincipalError) {
        let segments = path.dropFirst().split(separator: "/", omittingEmptySubsequences: false)
        guard let name = segments.last, !name.isEmpty else {
            throw refusal("has no name after `\(type)/`")
        }
        guard name.utf8.count <= 64 else {
            throw refusal("has a name of \(name.utf8.count) characters; at most 64 are possible")
        }
        guard name.utf8.allSatisfy(Self.isNameByte) else {
            throw refusal("has the name `\(name)`; names consist of letters, digits and `+=,.@_-`")
        }
        let pathLength = path.utf8.count - name.utf8.count
        guard pathLength <= 512, path.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
            throw refusal("has a path that is longer than 512 characters or not plain ASCII")
        }
    }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        switch byte {
        case 48...57, 65...90, 97...122: true
        default: "+=,.@_-".utf8.contains(byte)
        }
    }

    // MARK: Messages

    private var acceptable: String {
        let named = "a role or user such as `arn:\(partition):iam::\(account):role/NAME` or `role/NAME`"
        return accountsAllowed ? named + ", or an account by its twelve digits" : named
    }

    private var unrecognized: String {
        if text.hasPrefix("instance-profile/") {
            return "is an instance profile, which can't be a principal; name the profile's role instead"
        }
        if text.hasPrefix("group/") {
            return "is a group, which can't be a principal; name a role, or the group's users"
        }
        if text.hasSuffix(".amazonaws.com") || text.hasSuffix(".amazonaws.com.cn") {
            return "is an AWS service; services get access through `AllowServiceRolesAccessKMSKeys`"
        }
        if ["AROA", "AIDA", "AIPA", "AGPA", "ASIA", "AKIA"].contains(String(text.prefix(4))), text.utf8.count >= 16 {
            return "is an internal id, such as remains of a deleted principal; name \(acceptable)"
        }
        if text.utf8.allSatisfy({ (48...57).contains($0) }) {
            return "has \(text.utf8.count) digits; an account id has twelve"
        }
        if text.utf8.allSatisfy({ (65...90).contains($0) || $0 == UInt8(ascii: "_") }) || text.hasPrefix("<") {
            return "is a placeholder; put \(acceptable) in its place"
        }
        return "is no principal; name \(acceptable)"
    }

    private func refusal(_ reason: String) -> PrincipalError {
        PrincipalError(text: text, reason: reason)
    }
}
