// SPDX-License-Identifier: Apache-2.0

/// How questions are answered that AWS's documentation leaves open, one switch each.
///
/// Source: reference/kms-policy.md §10. Each default is the better-supported reading.
package struct Assumptions: Sendable, Hashable {
    /// What an operator without `ForAnyValue` or `ForAllValues` does with a list of values in the request.
    package enum SetlessReading: String, Sendable, Hashable, CaseIterable {
        /// It never holds, negated or not.
        case neverHolds
        /// It treats the list as `ForAnyValue` would, negated operators as "none of the values".
        case anyValue
    }

    /// What an operator without a set qualifier does with a list of values.
    package var setlessOperatorOnList: SetlessReading
    /// Whether `Principal: "*"` covers AWS services that act for themselves.
    package var everybodyIncludesServices: Bool
    /// Whether a grant to a principal of another account is enough without an identity policy there.
    package var grantSufficesAcrossAccounts: Bool
    /// Whether `NotPrincipal` leaves out only callers of whom it lists every form.
    ///
    /// That is the account as well as the user, or the account, the role and the session. IAM's user guide advises to list them all because some services look at
    /// the account first; by default one form is enough.
    package var notPrincipalNeedsEveryForm: Bool

    /// Makes a set of answers.
    package init(
        setlessOperatorOnList: SetlessReading = .neverHolds,
        everybodyIncludesServices: Bool = true,
        grantSufficesAcrossAccounts: Bool = true,
        notPrincipalNeedsEveryForm: Bool = false
    ) {
        self.setlessOperatorOnList = setlessOperatorOnList
        self.everybodyIncludesServices = everybodyIncludesServices
        self.grantSufficesAcrossAccounts = grantSufficesAcrossAccounts
        self.notPrincipalNeedsEveryForm = notPrincipalNeedsEveryForm
    }
}
