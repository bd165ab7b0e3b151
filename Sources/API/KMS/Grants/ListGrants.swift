// SPDX-License-Identifier: Apache-2.0

package import AWSWire
import EmbeddedAWS
package import JSONDocument

/// ListGrants: the grants of a key, oldest first.
///
/// Source: KMS API reference, ListGrants.
package struct ListGrants: Operation {
    package static let name = "ListGrants"
    let service: KMSService

    /// The request's members.
    package struct Input: Sendable {
        let keyID: String
        let grantID: String?
        let grantee: GrantRecord.Party?
        let page: PageRequest
    }

    package func decode(_ reader: InputReader) throws -> Input {
        Input(
            keyID: try reader.keyID(),
            grantID: try reader.string("GrantId"),
            grantee: try reader.parties("Grantee").first,
            page: try reader.kmsPage()
        )
    }

    package func handle(_ input: Input, _ context: RequestContext) async throws -> JSONValue? {
        let (_, grants) = try await service.perform(as: context.caller, viaService: context.viaService) {
            engine,
            call,
            state in
            try engine.listGrants(
                input.keyID,
                grantID: input.grantID,
                grantee: input.grantee,
                input.page,
                call,
                in: state
            )
        }
        let place = service.engine.place
        return KMSWire.page(grants, "Grants") { KMSWire.grant($0, place) }
    }
}

/// ListRetirableGrants: the grants that a principal can retire.
///
/// Source: KMS API reference, ListRetirableGrants.
package struct ListRetirableGrants: Operation {
    package static let name = "ListRetirableGrants"
    let service: KMSService

    /// The request's members.
    package struct Input: Sendable {
        let retiring: GrantRecord.Party
        let page: PageRequest
    }

    package func decode(_ reader: InputReader) throws -> Input {
        Input(
            retiring: try reader.required("RetiringPrincipal", try reader.parties("Retiring").first),
            page: try reader.kmsPage()
        )
    }

    package func handle(_ input: Input, _ context: RequestContext) async throws -> JSONValue? {
        let grants = try await service.perform(as: context.caller, viaService: context.viaService) {
            engine,
            call,
            state in
            try engine.listRetirableGrants(input.retiring, input.page, call, in: state)
        }
        let place = service.engine.place
        return KMSWire.page(grants, "Grants") { KMSWire.grant($0, place) }
    }
}
