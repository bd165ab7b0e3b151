// SPDX-License-Identifier: Apache-2.0

/// Says in words under which condition some requests are treated as they are.
enum ConditionWords {
    /// What must hold, or must not, for an answer of at least some level.
    ///
    /// Every test that has the same outcome in all such requests becomes a phrase, those that follow from others left
    /// out. Where the phrases together don't suffice, it is said so.
    /// - Returns: `nil` when there is no condition.
    static func condition(
        _ search: AccessSearch,
        _ level: KeyAccess,
        _ example: AccessSearch.Solution
    ) throws(FragmentRefusal) -> String? {
        var literals: [(test: Int, holds: Bool)] = []
        for test in search.openTests {
            let holds = example.holding.contains(test)
            var demand = AccessSearch.Demand()
            if holds {
                demand.failing.insert(test)
            } else {
                demand.holding.insert(test)
            }
            if try !search.exists(demand, where: { $0[0].upper >= level }) {
                literals.append((test, holds))
            }
        }
        literals = essential(literals, search)
        var demand = AccessSearch.Demand()
        for literal in literals {
            if literal.holds {
                demand.holding.insert(literal.test)
            } else {
                demand.failing.insert(literal.test)
            }
        }
        var phrases = literals.map { phrase(search.space.tests[$0.test], holds: $0.holds) }
        if try search.exists(demand, where: { $0[0].lower < level }) {
            let numbers = search.statements(undecidedBy: demand).map { "\($0 + 1)" }
            phrases.append(
                "in some cases only, by the conditions of statement\(numbers.count == 1 ? "" : "s") "
                    + numbers.joined(separator: ", ")
            )
        }
        return phrases.isEmpty ? nil : phrases.joined(separator: ", and ")
    }

    /// Leaves out what follows from the rest.
    private static func essential(
        _ literals: [(test: Int, holds: Bool)],
        _ search: AccessSearch
    ) -> [(test: Int, holds: Bool)] {
        var kept = literals
        // A test for mere presence follows from one for a value, so it goes first.
        let order = literals.sorted { left, right in
            rank(search.space.tests[left.test], left.test) < rank(search.space.tests[right.test], right.test)
        }
        for literal in order {
            let others = kept.filter { $0.test != literal.test }
            let isNeeded = search.options(deciding: literal.test)
                .contains { mask in
                    mask.contains(literal.test) != literal.holds
                        && others.allSatisfy { other in
                            !search.shareVariable(other.test, literal.test) || mask.contains(other.test) == other.holds
                        }
                }
            if !isNeeded {
                kept = others
            }
        }
        return kept
    }

    private static func rank(_ test: SpaceTest, _ number: Int) -> (Int, Int) {
        (test.conditionOperator.base == .null ? 0 : 1, number)
    }

    // MARK: Phrases

    /// What a test says about a key.
    private enum Claim {
        case present, absent
        /// A value is one of those.
        case among
        /// No value is one of those, or there is none.
        case notAmong
        /// There is no value but those.
        case onlyAmong
        /// A value is none of those.
        case beside
    }

    private static func claim(_ test: SpaceTest, holds: Bool) -> Claim {
        let negated = test.conditionOperator.base.isNegated
        if test.conditionOperator.base == .null {
            let wantsMissing = test.texts.contains { $0.lowercased() == "true" }
            return wantsMissing == holds ? .absent : .present
        }
        switch test.conditionOperator.set {
        case nil where test.conditionOperator.ifExists:
            return negated == holds ? .notAmong : negated ? .among : holds ? .onlyAmong : .beside
        case nil: return negated == holds ? .notAmong : .among
        case .forAnyValue: return negated ? (holds ? .beside : .onlyAmong) : (holds ? .among : .notAmong)
        case .forAllValues: return negated ? (holds ? .notAmong : .among) : (holds ? .onlyAmong : .beside)
        }
    }

