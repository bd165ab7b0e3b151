// SPDX-License-Identifier: Apache-2.0

import AccessPolicy
import CoreValues

extension RuleExample {
    static let effects = [
        RuleExample(
            id: "ALLOW_SHADOWED",
            fires: policy(statement("Allow", "kms:Decrypt"), statement("Deny", "kms:*", to: role("app"))),
            silent: policy(statement("Allow", "kms:Decrypt"), statement("Deny", "kms:*", to: role("other")))
        ),
        RuleExample(
            id: "ALLOW_NEVER_APPLIES",
            fires: allow("kms:DescribeKey", if: #"{"StringEquals": {"kms:EncryptionContext:app": "a"}}"#),
            silent: allow("kms:DescribeKey", if: #"{"StringEquals": {"kms:RequestAlias": "alias/app"}}"#)
        ),
        RuleExample(
            id: "DENY_NEVER_FIRES",
            fires: deny("kms:PutKeyPolicy", if: #"{"Bool": {"kms:GrantIsForAWSResource": "false"}}"#),
            silent: deny("kms:CreateGrant", if: #"{"Bool": {"kms:GrantIsForAWSResource": "false"}}"#)
        ),
        RuleExample(
            id: "REDUNDANT_STATEMENT",
            fires: policy(statement("Allow", "kms:Encrypt kms:Decrypt"), statement("Allow", "kms:Decrypt")),
            silent: policy(statement("Allow", "kms:Encrypt"), statement("Allow", "kms:Decrypt"))
        ),
    ]

    static let duties = [
        RuleExample(
            id: "ACCOUNT_WIDE_ADMINISTRATION",
            fires: allow(
                "kms:PutKeyPolicy",
                if: #"{"StringEquals": {"kms:CallerAccount": "999999999999"}}"#,
                to: everybody
            ),
            silent: allow(
                "kms:PutKeyPolicy",
                if: #"{"ArnLike": {"aws:PrincipalArn": "arn:aws:iam::999999999999:role/admin"}}"#,
                to: everybody
            )
        ),
        RuleExample(
            id: "ACCOUNT_WIDE_DECRYPTION",
            fires: allow("kms:Decrypt", if: #"{"StringEquals": {"aws:PrincipalOrgID": "o-example"}}"#, to: everybody),
            silent: allow(
                "kms:Decrypt",
                if: #"{"StringEquals": {"aws:PrincipalOrgID": "o-example", "aws:PrincipalTag/role": "reader"}}"#,
                to: everybody
            )
        ),
        RuleExample(
            id: "ADMINISTRATOR_IS_USER",
            fires: policy(statement("Allow", "kms:Put*"), statement("Allow", "kms:Decrypt")),
            silent: policy(statement("Allow", "kms:Put*", to: role("admin")), statement("Allow", "kms:Decrypt"))
        ),
        RuleExample(
            id: "TAG_BASED_ACCESS",
            fires: policy(
                statement("Allow", "kms:TagResource", to: role("deployer")),
                statement("Allow", "kms:Decrypt", if: #"{"StringEquals": {"aws:ResourceTag/stage": "test"}}"#)
            ),
            silent: policy(
                statement("Allow", "kms:TagResource kms:PutKeyPolicy", to: role("admin")),
                statement("Allow", "kms:Decrypt", if: #"{"StringEquals": {"aws:ResourceTag/stage": "test"}}"#)
            )
        ),
        RuleExample(
            id: "UNGUARDED_DELETION",
            fires: allow("kms:Encrypt kms:ScheduleKeyDeletion"),
            silent: policy(
                statement("Allow", "kms:Encrypt kms:ScheduleKeyDeletion"),
                statement(
                    "Deny",
                    "kms:ScheduleKeyDeletion",
                    to: everybody,
                    if: #"{"NumericLessThan": {"kms:TrailingDaysWithoutKeyUsage": "90"}}"#
                )
            )
        ),
        RuleExample(
            id: "UNLIMITED_REPLICATION",
            fires: allow("kms:ReplicateKey"),
            silent: allow("kms:ReplicateKey", if: #"{"StringEquals": {"kms:ReplicaRegion": "eu-west-1"}}"#),
            facts: { $0.isMultiRegion = true }
        ),
    ]

    private static let executor: @Sendable (inout KeyFacts) -> Void = { facts in
        let arn = ARN(service: "iam", account: facts.account.description, resource: "user/deployer")
        facts.executor = CallerIdentity(
            kind: .user(name: "deployer"),
            arn: arn,
            accountID: facts.account,
            userID: "AIDAEXAMPLE"
        )
    }

    static let administration = [
        RuleExample(
            id: "LOCKOUT",
            fires: bare([statement("Allow", "kms:*", to: role("admin"))]),
            silent: policy(),
            facts: executor
        ),
        RuleExample(
            id: "LOCKOUT_UNDECIDED",
            fires: deny("kms:*", if: #"{"StringNotEquals": {"aws:PrincipalOrgID": "o-example"}}"#),
            silent: deny(
                "kms:*",
                if: """
                    {"StringNotEquals": {"aws:PrincipalOrgID": "o-example"},
                     "ArnNotLike": {"aws:PrincipalArn": "arn:aws:iam::999999999999:user/deployer"}}
                    """
            ),
            facts: executor
        ),
        RuleExample(
            id: "NOBODY_CAN_CHANGE_POLICY",
            fires: bare([statement("Allow", "kms:Decrypt")]),
            silent: bare([statement("Allow", "kms:PutKeyPolicy", to: role("admin"))])
        ),
        RuleExample(
            id: "NO_ROOT_DELEGATION",
            fires: bare([statement("Allow", "kms:*", to: role("admin"))]),
            silent: bare([statement("Allow", "kms:PutKeyPolicy", to: aws("999999999999"))])
        ),
        RuleExample(
            id: "NOBODY_CAN_DELETE",
            fires: policy(statement("Deny", "kms:ScheduleKeyDeletion", to: #""*""#)),
            silent: policy(statement("Deny", "kms:ScheduleKeyDeletion"))
        ),
        RuleExample(
            id: "NOBODY_CAN_REVOKE_GRANT",
            fires: bare([statement("Allow", "kms:PutKeyPolicy kms:CreateGrant")]),
            silent: bare([statement("Allow", "kms:PutKeyPolicy kms:CreateGrant kms:RevokeGrant")])
        ),
    ]

    static let settings = [
        RuleExample(
            id: "ROTATION_OFF",
            fires: policy(),
            silent: policy(),
            facts: { $0.isRotationEnabled = false },
            silentFacts: { $0.isRotationEnabled = true }
        ),
        RuleExample(
            id: "KEY_DISABLED",
            fires: policy(),
            silent: policy(),
            facts: { $0.isEnabled = false },
            silentFacts: { $0.isEnabled = true }
        ),
        RuleExample(
            id: "KEY_PENDING_DELETION",
            fires: policy(),
            silent: policy(),
            facts: { $0.isPendingDeletion = true },
            silentFacts: { $0.isPendingDeletion = false }
        ),
        RuleExample(
            id: "MULTI_REGION_KEY",
            fires: policy(),
            silent: policy(),
            facts: { $0.isMultiRegion = true },
            silentFacts: { $0.isMultiRegion = false }
        ),
        RuleExample(
            id: "SHORT_PENDING_WINDOW",
            fires: policy(),
            silent: policy(),
            facts: { $0.pendingWindowDays = 7 },
            silentFacts: { $0.pendingWindowDays = 30 }
        ),
        RuleExample(
            id: "UNATTESTED_ENCLAVE_KEY",
            fires: allow("kms:Decrypt"),
            silent: allow("kms:Decrypt", if: measured("ab12")),
            facts: { $0.isForEnclaves = true }
        ),
        RuleExample(
            id: "DEBUG_ENCLAVE",
            fires: allow("kms:Decrypt", if: measured("0000")),
            silent: allow("kms:Decrypt", if: measured("ab12"))
        ),
    ]

    /// A condition on an image's hash of 96 digits.
    private static func measured(_ digits: String) -> String {
        let hash = String(repeating: digits, count: 24)
        return "{\"StringEqualsIgnoreCase\": {\"kms:RecipientAttestation:ImageSha384\": \"\(hash)\"}}"
    }
}
