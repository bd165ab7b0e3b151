// SPDX-License-Identifier: Apache-2.0

import AccessPolicy
package import JSONDocument

/// What an RFC's `ExecutionOutput` tells: the stack, what it made, which policy wording was used, what to know.
///
/// AMS documents a `stack_id` and the template's outputs (reference/rfc-lifecycle.md §7); the rest is Assent's own.
package struct ExecutionOutput: Sendable {
    /// The template outputs of a KMS key's stack, by the name they get at the top level.
    private static let keyOutputs = ["KeyId": "key_id", "KeyArn": "key_arn", "Alias": "alias"]

    private let stackName: String
    private let plan: JSONValue
    private let planHash: String

    /// Prepares the output of a plan's execution.
    package init(stackName: String, plan: JSONValue, planHash: String) {
        self.stackName = stackName
        self.plan = plan
        self.planHash = planHash
    }

    /// The output as JSON text.
    package func text(_ progress: StackProgress?) -> String {
        var object = JSONObject()
        object["stack_id"] = .string(stackName)
        object["stack_arn"] = progress.map { .string($0.stackARN) }
        object["stack_status"] = progress.map { .string($0.status) }
        var outputs = JSONObject()
        for output in progress?.outputs ?? [] {
            if let name = Self.keyOutputs[output.key], plan["policy_statements"] != nil {
                object[name] = .string(output.value)
            }
            outputs[output.key] = .string(output.value)
        }
        object["outputs"] = outputs.isEmpty ? nil : .object(outputs)
        object["retained_resources"] = retained(progress)
        object["policy_statements"] = plan["policy_statements"]
        object["policy_note"] = plan["policy_statements"]?.string.flatMap(Self.note).map { .string($0) }
        object["findings"] = plan["policy_statements"] == nil ? nil : plan["findings"]
        object["plan_hash"] = .string(planHash)
        return JSONValue.object(object).text()
    }

    /// Says in a sentence which statements the key policy has.
    private static func note(_ statements: String) -> String? {
        switch KeyPolicy.Rendering(rawValue: statements) {
        case .documented: "The key policy has the statements as the change type's documentation prints them."
        case .corrected: "The key policy has the documented statements with their known defects mended."
        case .hardened: "The key policy has the corrected statements, narrowed further."
        case nil: nil
        }
    }

    /// Resources that outlive the stack: after a deletion by design, after a rollback as orphans to look at.
    private func retained(_ progress: StackProgress?) -> JSONValue? {
        let kept = (progress?.events ?? []).filter { $0.status == "DELETE_SKIPPED" }
        guard !kept.isEmpty else { return nil }
        return .array(kept.map { ["type": .string($0.type), "id": .string($0.physicalID)] })
    }
}

extension StackProgress {
    /// Why a stack did not reach its goal: the first failed resource's reason, else the stack's own.
    package var failure: String {
        let first = events.first { $0.status.hasSuffix("_FAILED") && $0.reason?.isEmpty == false }
        let cause = first.map { "\($0.resource) (\($0.type)): \($0.reason ?? "")" } ?? statusReason
        return "stack is \(status)" + (cause.map { ": \($0)" } ?? "")
    }
}
