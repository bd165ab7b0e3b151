// SPDX-License-Identifier: Apache-2.0

package import AWSWire
import EmbeddedAWS
package import JSONDocument
import Logging

/// ScheduleKeyDeletion: deletes a key and its material after 7 to 30 days.
///
/// Source: KMS API reference, ScheduleKeyDeletion.
package struct ScheduleKeyDeletion: Operation {
    package static let name = "ScheduleKeyDeletion"
    let service: KMSService

    /// The request's members.
    package struct Input: Sendable {
        let keyID: String
        let pendingWindowInDays: Int?
    }

    package func decode(_ reader: InputReader) throws -> Input {
        Input(keyID: try reader.keyID(), pendingWindowInDays: try reader.integer("PendingWindowInDays"))
    }

    package func handle(_ input: Input, _ context: RequestContext) async throws -> JSONValue? {
        let key = try await service.perform(as: context.caller, viaService: context.viaService) { engine, call, state in
            try engine.scheduleKeyDeletion(
                input.keyID,
                pendingWindowInDays: input.pendingWindowInDays,
                call,
                in: state
            )
        }
        context.logger.info("key deletion scheduled", metadata: ["key": "\(key.id)"])
        var object = JSONObject()
        object["KeyId"] = .string(key.arn)
        object["DeletionDate"] = key.deletionDate.flatMap(KMSWire.time)
        object["KeyState"] = .string(key.stateName)
        object["PendingWindowInDays"] = .number(
            JSONNumber(input.pendingWindowInDays ?? KMSEngine.standardPendingWindowInDays)
        )
        return .object(object)
    }
}

/// CancelKeyDeletion: keeps a key that was to be deleted; it is disabled then.
///
/// Source: KMS API reference, CancelKeyDeletion.
package struct CancelKeyDeletion: Operation {
    package static let name = "CancelKeyDeletion"
    let service: KMSService

    package func decode(_ reader: InputReader) throws -> String {
        try reader.keyID()
    }

    package func handle(_ input: String, _ context: RequestContext) async throws -> JSONValue? {
        let key = try await service.perform(as: context.caller, viaService: context.viaService) { engine, call, state in
            try engine.cancelKeyDeletion(input, call, in: state)
        }
        context.logger.info("key deletion canceled", metadata: ["key": "\(input)"])
        return ["KeyId": .string(key.arn)]
    }
}
