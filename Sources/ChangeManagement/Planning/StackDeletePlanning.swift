// SPDX-License-Identifier: Apache-2.0

import JSONDocument

/// Plans the deletion of a stack; source: reference/change-types.md §3, ct-0q0bic0ywqk6c.
struct StackDeletePlanning {
    let parameters: JSONValue
    let site: PlanningSite

    func plan() throws(ParameterProblem) -> Plan {
        guard let name = parameters["StackId"]?.string else {
            throw ParameterProblem(JSONPointer([.name("StackId")]), "the id of the stack to delete is missing")
        }
        let timeout = StackFrame(parameters).timeoutMinutes
        return Plan(action: .deleteStack(name: name, token: site.token, timeoutMinutes: timeout))
    }
}
