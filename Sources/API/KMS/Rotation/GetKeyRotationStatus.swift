// SPDX-License-Identifier: Apache-2.0

package import AWSWire
import EmbeddedAWS
package import JSONDocument

/// GetKeyRotationStatus: whether and when a key rotates.
///
/// Source: KMS API reference, GetKeyRotationStatus.
package struct GetKeyRotationStatus: Operation {
    package static let name = "GetKeyRotationStatus"
    let service: KMSService

    package func decode(_ reader: InputReader) throws -> String {
        try reader.keyID()
    }

    package func handle(_ input: String, _ context: RequestContext) async throws -> JSONValue? {
        let status = try await service.perform(as: context.caller, viaService: context.viaService) {
            engine,
            call,
            state in
            try engine.getKeyRotationStatus(input, call, in: state)
        }
        var object = JSONObject()
        object["KeyRotationEnabled"] = .bool(status.rotation != nil)
        object["KeyId"] = .string(status.key.arn)
        if let rotation = status.rotation {
            object["RotationPeriodInDays"] = .number(JSONNumber(rotation.periodInDays))
            object["NextRotationDate"] = KMSWire.time(rotation.next)
        }
        return .object(object)
    }
}
