// SPDX-License-Identifier: Apache-2.0

package import AWSWire
import EmbeddedAWS
package import JSONDocument

/// ListAliases: all aliases, or those of one key.
///
/// Source: KMS API reference, ListAliases.
package struct ListAliases: Operation {
    package static let name = "ListAliases"
    let service: KMSService

    /// The request's members.
    package struct Input: Sendable {
        let keyID: String?
        let page: PageRequest
    }

    package func decode(_ reader: InputReader) throws -> Input {
        Input(keyID: try reader.string("KeyId"), page: try reader.kmsPage())
    }

    package func handle(_ input: Input, _ context: RequestContext) async throws -> JSONValue? {
        let page = try await service.perform(as: context.caller, viaService: context.viaService) {
            engine,
            call,
            state in
            try engine.listAliases(keyID: input.keyID, input.page, call, in: state)
        }
        return KMSWire.page(page, "Aliases", KMSWire.alias)
    }
}
