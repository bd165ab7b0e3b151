// SPDX-License-Identifier: Apache-2.0

import AWSWire
package import CoreValues
import JSONDocument

/// Something that happened to a stack or one of its resources.
package struct StackEvent: Sendable, Hashable {
    /// The stack's ARN.
    package let stackID: String
    /// The stack's name.
    package let stackName: String
    /// The event's place among those of its stack, from 0.
    package let sequence: Int
    /// The event's id: a UUID for the stack's own, `Key-CREATE_COMPLETE-2026-…` for a resource's.
    package let id: String
    /// The resource's logical id, or the stack's name.
    package let logicalID: String
    /// The resource's physical id or the stack's ARN; empty before the resource has one.
    package let physicalID: String
    /// The resource's type or `AWS::CloudFormation::Stack`.
    package let resourceType: String
    /// When it happened; each event of a stack is later than the one before.
    package let timestamp: Timestamp
    /// What became of it, such as `CREATE_COMPLETE`.
    package let status: String
    /// Why, for a person.
    package let reason: String?
    /// The resource's properties as JSON text.
    package let properties: String?
    /// The token of the request that started the operation.
    package let clientRequestToken: String?

    /// The type that a stack has in its own events.
    package static let stackType = "AWS::CloudFormation::Stack"

    /// The name of the event's record.
    var recordID: String {
        "\(stackID)#\(sequence)"
    }
}

extension StackEvent {
    /// The record's body, format version 1.
    var storedForm: JSONValue {
        var body = JSONObject()
        body["formatVersion"] = .number(JSONNumber(EmbeddedRecord.formatVersion))
        body["stackId"] = .string(stackID)
        body["stackName"] = .string(stackName)
        body["sequence"] = .number(JSONNumber(sequence))
        body["id"] = .string(id)
        body["logicalId"] = .string(logicalID)
        body["physicalId"] = .string(physicalID)
        body["type"] = .string(resourceType)
        body["timestamp"] = timestamp.storedForm
        body["status"] = .string(status)
        body["reason"] = reason.map { .string($0) }
        body["properties"] = properties.map { .string($0) }
        body["token"] = clientRequestToken.map { .string($0) }
        return .object(body)
    }

    /// Reads a body of format version 1.
    init(stored reader: InputReader) throws(InputProblem) {
        self.init(
            stackID: try reader.requiredString("stackId"),
            stackName: try reader.requiredString("stackName"),
            sequence: try reader.required("sequence", try reader.integer("sequence")),
            id: try reader.requiredString("id"),
            logicalID: try reader.requiredString("logicalId"),
            physicalID: try reader.requiredString("physicalId"),
            resourceType: try reader.requiredString("type"),
            timestamp: try reader.requiredStoredTimestamp("timestamp"),
            status: try reader.requiredString("status"),
            reason: try reader.string("reason"),
            properties: try reader.string("properties"),
            clientRequestToken: try reader.string("token")
        )
    }
}
