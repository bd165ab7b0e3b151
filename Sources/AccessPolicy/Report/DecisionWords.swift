// SPDX-License-Identifier: Apache-2.0

package import JSONDocument

/// One decision with everything that led to it.
package struct DecisionWords: Sendable {
    /// The request.
    package let request: AuthorizationRequest
    /// The decision under every reading of the open questions.
    package let readings: Readings
    /// How each statement met the request.
    package let statements: [StatementExplanation]

    /// Decides a request and explains the decision.
    package init(_ request: AuthorizationRequest, _ authorizer: Authorizer) {
        self.request = request
        readings = authorizer.readings(of: request)
        statements = authorizer.explain(request)
    }

    /// Whether the request is allowed.
    package var isAllowed: Bool {
        readings.decision.isAllowed
    }

    /// The verdict and its reasons in lines of at most ``TextLayout/width`` characters.
    package var lines: [String] {
        let decision = readings.decision
        var lines = TextLayout.wrap("\(decision.verdict.rawValue): \(request.action.name) by \(request.principal.text)")
        for reason in decision.reasons {
            lines += TextLayout.wrap(words(reason), first: "  because ", rest: "    ")
        }
        for alternative in readings.alternatives {
            let questions = alternative.questions.map(\.rawValue).joined(separator: "; ")
            let verdict = alternative.decision.verdict.rawValue
            lines += TextLayout.wrap("\(verdict) if an open question is read otherwise: \(questions)", first: "  ")
        }
        lines += ["", "Condition keys of the request"]
        for key in request.context.keys.sorted() {
            let values = (request.context[key]?.values ?? []).joined(separator: ", ")
            lines += TextLayout.wrap("\(key) = \(values)", first: "  ", rest: "    ")
        }
        lines += ["", "Statements"]
        for statement in statements {
            lines += TextLayout.wrap(statement.text, first: "  ", rest: "    ")
        }
        return lines
    }

    private func words(_ reason: Decision.Reason) -> String {
        switch reason {
        case .allowedBy(let statement): "\(name(statement)) allows it"
        case .deniedBy(let statement): "\(name(statement)) denies it"
        case .delegatedBy(let statement): "\(name(statement)) leaves it to identity policies"
        case .notAllowedBy(let source): "no \(source.rawValue) allows it"
        case .notAvailableAcrossAccounts: "the operation is not available to callers of another account"
        case .rootUser: "the caller is the root user of its account"
        }
    }

    private func name(_ reference: Decision.StatementReference) -> String {
        let sid = statements.first { $0.reference == reference }?.sid
        return "\(reference.source.rawValue), statement \(reference.statement + 1)" + (sid.map { " (\($0))" } ?? "")
    }

    /// The decision as JSON; statements are numbered from 0.
    package var document: JSONValue {
        var object = JSONObject()
        object["result"] = .string(readings.decision.verdict.rawValue)
        object["ambiguous"] = .bool(readings.isAmbiguous)
        object["reasons"] = .array(readings.decision.reasons.map { .string(words($0)) })
        object["request"] = .object(request.document)
        object["statements"] = .array(statements.map(\.document))
        return .object(object)
    }
}

extension StatementExplanation {
    fileprivate var document: JSONValue {
        var object = JSONObject()
        object["source"] = .string(reference.source.rawValue)
        object["policy"] = .number(JSONNumber(reference.policy))
        object["statement"] = .number(JSONNumber(reference.statement))
        object["sid"] = sid.map { .string($0) }
        object["effect"] = .string(effect.rawValue)
        object["applies"] = .bool(applies)
        object["coversAction"] = .bool(coversAction)
        object["coversResource"] = .bool(coversResource)
        object["namesCaller"] = .bool(namesCaller)
        object["tests"] = .array(
            tests.map { test in
                var object = JSONObject()
                object["operator"] = .string(test.operatorName)
                object["key"] = .string(test.key)
                object["wanted"] = .array(test.wanted.map { .string($0) })
                object["seen"] = test.seen.map { .array($0.map { .string($0) }) } ?? .null
                object["held"] = .bool(test.held)
                return .object(object)
            }
        )
        return .object(object)
    }
}
