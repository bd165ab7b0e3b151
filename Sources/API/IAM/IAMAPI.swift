// SPDX-License-Identifier: Apache-2.0

import AWSWire
package import EmbeddedAWS

extension ServiceAPI {
    /// Users, roles and their policies; source: IAM API reference.
    package static func iam(_ service: IAMService) -> ServiceAPI {
        ServiceAPI(
            .iam,
            .query(namespace: AWSServiceName.iam.xmlNamespace ?? ""),
            inputCodes: InputCodes(serialization: "ValidationError", validation: "ValidationError"),
            internalErrorCode: "ServiceFailure",
            isGlobal: true,
            operations: IAMOperations(service: service).all
        )
    }
}
