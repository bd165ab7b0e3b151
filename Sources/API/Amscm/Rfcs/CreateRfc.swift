// SPDX-License-Identifier: Apache-2.0

package import AWSWire
import ChangeManagement
package import JSONDocument
import Logging

/// CreateRfc: files an RFC, which stays in `Editing`.
///
/// Source: AMS change management API reference, CreateRfc; reference/amscm-api.md §2.
package struct CreateRfc: Operation {
    package static let name = "CreateRfc"
    let service: RfcService

    /// The request's members.
    package struct Input: Sendable {
        let changeTypeID: String
        let changeTypeVersion: String
        let draft: RfcDraft
    }

    package func decode(_ reader: InputReader) throws -> Input {
        let changeTypeID = try reader.requiredFilledString("ChangeTypeId")
        let changeTypeVersion = try reader.requiredFilledString("ChangeTypeVersion")
        var draft = RfcDraft(title: try reader.requiredFilledString("Title"))
        draft.description = try reader.filledString("Description")
        draft.executionParameters = try reader.filledString("ExecutionParameters")
        draft.expectedOutcome = try reader.filledString("ExpectedOutcome")
        draft.implementationPlan = try reader.filledString("ImplementationPlan")
        draft.rollbackPlan = try reader.filledString("RollbackPlan")
        draft.worstCaseScenario = try reader.filledString("WorstCaseScenario")
        draft.emailRecipients = try reader.emailRecipients() ?? []
        draft.requestedStart = try reader.requestedStart()
        return Input(changeTypeID: changeTypeID, changeTypeVersion: changeTypeVersion, draft: draft)
    }

    package func resource(_ input: Input, _ context: RequestContext) throws -> String {
        AmscmResource.changeType(
            ChangeTypeReference(id: input.changeTypeID, version: input.changeTypeVersion),
            context
        )
    }

    package func handle(_ input: Input, _ context: RequestContext) async throws -> JSONValue? {
        let id = try await service.create(
            input.draft,
            changeTypeID: input.changeTypeID,
            version: input.changeTypeVersion,
            by: context.caller
        )
        context.logger.info("change created", metadata: ["rfc": "\(id)", "changeType": "\(input.changeTypeID)"])
        return ["RfcId": .string(id.description)]
    }
}
