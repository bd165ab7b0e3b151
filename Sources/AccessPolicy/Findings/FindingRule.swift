// SPDX-License-Identifier: Apache-2.0

import JSONDocument

/// One rule about key policies.
struct FindingRule: Sendable {
    /// A place where the rule applies.
    struct Match: Sendable {
        var statement: Int?
        var pointer: JSONPointer
        var explanation: String
        var fix: String
    }

    let id: String
    let severity: Finding.Severity
    let title: String
    let documentation: String
    let check: @Sendable (RuleSubject) -> [Match]

    func finding(_ match: Match) -> Finding {
        Finding(
            id: id,
            severity: severity,
            statement: match.statement,
            pointer: match.pointer,
            title: title,
            explanation: match.explanation,
            fix: match.fix,
            documentation: documentation
        )
    }

    /// Every rule, by theme.
    static let all = ActionRules.all + GrantRules.all + ConditionRules.all + ServiceRules.all
}

/// Where the documentation that rules refer to is found.
enum RuleDocumentation {
    private static let kms = "https://docs.aws.amazon.com/kms/latest/developerguide/"
    private static let iam = "https://docs.aws.amazon.com/IAM/latest/UserGuide/"

    static let actions =
        "https://docs.aws.amazon.com/service-authorization/latest/reference/list_awskeymanagementservice.html"
    static let keyPolicies = kms + "key-policies.html"
    static let keyPolicyOverview = kms + "key-policy-overview.html"
    static let conditionKeys = kms + "conditions-kms.html"
    static let grants = kms + "grants.html"
    static let multivalued = iam + "reference_policies_condition-single-vs-multi-valued-context-keys.html"
}
