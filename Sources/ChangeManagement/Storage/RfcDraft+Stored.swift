// SPDX-License-Identifier: Apache-2.0

import CoreValues
package import JSONDocument

extension RfcDraft {
    /// The draft as a stored document.
    package var stored: JSONValue {
        var object = JSONObject()
        object.put("title", title)
        object.put("description", description)
        object.put("executionParameters", executionParameters)
        object.put("expectedOutcome", expectedOutcome)
        object.put("implementationPlan", implementationPlan)
        object.put("rollbackPlan", rollbackPlan)
        object.put("worstCaseScenario", worstCaseScenario)
        if !emailRecipients.isEmpty {
            object["emailRecipients"] = .array(emailRecipients.map { .string($0) })
        }
        object.put("requestedStart", requestedStart)
        return .object(object)
    }

    /// Reads a stored draft.
    package init(stored: JSONValue?) throws(StoredFormError) {
        let members = try StoredReader(stored)
        self.init(title: try members.text("title"))
        description = members.optionalText("description")
        executionParameters = members.optionalText("executionParameters")
        expectedOutcome = members.optionalText("expectedOutcome")
        implementationPlan = members.optionalText("implementationPlan")
        rollbackPlan = members.optionalText("rollbackPlan")
        worstCaseScenario = members.optionalText("worstCaseScenario")
        emailRecipients = (members.object["emailRecipients"]?.array ?? []).compactMap(\.string)
        requestedStart = members.optionalTime("requestedStart")
    }
}
