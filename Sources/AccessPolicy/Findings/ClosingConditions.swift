// SPDX-License-Identifier: Apache-2.0

import CoreValues

/// Tells conditions that keep strangers out from those that don't.
///
/// Source: AWS Identity and Access Management Access Analyzer, "Public access"; reference/kms-policy.md §9, 13.
enum ClosingConditions {
    /// Whether a statement that names everybody is open to callers of any account.
    static func isOpen(_ statement: RuleSubject.Statement) -> Bool {
        !statement.tests.contains { $0.demandsValue && closes($0) }
    }

    /// The actions that a statement gives to callers of any account, denials of strangers taken off.
    static func openActions(_ statement: RuleSubject.Statement, _ subject: RuleSubject) -> KMSActionSet {
        guard statement.allows, statement.namesEverybody, isOpen(statement) else { return KMSActionSet() }
        return subject.denies.filter { $0.namesEverybody && deniesStrangers($0) }
            .reduce(statement.keyActions) { $0.subtracting($1.actions) }
    }

    /// Whether a denial hits whoever is outside of what one negated test names.
    private static func deniesStrangers(_ statement: RuleSubject.Statement) -> Bool {
        let tests = statement.tests.filter { !sparesServices($0) }
        guard let test = tests.first else { return true }
        return tests.count == 1 && test.base.isNegated && closes(test)
    }

    /// Whether a test of a denial only spares AWS services.
    static func sparesServices(_ test: ConditionTest) -> Bool {
        ["aws:principalisawsservice", "aws:viaawsservice"].contains(test.key) && test.base == .bool
            && test.texts == ["false"]
    }

    /// Whether the values of a test name accounts, organisations, principals or networks that are somebody's.
    static func closes(_ test: ConditionTest) -> Bool {
        !test.texts.isEmpty && test.conditionOperator.set != .forAllValues && test.texts.allSatisfy { closes(test, $0) }
    }

    private static func closes(_ test: ConditionTest, _ value: String) -> Bool {
        let isOpen = isOpen(value, wildcards: test.takesWildcards)
        switch test.key {
        case "kms:calleraccount", "aws:principalaccount", "aws:sourceaccount", "aws:vpceaccount",
            "aws:principalorgid", "aws:sourceorgid", "aws:vpceorgid", "aws:sourcevpc", "aws:sourcevpce":
            return !isOpen
        case "aws:principalorgpaths", "aws:sourceorgpaths", "aws:vpceorgpaths":
            return !self.isOpen(String(value.prefix { $0 != "/" }), wildcards: test.takesWildcards)
        case "aws:principalarn", "aws:sourcearn", "aws:sourcevpcarn":
            return namesAccount(value, wildcards: test.takesWildcards)
        case "aws:userid":
            return !self.isOpen(String(value.prefix { $0 != ":" }), wildcards: test.takesWildcards)
        case "aws:sourceip":
            return !value.hasSuffix("/0")
        default:
            return false
        }
    }

    /// Whether a value can stand for many: a wildcard, or a variable that the caller decides.
    private static func isOpen(_ value: String, wildcards: Bool) -> Bool {
        if wildcards, Words.hasWildcard(value) {
            return true
        }
        return Words.variables(value).contains { !ownVariables.contains($0.lowercased()) }
    }

    private static let ownVariables: Set<String> = ["aws:resourceaccount", "aws:resourceorgid"]

    /// Whether an ARN says whose it is: by its account, or by the name of a bucket, which has none.
    private static func namesAccount(_ text: String, wildcards: Bool) -> Bool {
        let parts = text.split(separator: ":", maxSplits: 5, omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 6 else { return false }
        let owner = parts[4].isEmpty ? parts[5] : parts[4]
        return !isOpen(owner, wildcards: wildcards) && !owner.isEmpty
    }
}
