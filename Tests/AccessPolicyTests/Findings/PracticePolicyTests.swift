// SPDX-License-Identifier: Apache-2.0

import AccessPolicy
import CoreValues
import Testing

/// Statements that the documentation of AWS services asks for, and the little there is to say about them.
struct PracticePolicyTests {
    struct Sample: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let statements: [String]
        var expected: [String] = []
    }

    private typealias Example = RuleExample

    private static let use = "kms:Encrypt kms:Decrypt kms:ReEncrypt* kms:GenerateDataKey* kms:DescribeKey"

    static let samples = [
        Sample(
            testDescription: "CloudTrail",
            statements: [
                Example.statement(
                    "Allow",
                    "kms:GenerateDataKey*",
                    to: Example.service("cloudtrail.amazonaws.com"),
                    if: """
                        {"StringEquals": {"aws:SourceArn": "arn:aws:cloudtrail:us-east-1:999999999999:trail/main"},
                         "StringLike": {"kms:EncryptionContext:aws:cloudtrail:arn":
                            "arn:aws:cloudtrail:*:999999999999:trail/*"}}
                        """
                ),
                Example.statement("Allow", "kms:DescribeKey", to: Example.service("cloudtrail.amazonaws.com")),
                Example.statement(
                    "Allow",
                    "kms:Decrypt kms:ReEncryptFrom",
                    to: Example.everybody,
                    if: """
                        {"StringEquals": {"kms:CallerAccount": "999999999999"},
                         "StringLike": {"kms:EncryptionContext:aws:cloudtrail:arn":
                            "arn:aws:cloudtrail:*:999999999999:trail/*"}}
                        """
                ),
                Example.statement(
                    "Allow",
                    "kms:CreateAlias",
                    to: Example.everybody,
                    if: """
                        {"StringEquals": {"kms:ViaService": "ec2.us-east-1.amazonaws.com",
                         "kms:CallerAccount": "999999999999"}}
                        """
                ),
            ]
        ),
        Sample(
            testDescription: "CloudWatch Logs",
            statements: [
                Example.statement(
                    "Allow",
                    "kms:Encrypt kms:Decrypt kms:ReEncrypt* kms:GenerateDataKey*",
                    to: Example.service("logs.us-east-1.amazonaws.com"),
                    if: """
                        {"ArnEquals": {"kms:EncryptionContext:aws:logs:arn":
                            "arn:aws:logs:us-east-1:999999999999:log-group:app"}}
                        """
                )
            ]
        ),
        Sample(
            testDescription: "Auto Scaling's role",
            statements: [
                Example.statement(
                    "Allow",
                    use,
                    to: Example.role("aws-service-role/autoscaling.amazonaws.com/AutoScaling")
                ),
                Example.statement(
                    "Allow",
                    "kms:CreateGrant",
                    to: Example.role("aws-service-role/autoscaling.amazonaws.com/AutoScaling"),
                    if: #"{"Bool": {"kms:GrantIsForAWSResource": true}}"#
                ),
            ]
        ),
        Sample(
            testDescription: "Secrets Manager for the account",
            statements: [
                Example.statement(
                    "Allow",
                    use + " kms:CreateGrant",
                    to: Example.everybody,
                    if: """
                        {"StringEquals": {"kms:CallerAccount": "999999999999",
                         "kms:ViaService": "secretsmanager.us-east-1.amazonaws.com"}}
                        """
                )
            ],
            expected: ["ACCOUNT_WIDE_SERVICE_ACCESS"]
        ),
        Sample(
            testDescription: "log delivery",
            statements: [
                Example.statement(
                    "Allow",
                    use,
                    to: Example.service("delivery.logs.amazonaws.com"),
                    if: """
                        {"StringEquals": {"aws:SourceAccount": "999999999999"},
                         "ArnLike": {"aws:SourceArn": "arn:aws:logs:us-east-1:999999999999:*"}}
                        """
                )
            ]
        ),
        Sample(
            testDescription: "data perimeter",
            statements: [
                Example.statement("Allow", use),
                Example.statement(
                    "Deny",
                    "kms:*",
                    to: Example.everybody,
                    if: """
                        {"StringNotEqualsIfExists": {"aws:PrincipalOrgID": "o-example"},
                         "BoolIfExists": {"aws:PrincipalIsAWSService": "false"}}
                        """
                ),
            ]
        ),
        Sample(
            testDescription: "organization",
            statements: [
                Example.statement(
                    "Allow",
                    "kms:Decrypt kms:DescribeKey",
                    to: Example.everybody,
                    if: #"{"StringEquals": {"aws:PrincipalOrgID": "o-example"}}"#
                )
            ],
            expected: ["ACCOUNT_WIDE_DECRYPTION", "EXTERNAL_ACCOUNT"]
        ),
        Sample(
            testDescription: "open Allow closed by a Deny",
            statements: [
                Example.statement("Allow", "kms:Encrypt", to: Example.everybody),
                Example.statement(
                    "Deny",
                    "kms:*",
                    to: Example.everybody,
                    if: #"{"StringNotEquals": {"aws:PrincipalAccount": ["999999999999"]}}"#
                ),
            ]
        ),
        Sample(
            testDescription: "grants for certain operations",
            statements: [
                Example.statement(
                    "Allow",
                    "kms:CreateGrant",
                    if: #"{"ForAllValues:StringEquals": {"kms:GrantOperations": ["Encrypt", "GenerateDataKey"]}}"#
                )
            ]
        ),
        Sample(
            testDescription: "deletion with a second factor and unused only",
            statements: [
                Example.statement(
                    "Deny",
                    "kms:ScheduleKeyDeletion kms:DisableKey",
                    to: Example.everybody,
                    if: #"{"BoolIfExists": {"aws:MultiFactorAuthPresent": "false"}}"#
                ),
                Example.statement(
                    "Deny",
                    "kms:ScheduleKeyDeletion kms:DisableKey",
                    to: Example.everybody,
                    if: #"{"NumericLessThan": {"kms:TrailingDaysWithoutKeyUsage": 90}}"#
                ),
            ]
        ),
    ]

    @Test(arguments: samples)
    func `common policies give no more findings than they deserve`(_ sample: Sample) throws {
        let account = try #require(AccountID("999999999999"))
        let facts = KeyFacts(account: account, region: "us-east-1", keyType: .symmetric)
        let text = Example.bare([Example.root] + sample.statements)
        let findings = Findings.keyPolicyText(text, facts: facts)
        #expect(findings.map(\.id) == sample.expected, "\(findings.map(\.explanation))")
    }
}
