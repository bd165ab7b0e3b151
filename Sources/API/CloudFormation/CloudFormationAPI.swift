// SPDX-License-Identifier: Apache-2.0

import AWSWire
package import EmbeddedAWS
import JSONDocument

extension ServiceAPI {
    /// The stacks of the embedded AWS; source: reference/cloudformation.md §8.
    package static func cloudFormation(_ service: CloudFormationService) -> ServiceAPI {
        ServiceAPI(
            .cloudformation,
            .query(namespace: AWSServiceName.cloudformation.xmlNamespace ?? ""),
            inputCodes: InputCodes(serialization: "ValidationError", validation: "ValidationError"),
            internalErrorCode: "InternalFailure",
            operations: CloudFormationOperations(service: service).all
        )
    }
}

/// The operations of CloudFormation, by what they are about.
struct CloudFormationOperations {
    let service: CloudFormationService

    var all: [AnyOperation] {
        stacks + descriptions + resources + templates + changeSets
    }

    func operation(
        _ name: String,
        _ body: @escaping @Sendable (CloudFormationService, InputReader, RequestContext) async throws -> JSONValue?
    ) -> AnyOperation {
        let service = service
        return AnyOperation(name) { reader, context in try await body(service, reader, context) }
    }
}
