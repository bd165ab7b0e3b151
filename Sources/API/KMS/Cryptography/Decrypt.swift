// SPDX-License-Identifier: Apache-2.0

package import AWSWire
import EmbeddedAWS
package import JSONDocument

/// Decrypt: gives the plaintext of a ciphertext.
///
/// Source: KMS API reference, Decrypt.
package struct Decrypt: Operation {
    package static let name = "Decrypt"
    let service: KMSService

    /// The request's members.
    package struct Input: Sendable {
        let keyID: String?
        let ciphertext: [UInt8]
        let request: CryptographyRequest
    }

    package func decode(_ reader: InputReader) throws -> Input {
        try reader.refuseRecipient()
        return Input(
            keyID: try reader.string("KeyId"),
            ciphertext: try reader.requiredBlob("CiphertextBlob"),
            request: try reader.cryptography()
        )
    }

    package func handle(_ input: Input, _ context: RequestContext) async throws -> JSONValue? {
        let data = try await service.decrypt(
            input.ciphertext,
            keyID: input.keyID,
            input.request,
            as: context.caller,
            viaService: context.viaService
        )
        return [
            "KeyId": .string(data.keyARN), "Plaintext": KMSWire.blob(data.plaintext),
            "EncryptionAlgorithm": "SYMMETRIC_DEFAULT", "KeyMaterialId": .string(data.materialID),
        ]
    }
}
