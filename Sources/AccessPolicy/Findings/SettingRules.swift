// SPDX-License-Identifier: Apache-2.0

import JSONDocument

/// Rules about the key's settings, and about policies that need a certain setting.
enum SettingRules {
    static let all = [rotationOff, disabled, pendingDeletion, multiRegion, shortWindow, unattested, debugEnclave]

    /// One match about the whole key when a condition holds.
    private static func whole(_ applies: Bool, _ explanation: String) -> [FindingRule.Match] {
        applies ? [FindingRule.Match(explanation: explanation)] : []
    }

    static let rotationOff = FindingRule(
        id: "ROTATION_OFF",
        severity: .medium,
        title: "The key is never rotated automatically",
        advice: "enable automatic rotation",
        documentation: RuleDocumentation.rotation
    ) { subject in
        let canRotate = subject.facts.keyType?.isSymmetricEncryption != false
        return whole(
            canRotate && subject.facts.isRotationEnabled == false,
            "all data of the key's life is protected by the same material; rotation costs callers nothing"
        )
    }

    static let disabled = FindingRule(
        id: "KEY_DISABLED",
        severity: .low,
        title: "The key is disabled",
        advice: "enable the key before it is needed, or delete it if it never will be",
        documentation: RuleDocumentation.enabling
    ) { subject in
        whole(
            subject.facts.isEnabled == false && subject.facts.isPendingDeletion != true,
            "no cryptographic operation works with the key, whatever the policy allows"
        )
    }

    static let pendingDeletion = FindingRule(
        id: "KEY_PENDING_DELETION",
        severity: .high,
        title: "The key is going to be deleted",
        advice: "cancel the deletion if anything is still encrypted under the key",
        documentation: RuleDocumentation.deletion
    ) { subject in
        whole(
            subject.facts.isPendingDeletion == true,
            "after the waiting period everything encrypted under the key is lost for good"
        )
    }

    static let multiRegion = FindingRule(
        id: "MULTI_REGION_KEY",
        severity: .low,
        title: "The key can exist in several regions",
        advice: "use a key of one region unless data must be decrypted in several",
        documentation: RuleDocumentation.multiRegion
    ) { subject in
        whole(
            subject.facts.isMultiRegion == true,
            "replicas share the key material and have key policies of their own, which this one does not govern"
        )
    }

    static let shortWindow = FindingRule(
        id: "SHORT_PENDING_WINDOW",
        severity: .low,
        title: "A deletion can't be cancelled for long",
        advice: "wait 30 days, the longest possible",
        documentation: RuleDocumentation.deletion
    ) { subject in
        let days = subject.facts.pendingWindowDays ?? 30
        return whole(days < 30, "\(days) days remain between the order to delete the key and the loss of its data")
    }

    static let unattested = FindingRule(
        id: "UNATTESTED_ENCLAVE_KEY",
        severity: .high,
        title: "A key for enclaves also serves callers outside of them",
        advice: "add a condition on `kms:RecipientAttestation:ImageSha384` or a PCR",
        documentation: RuleDocumentation.enclaves
    ) { subject in
        guard subject.facts.isForEnclaves == true else { return [] }
        let yielding = KMSActionSet([.decrypt, .deriveSharedSecret, .generateDataKey, .generateDataKeyPair])
        return subject.allows.compactMap { statement in
            let actions = statement.actions.intersection(yielding)
            let names = subject.outsiders(statement)
            let isAttested = statement.tests.contains {
                $0.key.hasPrefix("kms:recipientattestation:") && $0.demandsValue
            }
            guard !actions.isEmpty, !names.isEmpty, !isAttested else { return nil }
            return statement.actionMatch(
                "\(Words.list(names)) gets plaintext by \(Words.list(actions)) without an attestation document"
            )
        }
    }

    static let debugEnclave = FindingRule(
        id: "DEBUG_ENCLAVE",
        severity: .high,
        title: "An enclave in debug mode is trusted",
        advice: "name the measurement of the production image",
        documentation: RuleDocumentation.enclaves
    ) { subject in
        subject.allows.flatMap { statement in
            statement.tests.compactMap { test in
                let zero = test.texts.contains { $0.utf8.count >= 32 && $0.utf8.allSatisfy { $0 == UInt8(ascii: "0") } }
                guard test.key.hasPrefix("kms:recipientattestation:"), test.isPositive, zero else { return nil }
                return test.match(
                    statement,
                    "all zeros is what enclaves in debug mode present, whose memory can be read from outside"
                )
            }
        }
    }
}
