// SPDX-License-Identifier: Apache-2.0

package import JSONDocument

extension PolicyQuestions.Answer {
    /// The answer in words, each line at most ``TextLayout/width`` characters.
    ///
    /// `question` is what was asked, such as `role/x can kms:Encrypt`, and `policy` what it was asked about, for the ids
    /// of its statements.
    package func lines(_ question: String, policy: PolicyDocument) -> [String] {
        var lines = TextLayout.wrap(verdict(question))
        for example in examples {
            let action = example.request.action.name
            lines += TextLayout.wrap(
                "\(action) is \(example.access.text)\(reasons(example, policy)), such as by "
                    + example.request.words,
                first: "  ",
                rest: "    "
            )
        }
        for questions in turnedBy {
            let names = questions.map(\.rawValue).joined(separator: "; ")
            lines += TextLayout.wrap("The answer turns round if an open question is read otherwise: \(names).")
        }
        return lines
    }

    private func verdict(_ question: String) -> String {
        guard isPossible else { return "No: no request shows that \(question); all were looked at." }
        let isDelegated = examples.allSatisfy { $0.access == .delegated }
        let hedge = isDelegated ? ", if an identity policy allows it" : ""
        return "Yes: \(question)\(hedge), " + (isAlwaysPossible ? "always" : condition ?? "in some cases") + "."
    }

    private func reasons(_ example: PolicyQuestions.Example, _ policy: PolicyDocument) -> String {
        let statements = example.statements.map { policy.name(ofStatement: $0) }
        return statements.isEmpty ? "" : " by " + statements.joined(separator: " and ")
    }

    /// The answer as JSON; statements are numbered from 0.
    package var document: JSONValue {
        var object = JSONObject()
        object["answer"] = .bool(isPossible)
        object["always"] = .bool(isAlwaysPossible)
        object["condition"] = condition.map { .string($0) }
        object["examples"] = .array(examples.map(\.document))
        if !turnedBy.isEmpty {
            object["ambiguous"] = .array(turnedBy.map { .array($0.map { .string($0.rawValue) }) })
        }
        return .object(object)
    }
}

extension PolicyQuestions.Example {
    fileprivate var document: JSONValue {
        var object = request.document
        object["access"] = .string(access.text)
        object["statements"] = .array(statements.map { .number(JSONNumber($0)) })
        return .object(object)
    }
}

extension PolicyQuestions.Holder {
    /// Who, how and when, in lines of at most ``TextLayout/width`` characters.
    package func lines(policy: PolicyDocument) -> [String] {
        var words = grade.rawValue
        if let step {
            words += " " + step.text
        }
        if let condition {
            words += ", " + condition
        }
        if !statements.isEmpty {
            words += "; by " + statements.map { policy.name(ofStatement: $0) }.joined(separator: " and ")
        }
        for questions in changedBy {
            words += "; read otherwise if open: " + questions.map(\.rawValue).joined(separator: "; ")
        }
        return TextLayout.wrap(subject.text) + TextLayout.wrap(words, first: "    ", rest: "    ")
    }

    /// The holder as JSON; statements are numbered from 0.
    package var document: JSONValue {
        var object = JSONObject()
        object["kind"] = .string(subject.kind.rawValue)
        object["name"] = .string(subject.name)
        object["subject"] = .string(subject.text)
        object["grade"] = .string(grade.rawValue)
        object["step"] = step.map { .string($0.rawValue) }
        object["condition"] = condition.map { .string($0) }
        object["statements"] = .array(statements.map { .number(JSONNumber($0)) })
        object["witness"] = witness.map { .object($0.request.document) }
        if !changedBy.isEmpty {
            object["ambiguous"] = .array(changedBy.map { .array($0.map { .string($0.rawValue) }) })
        }
        return .object(object)
    }
}

extension PolicyDocument {
    /// A statement as readers know it: its number from 1, and its id.
    package func name(ofStatement index: Int) -> String {
        let sid = statements.indices.contains(index) ? statements[index].sid : nil
        return "statement \(index + 1)" + (sid.map { " (\($0))" } ?? "")
    }
}

extension AuthorizationRequest {
    /// The caller with the condition keys that don't follow from it, on one line.
    fileprivate var words: String {
        let own = ["aws:principalarn", "aws:principalaccount", "aws:principaltype", "aws:principalisawsservice"]
        let more = ["kms:calleraccount", "aws:requestedregion", "aws:resourceaccount", "aws:principalservicename"]
        let rest = context.keys.sorted().filter { !(own + more).contains($0) }
        let pairs = rest.map { key in
            "`\(key)` = " + (context[key]?.values ?? []).map { "`\($0)`" }.joined(separator: ", ")
        }
        return "`\(principal.text)`" + (pairs.isEmpty ? "" : " with " + pairs.joined(separator: " and "))
    }
}
