// SPDX-License-Identifier: Apache-2.0

package import JSONDocument

/// A CloudFormation template that has passed every check which needs no parameter values.
package struct Template: Sendable {
    /// What the template says it is for.
    package let description: String?
    /// The `Metadata` block.
    package let metadata: JSONValue?
    /// The `Parameters` block in its order.
    let parameters: [ParameterDeclaration]
    /// The `Mappings` block.
    let mappings: JSONObject
    /// The `Conditions` block in its order.
    let conditions: [(name: String, expression: ConditionExpression)]
    /// The `Resources` block in its order.
    let resources: [ResourceDeclaration]
    /// The `Outputs` block in its order.
    let outputs: [OutputDeclaration]
    /// What each resource must come after, by logical id.
    let dependencies: [String: Set<String>]
    /// The logical ids in an order in which each comes after all it depends on.
    let creationOrder: [String]

    /// Reads a template, JSON or YAML.
    /// - Throws: CloudFormation's message for what is wrong first.
    package init(parsing text: String) throws(TemplateError) {
        let document = try TemplateDocument.parse(text)
        try Self.checkSections(document)
        description = try Self.description(document["Description"])
        metadata = document["Metadata"]
        parameters = try Self.parameters(try Self.section(document, "Parameters", limit: 200))
        mappings = try Self.mappings(try Self.section(document, "Mappings", limit: 200))
        conditions = try Self.conditions(try Self.section(document, "Conditions", limit: nil))
        resources = try Self.resources(try Self.section(document, "Resources", limit: 500))
        outputs = try Self.outputs(try Self.section(document, "Outputs", limit: 200))
        dependencies = try TemplateCheck(
            parameters: parameters,
            mappings: mappings,
            conditions: conditions,
            resources: resources,
            outputs: outputs
        )
        .dependencies()
        creationOrder = try DependencyGraph(nodes: resources.map(\.logicalID), dependencies: dependencies).order
    }

    /// The resource of that logical id.
    func resource(_ logicalID: String) -> ResourceDeclaration? {
        resources.first { $0.logicalID == logicalID }
    }

    /// The types of the resources, each once, in alphabetical order.
    package var resourceTypes: [String] {
        Set(resources.map(\.type.rawValue)).sorted()
    }
}

// MARK: - Sections

extension Template {
    private static let sections: Set<String> = [
        "AWSTemplateFormatVersion", "Description", "Metadata", "Parameters", "Rules", "Mappings", "Conditions",
        "Transform", "Resources", "Outputs",
    ]

    private static func checkSections(_ document: JSONObject) throws(TemplateError) {
        let unknown = document.names.filter { !sections.contains($0) }
        guard unknown.isEmpty else {
            throw TemplateError("Invalid template property or properties [\(unknown.joined(separator: ", "))]")
        }
        if let version = document["AWSTemplateFormatVersion"], version.templateText != "2010-09-09" {
            throw .format("unsupported value for AWSTemplateFormatVersion.")
        }
        if let transform = document["Transform"] {
            let names = transform.array?.compactMap(\.string) ?? [transform.string ?? "?"]
            throw TemplateError("No transform named \(names.first ?? "?") found.")
        }
        if document["Rules"] != nil {
            throw .format("the Rules block is not supported by the embedded CloudFormation")
        }
    }

    private static func description(_ value: JSONValue?) throws(TemplateError) -> String? {
        guard let value else { return nil }
        guard let text = value.string else { throw .format("Every Description member must be a string.") }
        guard text.utf8.count <= 1024 else { throw .format("'Description' length is greater than 1024.") }
        return text
    }

    private static func section(_ document: JSONObject, _ name: String, limit: Int?) throws(TemplateError) -> JSONObject
    {
        guard let value = document[name] else { return JSONObject() }
        guard let object = value.object else { throw .format("\(name) section must be an object.") }
        if let limit, object.count > limit {
            throw .format(
                "Number of \(name.lowercased()), \(object.count), is greater than maximum allowed, \(limit)"
            )
        }
        return object
    }

    private static func parameters(_ section: JSONObject) throws(TemplateError) -> [ParameterDeclaration] {
        var result: [ParameterDeclaration] = []
        for member in section.members {
            result.append(try ParameterDeclaration(name: member.name, member.value))
        }
        return result
    }

    private static func mappings(_ section: JSONObject) throws(TemplateError) -> JSONObject {
        for map in section.members {
            guard let entries = map.value.object, !entries.isEmpty else {
                throw .format("Every Mappings attribute must be a String or a List.")
            }
            for entry in entries.members {
                guard let values = entry.value.object,
                    values.members.allSatisfy({ $0.value.object == nil })
                else { throw .format("Every Mappings attribute must be a String or a List.") }
            }
        }
        return section
    }

    private static func conditions(
        _ section: JSONObject
    ) throws(TemplateError) -> [(name: String, expression: ConditionExpression)] {
        var result: [(name: String, expression: ConditionExpression)] = []
        for member in section.members {
            result.append((member.name, try ConditionExpression(member.value)))
        }
        return result
    }

    private static func resources(_ section: JSONObject) throws(TemplateError) -> [ResourceDeclaration] {
        guard !section.isEmpty else { throw .format("At least one Resources member must be defined.") }
        var found: [(member: JSONObject.Member, object: JSONObject, type: String)] = []
        for member in section.members {
            guard member.name.isAlphanumeric else {
                throw .format("Resource name \(member.name) is non alphanumeric.")
            }
            guard let object = member.value.object else { throw .format("Any Resources member must be an object.") }
            guard let type = object["Type"]?.string else {
                throw .format("[/Resources/\(member.name)] Every Resources object must contain a Type member.")
            }
            found.append((member, object, type))
        }
        let unknown = Set(found.map(\.type)).filter { ResourceType(rawValue: $0) == nil }
        guard unknown.isEmpty else {
            throw .format("Unrecognized resource types: [\(unknown.sorted().joined(separator: ", "))]")
        }
        var result: [ResourceDeclaration] = []
        for (member, object, name) in found {
            if let type = ResourceType(rawValue: name) {
                result.append(try ResourceDeclaration(logicalID: member.name, object, type: type))
            }
        }
        return result
    }

    private static func outputs(_ section: JSONObject) throws(TemplateError) -> [OutputDeclaration] {
        var result: [OutputDeclaration] = []
        for member in section.members {
            result.append(try OutputDeclaration(name: member.name, member.value))
        }
        return result
    }
}
