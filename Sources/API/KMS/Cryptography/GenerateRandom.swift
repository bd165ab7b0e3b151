// SPDX-License-Identifier: Apache-2.0

package import AWSWire
import EmbeddedAWS
package import JSONDocument

/// GenerateRandom: unpredictable bytes.
///
/// Source: KMS API reference, GenerateRandom.
package struct GenerateRandom: Operation {
    package static let name = "GenerateRandom"
    let service: KMSService

    /// The request's members.
    package struct Input: Sendable {
        let numberOfBytes: Int?
        let customKeyStoreID: String?
    }

    package func decode(_ reader: InputReader) throws -> Input {
        try reader.refuseRecipient()
        return Input(
            numberOfBytes: try reader.integer("NumberOfBytes"),
            customKeyStoreID: try reader.string("CustomKeyStoreId")
        )
    }

    package func handle(_ input: Input, _ context: RequestContext) async throws -> JSONValue? {
        let bytes = try await service.generateRandom(
            numberOfBytes: input.numberOfBytes,
            customKeyStoreID: input.customKeyStoreID,
            as: context.caller
        )
        return ["Plaintext": KMSWire.blob(bytes)]
    }
}
