// SPDX-License-Identifier: Apache-2.0

import AWSWire
import CoreValues
package import JSONDocument

/// Makes, changes and deletes `AWS::KMS::Key`, in the order of AWS's own handler.
///
/// Source: reference/cloudformation.md §1.
package struct KMSKeyHandler: ResourceHandler {
    let engine: KMSEngine

    package func create(
        _ order: ResourceOrder,
        in state: EmbeddedState
    ) throws(ResourceFailure) -> ResourceOutcome {
        let wanted = try KMSKeyProperties(order)
        let kms = KMSHandlerCall(engine, order)
        let created = try kms("CreateKey") { (engine, call) throws(AWSError) in
            try engine.createKey(wanted.request, call, in: state.kms)
        }
        var subject = KeySubject(new: created.result)
        if wanted.rotates {
            subject.key = try kms("EnableKeyRotation") { (engine, call) throws(AWSError) in
                try engine.enablingRotation(wanted.rotationPeriodInDays, subject, call)
            }
        }
        if !wanted.isEnabled {
            subject.key = try kms("DisableKey") { (engine, call) throws(AWSError) in
                try engine.disabling(subject, call)
            }
        }
        return outcome(subject, before: created.changes.filter { $0 != .putKey(created.result) })
    }

    package func needsReplacement(from old: JSONObject, to new: JSONObject) throws(ResourceFailure) -> Bool {
        for name in ["KeySpec", "KeyUsage", "Origin", "MultiRegion"]
        where Self.unchangeable(name, old) != Self.unchangeable(name, new) {
            throw Self.unchangeableFailure
        }
        return false
    }

    package func update(
        _ physicalID: String,
        from old: JSONObject,
        to order: ResourceOrder,
        in state: EmbeddedState
    ) throws(ResourceFailure) -> ResourceOutcome {
        _ = try needsReplacement(from: old, to: order.properties)
        let wanted = try KMSKeyProperties(order)
        let kms = KMSHandlerCall(engine, order)
        var subject = try kms("DescribeKey") { (engine, call) throws(AWSError) in
            try engine.subject(physicalID, call, in: state.kms)
        }
        guard subject.key.deletionDate == nil else {
            throw ResourceFailure(code: "NotFound", message: "\(subject.key.arn) is pending deletion.")
        }
        try updateState(&subject, wanted, kms)
        if subject.key.details != wanted.details {
            subject.key = try kms("UpdateKeyDescription") { (engine, call) throws(AWSError) in
                try engine.updatingDescription(wanted.details, subject, call)
            }
        }
        try updatePolicy(&subject, wanted, kms)
        try updateTags(&subject, wanted, from: old, order, kms)
        return outcome(subject)
    }

    package func delete(
        _ physicalID: String,
        _ order: ResourceOrder,
        in state: EmbeddedState
    ) throws(ResourceFailure) -> ResourceOutcome {
        let nothing = ResourceOutcome(physicalID: physicalID, changes: [])
        guard let id = KeyID(physicalID), let key = state.kms.key(id, at: order.now), key.deletionDate == nil else {
            return nothing
        }
        // Properties that have become unreadable must not keep a stack from being deleted.
        let days = try? ResourceProperties(logicalID: order.logicalID, order.properties)
            .integer("PendingWindowInDays", 7...30)
        let deletion = try KMSHandlerCall(engine, order)("ScheduleKeyDeletion") { (engine, call) throws(AWSError) in
            try engine.scheduleKeyDeletion(physicalID, pendingWindowInDays: days, call, in: state.kms)
        }
        return ResourceOutcome(physicalID: physicalID, changes: deletion.changes.map { .kms($0) })
    }

    package func attribute(_ name: String, of physicalID: String, in state: EmbeddedState) -> JSONValue? {
        guard let id = KeyID(physicalID), let key = state.kms.record(id) else { return nil }
        return switch name {
        case "Arn": .string(key.arn)
        case "KeyId": .string(physicalID)
        default: nil
        }
    }

    // MARK: Steps of an update

    /// Enabling comes before changes of rotation, which only enabled keys allow, and disabling after them.
    private func updateState(
        _ subject: inout KeySubject,
        _ wanted: KMSKeyProperties,
        _ kms: KMSHandlerCall
    ) throws(ResourceFailure) {
        let isEnabled = subject.key.status == .enabled
        let changesRotation =
            wanted.rotates != (subject.key.rotation != nil)
            || wanted.rotates && wanted.rotationPeriodInDays.map { $0 != subject.key.rotation?.periodInDays } ?? false
        if changesRotation, !isEnabled, !wanted.isEnabled {
            throw ResourceFailure(
                code: "InvalidRequest",
                message: "You cannot change the EnableKeyRotation property while the Enabled property is false."
            )
        }
        if wanted.isEnabled, !isEnabled {
            subject.key = try kms("EnableKey") { (engine, call) throws(AWSError) in
                try engine.enabling(subject, call)
            }
        }
        if changesRotation {
            let period = wanted.rotationPeriodInDays ?? subject.key.rotation?.periodInDays
            subject.key = try kms(wanted.rotates ? "EnableKeyRotation" : "DisableKeyRotation") {
                (engine, call) throws(AWSError) in
                wanted.rotates
                    ? try engine.enablingRotation(period, subject, call)
                    : try engine.disablingRotation(subject, call)
            }
        }
        if !wanted.isEnabled, isEnabled {
            subject.key = try kms("DisableKey") { (engine, call) throws(AWSError) in
                try engine.disabling(subject, call)
            }
        }
    }

    private func updatePolicy(
        _ subject: inout KeySubject,
        _ wanted: KMSKeyProperties,
        _ kms: KMSHandlerCall
    ) throws(ResourceFailure) {
        let text = wanted.policy ?? engine.defaultPolicy.text
        guard (try? engine.accepted(text)) != subject.key.policy else { return }
        subject.key = try kms("PutKeyPolicy") { (engine, call) throws(AWSError) in
            try engine.puttingKeyPolicy(text, wanted.bypassesLockoutCheck, subject, call)
        }
    }

    /// Only the stack's own tags are touched; what else the key carries is somebody else's.
    private func updateTags(
        _ subject: inout KeySubject,
        _ wanted: KMSKeyProperties,
        from old: JSONObject,
        _ order: ResourceOrder,
        _ kms: KMSHandlerCall
    ) throws(ResourceFailure) {
        let present = subject.key.tags
        let formerly = (try? ResourceProperties(logicalID: order.logicalID, old).tags("Tags")) ?? []
        let stale = formerly.map(\.key)
            .filter { key in
                present.contains { $0.key == key } && !wanted.tags.contains { $0.key == key }
            }
        if !stale.isEmpty {
            subject.key = try kms("UntagResource") { (engine, call) throws(AWSError) in
                try engine.untagging(stale, subject, call)
            }
        }
        let fresh = wanted.tags.filter { !present.contains($0) }
        if !fresh.isEmpty {
            subject.key = try kms("TagResource") { (engine, call) throws(AWSError) in
                try TagRules.check(fresh)
                return try engine.tagging(fresh, subject, call)
            }
        }
    }

    // MARK: Parts

    private func outcome(_ subject: KeySubject, before changes: [KMSMutation] = []) -> ResourceOutcome {
        ResourceOutcome(
            physicalID: subject.key.id.description,
            changes: (changes + subject.changes).map { .kms($0) }
        )
    }

    private static func unchangeable(_ name: String, _ properties: JSONObject) -> String {
        switch (name, properties[name]) {
        case (_, .string(let text)?): text.lowercased()
        case (_, .bool(let flag)?): "\(flag)"
        case ("KeySpec", _): KeyKinds.spec.lowercased()
        case ("KeyUsage", _): KeyKinds.usage.lowercased()
        case ("Origin", _): KeyKinds.origin.lowercased()
        default: "false"
        }
    }

    private static let unchangeableFailure = ResourceFailure(
        code: "InvalidRequest",
        message: "You cannot change the values of the KeySpec, KeyUsage, Origin, or MultiRegion properties of an "
            + "AWS::KMS::Key resource."
    )
}
