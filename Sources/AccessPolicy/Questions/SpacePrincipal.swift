// SPDX-License-Identifier: Apache-2.0

import CoreValues

/// A caller that stands for all callers whom the policies can't tell from it.
struct SpacePrincipal: Sendable, Hashable {
    let principal: RequestPrincipal
    /// The condition keys that the caller determines.
    private(set) var context: RequestContext
    /// Whether the policies name it, or it stands for those they don't name.
    let isNamed: Bool
    /// How the policies see it; worked out on demand where it isn't given.
    var profile: Profile?

    /// How policies see a caller: two callers of one kind and account with the same profile are treated alike.
    struct Profile: Sendable, Hashable {
        /// In which forms each statement of each policy names it.
        let forms: [[RequestPrincipal.Forms]]
        /// The tests on the keys that the caller determines that hold.
        let holding: TestMask

        init(
            _ principal: SpacePrincipal,
            _ keys: [RequestSpace.TestedKey],
            _ tests: [SpaceTest],
            _ policies: [CompiledPolicy],
            _ assumptions: Assumptions
        ) {
            forms = policies.map { $0.statements.map { $0.forms(principal.principal, assumptions) } }
            holding = keys.filter(\.isOfCaller)
                .reduce(into: TestMask.none) { mask, key in
                    for test in tests.indices where key.mask.contains(test) {
                        if tests[test].holds(principal.context[key.name], assumptions) {
                            mask.insert(test)
                        }
                    }
                }
        }
    }

    /// A caller with the condition keys that follow from it.
    init(_ principal: RequestPrincipal, arn: String?, isNamed: Bool) {
        self.principal = principal
        self.isNamed = isNamed
        var context = RequestContext()
        if let account = principal.account {
            context["kms:CallerAccount"] = .one(account)
            context["aws:PrincipalAccount"] = .one(account)
        }
        context["aws:PrincipalArn"] = arn.map { .one($0) }
        context["aws:PrincipalIsAWSService"] = .one(principal.kind == .service ? "true" : "false")
        switch principal.kind {
        case .root: context["aws:PrincipalType"] = .one("Account")
        case .user: context["aws:PrincipalType"] = .one("User")
        case .roleSession: context["aws:PrincipalType"] = .one("AssumedRole")
        case .federatedUser: context["aws:PrincipalType"] = .one("FederatedUser")
        case .service: context["aws:PrincipalServiceName"] = .one(principal.text)
        case .other: break
        }
        self.context = context
    }

    /// The same caller with the condition keys that follow from the key it asks for.
    func calling(region: String, account: String) -> SpacePrincipal {
        var copy = self
        copy.context["aws:RequestedRegion"] = .one(region)
        copy.context["aws:ResourceAccount"] = .one(account)
        return copy
    }

    static func service(_ name: String, isNamed: Bool) -> SpacePrincipal {
        SpacePrincipal(RequestPrincipal(service: name), arn: nil, isNamed: isNamed)
    }

    static func root(_ account: String, _ partition: String) -> SpacePrincipal {
        let arn = "arn:\(partition):iam::\(account):root"
        return SpacePrincipal(
            RequestPrincipal(kind: .root, text: arn, account: account, partition: partition),
            arn: arn,
            isNamed: false
        )
    }

    /// The caller whose own ARN is given: a user's, a federated user's, or a role's, then in some session of it.
    /// - Returns: `nil` when nobody can call by that name.
    static func named(_ text: String, session: String? = nil, isNamed: Bool = true) -> SpacePrincipal? {
        guard let arn = ARN(parsing: text), arn.accountID != nil, arn.region.isEmpty else { return nil }
        let parts = arn.resource.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        guard parts.count >= 2, let name = parts.last, !name.isEmpty else { return nil }
        func caller(_ kind: RequestPrincipal.Kind, _ text: String, role: String? = nil) -> SpacePrincipal {
            SpacePrincipal(
                RequestPrincipal(
                    kind: kind,
                    text: text,
                    account: arn.account,
                    partition: arn.partition,
                    roleARN: role
                ),
                arn: role ?? text,
                isNamed: isNamed
            )
        }
        func sts(_ resource: String) -> String {
            "arn:\(arn.partition):sts::\(arn.account):\(resource)"
        }
        switch (arn.service, parts[0]) {
        case ("iam", "user"): return caller(.user, text)
        case ("iam", "role"):
            return caller(.roleSession, sts("assumed-role/\(name)/\(session ?? "session")"), role: text)
        case ("sts", "federated-user") where parts.count == 2: return caller(.federatedUser, text)
        case ("sts", "assumed-role") where parts.count == 3:
            return caller(.roleSession, text, role: "arn:\(arn.partition):iam::\(arn.account):role/\(parts[1])")
        default: return nil
        }
    }
}
