// SPDX-License-Identifier: Apache-2.0

package import AWSWire
import EmbeddedAWS
package import JSONDocument
import Logging

/// RetireGrant: ends a grant on the part of those whom it concerns.
///
/// Source: KMS API reference, RetireGrant.
package struct RetireGrant: Operation {
    package static let name = "RetireGrant"
    let service: KMSService

    /// The request's members.
    package struct Input: Sendable {
        let token: String?
        let keyID: String?
        let grantID: String?
        let isDryRun: Bool
    }

    package func decode(_ reader: InputReader) throws -> Input {
        Input(
            token: try reader.string("GrantToken"),
            keyID: try reader.string("KeyId"),
            grantID: try reader.string("GrantId"),
            isDryRun: try reader.bool("DryRun") ?? false
        )
    }

    package func handle(_ input: Input, _ context: RequestContext) async throws -> JSONValue? {
        try await service.perform(as: context.caller, viaService: context.viaService) { engine, call, state in
            try engine.retireGrant(
                token: input.token,
                keyID: input.keyID,
                grantID: input.grantID,
                isDryRun: input.isDryRun,
                call,
                in: state
            )
        }
        return nil
    }
}

/// RevokeGrant: ends a grant on the part of those who manage the key.
///
/// Source: KMS API reference, RevokeGrant.
package struct RevokeGrant: Operation {
    package static let name = "RevokeGrant"
    let service: KMSService

    /// The request's members.
    package struct Input: Sendable {
        let keyID: String
        let grantID: String
        let isDryRun: Bool
    }

    package func decode(_ reader: InputReader) throws -> Input {
        Input(
            keyID: try reader.keyID(),
            grantID: try reader.requiredString("GrantId"),
            isDryRun: try reader.bool("DryRun") ?? false
        )
    }

    package func handle(_ input: Input, _ context: RequestContext) async throws -> JSONValue? {
        try await service.perform(as: context.caller, viaService: context.viaService) { engine, call, state in
            try engine.revokeGrant(
                input.keyID,
                grantID: input.grantID,
                isDryRun: input.isDryRun,
                call,
                in: state
            )
        }
        context.logger.info("grant revoked", metadata: ["grant": "\(input.grantID)"])
        return nil
    }
}
