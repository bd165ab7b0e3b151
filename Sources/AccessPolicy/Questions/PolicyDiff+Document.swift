// SPDX-License-Identifier: Apache-2.0

package import JSONDocument

extension PolicyDiff {
    /// The change in words, for terminals and reviews.
    package var text: String {
        var lines: [String] = []
        switch relation {
        case .equivalent: lines.append("No change in meaning: every request is decided as before.")
        case .wider: lines.append("The new policy gives more and takes nothing.")
        case .narrower: lines.append("The new policy takes something and gives nothing.")
        case .incomparable: lines.append("The new policy gives something and takes something.")
        }
        for questions in changedBy {
            let names = questions.map(\.rawValue).joined(separator: "; ")
            lines.append("This depends on an open question: \(names).")
        }
        for (heading, changes) in [("Gains", gains), ("Losses", losses)] where !changes.isEmpty {
            lines += ["", heading] + changes.map { "  " + $0.text }
        }
        for (what, changes) in [("Grants can allow now", grantGains), ("Grants can't allow any more", grantLosses)]
        where !changes.isEmpty {
            let names = changes.map { "  \($0.subject.text): \($0.permissions)" }
            lines += ["", "\(what), in some cases"] + names
        }
        if !statements.isEmpty {
            lines += ["", "Text"] + statements.map { "  " + $0.text }
        }
        return lines.joined(separator: "\n") + "\n"
    }

    /// The change as JSON; statements are numbered from 0.
    package var document: JSONValue {
        var object = JSONObject()
        object["relation"] = .string(relation.rawValue)
        object["noChangeInMeaning"] = .bool(hasNoMeaning)
        object["gains"] = .array(gains.map(\.document))
        object["losses"] = .array(losses.map(\.document))
        object["grantGains"] = .array(grantGains.map(\.document))
        object["grantLosses"] = .array(grantLosses.map(\.document))
        object["statements"] = .array(statements.map(\.document))
        if !changedBy.isEmpty {
            object["ambiguous"] = .array(changedBy.map { .array($0.map { .string($0.rawValue) }) })
        }
        return .object(object)
    }
}

extension PolicyDiff.Change {
    /// The permissions by name, as far as there aren't too many.
    fileprivate var permissions: String {
        actions.count > 8 ? "\(actions.count) permissions" : actions.map(\.rawValue).joined(separator: ", ")
    }

    /// Who, what, before and after, in one sentence.
    package var text: String {
        let sentence = "\(subject.text): \(permissions): was \(before.text); now \(after.text)"
        // Where both read the same, only a request shows the difference.
        guard before.text == after.text else { return sentence }
        let context = example.request.document["context"]?.text() ?? ""
        return sentence + "; but by \(example.request.principal.text) with \(context)"
    }

    fileprivate var document: JSONValue {
        var request = example.request.document
        request["before"] = .string(example.first.text)
        request["after"] = .string(example.second.text)
        return [
            "subject": .string(subject.text), "actions": .array(actions.map { .string($0.name) }),
            "before": .string(before.text), "after": .string(after.text), "example": .object(request),
        ]
    }
}

extension PolicyDiff.Situation {
    /// The level and its condition.
    package var text: String {
        let level =
            switch access {
            case .denied: "denied"
            case .none: "not allowed"
            case .delegated: "left to identity policies"
            case .limited, .direct: "allowed"
            }
        return level + (condition.map { ", " + $0 } ?? "")
    }
}

extension StatementChange {
    fileprivate var document: JSONValue {
        var object = JSONObject()
        object["kind"] = .string(kind.rawValue)
        object["old"] = old.map { .number(JSONNumber($0)) }
        object["new"] = new.map { .number(JSONNumber($0)) }
        object["sid"] = sid.map { .string($0) }
        return .object(object)
    }
}
