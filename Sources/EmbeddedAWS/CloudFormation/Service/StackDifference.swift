// SPDX-License-Identifier: Apache-2.0

import JSONDocument

/// What an update would change in a stack.
struct StackDifference {
    /// The wire's `ResourceChange` objects, in the order of the template, removals last.
    private(set) var changes: [JSONValue] = []
    /// Whether there is anything to do, be it for the stack's tags, parameters or outputs alone.
    private(set) var isEmpty: Bool
    /// The logical ids whose type would change, which is not possible.
    private(set) var changedTypes: [String] = []

    /// Compares a stack with what it would become.
    ///
    /// Resources that do not exist yet, or will be replaced, have values that can't be known.
    init(
        from stack: StackRecord,
        to definition: StackDefinition,
        _ plan: StackPlan,
        _ engine: StackEngine,
        _ state: EmbeddedState
    ) {
        isEmpty =
            stack.definition.tags == definition.tags
            && stack.definition.shownParameters == definition.shownParameters
            && stack.definition.parameters == definition.parameters
            && stack.definition.notificationARNs == definition.notificationARNs
        let tagsChange = stack.definition.tags != definition.tags
        var settled = stack.resources.filter(\.exists)
        for declaration in plan.resources {
            guard let old = settled.first(where: { $0.logicalID == declaration.logicalID }) else {
                changes.append(Self.addition(declaration))
                continue
            }
            guard old.type == declaration.type else {
                changedTypes.append(declaration.logicalID)
                continue
            }
            let known = Self.known(settled, engine, state)
            guard let properties = try? plan.properties(of: declaration, known) else { continue }
            let comparison = ResourceComparison(old, declaration, properties, tagsChange: tagsChange, engine)
            guard !comparison.isEmpty else { continue }
            changes.append(comparison.change)
            if comparison.isReplaced {
                settled.removeAll { $0.logicalID == old.logicalID }
            }
        }
        let wanted = Set(plan.resources.map(\.logicalID))
        for old in stack.resources.reversed() where old.exists && !wanted.contains(old.logicalID) {
            changes.append(Self.removal(old))
        }
        isEmpty = isEmpty && changes.isEmpty && changedTypes.isEmpty
        isEmpty = isEmpty && Self.outputs(plan, Self.known(settled, engine, state)) == stack.outputs
    }

    private static func known(
        _ resources: [StackResource],
        _ engine: StackEngine,
        _ state: EmbeddedState
    ) -> @Sendable (_ logicalID: String, _ attribute: String?) -> JSONValue? {
        let values = engine.values(of: resources, state)
        return { logicalID, attribute in values(logicalID, attribute) ?? TemplatePreview.unknown }
    }

    /// The outputs as far as they can be known; `nil` when one can't be worked out, which the update will tell.
    private static func outputs(
        _ plan: StackPlan,
        _ known: @escaping @Sendable (_ logicalID: String, _ attribute: String?) -> JSONValue?
    ) -> [StackOutput]? {
        var result: [StackOutput] = []
        for output in plan.outputs {
            guard let value = try? plan.value(of: output, known).templateText,
                let exportName = try? plan.exportName(of: output, known) as String??
            else { return nil }
            result.append(
                StackOutput(key: output.name, value: value, details: output.description, exportName: exportName)
            )
        }
        return result
    }

    private static func addition(_ declaration: ResourceDeclaration) -> JSONValue {
        [
            "Action": "Add", "LogicalResourceId": .string(declaration.logicalID),
            "ResourceType": .string(declaration.type.rawValue), "Scope": [], "Details": [],
        ]
    }

    private static func removal(_ resource: StackResource) -> JSONValue {
        [
            "PolicyAction": resource.deletionPolicy == .delete ? "Delete" : "Retain",
            "Action": "Remove", "LogicalResourceId": .string(resource.logicalID),
            "PhysicalResourceId": .string(resource.physicalID ?? ""),
            "ResourceType": .string(resource.type.rawValue), "Scope": [], "Details": [],
        ]
    }
}

/// How a resource compares with what the template would make of it.
private struct ResourceComparison {
    private let old: StackResource
    private let declaration: ResourceDeclaration
    private var scopes: [String] = []
    private var details: [JSONValue] = []
    /// Whether another resource would take its place.
    private(set) var isReplaced = false

    init(
        _ old: StackResource,
        _ declaration: ResourceDeclaration,
        _ properties: JSONObject,
        tagsChange: Bool,
        _ engine: StackEngine
    ) {
        self.old = old
        self.declaration = declaration
        if old.properties != properties {
            scopes.append("Properties")
            isReplaced = Self.isReplaced(old, properties, engine)
            let names = old.properties.names + properties.names.filter { old.properties[$0] == nil }
            for name in names where old.properties[name] != properties[name] {
                var single = old.properties
                single[name] = properties[name]
                details.append(
                    Self.detail(
                        "Properties",
                        name,
                        recreation: Self.isReplaced(old, single, engine) ? "Always" : "Never",
                        isKnown: !(properties[name]?.text().contains(Self.unknownText) ?? false)
                    )
                )
            }
        }
        if tagsChange, declaration.type.isTaggable {
            scopes.append("Tags")
            details.append(Self.detail("Tags", nil, recreation: "Never", isKnown: true))
        }
        for (scope, differs) in [
            ("DeletionPolicy", old.deletionPolicy != declaration.deletionPolicy),
            ("UpdateReplacePolicy", old.updateReplacePolicy != declaration.updateReplacePolicy),
            ("Metadata", old.metadata != declaration.metadata),
        ] where differs {
            scopes.append(scope)
            details.append(Self.detail(scope, nil, recreation: "Never", isKnown: true))
        }
    }

    var isEmpty: Bool {
        scopes.isEmpty && old.status != .updateFailed
    }

    /// The wire's `ResourceChange`.
    var change: JSONValue {
        [
            "Action": "Modify", "LogicalResourceId": .string(old.logicalID),
            "PhysicalResourceId": .string(old.physicalID ?? ""), "ResourceType": .string(old.type.rawValue),
            "Replacement": isReplaced ? "True" : "False", "Scope": .array(scopes.map { .string($0) }),
            "Details": .array(details),
        ]
    }

    private static let unknownText = TemplatePreview.unknown.string ?? ""

    /// A change that the handler refuses counts as a replacement, as the documentation of such properties says.
    private static func isReplaced(_ old: StackResource, _ properties: JSONObject, _ engine: StackEngine) -> Bool {
        do {
            return try engine.handler(old.type).needsReplacement(from: old.properties, to: properties)
        } catch {
            return true
        }
    }

    private static func detail(_ attribute: String, _ name: String?, recreation: String, isKnown: Bool) -> JSONValue {
        var target = JSONObject()
        target["Attribute"] = .string(attribute)
        target["Name"] = name.map { .string($0) }
        target["RequiresRecreation"] = .string(recreation)
        return [
            "Target": .object(target), "Evaluation": isKnown ? "Static" : "Dynamic",
            "ChangeSource": "DirectModification",
        ]
    }
}
