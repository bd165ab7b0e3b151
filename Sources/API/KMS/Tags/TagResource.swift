// SPDX-License-Identifier: Apache-2.0

package import AWSWire
import EmbeddedAWS
package import JSONDocument

/// TagResource: adds tags to a key, or changes their values.
///
/// Source: KMS API reference, TagResource.
package struct TagResource: Operation {
    package static let name = "TagResource"
    let service: KMSService

    /// The request's members.
    package struct Input: Sendable {
        let keyID: String
        let tags: [KeyTag]
    }

    package func decode(_ reader: InputReader) throws -> Input {
        Input(keyID: try reader.keyID(), tags: try reader.required("Tags", try reader.kmsTags()))
    }

    package func handle(_ input: Input, _ context: RequestContext) async throws -> JSONValue? {
        _ = try await service.perform(as: context.caller, viaService: context.viaService) { engine, call, state in
            try engine.tagResource(input.keyID, tags: input.tags, call, in: state)
        }
        return nil
    }
}

/// UntagResource: takes tags off a key.
///
/// Source: KMS API reference, UntagResource.
package struct UntagResource: Operation {
    package static let name = "UntagResource"
    let service: KMSService

    /// The request's members.
    package struct Input: Sendable {
        let keyID: String
        let tagKeys: [String]
    }

    package func decode(_ reader: InputReader) throws -> Input {
        Input(keyID: try reader.keyID(), tagKeys: try reader.required("TagKeys", try reader.strings("TagKeys")))
    }

    package func handle(_ input: Input, _ context: RequestContext) async throws -> JSONValue? {
        _ = try await service.perform(as: context.caller, viaService: context.viaService) { engine, call, state in
            try engine.untagResource(input.keyID, tagKeys: input.tagKeys, call, in: state)
        }
        return nil
    }
}
