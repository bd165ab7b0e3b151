// SPDX-License-Identifier: Apache-2.0

package import JSONDocument

extension PlannedAction {
    /// The action as a document.
    package var document: JSONValue {
        switch self {
        case .createStack(let order):
            var object = JSONObject()
            object["kind"] = "create-stack"
            object["stack_name"] = .string(order.name)
            object["client_request_token"] = .string(order.token)
            object["timeout_minutes"] = order.timeoutMinutes.map { .number(JSONNumber($0)) }
            object["parameters"] = .array(
                order.parameters.map { ["Key": .string($0.key), "Value": .string($0.value)] }
            )
            object["tags"] = .array(order.tags.map { ["Key": .string($0.key), "Value": .string($0.value)] })
            object["template"] = .string(order.template)
            return .object(object)
        case .deleteStack(let name, let token, let timeoutMinutes):
            var object = JSONObject()
            object["kind"] = "delete-stack"
            object["stack_name"] = .string(name)
            object["client_request_token"] = .string(token)
            object["timeout_minutes"] = timeoutMinutes.map { .number(JSONNumber($0)) }
            return .object(object)
        }
    }

    /// Reads an action back from an approved plan's document.
    /// - Returns: `nil` for a document that no release has written.
    package init?(planDocument: JSONValue) {
        guard let action = planDocument["action"], let name = action["stack_name"]?.string,
            let token = action["client_request_token"]?.string
        else { return nil }
        let timeoutMinutes = action["timeout_minutes"]?.integer
        switch action["kind"]?.string {
        case "create-stack":
            guard let template = action["template"]?.string else { return nil }
            self = .createStack(
                StackOrder(
                    name: name,
                    template: template,
                    parameters: Self.pairs(action["parameters"])
                        .map {
                            StackOrder.StackParameter(key: $0.key, value: $0.value)
                        },
                    tags: Self.pairs(action["tags"]).map { StackOrder.Tag(key: $0.key, value: $0.value) },
                    timeoutMinutes: timeoutMinutes,
                    token: token
                )
            )
        case "delete-stack":
            self = .deleteStack(name: name, token: token, timeoutMinutes: timeoutMinutes)
        default:
            return nil
        }
    }

    private static func pairs(_ value: JSONValue?) -> [(key: String, value: String)] {
        (value?.array ?? [])
            .compactMap { pair in
                guard let key = pair["Key"]?.string, let value = pair["Value"]?.string else { return nil }
                return (key, value)
            }
    }
}
