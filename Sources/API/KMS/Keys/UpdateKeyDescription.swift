// SPDX-License-Identifier: Apache-2.0

package import AWSWire
import EmbeddedAWS
package import JSONDocument

/// UpdateKeyDescription: says anew what a key is for.
///
/// Source: KMS API reference, UpdateKeyDescription.
package struct UpdateKeyDescription: Operation {
    package static let name = "UpdateKeyDescription"
    let service: KMSService

    /// The request's members.
    package struct Input: Sendable {
        let keyID: String
        let details: String
    }

    package func decode(_ reader: InputReader) throws -> Input {
        Input(keyID: try reader.keyID(), details: try reader.requiredString("Description"))
    }

    package func handle(_ input: Input, _ context: RequestContext) async throws -> JSONValue? {
        _ = try await service.perform(as: context.caller, viaService: context.viaService) { engine, call, state in
            try engine.updateKeyDescription(input.keyID, details: input.details, call, in: state)
        }
        return nil
    }
}
