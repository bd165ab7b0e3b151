// SPDX-License-Identifier: Apache-2.0

package import AWSWire
import EmbeddedAWS
package import JSONDocument

/// GetKeyPolicy: the text of a key's policy.
///
/// Source: KMS API reference, GetKeyPolicy.
package struct GetKeyPolicy: Operation {
    package static let name = "GetKeyPolicy"
    let service: KMSService

    /// The request's members.
    package struct Input: Sendable {
        let keyID: String
        let policyName: String?
    }

    package func decode(_ reader: InputReader) throws -> Input {
        Input(keyID: try reader.keyID(), policyName: try reader.string("PolicyName"))
    }

    package func handle(_ input: Input, _ context: RequestContext) async throws -> JSONValue? {
        let text = try await service.perform(as: context.caller, viaService: context.viaService) {
            engine,
            call,
            state in
            try engine.getKeyPolicy(input.keyID, name: input.policyName, call, in: state)
        }
        return ["Policy": .string(text), "PolicyName": .string(KMSEngine.policyName)]
    }
}

/// ListKeyPolicies: the names of a key's policies, of which there is one.
///
/// Source: KMS API reference, ListKeyPolicies.
package struct ListKeyPolicies: Operation {
    package static let name = "ListKeyPolicies"
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
            try engine.listKeyPolicies(input.keyID, input.page, call, in: state)
        }
        return KMSWire.page(page, "PolicyNames") { .string($0) }
    }
}
