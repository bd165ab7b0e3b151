// SPDX-License-Identifier: Apache-2.0

import AccessPolicy
import CoreValues

extension RuleExample {
    /// One for each rule.
    static let all =
        text + shape + actions + principals + grants + conditions + keys + values + absence + services
        + networks + effects + duties + administration + settings

    private static let crypto = "kms:Encrypt kms:Decrypt"

    // MARK: Text and shape

    private static let text = [
        RuleExample(
            id: "INVALID_CHARACTER",
            fires: allow(crypto).replacing("role/app", with: "role/\u{201C}app\u{201D}"),
            silent: allow(crypto).replacing("role/app", with: "role/caf\u{E9}")
        ),
        RuleExample(
            id: "POLICY_TOO_LARGE",
            fires: allow(crypto) + String(repeating: " ", count: 33_000),
            silent: allow(crypto) + String(repeating: " ", count: 30_000)
        ),
        RuleExample(id: "NOT_JSON", fires: String(allow(crypto).dropLast()), silent: allow(crypto)),
        RuleExample(
            id: "DUPLICATE_MEMBER",
            fires: allow(crypto, if: #"{"Bool": {"aws:SecureTransport": true}, "Bool": {"kms:MultiRegion": false}}"#),
            silent: allow(crypto, if: #"{"Bool": {"aws:SecureTransport": true, "kms:MultiRegion": false}}"#)
        ),
        RuleExample(
            id: "MALFORMED_POLICY",
            fires: allow(crypto).replacing("Effect", with: "effect"),
            silent: allow(crypto)
        ),
        RuleExample(
            id: "UNSUPPORTED_VERSION",
            fires: allow(crypto).replacing("2012-10-17", with: "2012-10-18"),
            silent: allow(crypto)
        ),
        RuleExample(
            id: "UNKNOWN_OPERATOR",
            fires: allow(crypto, if: #"{"StringEqual": {"kms:CallerAccount": "999999999999"}}"#),
            silent: allow(crypto, if: #"{"StringEquals": {"kms:CallerAccount": "999999999999"}}"#)
        ),
    ]

    private static let shape = [
        RuleExample(id: "NO_STATEMENT", fires: bare([]), silent: policy()),
        RuleExample(
            id: "MISSING_PRINCIPAL",
            fires: policy(#"{"Effect": "Allow", "Action": "kms:Decrypt", "Resource": "*"}"#),
            silent: allow("kms:Decrypt")
        ),
        RuleExample(
            id: "MISSING_ACTION",
            fires: policy(#"{"Effect": "Deny", "Principal": "*", "Action": [], "Resource": "*"}"#),
            silent: allow("kms:Decrypt")
        ),
        RuleExample(
            id: "MISSING_RESOURCE",
            fires: policy(#"{"Effect": "Deny", "Principal": "*", "Action": "kms:CreateGrant"}"#),
            silent: allow("kms:Decrypt")
        ),
        RuleExample(
            id: "RESOURCE_NOT_KEY",
            fires: allow("kms:Decrypt").replacing(#""Resource": "*""#, with: #""Resource": "arn:aws:kms:*:*:key/*""#),
            silent: allow("kms:Decrypt")
        ),
        RuleExample(
            id: "OLD_POLICY_VERSION",
            fires: allow("kms:Decrypt").replacing("2012-10-17", with: "2008-10-17"),
            silent: allow("kms:Decrypt")
        ),
        RuleExample(
            id: "VARIABLE_WITHOUT_VERSION",
            fires: allow(crypto, if: #"{"StringEquals": {"kms:EncryptionContext:user": "${aws:username}"}}"#)
                .replacing(#""Version": "2012-10-17", "#, with: ""),
            silent: allow(crypto, if: #"{"StringEquals": {"kms:EncryptionContext:user": "${aws:username}"}}"#)
        ),
        RuleExample(
            id: "DUPLICATE_SID",
            fires: policy(
                #"{"Sid": "Use", "Effect": "Deny", "Principal": "*", "Action": "kms:Sign", "Resource": "*"}"#,
                #"{"Sid": "Use", "Effect": "Deny", "Principal": "*", "Action": "kms:Verify", "Resource": "*"}"#
            ),
            silent: policy(
                #"{"Sid": "Use 1", "Effect": "Deny", "Principal": "*", "Action": "kms:Sign", "Resource": "*"}"#,
                #"{"Sid": "Use 2", "Effect": "Deny", "Principal": "*", "Action": "kms:Verify", "Resource": "*"}"#
            )
        ),
        RuleExample(
            id: "EMPTY_CONDITION",
            fires: allow("kms:Decrypt", if: "{}"),
            silent: allow("kms:Decrypt", if: #"{"Bool": {"aws:SecureTransport": "true"}}"#)
        ),
        RuleExample(
            id: "DUPLICATE_PRINCIPAL",
            fires: allow("kms:Decrypt", to: #"{"AWS": ["888888888888", "arn:aws:iam::888888888888:root"]}"#),
            silent: allow("kms:Decrypt", to: #"{"AWS": ["888888888888", "777777777777"]}"#)
        ),
    ]

    // MARK: Actions

    private static let actions = [
        RuleExample(id: "UNKNOWN_ACTION", fires: allow("kms:ReEncrypt"), silent: allow("kms:ReEncrypt*")),
        RuleExample(id: "FOREIGN_ACTION", fires: allow("kms:Decrypt s3:GetObject"), silent: allow("kms:Decrypt")),
        RuleExample(id: "INEFFECTIVE_ACTION", fires: allow("kms:CreateKey"), silent: allow("kms:Create*")),
        RuleExample(
            id: "REDUNDANT_ACTION",
            fires: allow("kms:Generate* kms:GenerateDataKey*"),
            silent: allow("kms:GenerateDataKey kms:GenerateDataKeyPair*")
        ),
        RuleExample(
            id: "ACTION_NOT_FOR_KEY_TYPE",
            fires: allow("kms:Sign"),
            silent: allow("kms:Encrypt"),
            facts: { $0.keyType = .symmetric }
        ),
        RuleExample(
            id: "ALLOW_NOT_ACTION",
            fires: policy(
                """
                {"Effect": "Allow", "Principal": \(role("app")), "NotAction": "kms:PutKeyPolicy", "Resource": "*"}
                """
            ),
            silent: policy(
                """
                {"Effect": "Deny", "Principal": \(role("app")), "NotAction": "kms:Decrypt", "Resource": "*"}
                """
            )
        ),
        RuleExample(id: "FULL_ACCESS", fires: allow("kms:*"), silent: policy()),
        RuleExample(
            id: "ENCRYPTOR_CAN_DECRYPT",
            fires: allow("kms:Encrypt kms:ReEncrypt*"),
            silent: allow("kms:Encrypt kms:ReEncryptTo")
        ),
    ]

    // MARK: Principals

    private static let principals = [
        RuleExample(
            id: "PUBLIC_ACCESS",
            fires: allow(
                "kms:Decrypt",
                if: #"{"StringEquals": {"kms:ViaService": "s3.us-east-1.amazonaws.com"}}"#,
                to: everybody
            ),
            silent: allow(
                "kms:Decrypt",
                if: """
                    {"StringEquals": {"kms:ViaService": "s3.us-east-1.amazonaws.com", "kms:CallerAccount": "999999999999"}}
                    """,
                to: everybody
            )
        ),
        RuleExample(
            id: "ALLOW_NOT_PRINCIPAL",
            fires: policy(
                """
                {"Effect": "Allow", "NotPrincipal": \(role("app")), "Action": "kms:DescribeKey", "Resource": "*"}
                """
            ),
            silent: allow("kms:DescribeKey")
        ),
        RuleExample(
            id: "DENY_NOT_PRINCIPAL",
            fires: policy(
                """
                {"Effect": "Deny", "NotPrincipal": \(role("app")), "Action": "kms:Decrypt", "Resource": "*"}
                """
            ),
            silent: deny(
                "kms:Decrypt",
                if: #"{"ArnNotEquals": {"aws:PrincipalArn": "arn:aws:iam::999999999999:role/app"}}"#
            )
        ),
        RuleExample(
            id: "INVALID_PRINCIPAL",
            fires: allow("kms:Decrypt", to: aws("arn:aws:iam::999999999999:instance-profile/app")),
            silent: allow("kms:Decrypt", to: aws("arn:aws:iam::999999999999:role/path/app"))
        ),
        RuleExample(
            id: "UNIQUE_ID_PRINCIPAL",
            fires: allow("kms:Decrypt", to: aws("AROAEXAMPLEEXAMPLE123")),
            silent: allow("kms:Decrypt")
        ),
        RuleExample(
            id: "UNKNOWN_PRINCIPAL",
            fires: allow("kms:Decrypt", to: role("gone")),
            silent: allow("kms:Decrypt"),
            facts: { $0.knownPrincipals = ["arn:aws:iam::999999999999:role/app"] }
        ),
        RuleExample(
            id: "OTHER_PARTITION",
            fires: allow("kms:Decrypt", to: aws("arn:aws-cn:iam::888888888888:role/app")),
            silent: allow("kms:Decrypt", to: aws("arn:aws:iam::888888888888:role/app"))
        ),
        RuleExample(
            id: "SESSION_PRINCIPAL",
            fires: allow("kms:Decrypt", to: aws("arn:aws:sts::999999999999:assumed-role/app/session")),
            silent: allow("kms:Decrypt")
        ),
        RuleExample(
            id: "EXTERNAL_ACCOUNT",
            fires: allow("kms:Decrypt", to: aws("888888888888")),
            silent: allow("kms:Decrypt")
        ),
        RuleExample(
            id: "CROSS_ACCOUNT_INEFFECTIVE",
            fires: allow("kms:Decrypt kms:ScheduleKeyDeletion", to: aws("888888888888")),
            silent: allow("kms:Decrypt kms:DescribeKey kms:*Grant", to: aws("888888888888"))
        ),
        RuleExample(
            id: "CONFUSED_DEPUTY",
            fires: allow("kms:Decrypt", to: service("logs.us-east-1.amazonaws.com")),
            silent: allow(
                "kms:Decrypt",
                if: #"{"StringEquals": {"aws:SourceAccount": "999999999999"}}"#,
                to: service("logs.us-east-1.amazonaws.com")
            )
        ),
        RuleExample(
            id: "SERVICE_PRINCIPAL_REGION",
            fires: allow("kms:Decrypt", to: service("logs.eu-west-1.amazonaws.com")),
            silent: allow("kms:Decrypt", to: service("logs.us-east-1.amazonaws.com"))
        ),
        RuleExample(
            id: "VIASERVICE_WITH_SERVICE_PRINCIPAL",
            fires: allow(
                "kms:Decrypt",
                if: #"{"StringEquals": {"kms:ViaService": "s3.us-east-1.amazonaws.com"}}"#,
                to: service("s3.amazonaws.com")
            ),
            silent: allow(
                "kms:Decrypt",
                if: #"{"ArnLike": {"aws:SourceArn": "arn:aws:s3:::bucket"}}"#,
                to: service("s3.amazonaws.com")
            )
        ),
    ]

    private static let grants = [
        RuleExample(
            id: "UNLIMITED_GRANTS",
            fires: allow("kms:CreateGrant"),
            silent: allow("kms:CreateGrant", if: #"{"Bool": {"kms:GrantIsForAWSResource": true}}"#)
        ),
        RuleExample(
            id: "GRANTS_LOCKED",
            fires: deny("kms:CreateGrant kms:RevokeGrant", if: #"{"Bool": {"kms:GrantIsForAWSResource": false}}"#),
            silent: deny("kms:CreateGrant", if: #"{"Bool": {"kms:GrantIsForAWSResource": false}}"#)
        ),
    ]
}
