// SPDX-License-Identifier: Apache-2.0

package import ChangeManagement

/// The operations of the change-management API.
package enum AmscmOperations {
    /// All operations that are served.
    package static func all(_ service: RfcService) -> [AnyOperation] {
        let catalogue = service.catalogue
        return [
            AnyOperation(ApproveRfc(service: service)),
            AnyOperation(CancelRfc(service: service)),
            AnyOperation(CreateRfc(service: service)),
            AnyOperation(GetChangeTypeVersion(catalogue: catalogue)),
            AnyOperation(GetRfc(service: service)),
            AnyOperation(GetRfcPlan(service: service)),
            AnyOperation(ListChangeTypeCategories(catalogue: catalogue)),
            AnyOperation(ListChangeTypeClassificationSummaries(catalogue: catalogue)),
            AnyOperation(ListChangeTypeItems(catalogue: catalogue)),
            AnyOperation(ListChangeTypeOperations(catalogue: catalogue)),
            AnyOperation(ListChangeTypeSubcategories(catalogue: catalogue)),
            AnyOperation(ListChangeTypeVersionSummaries(catalogue: catalogue)),
            AnyOperation(ListRfcSummaries(service: service)),
            AnyOperation(RejectRfc(service: service)),
            AnyOperation(SubmitRfc(service: service)),
            AnyOperation(UpdateRfc(service: service)),
        ]
    }
}
