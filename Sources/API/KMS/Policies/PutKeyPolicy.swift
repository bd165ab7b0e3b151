// SPDX-License-Identifier: Apache-2.0

package import AWSWire
import EmbeddedAWS
package import JSONDocument
import Logging

/// PutKeyPolicy: replaces a key's policy.
///
/// Source: KMS API reference, PutKeyPolicy.
package struct PutKeyPolicy: Operation {
    package static let name = "PutKeyPolicy"
    let service: KMSService

    /// The request's members.
    package struct Input: Sendable {
        let keyID: String
        let policyName: String?
        let policy: String
        let bypassesLockoutCheck: Bool?
    }

    package func decode(_ reader: InputReader) throws -> Input {
        Input(
            keyID: try reader.keyID(),
            policyName: try reader.string("PolicyName"),
            policy: try reader.requiredString("Policy"),
            bypassesLockoutCheck: try reader.bool("BypassPolicyLockoutSafetyCheck")
        )
    }

    package func handle(_ input: Input, _ context: RequestContext) async throws -> JSONValue? {
        let key = try await service.perform(as: context.caller, viaService: context.viaService) { engine, call, state in
            try engine.putKeyPolicy(
                input.keyID,
                name: input.policyName,
                policy: input.policy,
                bypassesLockoutCheck: input.bypassesLockoutCheck,
                call,
                in: state
            )
        }
        context.logger.info("key policy replaced", metadata: ["key": "\(key.id)"])
        return nil
    }
}
