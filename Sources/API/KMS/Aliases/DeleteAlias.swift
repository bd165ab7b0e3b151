// SPDX-License-Identifier: Apache-2.0

package import AWSWire
import EmbeddedAWS
package import JSONDocument

/// DeleteAlias: takes a name away; the key stays.
///
/// Source: KMS API reference, DeleteAlias.
package struct DeleteAlias: Operation {
    package static let name = "DeleteAlias"
    let service: KMSService

    package func decode(_ reader: InputReader) throws -> String {
        try reader.requiredString("AliasName")
    }

    package func handle(_ input: String, _ context: RequestContext) async throws -> JSONValue? {
        try await service.perform(as: context.caller, viaService: context.viaService) { engine, call, state in
            try engine.deleteAlias(input, call, in: state)
        }
        return nil
    }
}
