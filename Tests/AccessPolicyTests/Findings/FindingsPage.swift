// SPDX-License-Identifier: Apache-2.0

import AccessPolicy
import Foundation
import TestSupport

/// The page `docs/findings.md`.
enum FindingsPage {
    static var text: String {
        let rows = Findings.catalogue
            .sorted { ($1.severity, $0.id) < ($0.severity, $1.id) }
            .map {
                "| `\($0.id)` | \($0.severity.rawValue) | \($0.title) | \($0.advice) | [AWS](\($0.documentation)) |"
            }
        return head + rows.joined(separator: "\n") + "\n"
    }

    private static let head = """
        # Findings

        What the linter says about key policies, on every plan and by `assent policy lint FILE`. Each finding has the \
        rule's id, which never changes, its severity, the place in the document as a JSON pointer (with line and \
        column when a file is read), what this policy does, what to change, and where to read more.

        | Severity | Meaning |
        | --- | --- |
        | critical | the policy doesn't do what it was written for, is open to strangers, or is refused by KMS |
        | high | gives or takes access in a way that few would expect |
        | medium | worth changing |
        | low | worth knowing |
        | informational | nothing to change: said so that nobody overlooks it |

        Rules about the key's settings and its principals stay silent where the facts are not known. AWS's own default \
        key policies give no findings. A test keeps this table true; `UPDATE_GOLDENS=1` writes it anew.

        | Id | Severity | What it finds | What to do | Read more |
        | --- | --- | --- | --- | --- |

        """

    /// Compares the page with the rules, or writes it when `UPDATE_GOLDENS=1` is set.
    static func compare(file: String = #filePath) -> Golden.Outcome {
        var root = URL(fileURLWithPath: file)
        while root.lastPathComponent != "Tests", root.path != "/" {
            root.deleteLastPathComponent()
        }
        let page = root.deletingLastPathComponent().appendingPathComponent("docs/findings.md")
        if ProcessInfo.processInfo.environment["UPDATE_GOLDENS"] == "1" {
            let folder = page.deletingLastPathComponent()
            try? FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            try? Data(text.utf8).write(to: page)
        }
        guard let data = try? Data(contentsOf: page) else { return .differs("no docs/findings.md") }
        return data == Data(text.utf8) ? .matches : .differs("docs/findings.md is not what the rules say")
    }
}
