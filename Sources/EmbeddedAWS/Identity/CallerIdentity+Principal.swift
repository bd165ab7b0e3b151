// SPDX-License-Identifier: Apache-2.0

package import CoreValues
import Crypto

extension CallerIdentity {
    /// The caller that a long-lived access key of a principal signs for.
    ///
    /// A role has no long-lived keys in AWS; here a key may speak for one, as a session named after the access key.
    /// - Returns: `nil` unless the principal is a user, a role or the root user.
    package init?(principal: ARN, accessKeyID: String) {
        guard principal.service == "iam", principal.region.isEmpty, let account = principal.accountID else {
            return nil
        }
        let path = principal.resource.split(separator: "/", omittingEmptySubsequences: false)
        guard let name = path.last.map(String.init), !path.contains("") else { return nil }
        switch path[0] {
        case "root" where path.count == 1:
            self.init(kind: .root, arn: principal, accountID: account, userID: account.description)
        case "user" where path.count > 1:
            self.init(
                kind: .user(name: name),
                arn: principal,
                accountID: account,
                userID: Self.uniqueID("AIDA", of: principal)
            )
        case "role" where path.count > 1:
            self.init(roleARN: principal, name: name, account: account, sessionName: accessKeyID)
        default:
            return nil
        }
    }

    /// A session of a role.
    /// - Returns: `nil` unless the ARN names a role.
    package init?(roleARN: ARN, sessionName: String) {
        let path = roleARN.resource.split(separator: "/", omittingEmptySubsequences: false)
        guard roleARN.service == "iam", let account = roleARN.accountID, path.count > 1, path[0] == "role",
            !path.contains(""), let name = path.last
        else { return nil }
        self.init(roleARN: roleARN, name: String(name), account: account, sessionName: sessionName)
    }

    private init(roleARN: ARN, name: String, account: AccountID, sessionName: String) {
        let session = ARN(
            partition: roleARN.partition,
            service: "sts",
            account: account.description,
            resource: "assumed-role/\(name)/\(sessionName)"
        )
        self.init(
            kind: .assumedRole(roleARN: roleARN, sessionName: sessionName),
            arn: session,
            accountID: account,
            userID: "\(Self.uniqueID("AROA", of: roleARN)):\(sessionName)"
        )
    }

    /// The unique id of a principal: AWS's prefix and seventeen characters that follow from the ARN.
    package static func uniqueID(_ prefix: String, of principal: ARN) -> String {
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567")
        let digest = SHA256.hash(data: Array("unique id of \(principal)".utf8))
        return prefix + String(digest.prefix(17).map { alphabet[Int($0) % alphabet.count] })
    }
}
