// SPDX-License-Identifier: Apache-2.0

import CoreValues
import JSONDocument

/// Reads callers as cases write them.
enum ConformancePrincipal {
    /// The caller that a case names.
    ///
    /// Known are the ARNs of users, roles, their sessions, federated users and root users, twelve digits for a root
    /// user, the names of services and identity providers, canonical user ids, and `*` or `{"type": "Anonymous"}` for
    /// nobody in particular.
    static func principal(
        _ document: JSONValue,
        context: RequestContext
    ) throws(ConformanceError) -> RequestPrincipal {
        if document["type"]?.string?.lowercased() == "anonymous" {
            return RequestPrincipal(anybody: "anonymous")
        }
        guard
            let text = document.string ?? document["value"]?.string ?? document["AWS"]?.string
                ?? document["Service"]?.string ?? document["Federated"]?.string
        else {
            throw ConformanceError("request/principal must be a string, found \(document.kind)")
        }
        if text == "*" || text.lowercased() == "anonymous" {
            return RequestPrincipal(anybody: "anonymous")
        }
        if AccountID(text) != nil {
            return RequestPrincipal(kind: .root, text: "arn:aws:iam::\(text):root", account: text, partition: "aws")
        }
        if text.hasPrefix("arn:") {
            return try named(text, context)
        }
        if text.hasSuffix(".amazonaws.com") || text.hasSuffix(".amazonaws.com.cn") {
            return RequestPrincipal(service: text)
        }
        if text.utf8.count == 64, text.utf8.allSatisfy({ (48...57).contains($0) || (97...102).contains($0) }) {
            return RequestPrincipal(provider: text, .canonicalUser)
        }
        if text.contains(".") || text.contains(":") {
            return RequestPrincipal(provider: text, .federated)
        }
        throw unknown(text)
    }

    private static func named(_ text: String, _ context: RequestContext) throws(ConformanceError) -> RequestPrincipal {
        guard let arn = ARN(parsing: text), arn.accountID != nil else { throw unknown(text) }
        let parts = arn.resource.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        func caller(_ kind: RequestPrincipal.Kind, role: String? = nil) -> RequestPrincipal {
            RequestPrincipal(kind: kind, text: text, account: arn.account, partition: arn.partition, roleARN: role)
        }
        switch (arn.service, parts[0], parts.count) {
        case ("iam", "root", 1): return caller(.root)
        case ("iam", "user", 2...): return caller(.user)
        case ("iam", "role", 2...): return RequestPrincipal(someSessionOf: arn)
        case ("iam", "saml-provider", 2...), ("iam", "oidc-provider", 2...):
            return RequestPrincipal(provider: text, .federated)
        case ("sts", "federated-user", 2): return caller(.federatedUser)
        case ("sts", "assumed-role", 3): return caller(.roleSession, role: role(of: arn, parts[1], context))
        default: throw unknown(text)
        }
    }

    /// The role behind a session, with its path where the request's `aws:PrincipalArn` tells it.
    private static func role(of session: ARN, _ name: String, _ context: RequestContext) -> String {
        let prefix = "arn:\(session.partition):iam::\(session.account):role/"
        if case .one(let text)? = context["aws:PrincipalArn"], text.hasPrefix(prefix), text.hasSuffix("/" + name) {
            return text
        }
        return prefix + name
    }

    private static func unknown(_ text: String) -> ConformanceError {
        let known = "an ARN of a user, role, session or root user, a service such as `lambda.amazonaws.com`, or `*`"
        return ConformanceError("request/principal: `\(text)` is no caller; name \(known)")
    }
}

extension RequestPrincipal {
    /// A caller that policies name by the family of an identity provider or a canonical user.
    fileprivate init(provider text: String, _ family: PrincipalElement.Family) {
        self.init(text: text, account: nil, roleARN: nil, kind: .other, names: [Name(text, .federated, family: family)])
    }

    /// A session of a role whose name isn't known, so that no policy can name the session itself.
    fileprivate init(someSessionOf role: ARN) {
        let text = role.description
        self.init(
            text: text,
            account: role.account,
            roleARN: text,
            kind: .roleSession,
            names: [
                Name("arn:\(role.partition):iam::\(role.account):root", .account), Name(role.account, .account),
                Name(text, .role),
            ]
        )
    }
}
