// SPDX-License-Identifier: Apache-2.0

/// Rules about who holds which powers together.
enum DutyRules {
    static let all = [
        accountWideAdministration, accountWideDecryption, administratorIsUser, tagBasedAccess, unguardedDeletion,
        unlimitedReplication,
    ]

    private static let rulingActions = KMSActionSet([.putKeyPolicy, .scheduleKeyDeletion, .deleteImportedKeyMaterial])

    static let accountWideAdministration = FindingRule(
        id: "ACCOUNT_WIDE_ADMINISTRATION",
        severity: .high,
        title: "Everybody in an account or organization may administer the key",
        advice: "name the administrators, or delegate to the account's root and let identity policies decide",
        documentation: RuleDocumentation.keyPolicies
    ) { subject in
        subject.allows.compactMap { statement in
            let actions = statement.actions.intersection(rulingActions)
            guard statement.namesEverybody, !actions.isEmpty, !ClosingConditions.isOpen(statement),
                !statement.demands("aws:principalarn"), !statement.demands("aws:userid")
            else { return nil }
            return statement.principalMatch(
                """
                every user and role that the conditions let through has \(Words.list(actions)), in the key's \
                own account without any permission on KMS in identity policies
                """
            )
        }
    }

    static let accountWideDecryption = FindingRule(
        id: "ACCOUNT_WIDE_DECRYPTION",
        severity: .medium,
        title: "Everybody in an account or organization may decrypt",
        advice: "name the roles that need it, or delegate to the account's root and let identity policies decide",
        documentation: RuleDocumentation.keyPolicies
    ) { subject in
        subject.allows.compactMap { statement in
            let actions = statement.actions.intersection(KMSAction.decrypting)
            guard statement.namesEverybody, !actions.isEmpty, !ClosingConditions.isOpen(statement),
                !statement.tests.contains(where: { $0.demandsValue && narrowing($0.key) })
            else { return nil }
            return statement.principalMatch(
                """
                every user and role that the conditions let through has \(Words.list(actions)), in the key's \
                own account without any permission on KMS in identity policies
                """
            )
        }
    }

    /// Whether a key makes a smaller circle than an account.
    private static func narrowing(_ key: String) -> Bool {
        ["kms:viaservice", "aws:principalarn", "aws:userid", "aws:sourcearn"].contains(key)
            || key.hasPrefix("aws:principaltag/") || key.hasPrefix("kms:encryptioncontext:")
    }

    static let administratorIsUser = FindingRule(
        id: "ADMINISTRATOR_IS_USER",
        severity: .informational,
        title: "A principal both administers the key and decrypts with it",
        advice: "give the two duties to different principals",
        documentation: RuleDocumentation.bestPractices
    ) { subject in
        var administrators: [String: Int] = [:]
        for statement in subject.allows where statement.actions.contains(.putKeyPolicy) {
            for name in subject.outsiders(statement) where administrators[name] == nil {
                administrators[name] = statement.index
            }
        }
        return subject.allows.compactMap { statement in
            guard statement.actions.contains(.decrypt) else { return nil }
            let names = subject.outsiders(statement)
                .filter { name in name != "*" && administrators[name].map { $0 != statement.index } ?? false }
            guard let first = names.first, let other = administrators[first] else { return nil }
            return statement.principalMatch(
                "\(Words.list(names)) may decrypt here and change the key policy by statement \(other + 1)"
            )
        }
    }

    static let tagBasedAccess = FindingRule(
        id: "TAG_BASED_ACCESS",
        severity: .medium,
        title: "Whoever may tag the key or name it decides who may use it",
        advice: "give tagging and aliases to administrators only, with limits on the tags they may set",
        documentation: RuleDocumentation.abac
    ) { subject in
        let taggers = holders(subject, KMSActionSet([.tagResource, .untagResource]))
        let namers = holders(subject, KMSActionSet([.createAlias, .deleteAlias, .updateAlias]))
        return subject.statements.flatMap { statement in
            statement.tests.compactMap { test in
                let names =
                    test.key.hasPrefix("aws:resourcetag/") ? taggers : test.key == "kms:requestalias" ? namers : []
                guard !names.isEmpty else { return nil }
                return test.match(
                    statement,
                    "\(Words.list(names)) can change what `\(test.test.key)` is, and with it who the statement is for"
                )
            }
        }
    }

    /// The principals that get one of some actions without the power to change the policy.
    private static func holders(_ subject: RuleSubject, _ actions: KMSActionSet) -> [String] {
        var seen: Set<String> = []
        return subject.allows
            .filter { !$0.actions.intersection(actions).isEmpty && !$0.actions.contains(.putKeyPolicy) }
            .flatMap { subject.outsiders($0) }
            .filter { seen.insert($0).inserted }
    }

    static let unguardedDeletion = FindingRule(
        id: "UNGUARDED_DELETION",
        severity: .medium,
        title: "Who uses the key may also destroy it",
        advice: "leave deletion to administrators, or demand `kms:TrailingDaysWithoutKeyUsage` and a window of 30 days",
        documentation: RuleDocumentation.deletion
    ) { subject in
        let destroying = KMSActionSet([.deleteImportedKeyMaterial, .disableKey, .scheduleKeyDeletion])
        let isGuarded = subject.denies.contains { statement in
            statement.namesEverybody && statement.actions.contains(.scheduleKeyDeletion)
                && statement.tests.contains { guards.contains($0.key) }
        }
        guard !isGuarded else { return [] }
        return subject.allows.compactMap { statement in
            let actions = statement.actions.intersection(destroying)
            let names = subject.outsiders(statement)
            guard !actions.isEmpty, !names.isEmpty, names != ["*"], !statement.actions.contains(.putKeyPolicy),
                !statement.actions.intersection(KMSAction.cryptographic).isEmpty,
                !statement.tests.contains(where: { guards.contains($0.key) })
            else { return nil }
            return statement.actionMatch(
                "\(Words.list(names)) may use the key and also has \(Words.list(actions)), with nothing in between"
            )
        }
    }

    private static let guards: Set<String> = [
        "kms:trailingdayswithoutkeyusage", "kms:schedulekeydeletionpendingwindowindays",
    ]

    static let unlimitedReplication = FindingRule(
        id: "UNLIMITED_REPLICATION",
        severity: .low,
        title: "The key can be replicated to every region",
        advice: "add a condition on `kms:ReplicaRegion`",
        documentation: RuleDocumentation.multiRegion
    ) { subject in
        guard subject.facts.isMultiRegion == true else { return [] }
        return subject.allows.compactMap { statement in
            let names = subject.outsiders(statement)
            guard statement.actions.contains(.replicateKey), !names.isEmpty,
                !statement.actions.contains(.putKeyPolicy), !statement.demands("kms:replicaregion")
            else { return nil }
            return statement.actionMatch("\(Words.list(names)) may replicate the key to any region")
        }
    }
}
