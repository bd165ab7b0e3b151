// SPDX-License-Identifier: Apache-2.0

/// Rules about statements without an effect.
enum EffectRules {
    static let all = [allowShadowed, allowNeverApplies, denyNeverFires, redundantStatement]

    static let allowShadowed = FindingRule(
        id: "ALLOW_SHADOWED",
        severity: .high,
        title: "An Allow that a Deny takes back completely",
        advice: "remove the Allow, or narrow the Deny",
        documentation: RuleDocumentation.keyPolicies
    ) { subject in
        subject.allows.compactMap { statement in
            let shadows = subject.denies.filter {
                $0.names(principalsOf: statement) && $0.isAtLeastAsWide(as: statement)
            }
            let left = shadows.reduce(statement.keyActions) { $0.subtracting($1.actions) }
            guard !statement.keyActions.isEmpty, left.isEmpty, let deny = shadows.first else { return nil }
            return statement.match(
                nil,
                "statement \(deny.index + 1) denies the same principals all that this one allows"
            )
        }
    }

    /// The test that keeps a statement from ever applying to one of its actions.
    private static func hopeless(_ statement: RuleSubject.Statement) -> ConditionTest? {
        let actions = statement.keyActions
        guard !actions.isEmpty else { return nil }
        return statement.tests.first { test in
            guard !test.holdsWhenMissing, let known = test.known, !known.isForIdentityPoliciesOnly else { return false }
            return test.inapplicable(actions) == actions
        }
    }

    static let allowNeverApplies = FindingRule(
        id: "ALLOW_NEVER_APPLIES",
        severity: .high,
        title: "An Allow under a condition that can't hold",
        advice: "use a condition key that requests for these actions carry",
        documentation: RuleDocumentation.conditionKeys
    ) { subject in
        subject.allows.compactMap { statement in
            hopeless(statement)
                .map { test in
                    test.match(
                        statement,
                        "no request for \(Words.list(statement.keyActions)) carries `\(test.test.key)`: nothing is allowed"
                    )
                }
        }
    }

    static let denyNeverFires = FindingRule(
        id: "DENY_NEVER_FIRES",
        severity: .high,
        title: "A Deny under a condition that can't hold",
        advice: "use a condition key that requests for these actions carry",
        documentation: RuleDocumentation.conditionKeys
    ) { subject in
        subject.denies.compactMap { statement in
            hopeless(statement)
                .map { test in
                    test.match(
                        statement,
                        "no request for \(Words.list(statement.keyActions)) carries `\(test.test.key)`: nothing is denied"
                    )
                }
        }
    }

    static let redundantStatement = FindingRule(
        id: "REDUNDANT_STATEMENT",
        severity: .low,
        title: "A statement that adds nothing to another",
        advice: "remove the narrower of the two",
        documentation: RuleDocumentation.keyPolicies
    ) { subject in
        subject.statements.compactMap { statement in
            guard !statement.actions.isEmpty else { return nil }
            let wider = subject.statements.first { other in
                other.index != statement.index && covers(other, statement)
                    && (other.index < statement.index || !covers(statement, other))
            }
            guard let wider else { return nil }
            return statement.match(nil, "statement \(wider.index + 1) says all of it, for the same principals")
        }
    }

    private static func covers(_ wide: RuleSubject.Statement, _ narrow: RuleSubject.Statement) -> Bool {
        wide.source.effect == narrow.source.effect && narrow.actions.subtracting(wide.actions).isEmpty
            && wide.isAtLeastAsWide(as: narrow) && wide.names(principalsOf: narrow)
    }
}
