// SPDX-License-Identifier: Apache-2.0

package import CoreValues

/// One call whose permission is to be decided.
package struct AuthorizationRequest: Sendable, Hashable {
    /// Who calls.
    package var principal: RequestPrincipal
    /// What is called.
    package var action: ServiceAction
    /// The ARN of the resource, or `*` for calls without one.
    package var resource: String
    /// The account that owns the resource.
    package var resourceAccount: String
    /// The condition keys.
    package var context: RequestContext

    /// Makes a request with exactly the condition keys of `context`.
    package init(
        principal: RequestPrincipal,
        action: ServiceAction,
        resource: String,
        resourceAccount: String,
        context: RequestContext
    ) {
        self.principal = principal
        self.action = action
        self.resource = resource
        self.resourceAccount = resourceAccount
        self.context = context
    }

    /// Makes a request of a verified caller.
    ///
    /// The keys that follow from the caller are added unless `context` has them: `aws:PrincipalArn`,
    /// `aws:PrincipalAccount`, `aws:PrincipalType`, `aws:userid`, `aws:username`, and `kms:CallerAccount` for KMS
    /// (IAM user guide, "AWS global condition context keys").
    package init(
        caller: CallerIdentity,
        action: ServiceAction,
        resource: String,
        resourceAccount: AccountID,
        context: RequestContext = RequestContext()
    ) {
        var context = context
        context.addCaller(caller)
        if action.isKMS {
            context.setDefault("kms:CallerAccount", .one(caller.accountID.description))
        }
        self.init(
            principal: RequestPrincipal(caller),
            action: action,
            resource: resource,
            resourceAccount: resourceAccount.description,
            context: context
        )
    }
}

extension RequestContext {
    /// Adds the keys that follow from who calls.
    fileprivate mutating func addCaller(_ caller: CallerIdentity) {
        let account = caller.accountID.description
        setDefault("aws:PrincipalAccount", .one(account))
        setDefault("aws:userid", .one(caller.userID))
        setDefault("aws:PrincipalIsAWSService", .one("false"))
        switch caller.kind {
        case .root:
            setDefault("aws:PrincipalArn", .one(caller.arn.description))
            setDefault("aws:PrincipalType", .one("Account"))
        case .user(let name):
            setDefault("aws:PrincipalArn", .one(caller.arn.description))
            setDefault("aws:PrincipalType", .one("User"))
            setDefault("aws:username", .one(name))
        case .assumedRole(let roleARN, _):
            setDefault("aws:PrincipalArn", .one(roleARN.description))
            setDefault("aws:PrincipalType", .one("AssumedRole"))
        }
    }
}

/// An action of a service, such as `kms:Encrypt`.
package struct ServiceAction: Sendable, Hashable {
    /// The action as policies write it.
    package let name: String
    /// Which KMS action it is, `nil` for other services.
    package let kms: KMSAction?
    /// Whether the service is KMS, even when the action is unknown.
    let isKMS: Bool
    let kmsBit: UInt64

    /// Any action, by its name.
    package init(_ name: String) {
        let action = KMSAction(named: name)
        self.name = name
        kms = action
        isKMS = action != nil || name.lowercased().hasPrefix("kms:")
        kmsBit = KMSActionSet(action.map { [$0] } ?? []).bits
    }

    /// A KMS action.
    package static func kms(_ action: KMSAction) -> ServiceAction {
        ServiceAction(action.name)
    }
}
