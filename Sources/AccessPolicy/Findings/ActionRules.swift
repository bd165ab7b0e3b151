// SPDX-License-Identifier: Apache-2.0

/// Rules about the actions of a statement.
enum ActionRules {
    static let all = [
        unknownAction, foreignAction, ineffectiveAction, redundantAction, notForKeyType, allowNotAction, fullAccess,
        encryptorCanDecrypt,
    ]

    static let unknownAction = FindingRule(
        id: "UNKNOWN_ACTION",
        severity: .high,
        title: "An action that does not exist",
        advice: "correct the name or remove it; re-encryption is `kms:ReEncrypt*`",
        documentation: RuleDocumentation.actions
    ) { subject in
        subject.statements.flatMap { statement in
            statement.patterns.enumerated()
                .filter { index, name in isKMS(name) && statement.patternSets[index].isEmpty }
                .map { index, name in
                    var match = unknown(name, statement)
                    match.pointer = statement.place(ofAction: index)
                    return match
                }
        }
    }

    /// Whether a pattern can be meant for KMS: it has its prefix, or none.
    private static func isKMS(_ pattern: String) -> Bool {
        guard let colon = pattern.firstIndex(of: ":") else { return pattern != "*" }
        return WildcardPattern(String(pattern[..<colon]), foldsCase: true).matches("kms")
    }

    private static func unknown(_ name: String, _ statement: RuleSubject.Statement) -> FindingRule.Match {
        let effect = statement.allows ? "allow" : "deny"
        if name.lowercased() == "kms:reencrypt" {
            let explanation = """
                KMS has no permission `\(name)`: ReEncrypt is decided by `kms:ReEncryptFrom` and `kms:ReEncryptTo`, \
                which this statement therefore does not \(effect)
                """
            return statement.actionMatch(explanation, fix: "write `kms:ReEncrypt*`")
        }
        let explanation = "`\(name)` matches no KMS permission, so the statement does not \(effect) what it names"
        let prefixed = name.contains(":") ? name : "kms:\(name)"
        let nearest = Words.nearest(prefixed, in: KMSAction.allCases.map(\.name))
        return statement.actionMatch(explanation, fix: nearest.map { "write `\($0)`" } ?? "correct or remove the name")
    }

    static let foreignAction = FindingRule(
        id: "FOREIGN_ACTION",
        severity: .medium,
        title: "An action of another service",
        advice: "remove it here; write it into the policy of the other service's resource or an identity policy",
        documentation: RuleDocumentation.actions
    ) { subject in
        subject.statements.flatMap { statement in
            statement.patterns.enumerated().filter { !isKMS($0.element) && $0.element != "*" }
                .map { index, name in
                    var match = statement.actionMatch(
                        "a key policy decides KMS actions only, so `\(name)` does nothing"
                    )
                    match.pointer = statement.place(ofAction: index)
                    return match
                }
        }
    }

    static let ineffectiveAction = FindingRule(
        id: "INEFFECTIVE_ACTION",
        severity: .low,
        title: "An action that no key policy can decide",
        advice: "move the action to an identity policy",
        documentation: RuleDocumentation.actions
    ) { subject in
        subject.statements.flatMap { statement in
            statement.patterns.enumerated()
                .filter { index, _ in
                    let actions = statement.patternSets[index]
                    return !actions.isEmpty && actions.intersection(KMSAction.onKeys).isEmpty
                }
                .map { index, name in
                    var match = statement.actionMatch(
                        "`\(name)` concerns no particular key, so that only identity policies decide it"
                    )
                    match.pointer = statement.place(ofAction: index)
                    return match
                }
        }
    }

