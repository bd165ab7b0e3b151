// SPDX-License-Identifier: Apache-2.0

import AccessPolicy
import CoreValues
import Foundation
import JSONDocument
import TestSupport

/// How much evidence a run collects.
///
/// Each property is checked on a part of its cases in an ordinary run and on all of them with `ASSENT_EVIDENCE=full`
/// in the environment, which takes minutes in a debug build.
enum Evidence {
    static let isFull = ProcessInfo.processInfo.environment["ASSENT_EVIDENCE"] == "full"

    /// A count for full runs, and one for ordinary ones.
    static func count(full: Int, ordinary: Int) -> Int {
        isFull ? full : ordinary
    }
}

extension OracleEvaluator.Caller {
    /// The caller as a verified signature gives it.
    var identity: CallerIdentity? {
        guard let account = AccountID(account) else { return nil }
        let root = ARN(service: "iam", account: account.description, resource: "root")
        guard let arn = isRoot ? root : own.first.flatMap({ ARN(parsing: $0) }) else { return nil }
        let parts = arn.resource.split(separator: "/").map(String.init)
        let kind: CallerIdentity.Kind
        if isRoot {
            kind = .root
        } else if let role = role.flatMap({ ARN(parsing: $0) }) {
            kind = .assumedRole(roleARN: role, sessionName: parts.last ?? "")
        } else {
            kind = .user(name: parts.last ?? "")
        }
        return CallerIdentity(kind: kind, arn: arn, accountID: account, userID: "AIDAEXAMPLE")
    }
}

extension OracleEvaluator.Request {
    /// The same request as the engine takes it.
    func authorization(key: String, keyAccount: AccountID) -> AuthorizationRequest? {
        guard let identity = caller.identity else { return nil }
        var context = RequestContext()
        for (name, value) in single.sorted(by: { $0.key < $1.key }) {
            context[name] = .one(value)
        }
        for (name, values) in lists.sorted(by: { $0.key < $1.key }) {
            context[name] = .list(values)
        }
        return AuthorizationRequest(
            principal: RequestPrincipal(identity),
            action: ServiceAction(action),
            resource: key,
            resourceAccount: keyAccount.description,
            context: context
        )
    }
}
