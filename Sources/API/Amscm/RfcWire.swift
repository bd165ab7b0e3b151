// SPDX-License-Identifier: Apache-2.0

import ChangeManagement
import CoreValues
import JSONDocument

/// RFCs as `amscm` writes them: absent members omitted, times in the basic form, Id equal to Name.
///
/// Source: reference/amscm-api.md §3.
enum RfcWire {
    /// The `Rfc` of GetRfc.
    static func rfc(_ rfc: Rfc) -> JSONValue {
        var object = summaryMembers(rfc)
        object["Description"] = text(rfc.draft.description)
        object["ExecutionOutput"] = text(rfc.executionOutput)
        object["ExecutionParameters"] = text(rfc.draft.executionParameters)
        object["ExpectedOutcome"] = text(rfc.draft.expectedOutcome)
        object["ImplementationPlan"] = text(rfc.draft.implementationPlan)
        object["LastModifiedBy"] = text(rfc.modifiedBy.description)
        if !rfc.draft.emailRecipients.isEmpty {
            let recipients = JSONValue.array(rfc.draft.emailRecipients.map { .string($0) })
            object["Notification"] = ["Email": ["EmailRecipients": recipients]]
        }
        object["RestrictedExecutionTimesOverride"] = pair(rfc.restrictedTimesOverride.rawValue)
        object["RollbackPlan"] = text(rfc.draft.rollbackPlan)
        object["StatusReason"] = text(rfc.statusReason)
        object["WorstCaseScenario"] = text(rfc.draft.worstCaseScenario)
        return .object(object)
    }

    /// An element of `RfcSummaries`.
    static func summary(_ rfc: Rfc) -> JSONValue {
        .object(summaryMembers(rfc))
    }

    /// An `{Id, Name}` pair; in every AWS sample both are the same.
    static func pair(_ id: String) -> JSONValue {
        ["Id": .string(id), "Name": .string(id)]
    }

    private static func summaryMembers(_ rfc: Rfc) -> JSONObject {
        var object = JSONObject()
        object["ActionState"] = pair(rfc.actionState.rawValue)
        object["ActualExecutionTimeRange"] = range(rfc.startedAt, rfc.endedAt)
        object["ApprovalState"] = [
            "AwsApprovalStatus": pair(rfc.approval.aws.rawValue),
            "CustomerApprovalStatus": pair(rfc.approval.customer.rawValue),
        ]
        object["AutomationStatus"] = pair(rfc.automation.rawValue)
        object["ChangeTypeId"] = text(rfc.changeType.id)
        object["ChangeTypeVersion"] = text(rfc.changeType.version)
        object["CreatedBy"] = text(rfc.createdBy.description)
        object["CreatedTime"] = time(rfc.createdAt)
        object["LastModifiedTime"] = time(rfc.modifiedAt)
        object["LastSubmittedTime"] = time(rfc.submittedAt)
        object["RequestedExecutionTimeRange"] = range(rfc.requestedWindow?.start, rfc.requestedWindow?.end)
        object["RfcId"] = text(rfc.id.description)
        object["Status"] = pair(rfc.status.rawValue)
        object["Title"] = text(rfc.draft.title)
        return object
    }

    private static func text(_ text: String?) -> JSONValue? {
        text.map { .string($0) }
    }

    private static func time(_ time: Timestamp?) -> JSONValue? {
        time.map { .string($0.basicForm) }
    }

    private static func range(_ start: Timestamp?, _ end: Timestamp?) -> JSONValue {
        var object = JSONObject()
        object["StartTime"] = time(start)
        object["EndTime"] = time(end)
        return .object(object)
    }
}
