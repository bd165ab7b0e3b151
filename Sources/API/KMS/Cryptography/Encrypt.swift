// SPDX-License-Identifier: Apache-2.0

package import AWSWire
import EmbeddedAWS
package import JSONDocument

/// Encrypt: encrypts up to 4096 bytes.
///
/// Source: KMS API reference, Encrypt.
package struct Encrypt: Operation {
    package static let name = "Encrypt"
    let service: KMSService

    /// The request's members.
    package struct Input: Sendable {
        let keyID: String
        let plaintext: [UInt8]
        let request: CryptographyRequest
    }

    package func decode(_ reader: InputReader) throws -> Input {
        Input(
            keyID: try reader.keyID(),
            plaintext: try reader.requiredBlob("Plaintext"),
            request: try reader.cryptography()
        )
    }

    package func handle(_ input: Input, _ context: RequestContext) async throws -> JSONValue? {
        let data = try await service.encrypt(
            input.plaintext,
            keyID: input.keyID,
            input.request,
            as: context.caller,
            viaService: context.viaService
        )
        return [
            "CiphertextBlob": KMSWire.blob(data.ciphertext), "KeyId": .string(data.keyARN),
            "EncryptionAlgorithm": "SYMMETRIC_DEFAULT",
        ]
    }
}
