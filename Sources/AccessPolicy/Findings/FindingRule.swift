// SPDX-License-Identifier: Apache-2.0

import JSONDocument

/// One rule about key policies.
struct FindingRule: Sendable {
    /// A place where the rule applies.
    struct Match: Sendable {
        var statement: Int?
        var pointer = JSONPointer()
        var explanation: String
        /// What to change here, when that is more than the rule's advice.
        var fix: String?
    }

    let id: String
    let severity: Finding.Severity
    let title: String
    let advice: String
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
            fix: match.fix ?? advice,
            documentation: documentation
        )
    }

    /// Every rule about a policy that could be read, by theme.
    static let all =
        ShapeRules.all + ActionRules.all + PrincipalRules.all + ServicePrincipalRules.all + GrantRules.all
        + ConditionRules.all + ConditionKeyRules.all + ConditionValueRules.all + AbsenceRules.all + ServiceRules.all
        + NetworkRules.all + EffectRules.all + DutyRules.all + AdministrationRules.all + SettingRules.all
}

/// Where the documentation that rules refer to is found.
enum RuleDocumentation {
    private static let kms = "https://docs.aws.amazon.com/kms/latest/developerguide/"
    private static let kmsReference = "https://docs.aws.amazon.com/kms/latest/APIReference/"
    private static let iam = "https://docs.aws.amazon.com/IAM/latest/UserGuide/"

    static let actions =
        "https://docs.aws.amazon.com/service-authorization/latest/reference/list_awskeymanagementservice.html"
    static let abac = kms + "abac.html"
    static let bestPractices = kms + "best-practices.html"
    static let conditionKeys = kms + "conditions-kms.html"
    static let crossAccount = kms + "key-policy-modifying-external-accounts.html"
    static let defaultKeyPolicy = kms + "key-policy-default.html"
    static let deletion = kms + "deleting-keys.html"
    static let enabling = kms + "enabling-keys.html"
    static let enclaves = kms + "conditions-nitro-enclaves.html"
    static let globalConditionsInKMS = kms + "conditions-aws.html"
    static let grants = kms + "grants.html"
    static let keyPolicies = kms + "key-policies.html"
    static let keyPolicyOverview = kms + "key-policy-overview.html"
    static let keyTypes = kms + "symm-asymm-compare.html"
    static let limits = kms + "resource-limits.html"
    static let multiRegion = kms + "multi-region-keys-overview.html"
    static let putKeyPolicy = kmsReference + "API_PutKeyPolicy.html"
    static let rotation = kms + "rotate-keys.html"
    static let services = kms + "service-integration.html"

    static let conditionOperators = iam + "reference_policies_elements_condition_operators.html"
    static let confusedDeputy = iam + "confused-deputy.html"
    static let elements = iam + "reference_policies_elements.html"
    static let globalKeys = iam + "reference_policies_condition-keys.html"
    static let grammar = iam + "reference_policies_grammar.html"
    static let multivalued = iam + "reference_policies_condition-single-vs-multi-valued-context-keys.html"
    static let notAction = iam + "reference_policies_elements_notaction.html"
    static let notPrincipal = iam + "reference_policies_elements_notprincipal.html"
    static let principal = iam + "reference_policies_elements_principal.html"
    static let variables = iam + "reference_policies_variables.html"
    static let version = iam + "reference_policies_elements_version.html"
}
