// SPDX-License-Identifier: Apache-2.0

import JSONDocument

/// A template with its parameters: everything about a stack that can be known before its resources exist.
struct StackPlan: Sendable {
    /// The template.
    let template: Template
    /// What it is evaluated with.
    let context: TemplateContext
    /// The resources that the conditions let exist, each after all it depends on.
    let resources: [ResourceDeclaration]
    private let active: Set<String>

    /// Evaluates the parameters and conditions.
    init(
        template: Template,
        parameters: [ParameterValue],
        pseudo: PseudoParameters
    ) throws(TemplateError) {
        self.template = template
        let context = try template.context(parameters: parameters, pseudo: pseudo)
        self.context = context
        resources = template.creationOrder.compactMap(template.resource)
            .filter { resource in
                resource.condition.map { context.conditions[$0] == true } ?? true
            }
        active = Set(resources.map(\.logicalID))
    }

    /// The outputs that the conditions let exist.
    var outputs: [OutputDeclaration] {
        template.outputs.filter { output in
            output.condition.map { context.conditions[$0] == true } ?? true
        }
    }

    /// A resource's properties, with what other resources have come to.
    func properties(
        of resource: ResourceDeclaration,
        _ known: @escaping @Sendable (_ logicalID: String, _ attribute: String?) -> JSONValue?
    ) throws(TemplateError) -> JSONObject {
        try evaluator("Resources", known).value(.object(resource.properties))?.object ?? JSONObject()
    }

    /// One property of a resource, as far as it can be known; `nil` when absent.
    func property(
        _ name: String,
        of resource: ResourceDeclaration,
        _ known: @escaping @Sendable (_ logicalID: String, _ attribute: String?) -> JSONValue?
    ) throws(TemplateError) -> JSONValue? {
        guard let member = resource.properties.first(where: { $0.name == name }) else { return nil }
        return try evaluator("Resources", known).value(member.value)
    }

    /// The value of an output.
    func value(
        of output: OutputDeclaration,
        _ known: @escaping @Sendable (_ logicalID: String, _ attribute: String?) -> JSONValue?
    ) throws(TemplateError) -> JSONValue {
        guard let value = try evaluator("Outputs", known).value(output.value) else {
            throw .format("Resource name \(PseudoParameters.noValue) is non alphanumeric.")
        }
        return value
    }

    /// The name under which an output is exported; `nil` when it is not.
    func exportName(
        of output: OutputDeclaration,
        _ known: @escaping @Sendable (_ logicalID: String, _ attribute: String?) -> JSONValue?
    ) throws(TemplateError) -> String? {
        guard let exportName = output.exportName else { return nil }
        guard let name = try evaluator("Outputs", known).text(exportName), !name.isEmpty else {
            throw .format(
                "Output \(output.name) is malformed. The Name field of every Export member must be specified."
            )
        }
        return name
    }

    private func evaluator(
        _ block: String,
        _ known: @escaping @Sendable (_ logicalID: String, _ attribute: String?) -> JSONValue?
    ) -> TemplateEvaluator {
        let active = active
        return TemplateEvaluator(context: context, block: block) { logicalID, attribute in
            active.contains(logicalID) ? known(logicalID, attribute) : nil
        }
    }
}
