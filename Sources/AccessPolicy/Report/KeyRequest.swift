// SPDX-License-Identifier: Apache-2.0

package import CoreValues

/// A request for a key as people write it: a name, an operation, and what is known about the circumstances.
package struct KeyRequest: Sendable {
    /// Who calls: an ARN, `role/NAME` or `user/NAME` of the key's account, or a service's name.
    package let principal: String
    /// The operation.
    package let action: KMSAction
    /// Condition keys with their values.
    package let context: RequestContext

    /// Makes a request.
    ///
    /// A condition key that `context` gives twice, or that requests have a list of, gets a list; the names in the
    /// encryption context follow from its pairs.
    package init(
        principal: String,
        action: KMSAction,
        context: [(key: String, value: String)],
        account: AccountID,
        partition: String = "aws"
    ) {
        self.principal = Self.fullName(principal, account: account, partition: partition)
        self.action = action
        var values = RequestContext()
        for key in context.map(\.key) where values[key] == nil {
            let all = context.filter { $0.key.lowercased() == key.lowercased() }.map(\.value)
            let isList = all.count > 1 || RequestKeys.isMultivalued(key.lowercased())
            values[key] = isList ? .list(all) : .one(all[0])
        }
        let names = context.map(\.key).filter { $0.lowercased().hasPrefix(RequestKeys.encryptionContext) }
            .map { String($0.dropFirst(RequestKeys.encryptionContext.count)) }
        if values[RequestKeys.encryptionContextKeys] == nil, !names.isEmpty {
            values[RequestKeys.encryptionContextKeys] = .list(names)
        }
        self.context = values
    }

    /// The name that policies know somebody by.
    package static func fullName(_ name: String, account: AccountID, partition: String = "aws") -> String {
        guard name.hasPrefix("role/") || name.hasPrefix("user/") else { return name }
        return ARN(partition: partition, service: "iam", account: account.description, resource: name).description
    }

    /// The request as it reaches the authorizer, with the condition keys that follow from the caller.
    /// - Throws: ``FragmentRefusal`` for a name that is no caller.
    package func authorization(
        account: AccountID,
        region: String
    ) throws(FragmentRefusal) -> AuthorizationRequest {
        let space = try RequestSpace(
            [CompiledPolicy(PolicyDocument(statements: []))],
            account: account,
            region: region,
            assumptions: Assumptions(),
            mentioned: [principal]
        )
        let callers = try space.callers(named: principal)
        var values = callers.first?.context ?? RequestContext()
        for key in context.keys {
            values[key] = context[key]
        }
        return AuthorizationRequest(
            principal: callers.first?.principal ?? RequestPrincipal(anybody: principal),
            action: .kms(action),
            resource: "arn:aws:kms:\(region):\(account):key/policy",
            resourceAccount: account.description,
            context: values
        )
    }
}
