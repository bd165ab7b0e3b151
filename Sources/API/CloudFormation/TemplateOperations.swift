// SPDX-License-Identifier: Apache-2.0

import EmbeddedAWS
import JSONDocument

/// Templates: of stacks, of change sets, and such as are only to be checked.
extension CloudFormationOperations {
    var templates: [AnyOperation] {
        [
            operation("GetTemplate") { service, reader, _ in
                let body = try service.template(
                    of: try reader.filledString("StackName"),
                    changeSet: try reader.filledString("ChangeSetName")
                )
                return ["TemplateBody": .string(body), "StagesAvailable": ["Original", "Processed"]]
            },
            operation("GetTemplateSummary") { service, reader, _ in
                let summary = try service.summary(
                    ofTemplate: try reader.filledString("TemplateBody"),
                    url: try reader.filledString("TemplateURL"),
                    orStack: try reader.filledString("StackName")
                )
                return Self.summary(summary)
            },
            operation("ValidateTemplate") { service, reader, _ in
                let summary = try service.validate(
                    try reader.filledString("TemplateBody"),
                    url: try reader.filledString("TemplateURL")
                )
                var object = JSONObject()
                object["Parameters"] = .array(summary.parameters.map { .object(Self.parameter($0)) })
                object["Description"] = CloudFormationWire.text(summary.details)
                return .object(object)
            },
        ]
    }

    private static func summary(_ summary: TemplateSummary) -> JSONValue {
        var object = JSONObject()
        object["Parameters"] = .array(summary.parameters.map(constrainedParameter))
        object["Description"] = CloudFormationWire.text(summary.details)
        object["ResourceTypes"] = CloudFormationWire.texts(summary.resourceTypes)
        object["Version"] = "2010-09-09"
        object["Metadata"] = summary.metadata.map { .string($0.text()) }
        object["ResourceIdentifierSummaries"] = .array(
            summary.identifiers.map { identifier in
                [
                    "ResourceType": .string(identifier.type),
                    "LogicalResourceIds": CloudFormationWire.texts(identifier.logicalIDs),
                    "ResourceIdentifiers": [.string(identifier.property)],
                ]
            }
        )
        return .object(object)
    }

    private static func parameter(_ parameter: TemplateSummary.Parameter) -> JSONObject {
        var object = JSONObject()
        object["ParameterKey"] = .string(parameter.key)
        object["DefaultValue"] = CloudFormationWire.text(parameter.defaultValue)
        object["NoEcho"] = .bool(parameter.isSecret)
        object["Description"] = CloudFormationWire.text(parameter.details)
        return object
    }

    private static func constrainedParameter(_ parameter: TemplateSummary.Parameter) -> JSONValue {
        var object = self.parameter(parameter)
        object["ParameterType"] = .string(parameter.type)
        object["ParameterConstraints"] =
            parameter.allowedValues.isEmpty
            ? [:] : ["AllowedValues": CloudFormationWire.texts(parameter.allowedValues)]
        return .object(object)
    }
}
