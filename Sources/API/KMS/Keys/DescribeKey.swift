// SPDX-License-Identifier: Apache-2.0

package import AWSWire
import EmbeddedAWS
package import JSONDocument

/// DescribeKey: a key, also by its alias.
///
/// Source: KMS API reference, DescribeKey.
package struct DescribeKey: Operation {
    package static let name = "DescribeKey"
    let service: KMSService

    /// The request's members.
    package struct Input: Sendable {
        let keyID: String
        let grantTokens: [String]
    }

    package func decode(_ reader: InputReader) throws -> Input {
        Input(keyID: try reader.keyID(), grantTokens: try reader.strings("GrantTokens") ?? [])
    }

    package func handle(_ input: Input, _ context: RequestContext) async throws -> JSONValue? {
        let key = try await service.perform(as: context.caller, viaService: context.viaService) { engine, call, state in
            try engine.describeKey(input.keyID, grantTokens: input.grantTokens, call, in: state)
        }
        return ["KeyMetadata": KMSWire.metadata(key, service.engine.place)]
    }
}
