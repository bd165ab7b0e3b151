// SPDX-License-Identifier: Apache-2.0

import AccessPolicy
import CoreValues
import JSONDocument
import Testing

/// Callers, parameters and policies that several suites use.
struct Samples {
    let account: AccountID
    let other: AccountID
    let key = "arn:aws:kms:us-east-1:999999999999:key/1234abcd-12ab-34cd-56ef-1234567890ab"

    init() throws {
        account = try #require(AccountID("999999999999"))
        other = try #require(AccountID("888888888888"))
    }

    func user(_ name: String, in account: AccountID? = nil) -> CallerIdentity {
        let account = account ?? self.account
        return CallerIdentity(
            kind: .user(name: name),
            arn: ARN(service: "iam", account: account.description, resource: "user/\(name)"),
            accountID: account,
            userID: "AIDAEXAMPLE\(name.uppercased())"
        )
    }

    func session(of role: String, in account: AccountID? = nil) -> CallerIdentity {
        let account = account ?? self.account
        let name = role.split(separator: "/").last.map(String.init) ?? role
        return CallerIdentity(
            kind: .assumedRole(
                roleARN: ARN(service: "iam", account: account.description, resource: "role/\(role)"),
                sessionName: "session"
            ),
            arn: ARN(service: "sts", account: account.description, resource: "assumed-role/\(name)/session"),
            accountID: account,
            userID: "AROAEXAMPLE:session"
        )
    }

    func root(of account: AccountID? = nil) -> CallerIdentity {
        let account = account ?? self.account
        return CallerIdentity(
            kind: .root,
            arn: ARN(service: "iam", account: account.description, resource: "root"),
            accountID: account,
            userID: account.description
        )
    }

    func principals(_ names: String...) throws -> [PrincipalReference] {
        try names.map { try PrincipalReference.parse($0, account: account, accountsAllowed: true) }
    }

    /// The parameterisations of the change type's reference, by name.
    func parameterisation(_ name: String) throws -> KeyAccessParameters {
        var parameters = KeyAccessParameters(account: account)
        switch name {
        case "decrypt":
            parameters.decryptPrincipals = try principals("role/roleA", "user/userB", "role/instanceProfileA")
        case "encrypt":
            parameters.encryptPrincipals = try principals("role/roleA", "user/userB", "role/instanceProfileA")
        case "grants":
            parameters.grantsPrincipals = try principals("arn:aws:iam::999999999999:role/roleA", "888888888888")
        case "limit-grants":
            parameters.grantsPrincipals = try principals("arn:aws:iam::999999999999:role/roleA")
            parameters.limitGrantsToAWSResources = true
        case "enforce-context":
            parameters.enforceEncryptionContextKeys = true
        case "allowed-context":
            parameters.allowedEncryptionContextKeys = ["Name", "Application"]
        case "services":
            parameters.allowServices = ["ec2.us-west-2.amazonaws.com", "ecr.us-east-1.amazonaws.com"]
        case "all":
            parameters.decryptPrincipals = try principals("user/myuser", "role/myrole")
            parameters.encryptPrincipals = try principals("user/myuser", "role/myrole")
            parameters.grantsPrincipals = try principals("user/myuser", "role/myrole", "888888888888")
            parameters.limitGrantsToAWSResources = true
            parameters.enforceEncryptionContextKeys = true
            parameters.allowedEncryptionContextKeys = ["App"]
            parameters.allowServices = ["ec2.us-east-1.amazonaws.com"]
        default:
            break
        }
        return parameters
    }

    static let parameterisations = [
        "none", "decrypt", "encrypt", "grants", "limit-grants", "enforce-context", "allowed-context", "services", "all",
    ]
}
