// SPDX-License-Identifier: Apache-2.0

import JSONDocument

/// Checks that everything a template names exists, and finds out which resource needs which.
struct TemplateCheck {
    let parameters: [ParameterDeclaration]
    let mappings: JSONObject
    let conditions: [(name: String, expression: ConditionExpression)]
    let resources: [ResourceDeclaration]
    let outputs: [OutputDeclaration]

    private var values: Set<String> {
        PseudoParameters.names.union(parameters.map(\.name))
    }

    /// What each resource depends on, by logical id.
    /// - Throws: CloudFormation's message for the first name that is not defined.
    func dependencies() throws(TemplateError) -> [String: Set<String>] {
        try checkParameterNames()
        try checkConditions()
        try checkReferences(outputReferences, block: "Outputs")
        try checkConditionNames(resources.compactMap(\.condition), block: "Resources")
        try checkConditionNames(outputs.compactMap(\.condition), block: "Outputs")
        var result: [String: Set<String>] = [:]
        var unresolved: Set<String> = []
        let types = resourceTypes
        for resource in resources {
            let references = TemplateReferences(.object(resource.properties))
            try checkFunctions(references)
            let named = references.names.filter { !values.contains($0) } + resource.dependsOn
            unresolved.formUnion(named.filter { types[$0] == nil })
            result[resource.logicalID] = Set(named + references.attributes.map(\.resource))
        }
        try refuse(unresolved, block: "Resources")
        return result
    }

    private var resourceTypes: [String: ResourceType] {
        Dictionary(resources.map { ($0.logicalID, $0.type) }, uniquingKeysWith: { first, _ in first })
    }

    private var outputReferences: TemplateReferences {
        TemplateReferences(.list(outputs.map(\.value) + outputs.compactMap(\.exportName)))
    }

    private func checkParameterNames() throws(TemplateError) {
        let types = resourceTypes
        for parameter in parameters where types[parameter.name] != nil {
            throw .format("Parameter and resource names must be unique: [\(parameter.name)]")
        }
    }

    private func checkReferences(_ references: TemplateReferences, block: String) throws(TemplateError) {
        try checkFunctions(references)
        let types = resourceTypes
        try refuse(Set(references.names.filter { !values.contains($0) && types[$0] == nil }), block: block)
    }

    private func refuse(_ unresolved: Set<String>, block: String) throws(TemplateError) {
        guard unresolved.isEmpty else {
            throw .format(
                "Unresolved resource dependencies [\(unresolved.sorted().joined(separator: ", "))] in the \(block) "
                    + "block of the template"
            )
        }
    }

    private func checkFunctions(_ references: TemplateReferences) throws(TemplateError) {
        let types = resourceTypes
        for attribute in references.attributes {
            guard let type = types[attribute.resource] else {
                throw .function(
                    "instance of \(attribute.function) references undefined resource \(attribute.resource)"
                )
            }
            guard type.attributes.contains(attribute.name) else {
                throw .function(
                    "resource \(attribute.resource) does not support attribute type \(attribute.name) in "
                        + attribute.function
                )
            }
        }
        let known = Set(conditions.map(\.name))
        for condition in references.conditions where !known.contains(condition) {
            throw .function("unresolved condition dependency \(condition) in Fn::If")
        }
        for mapping in references.mappings where mappings[mapping] == nil {
            throw .function("Mapping named '\(mapping)' is not present in the 'Mappings' section of template.")
        }
    }

    private func checkConditions() throws(TemplateError) {
        let known = Set(conditions.map(\.name))
        for (_, expression) in conditions {
            try checkConditionNames(expression.names, block: "Conditions")
            let references = TemplateReferences(.list(expression.values))
            let resources = references.names.filter { !values.contains($0) } + references.attributes.map(\.resource)
            guard resources.isEmpty else {
                throw .format(
                    "Unresolved dependencies [\(Set(resources).sorted().joined(separator: ", "))]. Cannot reference "
                        + "resources in the Conditions block of the template"
                )
            }
            try checkFunctions(references)
        }
        let needs = Dictionary(
            conditions.map { ($0.name, Set($0.expression.names).intersection(known)) },
            uniquingKeysWith: { first, _ in first }
        )
        do {
            _ = try DependencyGraph(nodes: conditions.map(\.name), dependencies: needs)
        } catch {
            throw .format("Circular dependency between conditions")
        }
    }

    private func checkConditionNames(_ names: [String], block: String) throws(TemplateError) {
        let known = Set(conditions.map(\.name))
        for name in names where !known.contains(name) {
            throw .format("Unresolved condition dependency \(name) in the \(block) block of the template")
        }
    }
}
