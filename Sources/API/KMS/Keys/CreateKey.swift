// SPDX-License-Identifier: Apache-2.0

package import AWSWire
package import EmbeddedAWS
package import JSONDocument
import Logging

/// CreateKey: makes a symmetric encryption key.
///
/// Source: KMS API reference, CreateKey.
package struct CreateKey: Operation {
    package static let name = "CreateKey"
    let service: KMSService

    package func decode(_ reader: InputReader) throws -> CreateKeyRequest {
        CreateKeyRequest(
            policy: try reader.string("Policy"),
            details: try reader.string("Description") ?? "",
            keySpec: try reader.string("KeySpec") ?? reader.string("CustomerMasterKeySpec"),
            keyUsage: try reader.string("KeyUsage"),
            origin: try reader.string("Origin"),
            customKeyStoreID: try reader.string("CustomKeyStoreId") ?? reader.string("XksKeyId"),
            isMultiRegion: try reader.bool("MultiRegion") ?? false,
            bypassesLockoutCheck: try reader.bool("BypassPolicyLockoutSafetyCheck"),
            tags: try reader.kmsTags() ?? []
        )
    }

    package func handle(_ input: CreateKeyRequest, _ context: RequestContext) async throws -> JSONValue? {
        let key = try await service.perform(as: context.caller, viaService: context.viaService) { engine, call, state in
            try engine.createKey(input, call, in: state)
        }
        context.logger.info("key created", metadata: ["key": "\(key.id)"])
        return ["KeyMetadata": KMSWire.metadata(key, service.engine.place)]
    }
}
