// SPDX-License-Identifier: Apache-2.0

import AWSWire
import CoreValues
import JSONDocument

/// What a request wants a stack to be.
package struct StackDefinition: Sendable, Hashable {
    /// The template's text as it was given.
    package var templateBody: String
    /// The parameters as they were given; defaults are not among them.
    package var parameters: [ParameterValue]
    /// The parameters as they are shown: defaults filled in, secret ones masked.
    package var shownParameters: [ParameterValue]
    /// Tags of the stack, which its taggable resources get too.
    package var tags: [KeyTag]
    /// The acknowledged capabilities.
    package var capabilities: [String]
    /// Topics to tell about events; kept and shown, nothing is sent.
    package var notificationARNs: [String]
    /// The role that was to be assumed; kept and shown, see ``StackRecord/caller``.
    package var roleARN: String?

    /// Makes a definition.
    package init(
        templateBody: String,
        parameters: [ParameterValue] = [],
        shownParameters: [ParameterValue] = [],
        tags: [KeyTag] = [],
        capabilities: [String] = [],
        notificationARNs: [String] = [],
        roleARN: String? = nil
    ) {
        self.templateBody = templateBody
        self.parameters = parameters
        self.shownParameters = shownParameters
        self.tags = tags
        self.capabilities = capabilities
        self.notificationARNs = notificationARNs
        self.roleARN = roleARN
    }
}

extension StackDefinition {
    /// The definition as a part of a stored body.
    var storedForm: JSONValue {
        var body = JSONObject()
        body["template"] = .string(templateBody)
        body["parameters"] = Self.storedForm(parameters)
        body["shownParameters"] = Self.storedForm(shownParameters)
        body["tags"] = .array(tags.map { ["key": .string($0.key), "value": .string($0.value)] })
        body["capabilities"] = .array(capabilities.map { .string($0) })
        body["notificationArns"] = .array(notificationARNs.map { .string($0) })
        body["roleArn"] = roleARN.map { .string($0) }
        return .object(body)
    }

    /// Reads a part of a stored body.
    init(stored reader: InputReader) throws(InputProblem) {
        self.init(
            templateBody: try reader.requiredString("template"),
            parameters: try Self.parameters(reader, "parameters"),
            shownParameters: try Self.parameters(reader, "shownParameters"),
            tags: try reader.structures("tags") { (item) throws(InputProblem) in
                KeyTag(key: try item.requiredString("key"), value: try item.requiredString("value"))
            } ?? [],
            capabilities: try reader.strings("capabilities") ?? [],
            notificationARNs: try reader.strings("notificationArns") ?? [],
            roleARN: try reader.string("roleArn")
        )
    }

    private static func storedForm(_ parameters: [ParameterValue]) -> JSONValue {
        .array(parameters.map { ["key": .string($0.key), "value": .string($0.value)] })
    }

    private static func parameters(_ reader: InputReader, _ name: String) throws(InputProblem) -> [ParameterValue] {
        try reader.structures(name) { (item) throws(InputProblem) in
            ParameterValue(key: try item.requiredString("key"), value: try item.requiredString("value"))
        } ?? []
    }
}
