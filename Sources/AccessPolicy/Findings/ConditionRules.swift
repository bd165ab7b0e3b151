// SPDX-License-Identifier: Apache-2.0

/// Rules about set qualifiers, and about conditions that don't do what they seem to.
enum ConditionRules {
    static let all = [
        missingQualifier, intentMismatch, qualifierOnSingle, forAllValuesAllow, overlyPermissive, nullWithQualifier,
        contradiction,
    ]

    static let missingQualifier = FindingRule(
        id: "MISSING_QUALIFIER",
        severity: .critical,
        title: "A list of values is compared without ForAnyValue or ForAllValues",
        advice: "write `ForAnyValue:` or `ForAllValues:` before the operator",
        documentation: RuleDocumentation.multivalued
    ) { subject in
        subject.statements.flatMap { statement in
            statement.tests.compactMap { test in
                guard test.conditionOperator.set == nil, !test.isNull, test.known?.isMultivalued == true else {
                    return nil
                }
                let name = test.conditionOperator.name
                return test.match(
                    statement,
                    """
                    `\(test.test.key)` has several values in a request, and `\(name)` does not say how many of them \
                    must match; AWS documents no result, and the condition probably never holds, so that the \
                    statement does nothing
                    """,
                    fix: "write `ForAnyValue:\(name)` or `ForAllValues:\(name)`"
                )
            }
        }
    }

    static let intentMismatch = FindingRule(
        id: "INTENT_MISMATCH",
        severity: .critical,
        title: "A Deny names the values that it should let pass",
        advice: "deny with `\"ForAllValues:StringNotEquals\"`, which hits every request that carries none of the keys",
        documentation: RuleDocumentation.conditionKeys
    ) { subject in
        subject.denies.flatMap { statement in
            statement.tests.compactMap { test in
                // ForAnyValue says plainly that the named keys are the forbidden ones.
                guard test.key == "kms:encryptioncontextkeys", test.isPositive,
                    test.conditionOperator.set != .forAnyValue
                else { return nil }
                return test.match(
                    statement,
                    """
                    the statement denies requests whose encryption context has the keys \(Words.list(test.texts)) \
                    and lets all others pass, those without any of them included; as a list of allowed keys it works \
                    the wrong way round or not at all
                    """
                )
            }
        }
    }

    static let qualifierOnSingle = FindingRule(
        id: "QUALIFIER_ON_SINGLE_VALUE",
        severity: .low,
        title: "ForAnyValue on a key with one value",
        advice: "leave the qualifier out",
        documentation: RuleDocumentation.multivalued
    ) { subject in
        subject.statements.flatMap { statement in
            statement.tests.compactMap { test in
                guard test.conditionOperator.set == .forAnyValue, !test.isNull, test.known?.isMultivalued == false
                else {
                    return nil
                }
                let difference =
                    test.base.isNegated ? "and makes it fail where the key is missing" : "and changes nothing"
                return test.match(
                    statement,
                    "`\(test.test.key)` has one value; the qualifier suggests several \(difference)"
                )
            }
        }
    }

    static let forAllValuesAllow = FindingRule(
        id: "FORALLVALUES_IN_ALLOW",
        severity: .medium,
        title: "ForAllValues lets requests without the key pass",
        advice: "add a `Null` test with `false` for the same key, or use `ForAnyValue`",
        documentation: RuleDocumentation.multivalued
    ) { subject in
        subject.allows.flatMap { statement in
            statement.tests.compactMap { test in
                guard test.conditionOperator.set == .forAllValues, !test.isNull, !isRefused(test),
                    test.known?.presence != .always, !AbsenceRules.demandsPresence(of: test.key, statement)
                else { return nil }
                return test.match(
                    statement,
                    """
                    `ForAllValues` holds when `\(test.test.key)` is missing, so that the statement also allows \
                    requests without it
                    """
                )
            }
        }
    }

    static let overlyPermissive = FindingRule(
        id: "OVERLY_PERMISSIVE_CONDITION",
        severity: .critical,
        title: "ForAllValues on an encryption context or tag",
        advice: "remove `ForAllValues`",
        documentation: RuleDocumentation.conditionKeys
    ) { subject in
        subject.statements.flatMap { statement in
            statement.tests.compactMap { test in
                guard isRefused(test) else { return nil }
                return test.match(
                    statement,
                    "`\(test.test.key)` has one value, and KMS refuses `ForAllValues` on it, which holds without it too"
                )
            }
        }
    }

    private static func isRefused(_ test: ConditionTest) -> Bool {
        test.conditionOperator.set == .forAllValues
            && (test.key.hasPrefix("kms:encryptioncontext:") || test.key.hasPrefix("aws:requesttag/"))
    }

    static let nullWithQualifier = FindingRule(
        id: "NULL_WITH_QUALIFIER",
        severity: .high,
        title: "Null with a set qualifier",
        advice: "write plain `Null`",
        documentation: RuleDocumentation.multivalued
    ) { subject in
        subject.statements.flatMap { statement in
            statement.tests.compactMap { test in
                guard test.isNull, let qualifier = test.conditionOperator.set else { return nil }
                let outcome = qualifier == .forAllValues ? "always holds" : "never holds"
                return test.match(
                    statement,
                    "`\(test.conditionOperator.name)` \(outcome), whatever the request carries"
                )
            }
        }
    }

    static let contradiction = FindingRule(
        id: "CONTRADICTORY_CONDITION",
        severity: .high,
        title: "Two tests that can't both hold",
        advice: "split the statement in two, since all tests of one must hold",
        documentation: RuleDocumentation.conditionOperators
    ) { subject in
        subject.statements.flatMap { statement in
            statement.tests.compactMap { test in
                guard test.isNull, test.conditionOperator.set == nil, test.texts.map({ $0.lowercased() }) == ["true"],
                    let other = statement.tests.first(where: { $0.key == test.key && $0.demandsValue })
                else { return nil }
                return test.match(
                    statement,
                    """
                    `Null` wants `\(test.test.key)` to be missing and `\(other.conditionOperator.name)` wants it to \
                    have a value, so that the statement never applies
                    """
                )
            }
        }
    }
}
