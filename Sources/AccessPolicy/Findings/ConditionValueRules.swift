// SPDX-License-Identifier: Apache-2.0

import CoreValues
import JSONDocument

/// Rules about what condition keys are compared with, and how.
enum ConditionValueRules {
    static let all = [
        typeMismatch, invalidValue, impossibleValue, wildcardWithoutLike, variableUnsupported, unknownVariable,
    ]

    // MARK: Operators

    private enum Kind: String {
        case string, numeric, date, bool, binary, address, arn, null
    }

    private static func kind(_ base: ConditionOperator.Base) -> Kind {
        switch base {
        case .bool: .bool
        case .binaryEquals: .binary
        case .ipAddress, .notIPAddress: .address
        case .arnEquals, .arnNotEquals, .arnLike, .arnNotLike: .arn
        case .null: .null
        default:
            base.rawValue.hasPrefix("String") ? .string : base.rawValue.hasPrefix("Numeric") ? .numeric : .date
        }
    }

    /// The kinds of operators that compare a type as it is meant.
    private static func kinds(for type: ConditionKey.ValueType) -> Set<Kind> {
        switch type {
        case .string: [.string, .arn]
        case .bool: [.bool, .string]
        case .numeric: [.numeric]
        // KMS documents `kms:ValidTo` with numeric operators, as seconds since 1970.
        case .date: [.date, .numeric]
        case .arn: [.arn, .string]
        case .ipAddress: [.address]
        }
    }

    static let typeMismatch = FindingRule(
        id: "OPERATOR_TYPE_MISMATCH",
        severity: .high,
        title: "An operator for another type of values",
        advice: "use an operator for the type of the condition key",
        documentation: RuleDocumentation.conditionOperators
    ) { subject in
        subject.statements.flatMap { statement in
            statement.tests.compactMap { test in
                guard !test.isNull, let known = test.known, !known.isFamily,
                    !kinds(for: known.type).contains(kind(test.base))
                else { return nil }
                return test.match(
                    statement,
                    """
                    `\(test.test.key)` has values of type \(known.type.rawValue), which `\(test.base.rawValue)` does \
                    not compare as such
                    """
                )
            }
        }
    }

    // MARK: Values

    static let invalidValue = FindingRule(
        id: "INVALID_CONDITION_VALUE",
        severity: .high,
        title: "A value that its operator can't read",
        advice: "write the value in the form that the operator takes",
        documentation: RuleDocumentation.conditionOperators
    ) { subject in
        subject.statements.flatMap { statement in
            statement.tests.compactMap { test in
                let wrong = test.texts.filter { !Words.hasVariable($0) && !isReadable($0, kind(test.base)) }
                guard !wrong.isEmpty else { return nil }
                return test.match(
                    statement,
                    "\(Words.list(wrong)) can't be compared by `\(test.base.rawValue)` and matches nothing"
                )
            }
        }
    }

    private static func isReadable(_ text: String, _ kind: Kind) -> Bool {
        switch kind {
        case .string: return true
        case .numeric: return isNumber(text)
        case .date:
            return isNumber(text) || Timestamp(parsing: text) != nil || Timestamp(parsing: text + "T00:00:00Z") != nil
        case .bool, .null: return ["true", "false"].contains(text.lowercased())
        case .binary: return Base64.decode(text) != nil
        case .address: return IPNetwork(text) != nil
        case .arn: return text == "*" || text.split(separator: ":", omittingEmptySubsequences: false).count >= 6
        }
    }

    private static func isNumber(_ text: String) -> Bool {
        guard text.utf8.count <= 64, case .number? = try? JSONValue(parsing: text) else { return false }
        return true
    }

    static let impossibleValue = FindingRule(
        id: "IMPOSSIBLE_CONDITION_VALUE",
        severity: .high,
        title: "A value that the condition key never has",
        advice: "write the value as requests carry it",
        documentation: RuleDocumentation.conditionKeys
    ) { subject in
        subject.statements.flatMap { statement in
            statement.tests.compactMap { test in
                guard kind(test.base) == .string, !test.base.rawValue.hasSuffix("IgnoreCase") else { return nil }
                let wrong = test.texts.filter { text in
                    !Words.hasVariable(text) && !Words.hasWildcard(text) && problem(test.key, text) != nil
                }
                guard let first = wrong.first, let problem = problem(test.key, first) else { return nil }
                return test.match(
                    statement,
                    "`\(test.test.key)` is never \(Words.list(wrong)): \(problem)"
                )
            }
        }
    }

