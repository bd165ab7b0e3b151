// SPDX-License-Identifier: Apache-2.0

/// Rules about who may create, list and revoke grants.
enum GrantRules {
    static let all = [unlimitedGrants, grantsLocked]

    private static let forAWSResource = "kms:grantisforawsresource"

    static let unlimitedGrants = FindingRule(
        id: "UNLIMITED_GRANTS",
        severity: .high,
        title: "Grants can give away any use of the key",
        advice: "add the condition `\"Bool\": {\"kms:GrantIsForAWSResource\": \"true\"}`",
        documentation: RuleDocumentation.grants
    ) { subject in
        let isLimited = subject.denies.contains { statement in
            statement.actions.contains(.createGrant) && statement.namesEverybody
                && statement.tests.allSatisfy { limitingKeys.contains($0.key) }
        }
        guard !isLimited else { return [] }
        return subject.allows.compactMap { statement in
            let names = subject.outsiders(statement)
            // Whoever may change the policy may give itself everything; that is what administrators are for.
            guard statement.actions.contains(.createGrant), !statement.actions.contains(.putKeyPolicy),
                !names.isEmpty, !statement.tests.contains(where: limits)
            else { return nil }
            return statement.actionMatch(
                """
                whoever may create grants may grant itself or others every operation that grants know, \
                `kms:Decrypt` included, without having it: this holds for \(Words.list(names))
                """,
                fix: """
                    add the condition `"Bool": {"kms:GrantIsForAWSResource": "true"}`, or ask for \
                    `LimitGrantsToAWSResources`
                    """
            )
        }
    }

    private static let limitingKeys: Set<String> = [
        forAWSResource, "kms:grantoperations", "kms:granteeprincipal", "kms:granteeserviceprincipal",
    ]

    /// Whether a test of an Allow limits what can be granted, to whom, or by way of what.
    private static func limits(_ test: ConditionTest) -> Bool {
        if test.key == forAWSResource {
            return test.demandsValue && test.texts == ["true"]
        }
        if test.key == "kms:grantoperations" {
            return test.isPositive && !test.texts.contains { opening.contains($0.lowercased()) }
        }
        return test.demandsValue
            && (test.key == "kms:viaservice" || limitingKeys.contains(test.key) && !test.texts.contains("*"))
    }

    /// Operations that a grant must not give away if its maker hasn't got them.
    private static let opening: Set<String> = ["*", "creategrant", "decrypt", "reencryptfrom"]

    static let grantsLocked = FindingRule(
        id: "GRANTS_LOCKED",
        severity: .medium,
        title: "Nobody can list or revoke grants directly",
        advice: "deny only `kms:CreateGrant`",
        documentation: RuleDocumentation.grants
    ) { subject in
        subject.denies.compactMap { statement in
            let locked = statement.actions.intersection(KMSActionSet([.listGrants, .revokeGrant]))
            guard !locked.isEmpty, statement.namesEverybody, !statement.isUnconditional,
                statement.tests.allSatisfy({ $0.key == forAWSResource })
            else { return nil }
            return statement.actionMatch(
                """
                the statement denies \(Words.list(locked)) to everybody who calls KMS directly, administrators \
                included; to stop a grant in an emergency somebody must first change the key policy
                """
            )
        }
    }
}
