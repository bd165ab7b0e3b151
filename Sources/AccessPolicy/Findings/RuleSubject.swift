// SPDX-License-Identifier: Apache-2.0

import CoreValues
import JSONDocument

/// A key policy as the rules look at it.
struct RuleSubject: Sendable {
    struct Statement: Sendable {
        let index: Int
        let source: PolicyStatement
        let pointer: JSONPointer
        let actions: KMSActionSet
        /// The actions of each pattern under `Action` or `NotAction`.
        let patternSets: [KMSActionSet]
        let tests: [ConditionTest]
        let principals: [PrincipalName]
        /// The principals with their families, for comparisons; empty for `NotPrincipal` and the bare wildcard.
        let principalSet: Set<String>

        init(_ index: Int, _ source: PolicyStatement, _ pointer: JSONPointer) {
            self.index = index
            self.source = source
            self.pointer = pointer
            patternSets = (source.action?.values.values ?? []).map { KMSActionSet(matching: $0) }
            let named = patternSets.reduce(KMSActionSet()) { $0.union($1) }
            actions = source.action?.isNegated == true ? KMSActionSet.all.subtracting(named) : named
            tests = (source.condition?.blocks ?? [])
                .flatMap { block in block.tests.map { ConditionTest($0, in: block, at: pointer) } }
            let entries = source.principal?.isNegated == false ? source.principal?.entries ?? [] : []
            principals = entries.filter { $0.family == .aws }.flatMap(\.values.values).map { PrincipalName($0) }
            principalSet = Set(
                entries.flatMap { entry in entry.values.values.map { "\(entry.family.rawValue) \($0)" } }
            )
        }
    }

    let policy: PolicyDocument
    let facts: KeyFacts
    let statements: [Statement]

    init(_ policy: PolicyDocument, _ facts: KeyFacts) {
        self.policy = policy
        self.facts = facts
        let list = JSONPointer([.name("Statement")])
        statements = policy.statements.enumerated()
            .map { index, statement in
                let pointer = policy.hasBareStatement ? list : list.appending(index)
                return Statement(index, statement, pointer)
            }
    }

    /// The statements that allow something.
    var allows: [Statement] {
        statements.filter(\.allows)
    }

    /// The statements that deny something.
    var denies: [Statement] {
        statements.filter { !$0.allows }
    }

    /// Whether a principal is the whole account that owns the key.
    func isOwnAccount(_ principal: PrincipalName) -> Bool {
        principal.wholeAccount == facts.account
    }

    /// The principals of a statement other than the key's own account and services, as readers see them.
    func outsiders(_ statement: Statement) -> [String] {
        guard let principal = statement.source.principal else { return [] }
        if principal.isBareWildcard || principal.isNegated {
            return ["*"]
        }
        return statement.principals.filter { !isOwnAccount($0) }.map(\.text)
    }

    /// What unconditional denials to everybody leave of a set of actions.
    func undenied(_ actions: KMSActionSet) -> KMSActionSet {
        denies.filter { $0.namesEverybody && $0.isUnconditional }
            .reduce(actions) { $0.subtracting($1.actions) }
    }
}

extension RuleSubject.Statement {
    var allows: Bool {
        source.effect == .allow
    }

    /// Whether it names everybody.
    var namesEverybody: Bool {
        source.principal?.namesEverybody == true
    }

    /// Whether it has no condition, or one without tests.
    var isUnconditional: Bool {
        tests.isEmpty
    }

    /// The action patterns.
    var patterns: [String] {
        source.action?.values.values ?? []
    }

    /// The actions that a key policy can decide.
    var keyActions: KMSActionSet {
        actions.intersection(KMSAction.onKeys)
    }

    /// The names of services.
    var services: [String] {
        source.principal?.isNegated == false ? source.principal?.values(of: .service) ?? [] : []
    }

    /// Whether some test is about a key, named in lower case.
    func tests(_ key: String) -> Bool {
        tests.contains { $0.key == key }
    }

    /// Whether some test about a key, named in lower case, holds only for requests with a matching value.
    func demands(_ key: String) -> Bool {
        tests.contains { $0.key == key && $0.demandsValue }
    }

    /// Whether everybody whom the other statement names is named by this one too.
    func names(principalsOf other: Self) -> Bool {
        guard let own = source.principal, let others = other.source.principal, !own.isNegated, !others.isNegated else {
            return source.principal == other.source.principal
        }
        if own.namesEverybody {
            return others.isBareWildcard || others.entries.allSatisfy { $0.family == .aws }
        }
        return !others.isBareWildcard && other.principalSet.isSubset(of: principalSet)
    }

    /// Whether this statement's conditions hold whenever the other's do, as far as is plain to see.
    func isAtLeastAsWide(as other: Self) -> Bool {
        isUnconditional || source.condition == other.source.condition
    }

    /// The place of an action pattern.
    func place(ofAction index: Int) -> JSONPointer {
        let element = pointer.appending(source.action?.name(for: "Action") ?? "Action")
        return source.action?.values.isScalar == true ? element : element.appending(index)
    }

    func match(_ member: String?, _ explanation: String, fix: String? = nil) -> FindingRule.Match {
        FindingRule.Match(
            statement: index,
            pointer: member.map { pointer.appending($0) } ?? pointer,
            explanation: explanation,
            fix: fix
        )
    }

    /// A match at the `Action` or `NotAction` of the statement.
    func actionMatch(_ explanation: String, fix: String? = nil) -> FindingRule.Match {
        match(source.action?.name(for: "Action"), explanation, fix: fix)
    }

    /// A match at the `Principal` or `NotPrincipal` of the statement.
    func principalMatch(_ explanation: String, fix: String? = nil) -> FindingRule.Match {
        match(source.principal?.elementName, explanation, fix: fix)
    }
}
