// SPDX-License-Identifier: Apache-2.0

package import AWSWire
import ChangeManagement
package import JSONDocument
import Logging

/// UpdateRfc: changes an RFC that is not on its way; members that are absent keep their values.
///
/// Source: AMS change management API reference, UpdateRfc; reference/rfc-lifecycle.md §8.
package struct UpdateRfc: Operation {
    package static let name = "UpdateRfc"
    let service: RfcService

    /// The request's members.
    package struct Input: Sendable {
        let id: RfcID
        let patch: RfcPatch
    }

    package func decode(_ reader: InputReader) throws -> Input {
        var patch = RfcPatch()
        patch.title = try reader.filledString("Title")
        patch.description = try reader.filledString("Description")
        patch.executionParameters = try reader.filledString("ExecutionParameters")
        patch.expectedOutcome = try reader.filledString("ExpectedOutcome")
        patch.implementationPlan = try reader.filledString("ImplementationPlan")
        patch.rollbackPlan = try reader.filledString("RollbackPlan")
        patch.worstCaseScenario = try reader.filledString("WorstCaseScenario")
        patch.emailRecipients = try reader.emailRecipients()
        patch.requestedStart = try reader.requestedStart()
        return Input(id: try reader.rfcID(), patch: patch)
    }

    package func resource(_ input: Input, _ context: RequestContext) throws -> String {
        try AmscmResource.rfc(input.id, service, context)
    }

    package func handle(_ input: Input, _ context: RequestContext) async throws -> JSONValue? {
        try await service.update(input.id, input.patch, by: context.caller)
        context.logger.info("change updated", metadata: ["rfc": "\(input.id)"])
        return nil
    }
}
