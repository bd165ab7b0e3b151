// SPDX-License-Identifier: Apache-2.0

import AWSWire
package import CoreValues
package import JSONDocument

/// A resource of a stack as the stack remembers it.
package struct StackResource: Sendable, Hashable {
    /// Its name in the template.
    package let logicalID: String
    /// Its type.
    package let type: ResourceType
    /// What `Ref` gives: a key's id, an alias's name; `nil` before it exists.
    package var physicalID: String?
    /// What it is doing.
    package var status: ResourceStatus
    /// Why, for a person.
    package var reason: String?
    /// When its status last changed.
    package var updatedAt: Timestamp
    /// Its properties as they were last asked for.
    package var properties: JSONObject
    /// What deleting the stack, or dropping it from the template, does to it.
    var deletionPolicy: RetentionPolicy
    /// What happens to the old one when it is replaced.
    var updateReplacePolicy: RetentionPolicy
    /// What the template remarks about it.
    package var metadata: JSONValue?
}

extension StackResource {
    /// The resource as a part of a stored body.
    var storedForm: JSONValue {
        var body = JSONObject()
        body["logicalId"] = .string(logicalID)
        body["type"] = .string(type.rawValue)
        body["physicalId"] = physicalID.map { .string($0) }
        body["status"] = .string(status.rawValue)
        body["reason"] = reason.map { .string($0) }
        body["updatedAt"] = updatedAt.storedForm
        body["properties"] = .object(properties)
        body["deletionPolicy"] = .string(deletionPolicy.rawValue)
        body["updateReplacePolicy"] = .string(updateReplacePolicy.rawValue)
        body["metadata"] = metadata
        return .object(body)
    }

    /// Reads a part of a stored body.
    init(stored reader: InputReader) throws(InputProblem) {
        self.init(
            logicalID: try reader.requiredString("logicalId"),
            type: try reader.storedCase("type"),
            physicalID: try reader.string("physicalId"),
            status: try reader.storedCase("status"),
            reason: try reader.string("reason"),
            updatedAt: try reader.requiredStoredTimestamp("updatedAt"),
            properties: try reader.structure("properties")?.object ?? JSONObject(),
            deletionPolicy: try reader.storedCase("deletionPolicy"),
            updateReplacePolicy: try reader.storedCase("updateReplacePolicy"),
            metadata: reader.value("metadata")
        )
    }
}

extension InputReader {
    /// A member that holds the raw value of one of an enumeration's cases.
    func storedCase<Value: RawRepresentable<String>>(_ name: String) throws(InputProblem) -> Value {
        guard let value = Value(rawValue: try requiredString(name)) else {
            throw invalid(name, "not a known value")
        }
        return value
    }
}
