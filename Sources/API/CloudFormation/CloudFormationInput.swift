// SPDX-License-Identifier: Apache-2.0

import AWSWire
import EmbeddedAWS

/// How CloudFormation's requests write what a stack is to become.
///
/// The empty texts of a CLI skeleton count as absent, save where an empty text is a value.
extension StackRequest {
    /// Reads the members that CreateStack, UpdateStack and CreateChangeSet share.
    init(_ reader: InputReader, token: String = "ClientRequestToken") throws(InputProblem) {
        self.init(stackName: try reader.requiredFilledString("StackName"))
        templateBody = try reader.filledString("TemplateBody")
        templateURL = try reader.filledString("TemplateURL")
        usePreviousTemplate = try reader.bool("UsePreviousTemplate") ?? false
        parameters = try reader.structures("Parameters", Parameter.init) ?? []
        tags = try reader.structures("Tags") { (tag) throws(InputProblem) in
            KeyTag(key: try tag.requiredString("Key"), value: try tag.requiredString("Value"))
        }
        capabilities = try reader.strings("Capabilities") ?? []
        notificationARNs = try reader.strings("NotificationARNs")
        roleARN = try reader.filledString("RoleARN")
        disableRollback = try reader.bool("DisableRollback")
        onFailure = try reader.filledString("OnFailure")
        timeoutMinutes = try reader.integer("TimeoutInMinutes")
        retainExceptOnCreate = try reader.bool("RetainExceptOnCreate")
        terminationProtection = try reader.bool("EnableTerminationProtection")
        stackPolicy = try reader.filledString("StackPolicyBody")
        clientRequestToken = try reader.filledString(token)
        if try reader.filledString("StackPolicyURL") != nil {
            throw reader.invalid(
                "StackPolicyURL",
                "is not supported by the embedded CloudFormation, which reaches no S3; give StackPolicyBody"
            )
        }
    }
}

extension StackRequest.Parameter {
    /// Reads a parameter: a value, or the wish to keep the present one.
    init(_ reader: InputReader) throws(InputProblem) {
        let key = try reader.requiredFilledString("ParameterKey")
        let value = try reader.string("ParameterValue")
        let isKept = try reader.bool("UsePreviousValue") ?? false
        guard isKept || value != nil else {
            throw reader.invalid("ParameterValue", "is missing for `\(key)`; give it or UsePreviousValue=true")
        }
        if isKept, let value, !value.isEmpty {
            throw reader.invalid("UsePreviousValue", "is true for `\(key)`, which has a ParameterValue too")
        }
        self.init(key: key, value: isKept ? nil : value)
    }
}

extension InputReader {
    /// Where a list goes on.
    func nextToken() throws(InputProblem) -> String? {
        try filledString("NextToken")
    }
}
