// SPDX-License-Identifier: Apache-2.0

/// Rules about the actions of a statement.
enum ActionRules {
    static let all = [unknownAction, encryptorCanDecrypt]

    static let unknownAction = FindingRule(
        id: "UNKNOWN_ACTION",
        severity: .high,
        title: "An action that does not exist",
        documentation: RuleDocumentation.actions
    ) { subject in
        subject.statements.flatMap { statement in
            let element = statement.source.action
            return (element?.values.values ?? [])
                .filter { KMSActionSet(matching: $0).isEmpty }
                .map { name in
                    let isReEncrypt = name.lowercased() == "kms:reencrypt"
                    let effect = statement.allows ? "allow" : "deny"
                    let explanation =
                        isReEncrypt
                        ? "KMS has no permission `\(name)`: ReEncrypt is decided by `kms:ReEncryptFrom` and "
                            + "`kms:ReEncryptTo`, which this statement therefore does not \(effect)"
                        : "`\(name)` matches no KMS permission, so the statement does not \(effect) what it names"
                    return statement.match(
                        element?.name(for: "Action"),
                        explanation,
                        fix: isReEncrypt ? "write `kms:ReEncrypt*`" : "correct the name or remove it"
                    )
                }
        }
    }

    static let encryptorCanDecrypt = FindingRule(
        id: "ENCRYPTOR_CAN_DECRYPT",
        severity: .high,
        title: "Who may encrypt can also move ciphertext away",
        documentation: RuleDocumentation.actions
    ) { subject in
        subject.allows.compactMap { statement in
            let actions = statement.actions
            guard actions.contains(.encrypt), actions.contains(.reEncryptFrom), !actions.contains(.decrypt) else {
                return nil
            }
            return statement.match(
                "Action",
                "the statement allows encryption but not `kms:Decrypt`, yet it allows `kms:ReEncryptFrom`: its "
                    + "principals can re-encrypt any ciphertext of this key under a key of their own and decrypt it "
                    + "there",
                fix: "allow `kms:ReEncryptTo` in place of `kms:ReEncrypt*`"
            )
        }
    }
}
