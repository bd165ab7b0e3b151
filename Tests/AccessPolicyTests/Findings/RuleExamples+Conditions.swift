// SPDX-License-Identifier: Apache-2.0

import AccessPolicy
import CoreValues

extension RuleExample {
    private static let context = "kms:EncryptionContextKeys"

    // MARK: Qualifiers

    static let conditions = [
        RuleExample(
            id: "MISSING_QUALIFIER",
            fires: allow("kms:Decrypt", if: #"{"StringEquals": {"kms:EncryptionContextKeys": "app"}}"#),
            silent: allow("kms:Decrypt", if: #"{"ForAnyValue:StringEquals": {"kms:EncryptionContextKeys": "app"}}"#)
        ),
        RuleExample(
            id: "INTENT_MISMATCH",
            fires: deny("kms:Decrypt", if: #"{"StringEquals": {"kms:EncryptionContextKeys": ["app", "name"]}}"#),
            silent: deny("kms:Decrypt", if: #"{"ForAnyValue:StringEquals": {"kms:EncryptionContextKeys": "secret"}}"#)
        ),
        RuleExample(
            id: "QUALIFIER_ON_SINGLE_VALUE",
            fires: allow("kms:Decrypt", if: #"{"ForAnyValue:StringEquals": {"aws:PrincipalOrgID": "o-example"}}"#),
            silent: allow("kms:Decrypt", if: #"{"StringEquals": {"aws:PrincipalOrgID": "o-example"}}"#)
        ),
        RuleExample(
            id: "FORALLVALUES_IN_ALLOW",
            fires: allow("kms:Decrypt", if: #"{"ForAllValues:StringEquals": {"kms:EncryptionContextKeys": "app"}}"#),
            silent: allow(
                "kms:Decrypt",
                if: """
                    {"ForAllValues:StringEquals": {"kms:EncryptionContextKeys": "app"},
                     "Null": {"kms:EncryptionContextKeys": "false"}}
                    """
            )
        ),
        RuleExample(
            id: "OVERLY_PERMISSIVE_CONDITION",
            fires: allow("kms:Decrypt", if: #"{"ForAllValues:StringEquals": {"kms:EncryptionContext:app": "a"}}"#),
            silent: allow("kms:Decrypt", if: #"{"StringEquals": {"kms:EncryptionContext:app": "a"}}"#)
        ),
        RuleExample(
            id: "NULL_WITH_QUALIFIER",
            fires: deny("kms:Decrypt", if: #"{"ForAnyValue:Null": {"kms:EncryptionContextKeys": "true"}}"#),
            silent: deny("kms:Decrypt", if: #"{"Null": {"kms:EncryptionContextKeys": "true"}}"#)
        ),
        RuleExample(
            id: "CONTRADICTORY_CONDITION",
            fires: allow(
                "kms:Decrypt",
                if: """
                    {"StringEquals": {"kms:ViaService": "ec2.us-east-1.amazonaws.com"}, "Null": {"kms:ViaService": "true"}}
                    """
            ),
            silent: allow(
                "kms:Decrypt",
                if: """
                    {"StringEquals": {"kms:ViaService": "ec2.us-east-1.amazonaws.com"}, "Null": {"kms:ViaService": "false"}}
                    """
            )
        ),
    ]

    // MARK: Keys

    static let keys = [
        RuleExample(
            id: "UNKNOWN_CONDITION_KEY",
            fires: allow("kms:Decrypt", if: #"{"StringEquals": {"kms:ViaServices": "ec2.us-east-1.amazonaws.com"}}"#),
            silent: allow("kms:Decrypt", if: #"{"StringEquals": {"kms:viaservice": "ec2.us-east-1.amazonaws.com"}}"#)
        ),
        RuleExample(
            id: "FOREIGN_CONDITION_KEY",
            fires: allow("kms:Decrypt", if: #"{"StringEquals": {"s3:prefix": "home/"}}"#),
            silent: allow(
                "kms:Decrypt",
                if: #"{"ArnLike": {"lambda:SourceFunctionArn": "arn:aws:lambda:*:*:function:*"}}"#
            )
        ),
        RuleExample(
            id: "DEPRECATED_CONDITION_KEY",
            fires: allow("kms:Decrypt", if: #"{"StringEquals": {"kms:CustomerMasterKeySpec": "SYMMETRIC_DEFAULT"}}"#),
            silent: allow("kms:Decrypt", if: #"{"StringEquals": {"kms:KeySpec": "SYMMETRIC_DEFAULT"}}"#)
        ),
        RuleExample(
            id: "VARIABLE_IN_CONDITION_KEY",
            fires: allow("kms:Decrypt", if: #"{"StringEquals": {"kms:EncryptionContext:${aws:username}": "yes"}}"#),
            silent: allow("kms:Decrypt", if: #"{"StringEquals": {"kms:EncryptionContext:user": "${aws:username}"}}"#)
        ),
        RuleExample(
            id: "RESOURCE_ALIASES_IN_KEY_POLICY",
            fires: allow("kms:Decrypt", if: #"{"ForAnyValue:StringEquals": {"kms:ResourceAliases": "alias/app"}}"#),
            silent: allow("kms:Decrypt", if: #"{"StringEquals": {"kms:RequestAlias": "alias/app"}}"#)
        ),
        RuleExample(
            id: "CONDITION_NOT_APPLICABLE",
            fires: allow("kms:Decrypt kms:DescribeKey", if: #"{"StringEquals": {"kms:EncryptionContext:app": "a"}}"#),
            silent: allow("kms:Decrypt kms:Generate*", if: #"{"StringEquals": {"kms:EncryptionContext:app": "a"}}"#)
        ),
        RuleExample(
            id: "DENY_HITS_OTHER_ACTIONS",
            fires: deny("kms:*", if: #"{"Null": {"kms:EncryptionContextKeys": "true"}}"#),
            silent: deny("kms:Decrypt kms:Encrypt", if: #"{"Null": {"kms:EncryptionContextKeys": "true"}}"#)
        ),
        RuleExample(
            id: "CONTEXT_ON_OTHER_KEY_TYPE",
            fires: allow("kms:Decrypt", if: #"{"StringEquals": {"kms:EncryptionContext:app": "a"}}"#),
            silent: allow("kms:Decrypt", if: #"{"StringEquals": {"kms:EncryptionAlgorithm": "RSAES_OAEP_SHA_256"}}"#),
            facts: { $0.keyType = KMSKeyType(spec: "RSA_2048") }
        ),
    ]

    // MARK: Values

    static let values = [
        RuleExample(
            id: "OPERATOR_TYPE_MISMATCH",
            fires: deny("kms:Decrypt", if: #"{"StringNotEquals": {"aws:SourceIp": "203.0.113.7"}}"#),
            silent: deny("kms:ImportKeyMaterial", if: #"{"NumericGreaterThan": {"kms:ValidTo": "1546257599.0"}}"#)
        ),
        RuleExample(
            id: "INVALID_CONDITION_VALUE",
            fires: allow("kms:Decrypt", if: #"{"Bool": {"aws:SecureTransport": "yes"}}"#),
            silent: allow("kms:Decrypt", if: #"{"Bool": {"aws:SecureTransport": "True"}}"#)
        ),
        RuleExample(
            id: "IMPOSSIBLE_CONDITION_VALUE",
            fires: allow(
                "kms:CreateGrant",
                if: #"{"ForAllValues:StringEquals": {"kms:GrantOperations": "kms:Encrypt"}}"#
            ),
            silent: allow("kms:CreateGrant", if: #"{"ForAllValues:StringEquals": {"kms:GrantOperations": "Encrypt"}}"#)
        ),
        RuleExample(
            id: "WILDCARD_WITHOUT_LIKE",
            fires: allow("kms:Decrypt", if: #"{"StringEquals": {"kms:EncryptionContext:app": "prod-*"}}"#),
            silent: allow("kms:Decrypt", if: #"{"StringLike": {"kms:EncryptionContext:app": "prod-*"}}"#)
        ),
        RuleExample(
            id: "VARIABLE_NOT_SUPPORTED",
            fires: allow("kms:Decrypt", if: #"{"IpAddress": {"aws:SourceIp": "${aws:PrincipalTag/network}"}}"#),
            silent: allow(
                "kms:Decrypt",
                if: #"{"StringEquals": {"kms:EncryptionContext:app": "${aws:PrincipalTag/app}"}}"#
            )
        ),
        RuleExample(
            id: "UNKNOWN_VARIABLE",
            fires: allow("kms:Decrypt", if: #"{"StringEquals": {"kms:EncryptionContext:user": "${aws:usernam}"}}"#),
            silent: allow("kms:Decrypt", if: #"{"StringEquals": {"kms:EncryptionContext:user": "${aws:username}"}}"#)
        ),
    ]

    static let absence = [
        RuleExample(
            id: "DENY_FAILS_OPEN",
            fires: deny("kms:ScheduleKeyDeletion", if: #"{"Bool": {"aws:MultiFactorAuthPresent": "false"}}"#),
            silent: deny("kms:ScheduleKeyDeletion", if: #"{"BoolIfExists": {"aws:MultiFactorAuthPresent": "false"}}"#)
        ),
        RuleExample(
            id: "ALLOW_PASSES_WHEN_MISSING",
            fires: allow("kms:Decrypt", if: #"{"StringNotEquals": {"kms:EncryptionContext:app": "secret"}}"#),
            silent: allow(
                "kms:GetParametersForImport",
                if: #"{"StringNotEquals": {"kms:WrappingAlgorithm": "RSAES_OAEP_SHA_1"}}"#
            )
        ),
    ]

    // MARK: Services and networks

    static let services = [
        RuleExample(
            id: "ACCOUNT_WIDE_SERVICE_ACCESS",
            fires: allow(
                "kms:Decrypt",
                if: """
                    {"StringEquals": {"kms:ViaService": "ec2.us-east-1.amazonaws.com", "kms:CallerAccount": "999999999999"}}
                    """,
                to: everybody
            ),
            silent: allow(
                "kms:Decrypt",
                if: """
                    {"StringEquals": {"kms:ViaService": "ec2.us-east-1.amazonaws.com"},
                     "ArnLike": {"aws:PrincipalArn": "arn:aws:iam::999999999999:role/app-*"}}
                    """,
                to: everybody
            )
        ),
        RuleExample(
            id: "VIASERVICE_REGION_MISMATCH",
            fires: via("ec2.eu-west-1.amazonaws.com"),
            silent: via("ec2.us-east-1.amazonaws.com")
        ),
        RuleExample(
            id: "VIASERVICE_MALFORMED",
            fires: via("ec2.us-east-1.amazonaws.com.cn"),
            silent: via("ec2.us-east-1.amazonaws.com")
        ),
        RuleExample(
            id: "VIASERVICE_UNKNOWN",
            fires: via("ebs.us-east-1.amazonaws.com"),
            silent: via("ec2.us-east-1.amazonaws.com")
        ),
        RuleExample(
            id: "VIASERVICE_ELASTICACHE_PAIR",
            fires: via("elasticache.us-east-1.amazonaws.com"),
            silent: via("elasticache.us-east-1.amazonaws.com", "dax.us-east-1.amazonaws.com")
        ),
        RuleExample(
            id: "SERVICE_ACCESS_DEFEATED",
            fires: policy(
                viaStatement(["ec2.us-east-1.amazonaws.com"]),
                statement(
                    "Deny",
                    "kms:Encrypt kms:Decrypt",
                    to: everybody,
                    if: #"{"ForAllValues:StringNotEquals": {"kms:EncryptionContextKeys": "app"}}"#
                )
            ),
            silent: policy(
                viaStatement(["ec2.us-east-1.amazonaws.com"]),
                statement(
                    "Deny",
                    "kms:Encrypt kms:Decrypt",
                    to: everybody,
                    if: #"{"ForAllValues:StringNotEquals": {"kms:EncryptionContextKeys": ["app", "aws:ebs:id"]}}"#
                )
            )
        ),
    ]

    private static func viaStatement(_ names: [String]) -> String {
        let list = names.map { "\"\($0)\"" }.joined(separator: ", ")
        return statement("Allow", "kms:Decrypt", if: "{\"StringEquals\": {\"kms:ViaService\": [\(list)]}}")
    }

    private static func via(_ names: String...) -> String {
        policy(viaStatement(names))
    }

    static let networks = [
        RuleExample(
            id: "OPEN_NETWORK",
            fires: allow("kms:Decrypt", if: #"{"IpAddress": {"aws:SourceIp": ["203.0.113.0/24", "0.0.0.0/0"]}}"#),
            silent: allow("kms:Decrypt", if: #"{"IpAddress": {"aws:SourceIp": ["203.0.113.0/24"]}}"#)
        ),
        RuleExample(
            id: "PRIVATE_SOURCE_IP",
            fires: allow("kms:Decrypt", if: #"{"IpAddress": {"aws:SourceIp": "10.1.0.0/16"}}"#),
            silent: allow("kms:Decrypt", if: #"{"IpAddress": {"aws:VpcSourceIp": "10.1.0.0/16"}}"#)
        ),
        RuleExample(
            id: "NETWORK_DENY_BREAKS_SERVICES",
            fires: deny("kms:Decrypt", if: #"{"NotIpAddress": {"aws:SourceIp": "203.0.113.0/24"}}"#),
            silent: deny(
                "kms:Decrypt",
                if: #"{"NotIpAddress": {"aws:SourceIp": "203.0.113.0/24"}, "Bool": {"aws:ViaAWSService": "false"}}"#
            )
        ),
        RuleExample(
            id: "DENY_BLOCKS_SERVICE_PRINCIPALS",
            fires: policy(
                logsStatement,
                statement(
                    "Deny",
                    "kms:*",
                    to: everybody,
                    if: #"{"StringNotEquals": {"aws:PrincipalOrgID": "o-example"}}"#
                )
            ),
            silent: policy(
                logsStatement,
                statement(
                    "Deny",
                    "kms:*",
                    to: everybody,
                    if: """
                        {"StringNotEquals": {"aws:PrincipalOrgID": "o-example"},
                         "Bool": {"aws:PrincipalIsAWSService": "false"}}
                        """
                )
            )
        ),
    ]

    private static let logsStatement = statement(
        "Allow",
        "kms:Encrypt kms:Decrypt",
        to: service("logs.us-east-1.amazonaws.com"),
        if: #"{"StringEquals": {"aws:SourceAccount": "999999999999"}}"#
    )
}