    /// What the values of a key look like, when a text is none; `nil` when it may be one.
    private static func problem(_ key: String, _ text: String) -> String? {
        switch key {
        case "kms:calleraccount", "aws:principalaccount", "aws:sourceaccount", "aws:resourceaccount",
            "aws:vpceaccount":
            return AccountID(text) == nil ? "an account has twelve digits" : nil
        case "aws:principalorgid", "aws:sourceorgid", "aws:resourceorgid", "aws:vpceorgid":
            return text.hasPrefix("o-") ? nil : "an organization's id starts with `o-`"
        case "kms:requestalias":
            return text.hasPrefix("alias/") ? nil : "it holds the alias's name, such as `alias/app`, never an ARN"
        case "kms:viaservice":
            return nil
        default:
            guard let values = closedSets[key], !values.contains(text) else { return nil }
            return "the values are \(Words.list(values))"
        }
    }

    private static let closedSets: [String: [String]] = [
        "kms:grantoperations": [
            "CreateGrant", "Decrypt", "DeriveSharedSecret", "DescribeKey", "Encrypt", "GenerateDataKey",
            "GenerateDataKeyPair", "GenerateDataKeyPairWithoutPlaintext", "GenerateDataKeyWithoutPlaintext",
            "GenerateMac", "GetPublicKey", "ReEncryptFrom", "ReEncryptTo", "RetireGrant", "Sign", "Verify",
            "VerifyMac",
        ],
        "kms:grantconstrainttype": ["EncryptionContextEquals", "EncryptionContextSubset", "SourceArn"],
        "kms:keyusage": KMSKeyType.Usage.allCases.map(\.rawValue),
        "kms:customermasterkeyusage": KMSKeyType.Usage.allCases.map(\.rawValue),
        "kms:keyorigin": ["AWS_KMS", "EXTERNAL", "AWS_CLOUDHSM", "EXTERNAL_KEY_STORE"],
        "kms:multiregionkeytype": ["PRIMARY", "REPLICA"],
        "kms:expirationmodel": ["KEY_MATERIAL_EXPIRES", "KEY_MATERIAL_DOES_NOT_EXPIRE"],
        "kms:encryptionalgorithm": ["SYMMETRIC_DEFAULT", "RSAES_OAEP_SHA_1", "RSAES_OAEP_SHA_256", "SM2PKE"],
        "aws:principaltype": ["Account", "User", "FederatedUser", "AssumedRole", "Anonymous"],
    ]

    static let wildcardWithoutLike = FindingRule(
        id: "WILDCARD_WITHOUT_LIKE",
        severity: .high,
        title: "A wildcard that the operator takes literally",
        advice: "use `StringLike` or `StringNotLike`",
        documentation: RuleDocumentation.conditionOperators
    ) { subject in
        subject.statements.flatMap { statement in
            statement.tests.compactMap { test in
                guard kind(test.base) == .string, !test.takesWildcards else { return nil }
                let wild = test.texts.filter(Words.hasWildcard)
                guard !wild.isEmpty else { return nil }
                let like = test.base.isNegated ? "StringNotLike" : "StringLike"
                return test.match(
                    statement,
                    "`\(test.base.rawValue)` compares \(Words.list(wild)) letter by letter, `*` and `?` included",
                    fix: "write `\(like)`"
                )
            }
        }
    }

    // MARK: Variables

    static let variableUnsupported = FindingRule(
        id: "VARIABLE_NOT_SUPPORTED",
        severity: .high,
        title: "A policy variable where none is replaced",
        advice: "write the value itself; variables work with string and ARN operators",
        documentation: RuleDocumentation.variables
    ) { subject in
        guard subject.policy.supportsVariables else { return [] }
        return subject.statements.flatMap { statement in
            statement.tests.compactMap { test in
                guard ![.string, .arn, .bool].contains(kind(test.base)) else { return nil }
                let texts = test.texts.filter(Words.hasVariable)
                guard !texts.isEmpty else { return nil }
                return test.match(
                    statement,
                    "`\(test.base.rawValue)` does not replace variables, so that \(Words.list(texts)) matches nothing"
                )
            }
        }
    }

    static let unknownVariable = FindingRule(
        id: "UNKNOWN_VARIABLE",
        severity: .high,
        title: "A policy variable that does not exist",
        advice: "correct the name of the variable",
        documentation: RuleDocumentation.variables
    ) { subject in
        guard subject.policy.supportsVariables else { return [] }
        return subject.statements.flatMap { statement in
            statement.tests.compactMap { test in
                let wrong = test.texts.flatMap(Words.variables)
                    .filter { name in
                        let isOwn =
                            ["aws:", "kms:"].contains { name.lowercased().hasPrefix($0) } || !name.contains(":")
                        return isOwn && ConditionKey(named: name) == nil
                    }
                guard !wrong.isEmpty else { return nil }
                return test.match(
                    statement,
                    "no request has \(Words.list(wrong)), and a value with an unresolved variable matches nothing"
                )
            }
        }
    }
}
