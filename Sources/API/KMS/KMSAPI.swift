// SPDX-License-Identifier: Apache-2.0

import AWSWire
package import EmbeddedAWS

extension ServiceAPI {
    /// The key management API, `kms`; source: KMS API reference.
    package static func kms(_ service: KMSService) -> ServiceAPI {
        ServiceAPI(
            .kms,
            .json(targetPrefix: "TrentService"),
            inputCodes: InputCodes(serialization: "SerializationException", validation: "ValidationException"),
            internalErrorCode: "KMSInternalException",
            accessControl: .ownDecision,
            operations: KMSOperations.all(service)
        )
    }
}
