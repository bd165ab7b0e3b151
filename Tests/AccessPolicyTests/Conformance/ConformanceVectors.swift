// SPDX-License-Identifier: Apache-2.0

import JSONDocument

private typealias Tests = ConformanceTests
private let allowed = "Allowed"
private let implicit = "ImplicitlyDenied"
private let explicit = "ExplicitlyDenied"

extension ConformanceTests.Vector {
    static let identityAndResource: [Self] = [
        Self("no policies at all", implicit) { _ in },
        Self("an identity policy allows", allowed) { $0.identity = [Tests.allow] },
        Self("an identity policy is about another resource", implicit) {
            $0.identity = [Tests.statement("Allow", #""Action":"s3:*","Resource":"arn:aws:s3:::other/*""#)]
        },
        Self("an identity policy is about another action", implicit) { $0.identity = [Tests.other] },
        Self("a later identity policy denies", explicit) { $0.identity = [Tests.allow, Tests.deny] },
        Self("a deny without an allow is explicit", explicit) { $0.identity = [Tests.deny] },
        Self("NotAction leaves the action out", implicit) {
            $0.identity = [Tests.statement("Allow", #""NotAction":"s3:Get*","Resource":"*""#)]
        },
        Self("NotResource leaves the resource out", implicit) {
            $0.identity = [Tests.statement("Allow", #""Action":"*","NotResource":"arn:aws:s3:::bucket/*""#)]
        },
        Self("actions are compared without regard to case", allowed) {
            $0.identity = [Tests.statement("Allow", #""Action":"S3:getobject","Resource":"*""#)]
        },
        Self("a resource policy names the user", allowed) {
            $0.policies = Tests.resource(Tests.naming("Allow", Tests.aws(Tests.user)))
        },
        Self("a resource policy names the user without a family", allowed) {
            $0.policies = Tests.resource(Tests.naming("Allow", #""\#(Tests.user)""#))
        },
        Self("a resource policy names another user", implicit) {
            $0.policies = Tests.resource(Tests.naming("Allow", Tests.aws("arn:aws:iam::111122223333:user/bob")))
        },
        Self("a resource policy names the account, which alone is not enough", implicit) {
            $0.policies = Tests.resource(Tests.naming("Allow", Tests.root))
        },
        Self("a resource policy names the account by its digits, and an identity policy allows", allowed) {
            $0.identity = [Tests.allow]
            $0.policies = Tests.resource(Tests.naming("Allow", Tests.aws("111122223333")))
        },
        Self("a resource policy denies the account", explicit) {
            $0.identity = [Tests.allow]
            $0.policies = Tests.resource(Tests.naming("Deny", Tests.root))
        },
        Self("a statement without principal in a resource policy is about nobody", implicit) {
            $0.policies = Tests.resource(Tests.allow)
        },
        Self("NotPrincipal in an Allow covers whoever it doesn't list", allowed) {
            let bob = Tests.aws("arn:aws:iam::111122223333:user/bob")
            $0.policies = Tests.resource(Tests.naming("Allow", bob, "NotPrincipal"))
        },
        Self("NotPrincipal in a Deny spares whom it lists", allowed) {
            $0.identity = [Tests.allow]
            $0.policies = Tests.resource(Tests.naming("Deny", Tests.aws(Tests.user), "NotPrincipal"))
        },
        Self("another account's resource needs both sides", implicit) {
            $0.account = "444455556666"
            $0.identity = [Tests.allow]
        },
        Self("another account's resource policy alone is not enough", implicit) {
            $0.account = "444455556666"
            $0.policies = Tests.resource(Tests.naming("Allow", Tests.aws(Tests.user)))
        },
        Self("another account's resource with both sides", allowed) {
            $0.account = "444455556666"
            $0.identity = [Tests.allow]
            $0.policies = Tests.resource(Tests.naming("Allow", Tests.root))
        },
        Self("another account's resource that is open to everybody still needs the caller's side", implicit) {
            $0.account = "444455556666"
            $0.policies = Tests.resource(Tests.naming("Allow", #""*""#))
        },
    ]

    static let limits: [Self] = [
        Self("a boundary that allows changes nothing", allowed) {
            $0.identity = [Tests.allow]
            $0.policies["permissionBoundaries"] = "[\(Tests.text(Tests.allow))]"
        },
        Self("a boundary doesn't allow", implicit) {
            $0.identity = [Tests.allow]
            $0.policies["permissionBoundaries"] = "[\(Tests.text(Tests.other))]"
        },
        Self("a boundary denies", explicit) {
            $0.identity = [Tests.allow]
            $0.policies["permissionBoundaries"] = "[\(Tests.text(Tests.deny))]"
        },
        Self("a boundary alone gives nothing", implicit) {
            $0.policies["permissionBoundaries"] = "[\(Tests.text(Tests.allow))]"
        },
        Self("an empty list of boundaries is none", allowed) {
            $0.identity = [Tests.allow]
            $0.policies["permissionBoundaries"] = "[]"
        },
        Self("a boundary doesn't limit what a resource policy gives a user", allowed) {
            $0.policies = Tests.resource(Tests.naming("Allow", Tests.aws(Tests.user)))
            $0.policies["permissionBoundaries"] = "[\(Tests.text(Tests.other))]"
        },
        Self("a boundary limits what a resource policy gives a role", implicit) {
            $0.principal = .string(Tests.role)
            $0.policies = Tests.resource(Tests.naming("Allow", Tests.aws(Tests.role)))
            $0.policies["permissionBoundaries"] = "[\(Tests.text(Tests.other))]"
        },
        Self("a boundary doesn't limit what a resource policy gives a session by its own name", allowed) {
            $0.principal = .string(Tests.session)
            $0.policies = Tests.resource(Tests.naming("Allow", Tests.aws(Tests.session)))
            $0.policies["permissionBoundaries"] = "[\(Tests.text(Tests.other))]"
        },
        Self("a boundary limits across accounts, whoever is named", implicit) {
            $0.account = "444455556666"
            $0.identity = [Tests.allow]
            $0.policies = Tests.resource(Tests.naming("Allow", Tests.aws(Tests.user)))
            $0.policies["permissionBoundaries"] = "[\(Tests.text(Tests.other))]"
        },
        Self("a NotPrincipal in a Deny hits whoever has a boundary", explicit) {
            $0.identity = [Tests.allow]
            $0.policies = Tests.resource(Tests.naming("Deny", Tests.aws(Tests.user), "NotPrincipal"))
            $0.policies["permissionBoundaries"] = "[\(Tests.text(Tests.allow))]"
        },
        Self("a session policy and an identity policy allow", allowed) {
            $0.principal = .string(Tests.session)
            $0.identity = [Tests.allow]
            $0.policies["sessionPolicy"] = Tests.text(Tests.allow)
        },
        Self("a session policy alone gives nothing", implicit) {
            $0.principal = .string(Tests.session)
            $0.policies["sessionPolicy"] = Tests.text(Tests.allow)
        },
        Self("a session policy doesn't allow", implicit) {
            $0.principal = .string(Tests.session)
            $0.identity = [Tests.allow]
            $0.policies["sessionPolicy"] = Tests.text(Tests.other)
        },
        Self("a session policy denies", explicit) {
            $0.principal = .string(Tests.session)
            $0.identity = [Tests.allow]
            $0.policies["sessionPolicy"] = Tests.text(Tests.deny)
        },
        Self("a session policy limits what a resource policy gives the role", implicit) {
            $0.principal = .string(Tests.session)
            $0.policies = Tests.resource(Tests.naming("Allow", Tests.aws("arn:aws:iam::111122223333:role/worker")))
            $0.policies["sessionPolicy"] = Tests.text(Tests.other)
        },
        Self("every level of service control policies must allow", implicit) {
            $0.identity = [Tests.allow]
            let all = Tests.text(Tests.allow)
            $0.policies["serviceControlPolicies"] = Tests.levels(all, "", all)
        },
        Self("every level of service control policies allows", allowed) {
            $0.identity = [Tests.allow]
            let all = Tests.text(Tests.allow)
            $0.policies["serviceControlPolicies"] = Tests.levels(all, all)
        },
        Self("no level of service control policies is no limit", allowed) {
            $0.identity = [Tests.allow]
            $0.policies["serviceControlPolicies"] = "[]"
        },
        Self("one level of service control policies denies", explicit) {
            $0.identity = [Tests.allow]
            $0.policies["serviceControlPolicies"] = Tests.levels(Tests.text(Tests.allow), Tests.text(Tests.deny))
        },
        Self("service control policies give nothing", implicit) {
            $0.policies["serviceControlPolicies"] = Tests.levels(Tests.text(Tests.allow))
        },
        Self("service control policies limit a resource policy's gift", implicit) {
            $0.policies = Tests.resource(Tests.naming("Allow", Tests.aws(Tests.user)))
            $0.policies["serviceControlPolicies"] = Tests.levels(Tests.text(Tests.other))
        },
        Self("service control policies don't reach service-linked roles", allowed) {
            $0.principal = "arn:aws:iam::111122223333:role/aws-service-role/x.amazonaws.com/AWSServiceRoleForX"
            $0.identity = [Tests.allow]
            $0.policies["serviceControlPolicies"] = Tests.levels(Tests.text(Tests.deny))
        },
        Self("a level of resource control policies allows everything unless it denies", allowed) {
            $0.identity = [Tests.allow]
            $0.policies["resourceControlPolicies"] = Tests.levels("", Tests.text(Tests.other))
        },
        Self("a resource control policy denies", explicit) {
            $0.identity = [Tests.allow]
            $0.policies["resourceControlPolicies"] = Tests.levels(Tests.text(Tests.naming("Deny", #""*""#)), "")
        },
        Self("an endpoint policy doesn't allow", implicit) {
            $0.identity = [Tests.allow]
            $0.policies["endpointPolicies"] = "[\(Tests.text(Tests.other))]"
        },
        Self("an endpoint policy denies", explicit) {
            $0.identity = [Tests.allow]
            $0.policies["endpointPolicies"] = "[\(Tests.text(Tests.allow + "," + Tests.deny))]"
        },
        Self("an endpoint policy is about somebody else", implicit) {
            $0.identity = [Tests.allow]
            let bob = Tests.naming("Allow", Tests.aws("arn:aws:iam::111122223333:user/bob"))
            $0.policies["endpointPolicies"] = "[\(Tests.text(bob))]"
        },
        Self("an implicit denial of one kind and an explicit one of another", explicit) {
            $0.identity = [Tests.allow]
            $0.policies["serviceControlPolicies"] = Tests.levels("")
            $0.policies["endpointPolicies"] = "[\(Tests.text(Tests.deny))]"
        },
    ]

    static let callers: [Self] = [
        Self("a role that a resource policy names", allowed) {
            $0.principal = .string(Tests.role)
            $0.policies = Tests.resource(Tests.naming("Allow", Tests.aws(Tests.role)))
        },
        Self("a session of a role that a resource policy names", allowed) {
            $0.principal = .string(Tests.session)
            $0.policies = Tests.resource(Tests.naming("Allow", Tests.aws("arn:aws:iam::111122223333:role/worker")))
        },
        Self("a session of a role with a path, which aws:PrincipalArn tells", allowed) {
            $0.principal = .string(Tests.session)
            $0.context = ["aws:PrincipalArn": .string(Tests.role)]
            $0.policies = Tests.resource(Tests.naming("Allow", Tests.aws(Tests.role)))
        },
        Self("a session of another name", implicit) {
            $0.principal = .string(Tests.session)
            let tuesday = "arn:aws:sts::111122223333:assumed-role/worker/tuesday"
            $0.policies = Tests.resource(Tests.naming("Allow", Tests.aws(tuesday)))
        },
        Self("a federated user that a resource policy names", allowed) {
            $0.principal = "arn:aws:sts::111122223333:federated-user/carol"
            let carol = Tests.aws("arn:aws:sts::111122223333:federated-user/carol")
            $0.policies = Tests.resource(Tests.naming("Allow", carol))
        },
        Self("the root user needs no identity policy", allowed) {
            $0.principal = "arn:aws:iam::111122223333:root"
        },
        Self("the root user by the account's digits is denied by a resource policy", explicit) {
            $0.principal = "111122223333"
            $0.policies = Tests.resource(Tests.naming("Deny", Tests.root))
        },
        Self("a service that a resource policy names", allowed) {
            $0.principal = "logs.amazonaws.com"
            $0.policies = Tests.resource(Tests.naming("Allow", #"{"Service":"logs.amazonaws.com"}"#))
        },
        Self("a service that no resource policy names", implicit) {
            $0.principal = "logs.amazonaws.com"
            $0.identity = [Tests.allow]
        },
        Self("somebody without credentials and a public resource", allowed) {
            $0.principal = ["type": "Anonymous"]
            $0.policies = Tests.resource(Tests.naming("Allow", #""*""#))
            $0.policies["serviceControlPolicies"] = Tests.levels(Tests.text(Tests.deny))
        },
        Self("somebody without credentials and an account's resource", implicit) {
            $0.principal = "*"
            $0.policies = Tests.resource(Tests.naming("Allow", Tests.root))
        },
        Self("somebody without credentials and a resource control policy that denies", explicit) {
            $0.principal = "*"
            $0.policies = Tests.resource(Tests.naming("Allow", #""*""#))
            $0.policies["resourceControlPolicies"] = Tests.levels(Tests.text(Tests.naming("Deny", #""*""#)))
        },
    ]

    static let services: [Self] = [
        Self("a key policy must speak", implicit) {
            $0.action = "kms:DescribeKey"
            $0.resource = "arn:aws:kms:us-east-1:111122223333:key/1"
            $0.identity = [Tests.statement("Allow", #""Action":"kms:*","Resource":"*""#)]
        },
        Self("a key policy hands over to identity policies", allowed) {
            $0.action = "kms:DescribeKey"
            $0.resource = "arn:aws:kms:us-east-1:111122223333:key/1"
            $0.identity = [Tests.statement("Allow", #""Action":"kms:*","Resource":"*""#)]
            $0.policies = Tests.resource(Tests.naming("Allow", Tests.root))
        },
        Self("an operation that no other account can use", implicit) {
            $0.action = "kms:ScheduleKeyDeletion"
            $0.resource = "arn:aws:kms:us-east-1:444455556666:key/1"
            $0.account = "444455556666"
            $0.identity = [Tests.statement("Allow", #""Action":"kms:*","Resource":"*""#)]
            $0.policies = Tests.resource(Tests.naming("Allow", Tests.aws(Tests.user)))
        },
        Self("KMS without a key needs no key policy", allowed) {
            $0.action = "kms:ListKeys"
            $0.resource = "*"
            $0.identity = [Tests.statement("Allow", #""Action":"kms:ListKeys","Resource":"*""#)]
        },
        Self("an operation without a resource is covered by * only", implicit) {
            $0.action = "kms:ListKeys"
            $0.resource = "*"
            let key = "arn:aws:kms:us-east-1:111122223333:key/1"
            $0.identity = [Tests.statement("Allow", #""Action":"kms:ListKeys","Resource":"\#(key)""#)]
        },
        Self("nobody deletes an alias of AWS's", implicit) {
            $0.action = "kms:DeleteAlias"
            $0.resource = "arn:aws:kms:us-east-1:111122223333:alias/aws/s3"
            $0.identity = [Tests.statement("Allow", #""Action":"kms:*","Resource":"*""#)]
        },
        Self("an alias of one's own", allowed) {
            $0.action = "kms:DeleteAlias"
            $0.resource = "arn:aws:kms:us-east-1:111122223333:alias/mine"
            $0.identity = [Tests.statement("Allow", #""Action":"kms:*","Resource":"*""#)]
        },
        Self("nobody changes AWS's managed policies", implicit) {
            $0.action = "iam:DeletePolicyVersion"
            $0.resource = "arn:aws:iam::aws:policy/ReadOnlyAccess"
            $0.identity = [Tests.statement("Allow", #""Action":"*","Resource":"*""#)]
        },
        Self("AWS's managed policies can be read", allowed) {
            $0.action = "iam:GetPolicy"
            $0.resource = "arn:aws:iam::aws:policy/ReadOnlyAccess"
            $0.identity = [Tests.statement("Allow", #""Action":"*","Resource":"*""#)]
        },
        Self("nobody changes reserved roles", implicit) {
            $0.action = "iam:UpdateRole"
            $0.resource = "arn:aws:iam::111122223333:role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_x"
            $0.identity = [Tests.statement("Allow", #""Action":"*","Resource":"*""#)]
        },
        Self("a role without trust policy can't be assumed", implicit) {
            $0.action = "sts:AssumeRole"
            $0.resource = "arn:aws:iam::111122223333:role/target"
            $0.identity = [Tests.statement("Allow", #""Action":"sts:*","Resource":"*""#)]
        },
        Self("a role trusts somebody else", implicit) {
            $0.action = "sts:AssumeRole"
            $0.resource = "arn:aws:iam::111122223333:role/target"
            $0.identity = [Tests.statement("Allow", #""Action":"sts:*","Resource":"*""#)]
            let bob = Tests.aws("arn:aws:iam::111122223333:user/bob")
            $0.policies = Tests.resource(
                Tests.statement("Allow", #""Principal":\#(bob),"Action":"sts:AssumeRole""#)
            )
        },
        Self("a role trusts the account, and an identity policy allows", allowed) {
            $0.action = "sts:AssumeRole"
            $0.resource = "arn:aws:iam::111122223333:role/target"
            $0.identity = [Tests.statement("Allow", #""Action":"sts:*","Resource":"*""#)]
            $0.policies = Tests.resource(
                Tests.statement("Allow", #""Principal":\#(Tests.root),"Action":"sts:AssumeRole""#)
            )
        },
        Self("a role trusts the user by name", allowed) {
            $0.action = "sts:AssumeRole"
            $0.resource = "arn:aws:iam::111122223333:role/target"
            $0.policies = Tests.resource(
                Tests.statement("Allow", #""Principal":\#(Tests.aws(Tests.user)),"Action":"sts:AssumeRole""#)
            )
        },
        Self("a role trusts an identity provider", allowed) {
            $0.action = "sts:AssumeRoleWithWebIdentity"
            $0.resource = "arn:aws:iam::111122223333:role/target"
            $0.principal = "accounts.example.com"
            $0.policies = Tests.resource(
                Tests.statement("Allow", #""Principal":{"Federated":"accounts.example.com"},"Action":"sts:*""#)
            )
        },
        Self("asking who one is needs no permission", allowed) {
            $0.action = "sts:GetCallerIdentity"
            $0.resource = "*"
            $0.identity = [Tests.statement("Deny", #""Action":"*","Resource":"*""#)]
        },
        Self("a condition with a list in the request", allowed) {
            $0.context = ["aws:PrincipalOrgPaths": ["o-1/r-1/ou-1/"]]
            let condition = #"{"ForAnyValue:StringLike":{"aws:PrincipalOrgPaths":"o-1/*"}}"#
            $0.identity = [Tests.statement("Allow", #""Action":"*","Resource":"*","Condition":\#(condition)"#)]
        },
        Self("a condition on a key that the request doesn't have", implicit) {
            let condition = #"{"StringEquals":{"aws:SourceVpc":"vpc-1"}}"#
            $0.identity = [Tests.statement("Allow", #""Action":"*","Resource":"*","Condition":\#(condition)"#)]
        },
        Self("any object of a bucket", allowed) {
            $0.resource = "arn:aws:s3:::bucket/*"
            $0.identity = [Tests.statement("Allow", #""Action":"*","Resource":"arn:aws:s3:::*/logs/*""#)]
        },
        Self("a Deny of some objects leaves others", allowed) {
            $0.resource = "arn:aws:s3:::bucket/*"
            $0.identity = [
                Tests.allow, Tests.statement("Deny", #""Action":"*","Resource":"arn:aws:s3:::*/logs/*""#),
            ]
        },
        Self("a Deny of all objects leaves none", explicit) {
            $0.resource = "arn:aws:s3:::bucket/*"
            $0.identity = [
                Tests.allow, Tests.statement("Deny", #""Action":"*","Resource":"arn:aws:s3:::bucket/*""#),
            ]
        },
    ]
}
