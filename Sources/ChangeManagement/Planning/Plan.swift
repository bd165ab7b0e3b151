// SPDX-License-Identifier: Apache-2.0

package import AccessPolicy
import CoreValues
import Crypto
package import JSONDocument

/// What an RFC will do, in full, before anything is done: what is shown, approved, executed and kept.
package struct Plan: Sendable {
    /// What will be done.
    package let action: PlannedAction
    /// Which text of the predefined key policy statements was rendered, for changes that make a key policy.
    package let statements: KeyPolicy.Rendering?
    /// What a reader of the plan should know about the key policy.
    package let findings: [Finding]
    /// Who will be able to do what with the key, for a reviewer to read; `nil` until it has been worked out.
    package let accessMatrix: JSONValue?

    /// Makes a plan.
    package init(
        action: PlannedAction,
        statements: KeyPolicy.Rendering? = nil,
        findings: [Finding] = [],
        accessMatrix: JSONValue? = nil
    ) {
        self.action = action
        self.statements = statements
        self.findings = findings
        self.accessMatrix = accessMatrix
    }

    /// The plan as a document; its canonical form is what ``hash`` is taken over.
    package var document: JSONValue {
        var object = JSONObject()
        object["action"] = action.document
        object["policy_statements"] = statements.map { .string($0.rawValue) }
        object["findings"] = .array(findings.map(\.json))
        object["access_matrix"] = accessMatrix
        return .object(object)
    }

    /// SHA-256 over the canonical document, 64 hexadecimal digits.
    package var hash: String {
        Plan.hash(of: document)
    }

    /// The hash of a plan's document.
    package static func hash(of document: JSONValue) -> String {
        Hex.encode(SHA256.hash(data: document.sorted.bytes()))
    }
}

/// The one effect a plan has on the account.
package enum PlannedAction: Sendable, Hashable {
    /// A stack is created.
    case createStack(StackOrder)
    /// A stack is deleted.
    case deleteStack(name: String, token: String, timeoutMinutes: Int?)
}
