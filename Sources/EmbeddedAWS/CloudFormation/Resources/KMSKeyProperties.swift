// SPDX-License-Identifier: Apache-2.0

import CoreValues
import JSONDocument

/// The properties of an `AWS::KMS::Key`; source: reference/cloudformation.md §1.
struct KMSKeyProperties {
    let policy: String?
    let details: String
    let isEnabled: Bool
    let rotates: Bool
    let rotationPeriodInDays: Int?
    let pendingWindowInDays: Int?
    let bypassesLockoutCheck: Bool?
    let isMultiRegion: Bool
    let keySpec: String
    let keyUsage: String
    let origin: String
    let tags: [KeyTag]

    private static let names = [
        "BypassPolicyLockoutSafetyCheck", "Description", "EnableKeyRotation", "Enabled", "KeyPolicy", "KeySpec",
        "KeyUsage", "MultiRegion", "Origin", "PendingWindowInDays", "RotationPeriodInDays", "Tags",
    ]

    /// Reads the properties; the stack's tags are added where the resource has none of the same key.
    init(_ order: ResourceOrder) throws(ResourceFailure) {
        let properties = try ResourceProperties(order, known: Self.names)
        policy = try Self.policy(properties)
        details = try properties.string("Description", length: 0...8192) ?? ""
        isEnabled = try properties.bool("Enabled") ?? true
        rotates = try properties.bool("EnableKeyRotation") ?? false
        rotationPeriodInDays = try properties.integer("RotationPeriodInDays", 90...2560)
        pendingWindowInDays = try properties.integer("PendingWindowInDays", 7...30)
        bypassesLockoutCheck = try properties.bool("BypassPolicyLockoutSafetyCheck")
        isMultiRegion = try properties.bool("MultiRegion") ?? false
        keySpec = try properties.choice("KeySpec", of: KeyKinds.specs) ?? KeyKinds.spec
        keyUsage = try properties.choice("KeyUsage", of: KeyKinds.usages) ?? KeyKinds.usage
        origin = try properties.choice("Origin", of: [KeyKinds.origin, "EXTERNAL"]) ?? KeyKinds.origin
        let own = try properties.tags("Tags")
        tags = own + order.stackTags.filter { tag in !own.contains { $0.key == tag.key } }
        if rotates, keySpec != KeyKinds.spec || origin != KeyKinds.origin {
            throw ResourceFailure(
                code: "InvalidRequest",
                message: "You cannot set the EnableKeyRotation property to true on asymmetric or external keys."
            )
        }
    }

    /// What CreateKey is asked for.
    var request: CreateKeyRequest {
        CreateKeyRequest(
            policy: policy,
            details: details,
            keySpec: keySpec,
            keyUsage: keyUsage,
            origin: origin,
            isMultiRegion: isMultiRegion,
            bypassesLockoutCheck: bypassesLockoutCheck,
            tags: tags
        )
    }

    /// What a key keeps for ever.
    var unchangeable: [String] {
        [keySpec, keyUsage, origin, "\(isMultiRegion)"]
    }

    /// The policy is written as an object, or as its text.
    private static func policy(_ properties: ResourceProperties) throws(ResourceFailure) -> String? {
        guard let value = properties.value("KeyPolicy") else { return nil }
        switch value {
        case .string(""): return nil
        case .string(let text): return text
        case .object: return value.text()
        default: throw properties.wrongType("KeyPolicy", "JSONObject or String", value)
        }
    }
}
