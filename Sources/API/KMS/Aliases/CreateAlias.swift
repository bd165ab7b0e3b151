// SPDX-License-Identifier: Apache-2.0

package import AWSWire
import EmbeddedAWS
package import JSONDocument

/// CreateAlias: names a key.
///
/// Source: KMS API reference, CreateAlias.
package struct CreateAlias: Operation {
    package static let name = "CreateAlias"
    let service: KMSService

    /// The request's members.
    package struct Input: Sendable {
        let alias: String
        let targetKeyID: String
    }

    package func decode(_ reader: InputReader) throws -> Input {
        Input(alias: try reader.requiredString("AliasName"), targetKeyID: try reader.keyID("TargetKeyId"))
    }

    package func handle(_ input: Input, _ context: RequestContext) async throws -> JSONValue? {
        _ = try await service.perform(as: context.caller, viaService: context.viaService) { engine, call, state in
            try engine.createAlias(input.alias, targetKeyID: input.targetKeyID, call, in: state)
        }
        return nil
    }
}
