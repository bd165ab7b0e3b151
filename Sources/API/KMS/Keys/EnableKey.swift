// SPDX-License-Identifier: Apache-2.0

package import AWSWire
import EmbeddedAWS
package import JSONDocument
import Logging

/// EnableKey: makes a disabled key usable again.
///
/// Source: KMS API reference, EnableKey.
package struct EnableKey: Operation {
    package static let name = "EnableKey"
    let service: KMSService

    package func decode(_ reader: InputReader) throws -> String {
        try reader.keyID()
    }

    package func handle(_ input: String, _ context: RequestContext) async throws -> JSONValue? {
        _ = try await service.perform(as: context.caller, viaService: context.viaService) { engine, call, state in
            try engine.enableKey(input, call, in: state)
        }
        context.logger.info("key enabled", metadata: ["key": "\(input)"])
        return nil
    }
}

/// DisableKey: keeps a key from being used until it is enabled.
///
/// Source: KMS API reference, DisableKey.
package struct DisableKey: Operation {
    package static let name = "DisableKey"
    let service: KMSService

    package func decode(_ reader: InputReader) throws -> String {
        try reader.keyID()
    }

    package func handle(_ input: String, _ context: RequestContext) async throws -> JSONValue? {
        _ = try await service.perform(as: context.caller, viaService: context.viaService) { engine, call, state in
            try engine.disableKey(input, call, in: state)
        }
        context.logger.info("key disabled", metadata: ["key": "\(input)"])
        return nil
    }
}
