// SPDX-License-Identifier: Apache-2.0

/// Rules about AWS services that are named as principals.
enum ServicePrincipalRules {
    static let all = [confusedDeputy, otherRegion, viaService]

    static let confusedDeputy = FindingRule(
        id: "CONFUSED_DEPUTY",
        severity: .medium,
        title: "A service gets access whoever it works for",
        advice: "add a condition on `aws:SourceArn` or `aws:SourceAccount`",
        documentation: RuleDocumentation.confusedDeputy
    ) { subject in
        subject.allows.compactMap { statement in
            let serious = statement.keyActions.actions.filter { $0.accessLevel != .read && $0.accessLevel != .list }
            guard !statement.services.isEmpty, !serious.isEmpty, !statement.tests.contains(where: limits)
            else { return nil }
            return statement.principalMatch(
                """
                \(Words.list(statement.services)) may use the key for any customer of AWS who tells it to; nothing \
                says for which account or resource
                """
            )
        }
    }

    /// Whether a test says on whose behalf the service may act.
    private static func limits(_ test: ConditionTest) -> Bool {
        guard test.demandsValue else { return false }
        if ["aws:sourceorgid", "aws:sourceorgpaths", "aws:sourceaccount", "aws:sourcearn"].contains(test.key) {
            return ClosingConditions.closes(test)
        }
        // Services name the resource in the encryption context, as CloudTrail and CloudWatch Logs do.
        return test.key.hasPrefix("kms:encryptioncontext:") && !test.texts.contains("*")
    }

    static let otherRegion = FindingRule(
        id: "SERVICE_PRINCIPAL_REGION",
        severity: .medium,
        title: "A service of another region is named",
        advice: "name the service in the key's own region",
        documentation: RuleDocumentation.principal
    ) { subject in
        subject.statements.flatMap { statement in
            statement.services.compactMap { name in
                let parts = name.split(separator: ".")
                guard parts.count == 4, parts[2] == "amazonaws", parts[1].contains("-"),
                    parts[1] != subject.facts.region
                else { return nil }
                return statement.principalMatch(
                    "`\(name)` is the service in `\(parts[1])`, and the key is in `\(subject.facts.region)`",
                    fix: "write `\(parts[0]).\(subject.facts.region).amazonaws.com`"
                )
            }
        }
    }

    static let viaService = FindingRule(
        id: "VIASERVICE_WITH_SERVICE_PRINCIPAL",
        severity: .high,
        title: "A condition that a service principal never meets",
        advice: "use `aws:SourceArn` and `aws:SourceAccount` for services that act for themselves",
        documentation: RuleDocumentation.conditionKeys
    ) { subject in
        subject.allows.flatMap { statement -> [FindingRule.Match] in
            guard !statement.services.isEmpty else { return [] }
            return statement.tests.filter { $0.key == "kms:viaservice" && $0.demandsValue }
                .map {
                    $0.match(
                        statement,
                        """
                        `kms:ViaService` is there only when a service calls on behalf of a user or role; \
                        \(Words.list(statement.services)) as a principal calls for itself and gets nothing
                        """
                    )
                }
        }
    }
}
