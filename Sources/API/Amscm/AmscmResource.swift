// SPDX-License-Identifier: Apache-2.0

import ChangeManagement
import CoreValues

/// The resources that policies about `amscm` name: `arn:aws:amscm:us-east-1:123456789012:changetype/ct-…:1.0`.
///
/// Source: AMS user guide, "Restrict permissions with IAM role policy statements" (reference/amscm-api.md §1).
enum AmscmResource {
    /// A change type version.
    static func changeType(_ reference: ChangeTypeReference, _ context: RequestContext) -> String {
        let account = context.caller.accountID.description
        return ARN(
            service: "amscm",
            region: context.region,
            account: account,
            resource: "changetype/\(reference)"
        )
        .description
    }

    /// The change type version of an RFC; every change type for an RFC that does not exist, so that only callers who
    /// may do the same with all of them learn that.
    static func rfc(_ id: RfcID, _ service: RfcService, _ context: RequestContext) throws -> String {
        guard let rfc = try? service.rfc(id, for: context.caller) else {
            return changeType(ChangeTypeReference(id: "*", version: "*"), context)
        }
        return changeType(rfc.changeType, context)
    }
}
