// SPDX-License-Identifier: Apache-2.0

import EmbeddedAWS
import JSONDocument
import TestSupport
import Testing

struct StackMessageTests {
    /// A request that is refused, and how.
    struct Refused: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let message: String
        var code = "ValidationError"
        let act: @Sendable (Stage) async throws -> Void
    }

    private static let constraint = "1 validation error detected: "

    static let refusals: [Refused] = [
        Refused(testDescription: "describe", message: "Stack with id nope does not exist") {
            _ = try $0.service.describeStacks("nope")
        },
        Refused(testDescription: "events", message: "Stack [nope] does not exist") {
            _ = try $0.service.describeEvents(of: "nope")
        },
        Refused(testDescription: "template", message: "Stack [nope] does not exist") {
            _ = try $0.service.template(of: "nope")
        },
        Refused(testDescription: "resources", message: "Stack with id nope does not exist") {
            _ = try $0.service.resources(of: "nope")
        },
        Refused(testDescription: "resource of a stack", message: "Resource Nope does not exist for stack app") {
            _ = try $0.service.resource("Nope", of: "app")
        },
        Refused(testDescription: "update", message: "Stack [nope] does not exist") {
            try await $0.update(SampleTemplate().request("nope"))
        },
        Refused(testDescription: "name taken", message: "Stack [app] already exists", code: "AlreadyExistsException") {
            try await $0.create(SampleTemplate().request())
        },
        Refused(
            testDescription: "name",
            message: constraint + "Value '*@1_$' at 'stackName' failed to satisfy constraint: Member must satisfy "
                + "regular expression pattern: [a-zA-Z][-a-zA-Z0-9]*|arn:[-a-zA-Z0-9:/._+]*"
        ) {
            try await $0.create(SampleTemplate().request("*@1_$"))
        },
        Refused(
            testDescription: "template size",
            message: constraint + "Value at 'templateBody' failed to satisfy constraint: Member must have length less "
                + "than or equal to 51200"
        ) {
            try await $0.create(
                SampleTemplate(description: String(repeating: "x", count: 51_200)).request("new")
            )
        },
        Refused(testDescription: "no template", message: "Either Template URL or Template Body must be specified.") {
            try await $0.create(StackRequest(stackName: "new"))
        },
        Refused(
            testDescription: "template from S3",
            message:
                "TemplateURL is not supported by the embedded CloudFormation, which reaches no S3; give the template "
                + "inline as TemplateBody"
        ) {
            var request = StackRequest(stackName: "new")
            request.templateURL = "https://s3.amazonaws.com/b/t.json"
            try await $0.create(request)
        },
        Refused(
            testDescription: "no resources",
            message: "Template format error: At least one Resources member must be defined."
        ) {
            try await $0.create(SampleTemplate(key: nil, alias: nil, outputs: [:]).request("new"))
        },
        Refused(
            testDescription: "both failure members",
            message: "You can specify either DisableRollback or OnFailure, but not both."
        ) {
            try await $0.create(
                SampleTemplate()
                    .request("new") {
                        $0.disableRollback = true
                        $0.onFailure = "DELETE"
                    }
            )
        },
        Refused(
            testDescription: "timeout",
            message: constraint
                + "Value '0' at 'timeoutInMinutes' failed to satisfy constraint: Member must have value "
                + "greater than or equal to 1"
        ) {
            try await $0.create(SampleTemplate().request("new") { $0.timeoutMinutes = 0 })
        },
        Refused(
            testDescription: "token",
            message: constraint
                + "Value '-x' at 'clientRequestToken' failed to satisfy constraint: Member must satisfy "
                + "regular expression pattern: [a-zA-Z0-9][-a-zA-Z0-9]*"
        ) {
            try await $0.create(SampleTemplate().request("new") { $0.clientRequestToken = "-x" })
        },
        Refused(
            testDescription: "AWS's own tag",
            message: "aws: prefixed tag key names are not allowed for external use; found `aws:x`"
        ) {
            try await $0.create(SampleTemplate().request("new") { $0.tags = [KeyTag(key: "aws:x", value: "")] })
        },
        Refused(
            testDescription: "type of a resource",
            message:
                "Update of resource type is not permitted. The new template modifies resource type of the following "
                + "resources: [Alias]"
        ) {
            var request = StackRequest(stackName: "app")
            request.templateBody =
                #"{"Resources":{"Key":{"Type":"AWS::KMS::Key"},"Alias":{"Type":"AWS::KMS::Key"}}}"#
            try await $0.update(request)
        },
        Refused(
            testDescription: "previous value of an unknown parameter",
            message:
                "Invalid input for parameter key P. Cannot specify usePreviousValue as true for a parameter key not "
                + "in the previous template"
        ) {
            try await $0.update(SampleTemplate().request { $0.parameters = [.init(key: "P", value: nil)] })
        },
        Refused(testDescription: "page", message: "The NextToken is none that this operation returned") {
            _ = try $0.service.listStacks(nextToken: "eA==")
        },
        Refused(
            testDescription: "stack policy",
            message: "Error validating stack policy: Invalid stack policy: not an object"
        ) {
            try await $0.service.setStackPolicy("[]", of: "app")
        },
    ]

    @Test(arguments: refusals)
    func `a request is refused in CloudFormation's words and nothing is written`(refused: Refused) async throws {
        let stage = try Stage()
        try await stage.create(SampleTemplate().request())
        let commits = stage.log.count
        await #expect(throws: CloudFormationRefusal(refused.message, code: refused.code)) {
            try await refusing { try await refused.act(stage) }
        }
        #expect(stage.log.count == commits)
    }

    @Test func `a stack in a state that allows no update says so`() async throws {
        let stage = try Stage()
        let id = try await stage.create(SampleTemplate().request())
        try await stage.delete("app")
        let message = "Stack:\(id) is in DELETE_COMPLETE state and can not be updated."
        await #expect(throws: CloudFormationRefusal(message)) {
            try await refusing { try await stage.update(SampleTemplate(key: ["Description": "x"]).request(id)) }
        }
        await #expect(throws: CloudFormationRefusal(message)) {
            try await refusing { try await stage.service.setTerminationProtection(true, of: id) }
        }
    }

    @Test func `a protected stack is not deleted until the protection is taken off`() async throws {
        let stage = try Stage()
        let id = try await stage.create(SampleTemplate().request { $0.terminationProtection = true })
        await #expect(
            throws: CloudFormationRefusal("Stack [app] cannot be deleted while TerminationProtection is enabled")
        ) {
            try await refusing { try await stage.delete("app") }
        }
        #expect(try await stage.service.setTerminationProtection(false, of: "app") == id)
        try await stage.delete("app")
        #expect(stage.status() == "DELETE_COMPLETE")
    }

    @Test func `resources are retained by request only after a deletion has failed`() async throws {
        let stage = try Stage()
        let id = try await stage.create(SampleTemplate().request())
        await #expect(
            throws: CloudFormationRefusal(
                "Invalid operation on stack [\(id)]. When you delete a stack, specify which resources to retain only when "
                    + "the stack is in the DELETE_FAILED state."
            )
        ) {
            try await refusing { try await stage.delete("app", retaining: ["Key"]) }
        }
    }

    @Test func `a stack policy is kept and shown`() async throws {
        let stage = try Stage()
        try await stage.create(SampleTemplate().request())
        #expect(try stage.service.stackPolicy(of: "app") == nil)
        try await stage.service.setStackPolicy(#"{"Statement":[]}"#, of: "app")
        let reopened = try Stage(stage.log, seed: 2)
        #expect(try reopened.service.stackPolicy(of: "app") == #"{"Statement":[]}"#)
    }
}
