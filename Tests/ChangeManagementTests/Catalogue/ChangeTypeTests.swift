// SPDX-License-Identifier: Apache-2.0

import AccessPolicy
import ChangeManagement
import JSONDocument
import TestSupport
import Testing

struct ChangeTypeTests {
    /// A change to the definition that makes it unusable, and what the error must name.
    struct Case: CustomTestStringConvertible, Sendable {
        let member: String
        let value: JSONValue?
        let message: String

        var testDescription: String {
            "\(member): \(value?.text() ?? "absent")"
        }

        static let all = [
            Case(member: "id", value: "ct-123", message: "id: `ct-123`"),
            Case(member: "id", value: "ct-1D84KEIRI1JHG", message: "a-z"),
            Case(member: "id", value: nil, message: "id:"),
            Case(member: "version", value: 1, message: "version: a text is required"),
            Case(member: "version", value: "1", message: "`1.0`"),
            Case(member: "version", value: "latest", message: "`1.0`"),
            Case(member: "name", value: "", message: "name:"),
            Case(member: "description", value: nil, message: "description:"),
            Case(member: "classifications", value: [], message: "classifications: at least one"),
            Case(member: "classifications", value: ["a | b | c"], message: "category | subcategory"),
            Case(member: "classifications", value: ["a | b |  | d"], message: "category | subcategory"),
            Case(member: "accessLevel", value: "Open", message: "OpenAccess, AwsOperatorInternalOnly"),
            Case(member: "awsApproval", value: "Maybe", message: "Required, NotRequired, NotRequiredIfSubmitter"),
            Case(member: "customerApproval", value: nil, message: "customerApproval:"),
            Case(member: "automation", value: "Auto", message: "Automated, Manual"),
            Case(member: "expectedDurationMinutes", value: 0, message: "positive"),
            Case(member: "expectedDurationMinutes", value: "60", message: "positive"),
            Case(member: "created", value: "yesterday", message: "`yesterday`"),
            Case(member: "current", value: "yes", message: "current: true or false"),
            Case(member: "deprecated", value: ["time": "2020-01-01T00:00:00Z"], message: "message"),
            Case(member: "execution", value: nil, message: "execution: is required"),
            Case(member: "execution", value: ["kind": "shell"], message: "kms-key-create, stack-delete, template"),
            Case(member: "execution", value: ["kind": "kms-key-create"], message: "statements"),
            Case(member: "execution", value: ["kind": "template"], message: "template.yaml"),
            Case(
                member: "execution",
                value: ["kind": "stack-delete", "statements": "corrected"],
                message: "`statements`"
            ),
            Case(member: "surprise", value: true, message: "unknown member `surprise`"),
        ]
    }

    @Test(arguments: Case.all)
    func `a definition that can't be used says which member and what it may be`(_ sample: Case) throws {
        var members = SampleChangeTypes.definition("ct-1d84keiri1jhg", "1.0")
        members[sample.member] = sample.value
        let error = try #require(throws: ChangeTypeError.self) {
            try ChangeTypeVersion(definition: .object(members), schemaText: "{}", templateText: nil)
        }
        #expect(error.description.contains(sample.message), "\(error)")
    }

    @Test(arguments: ["", "{", #"{"type":"nothing"}"#, #"{"pattern":"("}"#])
    func `a schema that can't be used is named`(_ schema: String) throws {
        let error = try #require(throws: ChangeTypeError.self) {
            try ChangeTypeVersion(
                definition: .object(SampleChangeTypes.definition("ct-1d84keiri1jhg", "1.0")),
                schemaText: schema,
                templateText: nil
            )
        }
        #expect(error.description.hasPrefix("input-schema.json: "), "\(error)")
    }

    @Test func `a template beside another kind of execution is a mistake`() throws {
        #expect(throws: ChangeTypeError.self) {
            try ChangeTypeVersion(
                definition: .object(SampleChangeTypes.definition("ct-1d84keiri1jhg", "1.0")),
                schemaText: "{}",
                templateText: "Resources: {}"
            )
        }
    }

    @Test func `the schema is served as it was written`() throws {
        let text = try SampleChangeTypes.shippedSchema("ct-1d84keiri1jhg", "1.0")
        #expect(try SampleChangeTypes.keyVersion1().inputSchemaText == text)
    }

    @Test(arguments: [
        (
            ApprovalRequirement.required, ApprovalRequirement.notRequired, ApprovalStatus.approvalPending,
            ApprovalStatus.notRequired
        ),
        (.notRequired, .required, .notRequired, .approvalPending),
        (.notRequiredIfSubmitter, .notRequiredIfSubmitter, .approvalPending, .notRequired),
    ])
    func `approvals begin as the change type asks for them`(
        _ aws: ApprovalRequirement,
        _ customer: ApprovalRequirement,
        _ awsStatus: ApprovalStatus,
        _ customerStatus: ApprovalStatus
    ) throws {
        var members = SampleChangeTypes.definition("ct-1d84keiri1jhg", "1.0")
        members["awsApproval"] = .string(aws.rawValue)
        members["customerApproval"] = .string(customer.rawValue)
        let version = try ChangeTypeVersion(definition: .object(members), schemaText: "{}", templateText: nil)
        #expect(version.approvalsAtSubmission == ApprovalState(aws: awsStatus, customer: customerStatus))
    }
}
