// SPDX-License-Identifier: Apache-2.0

/// Rules about who may create, list and revoke grants.
enum GrantRules {
    static let all = [unlimitedGrants, grantsLocked]

    private static let forAWSResource = "kms:grantisforawsresource"

    static let unlimitedGrants = FindingRule(
        id: "UNLIMITED_GRANTS",
        severity: .high,
        title: "Grants can give away any use of the key",
        documentation: RuleDocumentation.grants
    ) { subject in
        let isLimited = subject.denies.contains { statement in
            statement.actions.contains(.createGrant) && statement.tests(forAWSResource)
                && statement.source.principal?.namesEverybody == true
        }
        guard !isLimited else { return [] }
        return subject.allows.compactMap { statement in
            let names = subject.outsiders(statement)
            guard statement.actions.contains(.createGrant), !names.isEmpty, !statement.tests(forAWSResource),
                !statement.tests("kms:viaservice"), !statement.tests("kms:grantoperations")
            else { return nil }
            return statement.match(
                "Action",
                "whoever may create grants may grant itself or others every operation that grants know, "
                    + "`kms:Decrypt` included, without having it: this holds for \(Words.list(names))",
                fix: "add the condition `\"Bool\": {\"kms:GrantIsForAWSResource\": \"true\"}`, or ask for "
                    + "`LimitGrantsToAWSResources`"
            )
        }
    }

    static let grantsLocked = FindingRule(
        id: "GRANTS_LOCKED",
        severity: .medium,
        title: "Nobody can list or revoke grants directly",
        documentation: RuleDocumentation.grants
    ) { subject in
        subject.denies.compactMap { statement in
            let locked = statement.actions.intersection(KMSActionSet([.listGrants, .revokeGrant]))
            guard !locked.isEmpty, statement.source.principal?.namesEverybody == true,
                statement.tests.allSatisfy({ $0.test.key.lowercased() == forAWSResource })
            else { return nil }
            return statement.match(
                "Action",
                "the statement denies \(Words.list(locked.actions.map(\.name))) to everybody who calls KMS directly, "
                    + "administrators included; to stop a grant in an emergency somebody must first change the key "
                    + "policy",
                fix: "deny only `kms:CreateGrant`"
            )
        }
    }
}

/// Puts lists into sentences.
enum Words {
    /// `` `a`, `b` and `c` ``; after the first six the rest is counted.
    static func list(_ names: [String]) -> String {
        let quoted = names.prefix(6).map { "`\($0)`" }
        if names.count > 6 {
            return quoted.joined(separator: ", ") + " and \(names.count - 6) more"
        }
        guard let last = quoted.last, quoted.count > 1 else { return quoted.first ?? "nobody" }
        return quoted.dropLast().joined(separator: ", ") + " and " + last
    }
}
