// SPDX-License-Identifier: Apache-2.0

import AccessPolicy
import CoreValues
import Testing

struct PrincipalReferenceTests {
    let account: AccountID

    init() throws {
        account = try #require(AccountID("999999999999"))
    }

    @Test(arguments: [
        ("role/roleA", "arn:aws:iam::999999999999:role/roleA"),
        ("user/userB", "arn:aws:iam::999999999999:user/userB"),
        ("ARN:role/roleA", "arn:aws:iam::999999999999:role/roleA"),
        ("ARN:user/userB", "arn:aws:iam::999999999999:user/userB"),
        ("role/instanceProfileA", "arn:aws:iam::999999999999:role/instanceProfileA"),
        ("role/team/app/name", "arn:aws:iam::999999999999:role/team/app/name"),
        ("arn:aws:iam::123456789012:user/a+b=c,d.e@f_g-h", "arn:aws:iam::123456789012:user/a+b=c,d.e@f_g-h"),
        (
            "arn:aws:iam::123456789012:role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling",
            "arn:aws:iam::123456789012:role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling"
        ),
    ])
    func `roles and users are accepted`(_ text: String, _ arn: String) throws {
        let principal = try PrincipalReference.parse(text, account: account)
        #expect(principal.text == arn)
        #expect(principal.kind == (arn.contains(":role/") ? .role : .user))
    }

    @Test(arguments: ["888888888888", "arn:aws:iam::888888888888:root"])
    func `an account is accepted where accounts are`(_ text: String) throws {
        let principal = try PrincipalReference.parse(text, account: account, accountsAllowed: true)
        #expect(principal.text == "arn:aws:iam::888888888888:root")
        #expect(principal.kind == .account)
        #expect(throws: PrincipalError.self) { try PrincipalReference.parse(text, account: account) }
    }

    @Test(arguments: [
        ("", "is empty"),
        ("*", "wildcard"),
        ("arn:aws:iam::999999999999:role/*", "wildcard"),
        ("arn:aws:iam::999999999999:role/app-?", "wildcard"),
        ("arn:aws:iam::999999999999:instance-profile/web", "name the profile's role instead"),
        ("ARN:instance-profile/web", "name the profile's role instead"),
        ("instance-profile/web", "name the profile's role instead"),
        ("arn:aws:iam::999999999999:group/admins", "is a group"),
        ("group/admins", "is a group"),
        ("arn:aws:sts::999999999999:assumed-role/app/i-1", "name the role `arn:aws:iam::999999999999:role/app`"),
        ("arn:aws:sts::999999999999:federated-user/bob", "is a session"),
        ("arn:aws:iam::999999999999:saml-provider/corp", "identity provider"),
        ("arn:aws:iam::999999999999:policy/p", "neither a role nor a user"),
        ("arn:aws-cn:iam::999999999999:role/a", "partition `aws-cn`"),
        ("arn:aws:s3:::bucket", "service `s3`"),
        ("arn:aws:iam:us-east-1:999999999999:role/a", "region `us-east-1`"),
        ("arn:aws:iam::ACCOUNT:role/a", "`ACCOUNT` in place of twelve digits"),
        ("arn:aws:iam::99999999999:role/a", "in place of twelve digits"),
        ("arn:aws:iam::999999999999", "no complete ARN"),
        ("arn:aws:iam::999999999999:role/", "no name"),
        ("arn:aws:iam::999999999999:role", "no name"),
        ("role/", "no name"),
        ("role/a/", "no name"),
        ("role/name with space", "names consist of"),
        ("role/naïve", "names consist of"),
        ("role/" + String(repeating: "x", count: 65), "at most 64"),
        ("role/" + String(repeating: "x", count: 520) + "/a", "path"),
        ("ec2.amazonaws.com", "AWS service"),
        ("AROADBQP57FF2AEXAMPLE", "internal id"),
        ("AIDADBQP57FF2AEXAMPLE", "internal id"),
        ("12345678901", "11 digits"),
        ("1234567890123", "13 digits"),
        ("ARN", "placeholder"),
        ("ACCOUNT", "placeholder"),
        ("VPC_ID", "placeholder"),
        ("<role>", "placeholder"),
        ("roleA", "is no principal"),
        ("arn:aws:iam::999999999999:role/a\nb", "names consist of"),
    ])
    func `everything else is refused with the reason`(_ text: String, _ reason: String) {
        let error = #expect(throws: PrincipalError.self) {
            try PrincipalReference.parse(text, account: account, accountsAllowed: true)
        }
        #expect(error?.reason.contains(reason) == true, "\(error?.description ?? "accepted")")
    }
}
