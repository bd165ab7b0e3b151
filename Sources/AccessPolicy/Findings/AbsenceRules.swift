// SPDX-License-Identifier: Apache-2.0

/// Rules about requests that lack a condition key.
enum AbsenceRules {
    static let all = [denyFailsOpen, allowPassesWhenMissing]

    /// Whether a `Null` test of the statement wants a key, named in lower case, to be there.
    static func demandsPresence(of key: String, _ statement: RuleSubject.Statement) -> Bool {
        statement.tests.contains { test in
            test.key == key
                && (test.demandsValue || test.isNull && test.conditionOperator.set == nil && !test.holdsWhenMissing)
        }
    }

    static let denyFailsOpen = FindingRule(
        id: "DENY_FAILS_OPEN",
        severity: .high,
        title: "A Deny that misses requests without the key",
        advice: "use the operator with `IfExists`, such as `BoolIfExists`",
        documentation: RuleDocumentation.conditionOperators
    ) { subject in
        subject.denies.flatMap { statement in
            statement.tests.compactMap { test in
                guard test.demandsValue, test.known?.presence == .sometimes, asksForWeakness(test) else { return nil }
                return test.match(
                    statement,
                    """
                    a request can lack `\(test.test.key)`, as those with long-term access keys do, and then \
                    `\(test.conditionOperator.name)` does not hold and nothing is denied
                    """,
                    fix: "write `\(test.base.rawValue)IfExists`"
                )
            }
        }
    }

    /// Whether the denied values are those of requests that prove too little, which lacking the key does as well.
    private static func asksForWeakness(_ test: ConditionTest) -> Bool {
        switch test.key {
        case "aws:multifactorauthpresent": test.base == .bool && test.texts.contains("false")
        case "aws:multifactorauthage": test.base == .numericGreaterThan || test.base == .numericGreaterThanEquals
        default: false
        }
    }

    static let allowPassesWhenMissing = FindingRule(
        id: "ALLOW_PASSES_WHEN_MISSING",
        severity: .medium,
        title: "An Allow that also holds without the condition key",
        advice: "add a `Null` test with `false` for the same key, or name the values that may pass",
        documentation: RuleDocumentation.conditionOperators
    ) { subject in
        subject.allows.flatMap { statement in
            statement.tests.compactMap { test in
                guard test.conditionOperator.set == nil, !test.isNull, test.holdsWhenMissing, let known = test.known,
                    !demandsPresence(of: test.key, statement), !known.isForIdentityPoliciesOnly
                else { return nil }
                let inapplicable = test.inapplicable(statement.keyActions)
                guard known.presence == .sometimes || !inapplicable.isEmpty else { return nil }
                let which =
                    known.presence == .sometimes ? "requests without it" : "those for \(Words.list(inapplicable))"
                return test.match(
                    statement,
                    """
                    `\(test.conditionOperator.name)` holds when `\(test.test.key)` is missing, so that the statement \
                    also allows \(which)
                    """
                )
            }
        }
    }
}
