// SPDX-License-Identifier: Apache-2.0

package import AWSWire
package import ChangeManagement
package import JSONDocument

/// GetRfcPlan: what an RFC will do, before anything exists: stack, key policy, findings, and who will have access.
///
/// Assent's own extension of the API; the AWS CLI reaches it through the service model that Assent installs.
package struct GetRfcPlan: Operation {
    package static let name = "GetRfcPlan"
    let service: RfcService

    package func decode(_ reader: InputReader) throws -> RfcID {
        try reader.rfcID()
    }

    package func resource(_ input: RfcID, _ context: RequestContext) throws -> String {
        try AmscmResource.rfc(input, service, context)
    }

    package func handle(_ input: RfcID, _ context: RequestContext) async throws -> JSONValue? {
        let plan = try service.plan(input, for: context.caller)
        var object = JSONObject()
        object["RfcId"] = .string(input.description)
        object["Approved"] = .bool(plan.isApproved)
        object["PlanHash"] = .string(plan.hash)
        object["Plan"] = .string(plan.document.text())
        object["KeyPolicy"] = plan.keyPolicy.map { .string($0.text()) }
        object["AccessMatrix"] = plan.accessMatrix.map { .string($0.text()) }
        return .object(object)
    }
}
