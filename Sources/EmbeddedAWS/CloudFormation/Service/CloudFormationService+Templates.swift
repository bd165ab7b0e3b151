// SPDX-License-Identifier: Apache-2.0

import AWSWire
package import JSONDocument

/// What a template says about itself.
package struct TemplateSummary: Sendable {
    /// A parameter that the template declares.
    package struct Parameter: Sendable, Hashable {
        /// Its name.
        package let key: String
        /// Its type, such as `CommaDelimitedList`.
        package let type: String
        /// The value that it has when none is given.
        package let defaultValue: String?
        /// Whether its value is secret.
        package let isSecret: Bool
        /// What it is for.
        package let details: String?
        /// The values that it may have; none for any.
        package let allowedValues: [String]
    }

    /// What the template is for.
    package let details: String?
    /// The parameters in the template's order.
    package let parameters: [Parameter]
    /// The `Metadata` block.
    package let metadata: JSONValue?
    /// The types of the resources, each once, in alphabetical order.
    package let resourceTypes: [String]
    /// The resources of each type, with the property that names one.
    package let identifiers: [(type: String, logicalIDs: [String], property: String)]

    /// Summarizes a template.
    init(_ template: Template) {
        details = template.description
        metadata = template.metadata
        resourceTypes = template.resourceTypes
        parameters = template.parameters.map { declaration in
            Parameter(
                key: declaration.name,
                type: declaration.kind.rawValue,
                defaultValue: declaration.defaultValue,
                isSecret: declaration.noEcho,
                details: declaration.description,
                allowedValues: declaration.allowedValues
            )
        }
        identifiers = ResourceType.allCases.compactMap { type in
            let logicalIDs = template.resources.filter { $0.type == type }.map(\.logicalID)
            return logicalIDs.isEmpty ? nil : (type.rawValue, logicalIDs, type.identifyingProperty)
        }
    }
}

extension ResourceType {
    /// The property whose value names one resource of the type.
    fileprivate var identifyingProperty: String {
        switch self {
        case .key: "KeyId"
        case .alias: "AliasName"
        }
    }
}

extension CloudFormationService {
    /// The template of a stack or of one of its change sets, as it was given; source: CloudFormation API reference,
    /// GetTemplate.
    package func template(of stackName: String?, changeSet: String? = nil) throws -> String {
        try account.read { state throws(AWSError) in
            if let changeSet {
                return try Self.changeSet(changeSet, of: stackName, in: state).definition.templateBody
            }
            guard let stackName else { throw CloudFormationError.missing("stackName") }
            return try Self.requiredStack(stackName, in: state).definition.templateBody
        }
    }

    /// What a template says about itself; source: CloudFormation API reference, GetTemplateSummary.
    ///
    /// The template is given as text or as that of a stack.
    package func summary(
        ofTemplate body: String?,
        url: String? = nil,
        orStack stackName: String? = nil
    ) throws -> TemplateSummary {
        if let stackName {
            guard body == nil, url == nil else {
                throw CloudFormationError.validation(
                    "Only one of StackName, TemplateBody and TemplateURL must be specified."
                )
            }
            return try validate(
                try account.read { state throws(AWSError) in
                    guard let stack = Self.stack(stackName, in: state) else {
                        throw CloudFormationError.noStackWithID(stackName)
                    }
                    return stack.definition.templateBody
                }
            )
        }
        return try validate(body, url: url)
    }

    /// Checks a template as far as that goes without parameters; source: CloudFormation API reference,
    /// ValidateTemplate.
    package func validate(_ body: String?, url: String? = nil) throws -> TemplateSummary {
        if url != nil {
            throw CloudFormationError.urlRefused("TemplateURL", instead: "the template inline as TemplateBody")
        }
        guard let body else { throw CloudFormationError.noTemplate }
        try StackRequest.checkTemplateSize(body)
        do {
            return TemplateSummary(try Template(parsing: body))
        } catch {
            throw CloudFormationError.template(error)
        }
    }
}
