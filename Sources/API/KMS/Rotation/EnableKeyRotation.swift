// SPDX-License-Identifier: Apache-2.0

package import AWSWire
import EmbeddedAWS
package import JSONDocument

/// EnableKeyRotation: replaces a key's material regularly from now on.
///
/// Source: KMS API reference, EnableKeyRotation.
package struct EnableKeyRotation: Operation {
    package static let name = "EnableKeyRotation"
    let service: KMSService

    /// The request's members.
    package struct Input: Sendable {
        let keyID: String
        let periodInDays: Int?
    }

    package func decode(_ reader: InputReader) throws -> Input {
        Input(keyID: try reader.keyID(), periodInDays: try reader.integer("RotationPeriodInDays"))
    }

    package func handle(_ input: Input, _ context: RequestContext) async throws -> JSONValue? {
        _ = try await service.perform(as: context.caller, viaService: context.viaService) { engine, call, state in
            try engine.enableKeyRotation(input.keyID, periodInDays: input.periodInDays, call, in: state)
        }
        return nil
    }
}

/// DisableKeyRotation: keeps a key's material.
///
/// Source: KMS API reference, DisableKeyRotation.
package struct DisableKeyRotation: Operation {
    package static let name = "DisableKeyRotation"
    let service: KMSService

    package func decode(_ reader: InputReader) throws -> String {
        try reader.keyID()
    }

    package func handle(_ input: String, _ context: RequestContext) async throws -> JSONValue? {
        _ = try await service.perform(as: context.caller, viaService: context.viaService) { engine, call, state in
            try engine.disableKeyRotation(input, call, in: state)
        }
        return nil
    }
}
