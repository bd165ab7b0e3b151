// SPDX-License-Identifier: Apache-2.0

/// Rules about which condition keys exist, and for which actions.
enum ConditionKeyRules {
    static let all = [
        unknownKey, foreignKey, deprecatedKey, variableInKey, resourceAliases, notApplicable, denyHitsOthers,
        contextOnOtherType,
    ]

    /// Keys of other services that sessions carry into every request.
    private static let carried: Set<String> = [
        "accounts.google.com", "cognito-identity.amazonaws.com", "ec2", "graph.facebook.com", "glue", "identitystore",
        "lambda", "saml", "ssm", "sts", "www.amazon.com",
    ]

    static let unknownKey = FindingRule(
        id: "UNKNOWN_CONDITION_KEY",
        severity: .high,
        title: "A condition key that does not exist",
        advice: "correct the name of the key",
        documentation: RuleDocumentation.conditionKeys
    ) { subject in
        subject.statements.flatMap { statement in
            statement.tests.compactMap { test in
                let prefix = test.key.prefix { $0 != ":" }
                let isOwn = prefix == "kms" || prefix == "aws" || prefix == test.key
                guard test.known == nil, isOwn, !Words.hasVariable(test.key) else { return nil }
                let nearest = Words.nearest(test.key, in: ConditionKey.all.filter { !$0.isFamily }.map(\.name))
                return test.match(
                    statement,
                    "no request carries `\(test.test.key)`, so that the test \(consequence(test))",
                    fix: nearest.map { "write `\($0)`" }
                )
            }
        }
    }

    static let foreignKey = FindingRule(
        id: "FOREIGN_CONDITION_KEY",
        severity: .medium,
        title: "A condition key of another service",
        advice: "use a key of KMS or one that all services have",
        documentation: RuleDocumentation.conditionKeys
    ) { subject in
        subject.statements.flatMap { statement in
            statement.tests.compactMap { test in
                let prefix = String(test.key.prefix { $0 != ":" })
                let isOwn = prefix == "kms" || prefix == "aws" || prefix == test.key
                // OIDC providers have host names as prefixes.
                guard test.known == nil, !isOwn, !carried.contains(prefix), !prefix.contains("."),
                    !prefix.contains("/")
                else { return nil }
                return test.match(
                    statement,
                    "requests to KMS don't carry `\(test.test.key)`, so that the test \(consequence(test))"
                )
            }
        }
    }

    private static func consequence(_ test: ConditionTest) -> String {
        test.holdsWhenMissing ? "always holds" : "never holds"
    }

    static let deprecatedKey = FindingRule(
        id: "DEPRECATED_CONDITION_KEY",
        severity: .low,
        title: "A condition key under its old name",
        advice: "write `kms:KeySpec` or `kms:KeyUsage`",
        documentation: RuleDocumentation.conditionKeys
    ) { subject in
        subject.statements.flatMap { statement in
            statement.tests.filter { $0.key.hasPrefix("kms:customermasterkey") }
                .map { $0.match(statement, "`\($0.test.key)` still works but is deprecated") }
        }
    }

    static let variableInKey = FindingRule(
        id: "VARIABLE_IN_CONDITION_KEY",
        severity: .high,
        title: "A policy variable in the name of a condition key",
        advice: "put the variable among the values, or write one statement for each name",
        documentation: RuleDocumentation.variables
    ) { subject in
        subject.statements.flatMap { statement in
            statement.tests.filter { Words.hasVariable($0.test.key) }
                .map { test in
                    test.match(
                        statement,
                        "variables are replaced in values only, so that `\(test.test.key)` names no key"
                    )
                }
        }
    }

    static let resourceAliases = FindingRule(
        id: "RESOURCE_ALIASES_IN_KEY_POLICY",
        severity: .high,
        title: "A condition key that works in identity policies only",
        advice: "use `kms:RequestAlias`, or move the statement to an identity policy",
        documentation: RuleDocumentation.conditionKeys
    ) { subject in
        subject.statements.flatMap { statement in
            statement.tests.filter { $0.known?.isForIdentityPoliciesOnly == true }
                .map { $0.match(statement, "`\($0.test.key)` has no effect in a key policy") }
        }
    }

    static let notApplicable = FindingRule(
        id: "CONDITION_NOT_APPLICABLE",
        severity: .medium,
        title: "A condition that some of the actions can't meet",
        advice: "move those actions to a statement without the condition",
        documentation: RuleDocumentation.conditionKeys
    ) { subject in
        subject.statements.flatMap { statement in
            statement.tests.compactMap { test in
                guard !test.holdsWhenMissing, test.known != nil, statement.source.action?.isNegated == false else {
                    return nil
                }
                let missing = test.inapplicable(statement.keyActions)
                guard !missing.isEmpty, missing != statement.keyActions else { return nil }
                // A wildcard that reaches further than the condition is the normal way to write `kms:*`.
                let named = statement.patternSets.map { $0.intersection(KMSAction.onKeys) }
                    .filter { !$0.isEmpty && $0.subtracting(missing).isEmpty }
                    .reduce(KMSActionSet()) { $0.union($1) }
                guard !named.isEmpty else { return nil }
                let effect = statement.allows ? "allowed" : "denied"
                return test.match(
                    statement,
                    "requests for \(Words.list(named)) never carry `\(test.test.key)`: they are not \(effect)"
                )
            }
        }
    }

    static let denyHitsOthers = FindingRule(
        id: "DENY_HITS_OTHER_ACTIONS",
        severity: .high,
        title: "A Deny hits actions that its condition is not about",
        advice: "name only the actions whose requests can carry the condition key",
        documentation: RuleDocumentation.conditionKeys
    ) { subject in
        subject.denies.compactMap { statement in
            let hit = statement.tests.reduce(statement.keyActions) { left, test in
                test.holdsWhenMissing ? left : left.subtracting(test.inapplicable(left))
            }
            let culprits = statement.tests.filter { $0.holdsWhenMissing && !$0.inapplicable(hit).isEmpty }
            guard let culprit = culprits.first else { return nil }
            let wrong = culprits.reduce(KMSActionSet()) { $0.union($1.inapplicable(hit)) }
            return culprit.match(
                statement,
                """
                requests for \(Words.list(wrong)) never carry `\(culprit.test.key)`, which satisfies \
                `\(culprit.conditionOperator.name)`: they are always denied
                """
            )
        }
    }

    static let contextOnOtherType = FindingRule(
        id: "CONTEXT_ON_OTHER_KEY_TYPE",
        severity: .high,
        title: "An encryption context is demanded of a key that has none",
        advice: "remove the condition, or create a symmetric encryption key",
        documentation: RuleDocumentation.keyTypes
    ) { subject in
        guard let type = subject.facts.keyType, !type.isSymmetricEncryption else { return [] }
        return subject.statements.flatMap { statement in
            statement.tests.filter { $0.key.hasPrefix("kms:encryptioncontext") }
                .map {
                    $0.match(
                        statement,
                        """
                        keys of spec `\(type.spec)` know no encryption context, so that `\($0.test.key)` is always \
                        missing and the test \(consequence($0))
                        """
                    )
                }
        }
    }
}
