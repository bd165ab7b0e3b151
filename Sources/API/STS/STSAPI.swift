// SPDX-License-Identifier: Apache-2.0

import AWSWire
package import EmbeddedAWS

extension ServiceAPI {
    /// The security token service; source: STS API reference.
    package static func sts(_ service: SecurityTokenService) -> ServiceAPI {
        ServiceAPI(
            .sts,
            .query(namespace: AWSServiceName.sts.xmlNamespace ?? ""),
            inputCodes: InputCodes(serialization: "ValidationError", validation: "ValidationError"),
            internalErrorCode: "InternalFailure",
            isGlobal: true,
            accessControl: .ownDecision,
            operations: [
                AnyOperation(AssumeRole(service: service)),
                AnyOperation(GetCallerIdentity()),
            ]
        )
    }
}
