// SPDX-License-Identifier: Apache-2.0

package import JSONDocument

/// What a template would come to, with stand-ins for what only exists once its resources do.
package struct TemplatePreview: Sendable {
    /// The stand-in for a value that is not known yet; the words are those of a change set.
    static let unknown = JSONValue.string("{{changeSet:KNOWN_AFTER_APPLY}}")

    /// The properties of each resource that the conditions let exist.
    package let resources: [String: JSONValue]
    /// The value of each output that the conditions let exist.
    package let outputs: [String: JSONValue]

    /// Evaluates a template for a stack that does not exist.
    /// - Throws: CloudFormation's message when it or its parameters are not acceptable.
    package init(_ text: String, parameters: [ParameterValue] = []) throws(TemplateError) {
        let pseudo = PseudoParameters(
            accountID: "123456789012",
            region: "us-east-1",
            stackID: "arn:aws:cloudformation:us-east-1:123456789012:stack/preview/0",
            stackName: "preview"
        )
        let plan = try StackPlan(template: Template(parsing: text), parameters: parameters, pseudo: pseudo)
        try self.init(plan)
    }

    /// Evaluates every resource and output of a plan.
    /// - Throws: CloudFormation's message for the first value that can't be worked out.
    init(_ plan: StackPlan) throws(TemplateError) {
        var resources: [String: JSONValue] = [:]
        for declaration in plan.resources {
            resources[declaration.logicalID] = .object(
                try plan.properties(of: declaration) { _, _ in Self.unknown }
            )
        }
        var outputs: [String: JSONValue] = [:]
        for output in plan.outputs {
            outputs[output.name] = try plan.value(of: output) { _, _ in Self.unknown }
        }
        self.resources = resources
        self.outputs = outputs
    }
}
