// SPDX-License-Identifier: Apache-2.0

import CoreValues
package import JSONDocument

extension Rfc {
    /// The RFC's state as a stored document.
    package var stored: JSONValue {
        var object = JSONObject()
        object["formatVersion"] = 1
        object.put("id", id.description)
        object.put("account", account.description)
        object.put("changeTypeID", changeType.id)
        object.put("changeTypeVersion", changeType.version)
        object.put("automation", automation.rawValue)
        object["expectedDurationMinutes"] = .number(JSONNumber(expectedDurationMinutes))
        object["draft"] = draft.stored
        object.put("status", status.rawValue)
        object.put("statusReason", statusReason)
        object.put("actionState", actionState.rawValue)
        object["approval"] = approval.stored
        object.put("restrictedTimesOverride", restrictedTimesOverride.rawValue)
        object.put("planHash", planHash)
        object.put("executionOutput", executionOutput)
        object.put("createdBy", createdBy.description)
        object.put("createdAt", createdAt)
        object.put("modifiedBy", modifiedBy.description)
        object.put("modifiedAt", modifiedAt)
        object.put("submittedAt", submittedAt)
        object.put("startedAt", startedAt)
        object.put("endedAt", endedAt)
        object["version"] = .number(JSONNumber(version))
        return .object(object)
    }

    /// Reads a stored RFC.
    package init(stored: JSONValue) throws(StoredFormError) {
        let members = try StoredReader(stored)
        guard let id = RfcID(try members.text("id")) else { throw StoredFormError("id") }
        guard let account = AccountID(try members.text("account")) else { throw StoredFormError("account") }
        self.init(
            id: id,
            account: account,
            changeType: ChangeTypeReference(
                id: try members.text("changeTypeID"),
                version: try members.text("changeTypeVersion")
            ),
            automation: try members.choice("automation"),
            expectedDurationMinutes: try members.integer("expectedDurationMinutes"),
            draft: try RfcDraft(stored: members.object["draft"]),
            createdBy: try members.arn("createdBy"),
            createdAt: try members.time("createdAt"),
            modifiedBy: try members.arn("modifiedBy"),
            modifiedAt: try members.time("modifiedAt"),
            version: try members.integer("version")
        )
        status = try members.choice("status")
        statusReason = members.optionalText("statusReason")
        actionState = try members.choice("actionState")
        approval = try ApprovalState(stored: members.object["approval"])
        restrictedTimesOverride = try members.choice("restrictedTimesOverride")
        planHash = members.optionalText("planHash")
        executionOutput = members.optionalText("executionOutput")
        submittedAt = members.optionalTime("submittedAt")
        startedAt = members.optionalTime("startedAt")
        endedAt = members.optionalTime("endedAt")
    }
}

extension ApprovalState {
    /// The pair as a stored document.
    var stored: JSONValue {
        ["aws": .string(aws.rawValue), "customer": .string(customer.rawValue)]
    }

    /// Reads a stored pair.
    init(stored: JSONValue?) throws(StoredFormError) {
        let members = try StoredReader(stored)
        self.init(aws: try members.choice("aws"), customer: try members.choice("customer"))
    }
}
