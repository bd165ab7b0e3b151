// SPDX-License-Identifier: Apache-2.0

import JSONDocument

/// What happens to a resource that its stack no longer wants.
enum RetentionPolicy: String, Sendable, Hashable {
    /// It is deleted.
    case delete = "Delete"
    /// It stays, outside any stack.
    case retain = "Retain"
    /// It stays, unless the operation that created it rolls back.
    case retainExceptOnCreate = "RetainExceptOnCreate"
}

/// An entry of a template's `Resources` block.
struct ResourceDeclaration: Sendable {
    let logicalID: String
    let type: ResourceType
    let properties: [TemplateExpression.Member]
    let dependsOn: [String]
    let condition: String?
    let deletionPolicy: RetentionPolicy
    let updateReplacePolicy: RetentionPolicy
    let metadata: JSONValue?

    /// Reads a declaration whose type is known to exist.
    init(logicalID: String, _ object: JSONObject, type: ResourceType) throws(TemplateError) {
        for member in object.members where !Self.attributes.contains(member.name) {
            throw TemplateError("Invalid template resource property '\(member.name)'")
        }
        self.logicalID = logicalID
        self.type = type
        properties = try Self.properties(object["Properties"])
        dependsOn = try Self.dependsOn(object["DependsOn"])
        condition = try Self.condition(object["Condition"])
        deletionPolicy = try Self.retention(object, "DeletionPolicy", of: type, orElse: .delete)
        updateReplacePolicy = try Self.retention(object, "UpdateReplacePolicy", of: type, orElse: .delete)
        metadata = object["Metadata"]
    }

    private static let attributes: Set<String> = [
        "Type", "Properties", "DependsOn", "Condition", "DeletionPolicy", "UpdateReplacePolicy", "Metadata",
        "CreationPolicy", "UpdatePolicy",
    ]

    private static func properties(_ value: JSONValue?) throws(TemplateError) -> [TemplateExpression.Member] {
        guard let value else { return [] }
        guard let object = value.object else { throw .format("Any Properties member must be a JSON object.") }
        guard case .object(let members) = try TemplateExpression(.object(object)) else {
            throw .format("Any Properties member must be a JSON object.")
        }
        return members
    }

    private static func dependsOn(_ value: JSONValue?) throws(TemplateError) -> [String] {
        guard let value else { return [] }
        if let name = value.string {
            return [name]
        }
        guard let elements = value.array, case let names = elements.compactMap(\.string), names.count == elements.count
        else { throw .format("Every DependsOn value must be a string or a list of strings.") }
        return names
    }

    private static func condition(_ value: JSONValue?) throws(TemplateError) -> String? {
        guard let value else { return nil }
        guard let name = value.string else { throw .format("Every Condition member must be a string.") }
        return name
    }

    private static func retention(
        _ object: JSONObject,
        _ attribute: String,
        of type: ResourceType,
        orElse fallback: RetentionPolicy
    ) throws(TemplateError) -> RetentionPolicy {
        guard let value = object[attribute] else { return fallback }
        guard let text = value.string else { throw .format("Every \(attribute) member must be a string.") }
        if text == "Snapshot" {
            throw .format("Type \(type.rawValue) does not support Snapshot \(attribute).")
        }
        guard let policy = RetentionPolicy(rawValue: text),
            attribute == "DeletionPolicy" || policy != .retainExceptOnCreate
        else { throw .format("Unrecognized \(attribute) \(text) for resource type \(type.rawValue).") }
        return policy
    }
}

/// The resource types that can be created; the raw value is the template's word.
package enum ResourceType: String, Sendable, Hashable, CaseIterable {
    /// A KMS key.
    case key = "AWS::KMS::Key"
    /// A KMS alias.
    case alias = "AWS::KMS::Alias"

    /// What `Fn::GetAtt` can ask of it.
    var attributes: [String] {
        switch self {
        case .key: ["Arn", "KeyId"]
        case .alias: []
        }
    }
}