    static let redundantAction = FindingRule(
        id: "REDUNDANT_ACTION",
        severity: .low,
        title: "An action that another one of the list includes",
        advice: "remove the narrower of the two",
        documentation: RuleDocumentation.actions
    ) { subject in
        subject.statements.flatMap { statement in
            let sets = statement.patternSets
            return statement.patterns.indices.compactMap { index -> FindingRule.Match? in
                // AWS's console itself writes `kms:UpdatePrimaryRegion` beside `kms:Update*`, so that a name beside a
                // wildcard of its verb is left alone.
                let isName = !Words.hasWildcard(statement.patterns[index])
                let wider = sets.indices.first { other in
                    other != index && !sets[index].isEmpty && sets[index].subtracting(sets[other]).isEmpty
                        && (sets[index] == sets[other] ? other < index : !isName || sets[other] == KMSActionSet.all)
                }
                guard let wider else { return nil }
                let explanation =
                    "`\(statement.patterns[index])` adds nothing to `\(statement.patterns[wider])` in the same list"
                var match = statement.actionMatch(explanation)
                match.pointer = statement.place(ofAction: index)
                return match
            }
        }
    }

    static let notForKeyType = FindingRule(
        id: "ACTION_NOT_FOR_KEY_TYPE",
        severity: .low,
        title: "An action that a key of this type can't serve",
        advice: "remove the action, or create a key of the type that was meant",
        documentation: RuleDocumentation.keyTypes
    ) { subject in
        guard let type = subject.facts.keyType else { return [] }
        return subject.allows.filter { $0.source.action?.isNegated == false }
            .flatMap { statement in
                statement.patterns.enumerated()
                    .filter { index, _ in
                        let actions = statement.patternSets[index].intersection(KMSAction.onKeys)
                        return !actions.isEmpty && actions.intersection(type.supportedActions).isEmpty
                    }
                    .map { index, name in
                        var match = statement.actionMatch(
                            "a key of spec `\(type.spec)` and usage `\(type.usage.rawValue)` has no use for `\(name)`"
                        )
                        match.pointer = statement.place(ofAction: index)
                        return match
                    }
            }
    }

    static let allowNotAction = FindingRule(
        id: "ALLOW_NOT_ACTION",
        severity: .high,
        title: "Everything but a list of actions is allowed",
        advice: "list the allowed actions under `Action`",
        documentation: RuleDocumentation.notAction
    ) { subject in
        subject.allows.compactMap { statement in
            guard statement.source.action?.isNegated == true, !statement.keyActions.isEmpty else { return nil }
            return statement.actionMatch(
                """
                the statement allows the other \(statement.keyActions.actions.count) key actions, and those that AWS \
                will add; among them are \(Words.list(statement.keyActions.intersection(gravest)))
                """
            )
        }
    }

    private static let gravest = KMSActionSet([
        .createGrant, .decrypt, .putKeyPolicy, .reEncryptFrom, .scheduleKeyDeletion,
    ])

    static let fullAccess = FindingRule(
        id: "FULL_ACCESS",
        severity: .low,
        title: "One principal may use, administer and delete the key",
        advice: "give administration and use to different principals, action by action",
        documentation: RuleDocumentation.bestPractices
    ) { subject in
        subject.allows.compactMap { statement in
            let names = subject.outsiders(statement)
            guard !names.isEmpty, names != ["*"], statement.source.action?.isNegated == false,
                KMSAction.onKeys.subtracting(statement.actions).isEmpty
            else { return nil }
            return statement.actionMatch(
                "\(Words.list(names)) may do everything with the key, from decryption to changing this policy"
            )
        }
    }

    static let encryptorCanDecrypt = FindingRule(
        id: "ENCRYPTOR_CAN_DECRYPT",
        severity: .high,
        title: "Who may encrypt can also move ciphertext away",
        advice: "allow `kms:ReEncryptTo` in place of `kms:ReEncrypt*`",
        documentation: RuleDocumentation.actions
    ) { subject in
        subject.allows.compactMap { statement in
            let actions = statement.actions
            guard actions.contains(.encrypt), actions.contains(.reEncryptFrom), !actions.contains(.decrypt),
                !limitsToSameKey(statement)
            else { return nil }
            return statement.actionMatch(
                """
                the statement allows encryption but not `kms:Decrypt`, yet it allows `kms:ReEncryptFrom`: its \
                principals can re-encrypt any ciphertext of this key under a key of their own and decrypt it there
                """
            )
        }
    }

    private static func limitsToSameKey(_ statement: RuleSubject.Statement) -> Bool {
        statement.tests.contains { $0.key == "kms:reencryptonsamekey" && $0.demandsValue && $0.texts == ["true"] }
    }
}
