// SPDX-License-Identifier: Apache-2.0

/// What is known of a condition key that requests to AWS KMS can carry.
///
/// Keys are compared without regard to case. Sources: Service Authorization Reference, "Condition keys for AWS Key
/// Management Service"; KMS developer guide, "AWS KMS condition keys"; IAM user guide, "AWS global condition context
/// keys"; reference/kms-policy.md §3.
package struct ConditionKey: Sendable, Hashable {
    /// The type of the values.
    package enum ValueType: String, Sendable, Hashable, CaseIterable {
        case string = "String"
        case bool = "Bool"
        case numeric = "Numeric"
        case date = "Date"
        case arn = "ARN"
        case ipAddress = "IPAddress"
    }

    /// Whether a request that can carry the key always does.
    package enum Presence: String, Sendable, Hashable, CaseIterable {
        /// Every request of an operation that has the key carries it.
        case always
        /// Some requests carry it, others don't.
        case sometimes
    }

    /// The key as AWS writes it; that of a family ends with its separator: `kms:EncryptionContext:`,
    /// `aws:ResourceTag/`.
    package let name: String
    /// The type of the values.
    package let type: ValueType
    /// Whether a request can carry several values, so that a set qualifier is needed.
    package let isMultivalued: Bool
    /// Whether requests always carry the key where they can.
    package let presence: Presence
    /// The KMS actions whose requests can carry it.
    package let actions: KMSActionSet
    /// Whether it has an effect in identity policies only.
    package let isForIdentityPoliciesOnly: Bool

    init(
        _ name: String,
        _ type: ValueType = .string,
        isMultivalued: Bool = false,
        _ presence: Presence = .sometimes,
        on actions: KMSActionSet = KMSActionSet.all.subtracting(KMSActionSet([.synchronizeMultiRegionKey])),
        isForIdentityPoliciesOnly: Bool = false
    ) {
        self.name = name
        self.type = type
        self.isMultivalued = isMultivalued
        self.presence = presence
        self.actions = actions
        self.isForIdentityPoliciesOnly = isForIdentityPoliciesOnly
    }

    /// Whether the name is completed by a name of the policy's author, such as that of a tag.
    package var isFamily: Bool {
        name.hasSuffix(":") || name.hasSuffix("/")
    }

    /// Whether the key belongs to KMS, as against those that every service has.
    package var isKMS: Bool {
        name.hasPrefix("kms:")
    }

    /// Finds a key as a policy writes it, in any case of letters.
    /// - Returns: `nil` for a key that requests to KMS never carry, or that is not known here.
    package init?(named text: String) {
        let name = text.lowercased()
        if let known = Self.byName[name] {
            self = known
            return
        }
        let family = Self.families.first { name.count > $0.name.count && name.hasPrefix($0.name.lowercased()) }
        guard let family else { return nil }
        self = family
    }

    /// Every key, those of KMS first; families once.
    package static let all = kms + global

    private static let byName = Dictionary(
        all.filter { !$0.isFamily }.map { ($0.name.lowercased(), $0) },
        uniquingKeysWith: { first, _ in first }
    )

    private static let families = all.filter(\.isFamily)
}

extension KMSAction {
    /// The condition keys that requests for the action can carry, families by their common part.
    package var conditionKeys: [ConditionKey] {
        ConditionKey.all.filter { $0.actions.contains(self) }
    }
}
