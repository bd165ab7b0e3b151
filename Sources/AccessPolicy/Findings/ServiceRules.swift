// SPDX-License-Identifier: Apache-2.0

/// Rules about access through AWS services.
enum ServiceRules {
    static let all = [accountWide, regionMismatch, accessDefeated]

    private static let viaService = "kms:viaservice"

    /// The values of `kms:ViaService` that a statement asks for, with their places.
    private static func services(_ statement: RuleSubject.Statement) -> [(name: String, match: FindingRule.Match)] {
        statement.tests.filter { $0.test.key.lowercased() == viaService && !$0.conditionOperator.base.isNegated }
            .flatMap { test in
                test.test.texts.map { name in
                    (
                        name,
                        FindingRule.Match(
                            statement: statement.index,
                            pointer: test.pointer,
                            explanation: "",
                            fix: ""
                        )
                    )
                }
            }
    }

    static let accountWide = FindingRule(
        id: "ACCOUNT_WIDE_SERVICE_ACCESS",
        severity: .medium,
        title: "Everybody in the account can use the key through a service",
        documentation: RuleDocumentation.conditionKeys
    ) { subject in
        subject.allows.compactMap { statement in
            let names = services(statement).map(\.name)
            guard !names.isEmpty, statement.source.principal?.namesEverybody == true,
                !statement.tests("aws:principalarn")
            else { return nil }
            return statement.match(
                "Principal",
                "every user and role that the conditions let through may use the key by way of \(Words.list(names)), "
                    + "without any permission on KMS of its own; the key is not public, but it is open to whoever may "
                    + "use the service",
                fix: "name the roles that need it in a condition on `aws:PrincipalArn`, if not all of them do"
            )
        }
    }

    static let regionMismatch = FindingRule(
        id: "VIASERVICE_REGION_MISMATCH",
        severity: .medium,
        title: "A service of another region never uses this key",
        documentation: RuleDocumentation.conditionKeys
    ) { subject in
        subject.statements.flatMap { statement in
            services(statement)
                .compactMap { name, match in
                    let parts = name.split(separator: ".")
                    let hasRegion = parts.count >= 4 && parts[1].contains("-")
                    guard !name.contains("*"), !hasRegion || parts[1] != subject.facts.region else { return nil }
                    var match = match
                    match.explanation =
                        hasRegion
                        ? "`\(name)` is the service in `\(parts[1])`, and the key is in `\(subject.facts.region)`: keys "
                            + "are used from their own region, so this value never matches"
                        : "`\(name)` names no region, and `kms:ViaService` always has one: this value never matches"
                    match.fix = "write `\(parts.first ?? "ec2").\(subject.facts.region).amazonaws.com`, or remove it"
                    return match
                }
        }
    }

    static let accessDefeated = FindingRule(
        id: "SERVICE_ACCESS_DEFEATED",
        severity: .high,
        title: "A list of encryption context keys shuts the services out",
        documentation: RuleDocumentation.conditionKeys
    ) { subject in
        let deny = subject.denies.first { statement in
            statement.source.principal?.namesEverybody == true
                && statement.tests.contains { conditionOperator, test, _ in
                    test.key.lowercased() == "kms:encryptioncontextkeys" && conditionOperator.base.isNegated
                        && !test.texts.contains { $0.hasPrefix("aws:") || $0.contains("*") }
                }
        }
        guard let deny else { return [] }
        return subject.allows.compactMap { statement in
            let names = services(statement).map(\.name)
            guard !names.isEmpty else { return nil }
            return statement.match(
                nil,
                "services send encryption contexts of their own, such as `aws:ebs:id`, and statement "
                    + "\(deny.index + 1) denies requests that carry none of its keys: \(Words.list(names)) will not "
                    + "be able to encrypt or decrypt with this key",
                fix: "add the services' own context keys to that list, or leave one of the two parameters out"
            )
        }
    }
}
