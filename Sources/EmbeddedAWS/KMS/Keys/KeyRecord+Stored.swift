// SPDX-License-Identifier: Apache-2.0

import AWSWire
import AccessPolicy
import CoreValues
import JSONDocument

extension KeyRecord {
    /// The record's body, format version 1.
    var storedForm: JSONValue {
        var body: JSONObject = JSONObject()
        body["formatVersion"] = .number(JSONNumber(EmbeddedRecord.formatVersion))
        body["arn"] = .string(arn)
        body["createdAt"] = createdAt.storedForm
        body["description"] = .string(details)
        switch status {
        case .enabled: body["status"] = "enabled"
        case .disabled: body["status"] = "disabled"
        case .pendingDeletion(let date):
            body["status"] = "pending-deletion"
            body["deletionDate"] = date.storedForm
        }
        body["policy"] = policy.document.json
        body["tags"] = .array(tags.map { ["key": .string($0.key), "value": .string($0.value)] })
        if let rotation {
            body["rotation"] = [
                "periodInDays": .number(JSONNumber(rotation.periodInDays)),
                "next": rotation.next.storedForm,
            ]
        }
        body["materials"] = .array(materials.map(\.storedForm))
        body["id"] = .string(id.description)
        return .object(body)
    }

    /// Reads a body of format version 1.
    init(stored reader: InputReader) throws(InputProblem) {
        guard let id = KeyID(try reader.requiredString("id")) else {
            throw reader.invalid("id", "not a key id")
        }
        let materials = try reader.structures("materials") { (material) throws(InputProblem) in
            try KeyMaterial(stored: material)
        }
        guard let materials, !materials.isEmpty else { throw reader.invalid("materials", "a key has key material") }
        self.init(
            id: id,
            arn: try reader.requiredString("arn"),
            createdAt: try reader.requiredStoredTimestamp("createdAt"),
            details: try reader.requiredString("description"),
            status: try Self.status(reader),
            policy: try Self.policy(reader),
            tags: try reader.structures("tags") { (tag) throws(InputProblem) in
                KeyTag(key: try tag.requiredString("key"), value: try tag.requiredString("value"))
            } ?? [],
            rotation: try Self.rotation(reader),
            materials: materials
        )
    }

    private static func status(_ reader: InputReader) throws(InputProblem) -> Status {
        switch try reader.requiredString("status") {
        case "enabled": .enabled
        case "disabled": .disabled
        case "pending-deletion": .pendingDeletion(at: try reader.requiredStoredTimestamp("deletionDate"))
        default: throw reader.invalid("status", "not a status of a key")
        }
    }

    private static func policy(_ reader: InputReader) throws(InputProblem) -> StoredKeyPolicy {
        let value = try reader.required("policy", reader.value("policy"))
        do {
            return StoredKeyPolicy(try PolicyDocument(json: value))
        } catch {
            throw reader.invalid("policy", error.description)
        }
    }

    private static func rotation(_ reader: InputReader) throws(InputProblem) -> RotationSchedule? {
        guard let schedule = try reader.structure("rotation") else { return nil }
        return RotationSchedule(
            periodInDays: try schedule.required("periodInDays", try schedule.integer("periodInDays")),
            next: try schedule.requiredStoredTimestamp("next")
        )
    }
}

extension KeyMaterial {
    var storedForm: JSONValue {
        [
            "id": .string(id),
            "origin": .string(origin.rawValue),
            "createdAt": createdAt.storedForm,
            "sealed": .string(Base64.encode(sealed)),
        ]
    }

    convenience init(stored reader: InputReader) throws(InputProblem) {
        guard let origin = Origin(rawValue: try reader.requiredString("origin")) else {
            throw reader.invalid("origin", "not an origin of key material")
        }
        self.init(
            id: try reader.requiredString("id"),
            origin: origin,
            createdAt: try reader.requiredStoredTimestamp("createdAt"),
            sealed: try reader.requiredBlob("sealed")
        )
    }
}
