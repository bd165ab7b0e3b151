// SPDX-License-Identifier: Apache-2.0

/// Rules about conditions that don't do what they seem to.
enum ConditionRules {
    static let all = [missingQualifier, intentMismatch]

    /// Condition keys with several values; source: reference/kms-policy.md §3, types.
    static let multivalued: Set<String> = [
        "kms:encryptioncontextkeys", "kms:grantoperations", "kms:resourcealiases", "aws:tagkeys",
        "aws:principalorgpaths", "aws:calledvia", "aws:principalservicenameslist", "aws:resourceorgpaths",
    ]

    static let missingQualifier = FindingRule(
        id: "MISSING_QUALIFIER",
        severity: .critical,
        title: "A list of values is compared without ForAnyValue or ForAllValues",
        documentation: RuleDocumentation.multivalued
    ) { subject in
        subject.statements.flatMap { statement in
            statement.tests.compactMap { conditionOperator, test, pointer in
                guard conditionOperator.set == nil, conditionOperator.base != .null,
                    multivalued.contains(test.key.lowercased())
                else { return nil }
                return FindingRule.Match(
                    statement: statement.index,
                    pointer: pointer,
                    explanation: "`\(test.key)` has several values in a request, and `\(conditionOperator.name)` does "
                        + "not say how many of them must match; AWS documents no result, and the condition probably "
                        + "never holds, so that the statement does nothing",
                    fix: "write `ForAnyValue:\(conditionOperator.name)` or `ForAllValues:\(conditionOperator.name)`"
                )
            }
        }
    }

    static let intentMismatch = FindingRule(
        id: "INTENT_MISMATCH",
        severity: .critical,
        title: "A Deny names the values that it should let pass",
        documentation: RuleDocumentation.conditionKeys
    ) { subject in
        subject.denies.flatMap { statement in
            statement.tests.compactMap { conditionOperator, test, pointer in
                let base = conditionOperator.base
                guard test.key.lowercased() == "kms:encryptioncontextkeys", base != .null, !base.isNegated else {
                    return nil
                }
                return FindingRule.Match(
                    statement: statement.index,
                    pointer: pointer,
                    explanation: "the statement denies requests whose encryption context has the keys "
                        + "\(Words.list(test.texts)) and lets all others pass, those without any of them included; "
                        + "as a list of allowed keys it works the wrong way round or not at all",
                    fix: "deny with `\"ForAllValues:StringNotEquals\"`, which hits every request that carries none "
                        + "of the keys"
                )
            }
        }
    }
}
