// SPDX-License-Identifier: Apache-2.0

package import AWSWire
import EmbeddedAWS
package import JSONDocument

/// ReEncrypt: encrypts a ciphertext's plaintext under another key or context.
///
/// Source: KMS API reference, ReEncrypt.
package struct ReEncrypt: Operation {
    package static let name = "ReEncrypt"
    let service: KMSService

    /// The request's members.
    package struct Input: Sendable {
        let ciphertext: [UInt8]
        let sourceKeyID: String?
        let source: CryptographyRequest
        let destinationKeyID: String
        let destination: CryptographyRequest
    }

    package func decode(_ reader: InputReader) throws -> Input {
        let grantTokens = try reader.strings("GrantTokens") ?? []
        let isDryRun = try reader.bool("DryRun") ?? false
        func half(_ side: String) throws(InputProblem) -> CryptographyRequest {
            CryptographyRequest(
                encryptionContext: try reader.encryptionContext("\(side)EncryptionContext"),
                algorithm: try reader.string("\(side)EncryptionAlgorithm"),
                grantTokens: grantTokens,
                isDryRun: isDryRun
            )
        }
        return Input(
            ciphertext: try reader.requiredBlob("CiphertextBlob"),
            sourceKeyID: try reader.string("SourceKeyId"),
            source: try half("Source"),
            destinationKeyID: try reader.keyID("DestinationKeyId"),
            destination: try half("Destination")
        )
    }

    package func handle(_ input: Input, _ context: RequestContext) async throws -> JSONValue? {
        let data = try await service.reEncrypt(
            input.ciphertext,
            sourceKeyID: input.sourceKeyID,
            input.source,
            destinationKeyID: input.destinationKeyID,
            input.destination,
            as: context.caller,
            viaService: context.viaService
        )
        return [
            "CiphertextBlob": KMSWire.blob(data.encrypted.ciphertext), "SourceKeyId": .string(data.source.keyARN),
            "KeyId": .string(data.encrypted.keyARN), "SourceEncryptionAlgorithm": "SYMMETRIC_DEFAULT",
            "DestinationEncryptionAlgorithm": "SYMMETRIC_DEFAULT",
            "SourceKeyMaterialId": .string(data.source.materialID),
            "DestinationKeyMaterialId": .string(data.encrypted.materialID),
        ]
    }
}
