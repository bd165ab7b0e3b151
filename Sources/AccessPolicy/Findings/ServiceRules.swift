// SPDX-License-Identifier: Apache-2.0

/// Rules about access through AWS services.
enum ServiceRules {
    static let all = [accountWide, regionMismatch, malformedName, unknownName, elastiCache, accessDefeated]

    private static let viaService = "kms:viaservice"

    /// The tests that demand to come through one of some services.
    private static func tests(_ statement: RuleSubject.Statement) -> [ConditionTest] {
        statement.tests.filter { $0.key == viaService && $0.isPositive }
    }

    /// The values of `kms:ViaService` that a statement asks for.
    private static func services(_ statement: RuleSubject.Statement) -> [String] {
        tests(statement).flatMap(\.texts)
    }

    static let accountWide = FindingRule(
        id: "ACCOUNT_WIDE_SERVICE_ACCESS",
        severity: .medium,
        title: "Everybody in the account can use the key through a service",
        advice: "name the roles that need it in a condition on `aws:PrincipalArn`, if not all of them do",
        documentation: RuleDocumentation.conditionKeys
    ) { subject in
        subject.allows.compactMap { statement in
            let names = services(statement)
            guard !names.isEmpty, statement.namesEverybody, !ClosingConditions.isOpen(statement),
                !statement.demands("aws:principalarn"), !statement.demands("aws:userid"),
                !statement.actions.intersection(using).isEmpty
            else { return nil }
            return statement.principalMatch(
                """
                every user and role that the conditions let through may use the key by way of \(Words.list(names)), \
                without any permission on KMS of its own; the key is not public, but it is open to whoever may use \
                the service
                """
            )
        }
    }

    /// Actions that use the key, or let somebody use it.
    private static let using = KMSAction.cryptographic.union(KMSActionSet([.createGrant]))

    static let regionMismatch = FindingRule(
        id: "VIASERVICE_REGION_MISMATCH",
        severity: .medium,
        title: "A service of another region never uses this key",
        advice: "name the service in the key's own region, or remove it",
        documentation: RuleDocumentation.conditionKeys
    ) { subject in
        names(subject) { name in
            guard let service = ViaServiceName(name), service.region != subject.facts.region,
                !Words.hasWildcard(service.region)
            else { return nil }
            let explanation = """
                `\(name)` is the service in `\(service.region)`, and the key is in `\(subject.facts.region)`: keys \
                are used from their own region, so this value never matches
                """
            return (explanation, "write `\(service.service).\(subject.facts.region).amazonaws.com`, or remove it")
        }
    }

    static let malformedName = FindingRule(
        id: "VIASERVICE_MALFORMED",
        severity: .high,
        title: "A value that kms:ViaService never has",
        advice: "write the service's name, the region and `amazonaws.com`, in every partition",
        documentation: RuleDocumentation.conditionKeys
    ) { subject in
        names(subject) { name in
            guard ViaServiceName(name) == nil, !Words.hasWildcard(name), !Words.hasVariable(name) else { return nil }
            let service = name.prefix { $0 != "." }
            let form = "`\(service.isEmpty ? "ec2" : service).\(subject.facts.region).amazonaws.com`"
            return ("`\(name)` is not of the form \(form) and never matches", "write \(form)")
        }
    }

    static let unknownName = FindingRule(
        id: "VIASERVICE_UNKNOWN",
        severity: .low,
        title: "A service that is not known to use KMS for its callers",
        advice: "check the name against the documentation; Amazon EBS, for one, is `ec2`",
        documentation: RuleDocumentation.conditionKeys
    ) { subject in
        names(subject) { name in
            guard let service = ViaServiceName(name), !service.isKnown, !Words.hasWildcard(service.service) else {
                return nil
            }
            let nearest = Words.nearest(service.service, in: ViaServiceName.known)
            let usual = aliases[service.service] ?? nearest
            return (
                "`\(service.service)` is not among the documented names for `kms:ViaService`",
                usual.map { "write `\($0).\(service.region).amazonaws.com`, if that is what was meant" }
            )
        }
    }

    /// Names that people try, with those that KMS knows.
    private static let aliases = [
        "aurora": "rds", "cloudwatch": "logs", "ebs": "ec2", "efs": "elasticfilesystem", "neptune": "rds",
        "opensearch": "es", "ds": "directoryservice", "keyspaces": "cassandra",
    ]

    static let elastiCache = FindingRule(
        id: "VIASERVICE_ELASTICACHE_PAIR",
        severity: .low,
        title: "Amazon ElastiCache needs two service names",
        advice: "name both `elasticache` and `dax`",
        documentation: RuleDocumentation.conditionKeys
    ) { subject in
        subject.allows.flatMap { statement in
            tests(statement)
                .compactMap { test in
                    let services = test.texts.compactMap { ViaServiceName($0)?.service }
                    guard services.contains("elasticache"), !services.contains("dax") else { return nil }
                    return test.match(statement, "ElastiCache calls KMS under the names `elasticache` and `dax`")
                }
        }
    }

    static let accessDefeated = FindingRule(
        id: "SERVICE_ACCESS_DEFEATED",
        severity: .high,
        title: "A list of encryption context keys shuts the services out",
        advice: "add the services' own context keys to that list, or leave one of the two parameters out",
        documentation: RuleDocumentation.conditionKeys
    ) { subject in
        let deny = subject.denies.first { statement in
            statement.namesEverybody && statement.tests.count == 1
                && statement.tests.contains { test in
                    test.key == "kms:encryptioncontextkeys" && test.base.isNegated
                        && !test.texts.contains { $0.hasPrefix("aws:") || $0.contains("*") }
                }
        }
        guard let deny else { return [] }
        return subject.allows.compactMap { statement in
            let names = services(statement)
            guard !names.isEmpty, !statement.actions.intersection(deny.actions).isEmpty else { return nil }
            return statement.match(
                nil,
                """
                services send encryption contexts of their own, such as `aws:ebs:id`, and statement \
                \(deny.index + 1) denies requests that carry none of its keys: \(Words.list(names)) will not be able \
                to encrypt or decrypt with this key
                """
            )
        }
    }

    /// Matches for the values of `kms:ViaService` that something can be said about.
    private static func names(
        _ subject: RuleSubject,
        _ remark: (String) -> (explanation: String, fix: String?)?
    ) -> [FindingRule.Match] {
        subject.statements.flatMap { statement in
            statement.tests.filter { $0.key == viaService && !$0.isNull }
                .flatMap { test in
                    test.texts.compactMap { name in
                        remark(name).map { test.match(statement, $0.explanation, fix: $0.fix) }
                    }
                }
        }
    }
}
