// SPDX-License-Identifier: Apache-2.0

import AWSWire
import CoreValues
package import JSONDocument

/// Makes, changes and deletes `AWS::KMS::Alias`; source: reference/cloudformation.md §2.
package struct KMSAliasHandler: ResourceHandler {
    let engine: KMSEngine

    package func create(
        _ order: ResourceOrder,
        in state: EmbeddedState
    ) throws(ResourceFailure) -> ResourceOutcome {
        let wanted = try Properties(order)
        let kms = KMSHandlerCall(engine, order)
        try checkIsFree(wanted.name, kms.call, in: state)
        let created = try kms("CreateAlias") { (engine, call) throws(AWSError) in
            try engine.createAlias(wanted.name, targetKeyID: wanted.target, call, in: state.kms)
        }
        return ResourceOutcome(physicalID: wanted.name, changes: created.changes.map { .kms($0) })
    }

    package func needsReplacement(from old: JSONObject, to new: JSONObject) throws(ResourceFailure) -> Bool {
        old["AliasName"] != new["AliasName"]
    }

    package func update(
        _ physicalID: String,
        from old: JSONObject,
        to order: ResourceOrder,
        in state: EmbeddedState
    ) throws(ResourceFailure) -> ResourceOutcome {
        let wanted = try Properties(order)
        let updated = try KMSHandlerCall(engine, order)("UpdateAlias") { (engine, call) throws(AWSError) in
            try engine.updateAlias(physicalID, targetKeyID: wanted.target, call, in: state.kms)
        }
        return ResourceOutcome(physicalID: physicalID, changes: updated.changes.map { .kms($0) })
    }

    package func delete(
        _ physicalID: String,
        _ order: ResourceOrder,
        in state: EmbeddedState
    ) throws(ResourceFailure) -> ResourceOutcome {
        let kms = KMSHandlerCall(engine, order)
        guard engine.alias(physicalID, kms.call, in: state.kms) != nil else {
            return ResourceOutcome(physicalID: physicalID, changes: [])
        }
        let deleted = try kms("DeleteAlias") { (engine, call) throws(AWSError) in
            try engine.deleteAlias(physicalID, call, in: state.kms)
        }
        return ResourceOutcome(physicalID: physicalID, changes: deleted.changes.map { .kms($0) })
    }

    package func attribute(_ name: String, of physicalID: String, in state: EmbeddedState) -> JSONValue? {
        nil
    }

    /// AWS's handler asks DescribeKey for the alias first and takes everything but "not found" for a yes, also a
    /// refusal to say.
    private func checkIsFree(
        _ name: String,
        _ call: KMSCall,
        in state: EmbeddedState
    ) throws(ResourceFailure) {
        guard engine.alias(name, call, in: state.kms) != nil else { return }
        throw ResourceFailure(
            code: "AlreadyExists",
            message: "Resource of type 'AWS::KMS::Alias' with identifier '\(name)' already exists."
        )
    }

    private struct Properties {
        let name: String
        let target: String

        init(_ order: ResourceOrder) throws(ResourceFailure) {
            let properties = try ResourceProperties(order, known: ["AliasName", "TargetKeyId"])
            name = try properties.requiredString("AliasName", length: 1...256)
            target = try properties.requiredString("TargetKeyId", length: 1...2048)
            let isWellFormed = name.hasPrefix("alias/") && name.utf8.count > 6 && name.utf8.allSatisfy(Self.isAllowed)
            guard isWellFormed else {
                throw properties.failure(
                    "#/AliasName: string [\(name)] does not match pattern ^(alias/)[a-zA-Z0-9:/_-]+$"
                )
            }
        }

        private static func isAllowed(_ byte: UInt8) -> Bool {
            switch byte {
            case 48...57, 65...90, 97...122, 45, 47, 58, 95: true
            default: false
            }
        }
    }
}
