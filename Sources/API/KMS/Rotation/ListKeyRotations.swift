// SPDX-License-Identifier: Apache-2.0

package import AWSWire
import EmbeddedAWS
package import JSONDocument

/// ListKeyRotations: the completed rotations of a key, oldest first.
///
/// Source: KMS API reference, ListKeyRotations.
package struct ListKeyRotations: Operation {
    package static let name = "ListKeyRotations"
    let service: KMSService

    /// The request's members.
    package struct Input: Sendable {
        let keyID: String
        let includesInitialMaterial: Bool
        let page: PageRequest
    }

    package func decode(_ reader: InputReader) throws -> Input {
        let scope = try reader.string("IncludeKeyMaterial") ?? Self.rotationsOnly
        guard [Self.rotationsOnly, Self.allMaterial].contains(scope) else {
            throw reader.invalid(
                "IncludeKeyMaterial",
                "found `\(scope)`; \(Self.rotationsOnly) and \(Self.allMaterial) are accepted"
            )
        }
        return Input(
            keyID: try reader.keyID(),
            includesInitialMaterial: scope == Self.allMaterial,
            page: try reader.kmsPage()
        )
    }

    package func handle(_ input: Input, _ context: RequestContext) async throws -> JSONValue? {
        let (key, rotations) = try await service.perform(as: context.caller, viaService: context.viaService) {
            engine,
            call,
            state in
            try engine.listKeyRotations(
                input.keyID,
                includesInitialMaterial: input.includesInitialMaterial,
                input.page,
                call,
                in: state
            )
        }
        return KMSWire.page(rotations, "Rotations") { material in
            rotation(material, of: key)
        }

    }

    private static let rotationsOnly = "ROTATIONS_ONLY"
    private static let allMaterial = "ALL_KEY_MATERIAL"

    private func rotation(_ material: KeyMaterial, of key: KeyRecord) -> JSONValue {
        var object = JSONObject()
        object["KeyId"] = .string(key.arn)
        object["KeyMaterialId"] = .string(material.id)
        object["KeyMaterialState"] = material.id == key.materials.last?.id ? "CURRENT" : "NON_CURRENT"
        switch material.origin {
        case .initial: break
        case .automatic: object["RotationType"] = "AUTOMATIC"
        case .onDemand: object["RotationType"] = "ON_DEMAND"
        }
        if material.origin != .initial {
            object["RotationDate"] = KMSWire.time(material.createdAt)
        }
        return .object(object)
    }
}
