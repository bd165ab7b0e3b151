// SPDX-License-Identifier: Apache-2.0

package import AccessPolicy
import JSONDocument

/// A key policy that has been accepted, shared by all copies of its key's record.
package final class StoredKeyPolicy: Sendable, Equatable {
    /// The policy as KMS keeps it.
    package let document: PolicyDocument
    /// The policy ready for decisions.
    package let compiled: CompiledPolicy
    /// Whether a condition names `kms:ResourceAliases`, which has no effect in key policies.
    let asksForAliases: Bool

    /// Keeps a policy.
    package init(_ document: PolicyDocument) {
        self.document = document
        compiled = CompiledPolicy(document)
        asksForAliases = document.statements.contains { statement in
            statement.condition?.blocks
                .contains { block in
                    block.tests.contains { $0.key.lowercased() == "kms:resourcealiases" }
                } ?? false
        }
    }

    /// The policy as GetKeyPolicy prints it.
    package var text: String {
        PolicyText.print(document.json)
    }

    package static func == (lhs: StoredKeyPolicy, rhs: StoredKeyPolicy) -> Bool {
        lhs === rhs || lhs.document == rhs.document
    }
}

/// Prints policies as KMS does: two spaces a level, ` : ` after names, arrays on their members' lines.
///
/// Source: reference/kms-policy.md §5, canonicalisation on read.
enum PolicyText {
    static func print(_ value: JSONValue) -> String {
        var text = ""
        append(value, level: 0, to: &text)
        return text
    }

    private static func append(_ value: JSONValue, level: Int, to text: inout String) {
        switch value {
        case .array(let elements):
            text += "[ "
            for (index, element) in elements.enumerated() {
                text += index == 0 ? "" : ", "
                append(element, level: level, to: &text)
            }
            text += elements.isEmpty ? "]" : " ]"
        case .object(let object) where object.isEmpty:
            text += "{ }"
        case .object(let object):
            text += "{"
            for (index, member) in object.members.enumerated() {
                text += (index == 0 ? "\n" : ",\n") + String(repeating: "  ", count: level + 1)
                text += JSONValue.string(member.name).text() + " : "
                append(member.value, level: level + 1, to: &text)
            }
            text += "\n" + String(repeating: "  ", count: level) + "}"
        case .null, .bool, .number, .string:
            text += value.text()
        }
    }
}
