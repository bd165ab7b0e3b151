// SPDX-License-Identifier: Apache-2.0

package import AWSWire
import EmbeddedAWS
package import JSONDocument

/// ListResourceTags: the tags of a key.
///
/// Source: KMS API reference, ListResourceTags.
package struct ListResourceTags: Operation {
    package static let name = "ListResourceTags"
    let service: KMSService

    /// The request's members.
    package struct Input: Sendable {
        let keyID: String
        let page: PageRequest
    }

    package func decode(_ reader: InputReader) throws -> Input {
        Input(keyID: try reader.keyID(), page: try reader.kmsPage())
    }

    package func handle(_ input: Input, _ context: RequestContext) async throws -> JSONValue? {
        let page = try await service.perform(as: context.caller, viaService: context.viaService) {
            engine,
            call,
            state in
            try engine.listResourceTags(input.keyID, input.page, call, in: state)
        }
        return KMSWire.page(page, "Tags") { tag in
            ["TagKey": .string(tag.key), "TagValue": .string(tag.value)]
        }
    }
}
