// SPDX-License-Identifier: Apache-2.0

package import AWSWire
import EmbeddedAWS
package import JSONDocument
import Logging

/// CreateGrant: lets a principal use a key.
///
/// Source: KMS API reference, CreateGrant.
package struct CreateGrant: Operation {
    package static let name = "CreateGrant"
    let service: KMSService

    /// The request's members.
    package struct Input: Sendable {
        let keyID: String
        let grant: NewGrant
    }

    package func decode(_ reader: InputReader) throws -> Input {
        var constraints = GrantRecord.Constraints()
        if let given = try reader.structure("Constraints") {
            constraints.encryptionContextEquals = try given.contextPairs("EncryptionContextEquals")
            constraints.encryptionContextSubset = try given.contextPairs("EncryptionContextSubset")
            constraints.sourceARN = try given.string("SourceArn")
        }
        return Input(
            keyID: try reader.keyID(),
            grant: NewGrant(
                grantees: try reader.parties("Grantee"),
                retiring: try reader.parties("Retiring"),
                operations: try reader.required("Operations", try reader.strings("Operations")),
                constraints: constraints,
                name: try reader.string("Name"),
                grantTokens: try reader.strings("GrantTokens") ?? [],
                isDryRun: try reader.bool("DryRun") ?? false
            )
        )
    }

    package func handle(_ input: Input, _ context: RequestContext) async throws -> JSONValue? {
        let grant = try await service.perform(as: context.caller, viaService: context.viaService) {
            engine,
            call,
            state in
            try engine.createGrant(input.keyID, input.grant, call, in: state)
        }
        context.logger.info("grant created", metadata: ["grant": "\(grant.id)"])
        return ["GrantToken": .string(grant.token), "GrantId": .string(grant.id)]
    }
}
