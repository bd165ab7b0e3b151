// SPDX-License-Identifier: Apache-2.0

import AWSWire
package import ChangeManagement

extension ServiceAPI {
    /// The change-management API, `amscm`; source: reference/amscm-api.md §1.
    package static func amscm(_ service: RfcService) -> ServiceAPI {
        ServiceAPI(
            .amscm,
            .json(targetPrefix: "AWSEnergonService"),
            inputCodes: InputCodes(
                serialization: "InvalidArgumentException",
                validation: "InvalidArgumentException"
            ),
            internalErrorCode: "InternalServerError",
            isGlobal: true,
            operations: AmscmOperations.all(service)
        )
    }
}
