// SPDX-License-Identifier: Apache-2.0

import JSONDocument

/// Plans a stack from a change type's own template; the members of `Parameters` become the template's parameters.
struct TemplatePlanning {
    let parameters: JSONValue
    let template: String
    let site: PlanningSite

    func plan() throws(ParameterProblem) -> Plan {
        var stackParameters: [StackOrder.StackParameter] = []
        for member in parameters["Parameters"]?.object?.members ?? [] {
            let place = JSONPointer([.name("Parameters"), .name(member.name)])
            stackParameters.append(
                StackOrder.StackParameter(key: member.name, value: try Self.text(member.value, at: place))
            )
        }
        let order = StackOrder(
            name: site.stackName,
            template: template,
            parameters: stackParameters,
            tags: StackFrame(parameters).tags(for: site),
            timeoutMinutes: StackFrame(parameters).timeoutMinutes,
            token: site.token
        )
        return Plan(action: .createStack(order))
    }

    /// A parameter value as CloudFormation takes it: scalars as text, lists joined with commas.
    private static func text(_ value: JSONValue, at place: JSONPointer) throws(ParameterProblem) -> String {
        switch value {
        case .string(let text): return text
        case .bool(let flag): return flag ? "true" : "false"
        case .number(let number): return number.literal
        case .array(let elements):
            var parts: [String] = []
            for (index, element) in elements.enumerated() {
                let part = try text(element, at: place.appending(index))
                guard !part.contains(",") else {
                    throw ParameterProblem(place.appending(index), "a list's element must not contain a comma")
                }
                parts.append(part)
            }
            return parts.joined(separator: ",")
        case .null, .object:
            throw ParameterProblem(place, "expected text, a number, true, false or a list, found \(value.kind)")
        }
    }
}