    /// A test, or its opposite, in words.
    static func phrase(_ test: SpaceTest, holds: Bool) -> String {
        let values = list(test.texts)
        let claim = claim(test, holds: holds)
        switch test.key {
        case RequestKeys.viaService: return service(claim, values)
        case RequestKeys.encryptionContextKeys: return context(claim, values)
        case RequestKeys.grantIsForAWSResource:
            let isTrue = test.texts.contains { $0.lowercased() == "true" } == (claim == .among)
            return isTrue ? "only for grants that an AWS service asks for" : "only for grants outside AWS services"
        case RequestKeys.viaAWSService:
            let isTrue = test.texts.contains { $0.lowercased() == "true" } == (claim == .among)
            return isTrue ? "only through an AWS service" : "only directly, not through an AWS service"
        default: break
        }
        if test.key.hasPrefix(RequestKeys.encryptionContext) {
            let name = test.writtenKey.dropFirst(RequestKeys.encryptionContext.count)
            return pair(claim, "`\(name)`", values)
        }
        return general(claim, "`\(test.writtenKey)`", relation(test.conditionOperator.base), values)
    }

    private static func service(_ claim: Claim, _ values: String) -> String {
        switch claim {
        case .present: "only through an AWS service"
        case .absent: "only directly, not through an AWS service"
        case .among: "only through \(values)"
        case .notAmong: "not through \(values)"
        case .onlyAmong: "only directly or through \(values)"
        case .beside: "only through a service other than \(values)"
        }
    }

    private static func context(_ claim: Claim, _ values: String) -> String {
        switch claim {
        case .present: "only with an encryption context"
        case .absent: "only without an encryption context"
        case .among: "only with an encryption context that has the key \(values)"
        case .notAmong: "only if the encryption context doesn't have the key \(values)"
        case .onlyAmong: "only if the encryption context has no key but \(values)"
        case .beside: "only with an encryption context that has a key other than \(values)"
        }
    }

    private static func pair(_ claim: Claim, _ name: String, _ values: String) -> String {
        switch claim {
        case .present: "only with \(name) in the encryption context"
        case .absent: "only without \(name) in the encryption context"
        case .among: "only with \(name) = \(values) in the encryption context"
        case .notAmong: "only without \(name) = \(values) in the encryption context"
        case .onlyAmong: "only if \(name) in the encryption context, if any, is \(values)"
        case .beside: "only with \(name) in the encryption context, and not \(values)"
        }
    }

    private static func general(_ claim: Claim, _ key: String, _ relation: String, _ values: String) -> String {
        switch claim {
        case .present: "only if the request has \(key)"
        case .absent: "only if the request has no \(key)"
        case .among: "only if \(key) \(relation) \(values)"
        case .notAmong: "unless \(key) \(relation) \(values)"
        case .onlyAmong: "only if \(key), if present, \(relation) \(values)"
        case .beside: "only if the request has \(key), unless it \(relation) \(values)"
        }
    }

    private static func relation(_ base: ConditionOperator.Base) -> String {
        switch base {
        case .numericLessThan: "is less than"
        case .numericLessThanEquals: "is at most"
        case .numericGreaterThan: "is more than"
        case .numericGreaterThanEquals: "is at least"
        case .dateLessThan: "is before"
        case .dateLessThanEquals: "is not after"
        case .dateGreaterThan: "is after"
        case .dateGreaterThanEquals: "is not before"
        case .stringLike, .stringNotLike, .arnLike, .arnEquals, .arnNotLike, .arnNotEquals: "is like"
        case .ipAddress, .notIPAddress: "lies in"
        default: "is"
        }
    }

    /// Values as a choice: `a`, `a` or `b`.
    static func list(_ values: [String]) -> String {
        let quoted = values.map { "`\($0)`" }
        guard quoted.count > 1, let last = quoted.last else { return quoted.first ?? "nothing" }
        return quoted.dropLast().joined(separator: ", ") + " or " + last
    }
}

extension AccessSearch {
    /// Whether two tests look at keys whose values are chosen together.
    func shareVariable(_ left: Int, _ right: Int) -> Bool {
        variables.contains { $0.tests.contains(left) && $0.tests.contains(right) }
    }

    /// The statements with tests that a demand leaves open.
    func statements(undecidedBy demand: Demand) -> [Int] {
        let decided = demand.holding | demand.failing | fixed
        let rules = sides.flatMap { $0.allows + $0.denies }.filter { !$0.tests.isSubset(of: decided) }
        return Set(rules.map(\.index)).sorted()
    }
}
