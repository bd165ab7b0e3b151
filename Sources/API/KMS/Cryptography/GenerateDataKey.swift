// SPDX-License-Identifier: Apache-2.0

package import AWSWire
import EmbeddedAWS
package import JSONDocument

/// What both ways to make a data key are asked.
package struct DataKeyInput: Sendable {
    let keyID: String
    let keySpec: String?
    let numberOfBytes: Int?
    let request: CryptographyRequest

    init(_ reader: InputReader) throws(InputProblem) {
        keyID = try reader.keyID()
        keySpec = try reader.string("KeySpec")
        numberOfBytes = try reader.integer("NumberOfBytes")
        request = try reader.cryptography(algorithm: nil)
    }

    /// Members of the answer without the plaintext.
    static func answer(_ key: DataKey) -> JSONObject {
        var object = JSONObject()
        object["CiphertextBlob"] = KMSWire.blob(key.encrypted.ciphertext)
        object["KeyId"] = .string(key.encrypted.keyARN)
        object["KeyMaterialId"] = .string(key.encrypted.materialID)
        return object
    }
}

/// GenerateDataKey: makes a key for use outside of KMS, in clear and encrypted.
///
/// Source: KMS API reference, GenerateDataKey.
package struct GenerateDataKey: Operation {
    package static let name = "GenerateDataKey"
    let service: KMSService

    package func decode(_ reader: InputReader) throws -> DataKeyInput {
        try reader.refuseRecipient()
        return try DataKeyInput(reader)
    }

    package func handle(_ input: DataKeyInput, _ context: RequestContext) async throws -> JSONValue? {
        let key = try await service.generateDataKey(
            keyID: input.keyID,
            keySpec: input.keySpec,
            numberOfBytes: input.numberOfBytes,
            withPlaintext: true,
            input.request,
            as: context.caller,
            viaService: context.viaService
        )
        var answer = DataKeyInput.answer(key)
        answer["Plaintext"] = KMSWire.blob(key.plaintext)
        return .object(answer)
    }
}

/// GenerateDataKeyWithoutPlaintext: makes a key for use outside of KMS, encrypted only.
///
/// Source: KMS API reference, GenerateDataKeyWithoutPlaintext.
package struct GenerateDataKeyWithoutPlaintext: Operation {
    package static let name = "GenerateDataKeyWithoutPlaintext"
    let service: KMSService

    package func decode(_ reader: InputReader) throws -> DataKeyInput {
        try DataKeyInput(reader)
    }

    package func handle(_ input: DataKeyInput, _ context: RequestContext) async throws -> JSONValue? {
        let key = try await service.generateDataKey(
            keyID: input.keyID,
            keySpec: input.keySpec,
            numberOfBytes: input.numberOfBytes,
            withPlaintext: false,
            input.request,
            as: context.caller,
            viaService: context.viaService
        )
        return .object(DataKeyInput.answer(key))
    }
}
