// SPDX-License-Identifier: Apache-2.0

package import AWSWire
package import EmbeddedAWS
package import JSONDocument

/// ListKeys: all keys of the account and region, oldest first.
///
/// Source: KMS API reference, ListKeys.
package struct ListKeys: Operation {
    package static let name = "ListKeys"
    let service: KMSService

    package func decode(_ reader: InputReader) throws -> PageRequest {
        try reader.kmsPage()
    }

    package func handle(_ input: PageRequest, _ context: RequestContext) async throws -> JSONValue? {
        let page = try await service.perform(as: context.caller, viaService: context.viaService) {
            engine,
            call,
            state in
            try engine.listKeys(input, call, in: state)
        }
        return KMSWire.page(page, "Keys") { key in
            ["KeyId": .string(key.id.description), "KeyArn": .string(key.arn)]
        }
    }
}
