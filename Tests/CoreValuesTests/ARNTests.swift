// SPDX-License-Identifier: Apache-2.0

import CoreValues
import Testing

@Suite("ARNs and account ids")
struct ARNTests {
    @Test(arguments: [
        ("arn:aws:iam::123456789012:role/path/roleA", "iam", "", "123456789012", "role/path/roleA", "role"),
        ("arn:aws:kms:eu-west-1:123456789012:key/1234", "kms", "eu-west-1", "123456789012", "key/1234", "key"),
        ("arn:aws:iam::aws:policy/Admin", "iam", "", "aws", "policy/Admin", "policy"),
        ("arn:aws-us-gov:s3:::bucket", "s3", "", "", "bucket", "bucket"),
        (
            "arn:aws:sns:us-east-1:123456789012:topic:sub:id", "sns", "us-east-1", "123456789012", "topic:sub:id",
            "topic"
        ),
        ("arn:aws:iam::123456789012:root", "iam", "", "123456789012", "root", "root"),
    ])
    func `an ARN is taken apart and put together`(
        text: String,
        service: String,
        region: String,
        account: String,
        resource: String,
        type: String
    ) throws {
        let arn = try #require(ARN(parsing: text))
        #expect(arn.service == service)
        #expect(arn.region == region)
        #expect(arn.account == account)
        #expect(arn.resource == resource)
        #expect(arn.resourceType == type)
        #expect(arn.description == text)
        #expect(ARN(parsing: text[...]) == arn)
    }

    @Test(arguments: [
        "", "arn", "arn:aws:iam::123456789012", "arn:aws:iam::123456789012:", "arn::iam::123456789012:role/a",
        "arn:aws:::123456789012:role/a", "ARN:aws:iam::123456789012:role/a", " arn:aws:iam::123456789012:role/a",
        "ARN: arn:aws:iam::123456789012:role/a", "role/a",
    ])
    func `what is no ARN is refused`(text: String) {
        #expect(ARN(parsing: text) == nil)
    }

    @Test func `the account part is an account id only when it is twelve digits`() {
        #expect(ARN(service: "iam", account: "123456789012", resource: "root").accountID?.description == "123456789012")
        #expect(ARN(service: "iam", account: "aws", resource: "policy/a").accountID == nil)
        #expect(ARN(service: "s3", resource: "b").accountID == nil)
    }

    @Test(arguments: [
        "", "12345678901", "1234567890123", "12345678901a", "١23456789012", "123 45678901", "-12345678901",
    ])
    func `what is no account id is refused`(text: String) {
        #expect(AccountID(text) == nil)
    }

    @Test func `account ids keep leading zeros and are ordered`() throws {
        let low = try #require(AccountID("000000000001"))
        let high = try #require(AccountID("123456789012"))
        #expect(low.description == "000000000001")
        #expect(low < high)
    }
}
