// SPDX-License-Identifier: Apache-2.0

import CoreValues
import EmbeddedAWS
import JSONDocument

/// Makes resources that exist only as names in the account: of keys a random one, of aliases the one they ask for.
///
/// The property `Fail` names the calls that fail. Changing `MultiRegion` or `AliasName` needs a new resource, changing
/// `KeySpec` is refused.
struct FakeResources: ResourceHandler {
    let type: ResourceType
    let ids: any IDGenerator

    /// The name under which the account has a resource.
    private func place(_ physicalID: String) -> String {
        type == .key ? "key/\(physicalID)" : physicalID
    }

    private var shelf: KeyID? {
        KeyID("00000000-0000-0000-0000-00000000000\(type == .key ? 1 : 2)")
    }

    /// The names of all resources of the type.
    func all(in state: EmbeddedState) -> [String] {
        shelf.map { state.kms.aliasNames(of: $0) } ?? []
    }

    private func fail(_ call: String, _ properties: JSONObject) throws(ResourceFailure) {
        if properties["Fail"]?.string?.contains(call) ?? false {
            throw ResourceFailure(code: "InvalidRequest", message: "\(call) is not possible")
        }
    }

    private func put(_ physicalID: String, _ order: ResourceOrder) throws(ResourceFailure) -> ResourceOutcome {
        guard let shelf else { throw ResourceFailure(code: "InternalFailure", message: "no shelf") }
        let record = AliasRecord(
            name: place(physicalID),
            arn: "arn:aws:kms:us-east-1:123456789012:\(place(physicalID))",
            keyID: shelf,
            createdAt: order.now,
            updatedAt: order.now
        )
        return ResourceOutcome(physicalID: physicalID, changes: [.kms(.putAlias(record))])
    }

    func create(_ order: ResourceOrder, in state: EmbeddedState) throws(ResourceFailure) -> ResourceOutcome {
        try fail("create", order.properties)
        let physicalID = type == .key ? ids.uuid() : order.properties["AliasName"]?.string ?? ""
        guard state.kms.alias(place(physicalID)) == nil else {
            throw ResourceFailure(code: "AlreadyExists", message: "\(physicalID) already exists.")
        }
        return try put(physicalID, order)
    }

    func needsReplacement(from old: JSONObject, to new: JSONObject) throws(ResourceFailure) -> Bool {
        guard old["KeySpec"] == new["KeySpec"] else {
            throw ResourceFailure(code: "NotUpdatable", message: "You cannot change KeySpec.")
        }
        return old["MultiRegion"] != new["MultiRegion"] || old["AliasName"] != new["AliasName"]
    }

    func update(
        _ physicalID: String,
        from old: JSONObject,
        to order: ResourceOrder,
        in state: EmbeddedState
    ) throws(ResourceFailure) -> ResourceOutcome {
        try fail("update", order.properties)
        if old["Stuck"] != nil {
            throw ResourceFailure(code: "InvalidRequest", message: "there is no way back")
        }
        return try put(physicalID, order)
    }

    func delete(
        _ physicalID: String,
        _ order: ResourceOrder,
        in state: EmbeddedState
    ) throws(ResourceFailure) -> ResourceOutcome {
        try fail("delete", order.properties)
        return ResourceOutcome(physicalID: physicalID, changes: [.kms(.removeAlias(place(physicalID)))])
    }

    func attribute(_ name: String, of physicalID: String, in state: EmbeddedState) -> JSONValue? {
        switch name {
        case "Arn": state.kms.alias(place(physicalID)).map { .string($0.arn) }
        case "KeyId": .string(physicalID)
        default: nil
        }
    }
}
