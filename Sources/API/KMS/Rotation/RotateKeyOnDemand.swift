// SPDX-License-Identifier: Apache-2.0

package import AWSWire
import EmbeddedAWS
package import JSONDocument
import Logging

/// RotateKeyOnDemand: replaces a key's material now.
///
/// Source: KMS API reference, RotateKeyOnDemand.
package struct RotateKeyOnDemand: Operation {
    package static let name = "RotateKeyOnDemand"
    let service: KMSService

    package func decode(_ reader: InputReader) throws -> String {
        try reader.keyID()
    }

    package func handle(_ input: String, _ context: RequestContext) async throws -> JSONValue? {
        let key = try await service.perform(as: context.caller, viaService: context.viaService) { engine, call, state in
            try engine.rotateKeyOnDemand(input, call, in: state)
        }
        context.logger.info("key rotated", metadata: ["key": "\(input)"])
        return ["KeyId": .string(key.arn)]
    }
}
