// SPDX-License-Identifier: Apache-2.0

/// What became of a statement's text in a new version of a policy.
package struct StatementChange: Sendable, Hashable {
    /// What became of it.
    package enum Kind: String, Sendable, Hashable, CaseIterable {
        /// It is new.
        case added
        /// It is gone.
        case removed
        /// One with the same id says something else now.
        case changed
        /// It says the same in other words: another order of values, a list of one for a scalar.
        case respelled
        /// It stands at another place; order has no meaning.
        case moved
    }

    /// What became of it.
    package let kind: Kind
    /// Its place in the old policy, from 0.
    package let old: Int?
    /// Its place in the new policy, from 0.
    package let new: Int?
    /// Its id.
    package let sid: String?

    /// The changes of a policy's statements: in the order of the new policy, those that are gone last.
    package static func all(from old: PolicyDocument, to new: PolicyDocument) -> [StatementChange] {
        var partners: [Int?] = Array(repeating: nil, count: new.statements.count)
        var free = Set(old.statements.indices)
        func pair(_ isMatch: (PolicyStatement, PolicyStatement) -> Bool) {
            for (index, statement) in new.statements.enumerated() where partners[index] == nil {
                let match = free.sorted().first { isMatch(old.statements[$0], statement) }
                partners[index] = match
                if let match {
                    free.remove(match)
                }
            }
        }
        pair { $0 == $1 }
        pair { Meaning($0) == Meaning($1) }
        let kept = inOrder(partners.compactMap(\.self))
        pair { $0.sid != nil && $0.sid == $1.sid }
        var changes: [StatementChange] = []
        for (index, statement) in new.statements.enumerated() {
            guard let partner = partners[index] else {
                changes.append(StatementChange(kind: .added, old: nil, new: index, sid: statement.sid))
                continue
            }
            let before = old.statements[partner]
            let kind: Kind? =
                if Meaning(before) != Meaning(statement) {
                    .changed
                } else if before != statement {
                    .respelled
                } else {
                    kept.contains(partner) ? nil : .moved
                }
            if let kind {
                changes.append(StatementChange(kind: kind, old: partner, new: index, sid: statement.sid))
            }
        }
        return changes
            + free.sorted()
            .map {
                StatementChange(kind: .removed, old: $0, new: nil, sid: old.statements[$0].sid)
            }
    }

    /// As many of some places as stand in rising order.
    private static func inOrder(_ places: [Int]) -> Set<Int> {
        var chains: [[Int]] = []
        for place in places {
            let longest = chains.filter { ($0.last ?? -1) < place }.max { $0.count < $1.count } ?? []
            chains.append(longest + [place])
        }
        return Set(chains.max { $0.count < $1.count } ?? [])
    }

    /// The change in one sentence.
    package var text: String {
        let name = sid.map { " (\($0))" } ?? ""
        let place = (new ?? old).map { "statement \($0 + 1)" } ?? "statement"
        switch kind {
        case .added: return "\(place)\(name) is new"
        case .removed: return "old \(place)\(name) is gone"
        case .changed: return "\(place)\(name) says something else"
        case .respelled: return "\(place)\(name) is written otherwise, with no change in meaning"
        case .moved: return "\(place)\(name) was statement \((old ?? 0) + 1); order has no meaning"
        }
    }

    /// A statement without what doesn't matter: order, repetition, scalar or list, its id.
    private struct Meaning: Hashable {
        let effect: PolicyStatement.Effect
        let principals: [PrincipalElement.Family: Set<String>]
        let isBareWildcard: Bool
        let excludesPrincipals: Bool
        let actions: Set<String>
        let excludesActions: Bool
        let resources: Set<String>
        let excludesResources: Bool
        let tests: Set<SpaceTest.Identity>

        init(_ statement: PolicyStatement) {
            effect = statement.effect
            let entries = statement.principal?.entries ?? []
            principals = Dictionary(entries.map { ($0.family, Set($0.values.values)) }) { $0.union($1) }
            isBareWildcard = statement.principal?.isBareWildcard ?? false
            excludesPrincipals = statement.principal?.isNegated ?? false
            actions = Set((statement.action?.values.values ?? []).map { $0.lowercased() })
            excludesActions = statement.action?.isNegated ?? false
            resources = Set(statement.resource?.values.values ?? [])
            excludesResources = statement.resource?.isNegated ?? false
            tests = Set(statement.tests.map { SpaceTest($0.test, $0.conditionOperator).identity })
        }
    }
}
