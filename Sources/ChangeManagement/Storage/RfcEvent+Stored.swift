// SPDX-License-Identifier: Apache-2.0

import CoreValues
package import JSONDocument

extension RfcEvent {
    /// The event's name in the audit trail; part of the storage format.
    package var name: String {
        switch self {
        case .created: "created"
        case .updated: "updated"
        case .submitted: "submitted"
        case .planApproved: "plan-approved"
        case .customerApproved: "customer-approved"
        case .scheduled: "scheduled"
        case .rejected: "rejected"
        case .canceled: "canceled"
        case .expired: "expired"
        case .started: "started"
        case .reported: "reported"
        case .succeeded: "succeeded"
        case .failed: "failed"
        }
    }

    /// The event's content as a stored document.
    package var stored: JSONValue {
        var object = JSONObject()
        switch self {
        case .created(let creation):
            return creation.stored
        case .updated(let draft):
            object["draft"] = draft.stored
        case .submitted(let override, let approvals):
            object.put("override", override.rawValue)
            object["approvals"] = approvals.stored
        case .planApproved(let plan, let hash):
            object.put("hash", hash)
            object["plan"] = plan
        case .scheduled(let start):
            object.put("start", start)
        case .rejected(let reason, let bySystem):
            object.put("reason", reason)
            object["bySystem"] = .bool(bySystem)
        case .canceled(let reason):
            object.put("reason", reason)
        case .expired(let expiry, let reason):
            object.put("as", expiry.rawValue)
            object.put("reason", reason)
        case .reported(let output), .succeeded(let output):
            object.put("output", output)
        case .failed(let reason, let output):
            object.put("reason", reason)
            object.put("output", output)
        case .customerApproved, .started:
            break
        }
        return .object(object)
    }

    /// Reads a stored event.
    package init(name: String, stored: JSONValue) throws(StoredFormError) {
        let members = try StoredReader(stored)
        switch name {
        case "created": self = .created(try RfcCreation(stored: stored))
        case "updated": self = .updated(try RfcDraft(stored: members.object["draft"]))
        case "submitted":
            self = .submitted(
                override: try members.choice("override"),
                approvals: try ApprovalState(stored: members.object["approvals"])
            )
        case "plan-approved":
            self = .planApproved(members.object["plan"] ?? .null, hash: try members.text("hash"))
        case "customer-approved": self = .customerApproved
        case "scheduled": self = .scheduled(start: try members.time("start"))
        case "rejected":
            let bySystem = members.object["bySystem"]?.bool ?? false
            self = .rejected(reason: try members.text("reason"), bySystem: bySystem)
        case "canceled": self = .canceled(reason: try members.text("reason"))
        case "expired": self = .expired(try members.choice("as"), reason: try members.text("reason"))
        case "started": self = .started
        case "reported": self = .reported(output: try members.text("output"))
        case "succeeded": self = .succeeded(output: try members.text("output"))
        case "failed": self = .failed(reason: try members.text("reason"), output: members.optionalText("output"))
        default: throw StoredFormError("event name")
        }
    }
}

extension RfcCreation {
    /// The creation as a stored document.
    var stored: JSONValue {
        var object = JSONObject()
        object.put("id", id.description)
        object.put("account", account.description)
        object.put("changeTypeID", changeType.id)
        object.put("changeTypeVersion", changeType.version)
        object.put("automation", automation.rawValue)
        object["expectedDurationMinutes"] = .number(JSONNumber(expectedDurationMinutes))
        object["draft"] = draft.stored
        return .object(object)
    }

    /// Reads a stored creation.
    init(stored: JSONValue) throws(StoredFormError) {
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
            draft: try RfcDraft(stored: members.object["draft"])
        )
    }
}
