// SPDX-License-Identifier: Apache-2.0

// MARK: - Searching

extension AccessSearch {
    /// What a request must be like beside the policies' answers.
    struct Demand {
        /// Tests that must hold.
        var holding = TestMask.none
        /// Tests that must not hold.
        var failing = TestMask.none
    }

    /// The answers of the policies, one after the other.
    typealias Goal = ([Bounds]) -> Bool

    /// A request for which the goal, asked about the bounds of each policy's answer, holds.
    ///
    /// The goal must be true wherever some answer within the bounds would do.
    /// - Returns: `nil` when there is none, which is a proof.
    func first(_ demand: Demand = Demand(), where goal: Goal) throws(FragmentRefusal) -> Solution? {
        try pick(demand, goal).map { solution($0) }
    }

    /// Whether there is such a request.
    func exists(_ demand: Demand = Demand(), where goal: Goal) throws(FragmentRefusal) -> Bool {
        try pick(demand, goal) != nil
    }

    private func pick(_ demand: Demand, _ goal: Goal) throws(FragmentRefusal) -> [Int]? {
        guard fits(demand, base, fixed) else { return nil }
        let relevant = demand.holding | demand.failing | ruleTests
        let choices = variables.map { variable in
            var seen: Set<TestMask> = []
            return variable.options.indices.filter { seen.insert(variable.options[$0].mask & relevant).inserted }
        }
        var walk = Walk(choices: choices, picked: Array(repeating: 0, count: variables.count))
        return try visit(0, base, fixed, demand, goal, &walk) ? walk.picked : nil
    }

    private struct Walk {
        let choices: [[Int]]
        var picked: [Int]
        var steps = 0
    }

    private var ruleTests: TestMask {
        sides.reduce(.none) { mask, side in
            (side.allows + side.denies).reduce(mask) { $0 | $1.tests }
        }
    }

    private func fits(_ demand: Demand, _ holding: TestMask, _ known: TestMask) -> Bool {
        (demand.holding & known).isSubset(of: holding) && demand.failing.isDisjoint(with: holding)
    }

    private func visit(
        _ depth: Int,
        _ holding: TestMask,
        _ known: TestMask,
        _ demand: Demand,
        _ goal: Goal,
        _ walk: inout Walk
    ) throws(FragmentRefusal) -> Bool {
        walk.steps += 1
        guard walk.steps <= RequestLimits.searchSteps else { throw FragmentRefusal(tooManyIn: "values in one search") }
        guard goal(sides.map { bounds($0, holding, known) }) else { return false }
        guard depth < variables.count else { return true }
        let variable = variables[depth]
        let isOpen = !variable.tests.isDisjoint(with: openTests(holding, known) | demand.holding | demand.failing)
        let known = known | variable.tests
        // Values that no undecided statement looks at are all the same.
        for choice in isOpen ? walk.choices[depth][...] : walk.choices[depth].prefix(1) {
            let next = holding | variable.options[choice].mask
            walk.picked[depth] = choice
            if fits(demand, next, known), try visit(depth + 1, next, known, demand, goal, &walk) {
                return true
            }
        }
        return false
    }

    /// The tests of the statements that may still apply or not.
    private func openTests(_ holding: TestMask, _ known: TestMask) -> TestMask {
        var open = TestMask.none
        for side in sides {
            for rule in side.allows where (rule.tests & known).isSubset(of: holding) {
                open |= rule.tests
            }
            for rule in side.denies where (rule.tests & known).isSubset(of: holding) {
                open |= rule.tests
            }
        }
        return open - known
    }

    private func bounds(_ side: Side, _ holding: TestMask, _ known: TestMask) -> Bounds {
        var bounds = Bounds(lower: .none, upper: .none)
        for rule in side.allows where (rule.tests & known).isSubset(of: holding) {
            bounds.upper = max(bounds.upper, rule.level)
            if rule.tests.isSubset(of: holding) {
                bounds.lower = max(bounds.lower, rule.level)
            }
        }
        for rule in side.denies where (rule.tests & known).isSubset(of: holding) {
            if rule.tests.isSubset(of: holding) {
                return Bounds(lower: .denied, upper: .denied)
            }
            bounds.lower = .denied
        }
        return bounds
    }

    // MARK: Results

    private func solution(_ picked: [Int]) -> Solution {
        var context = principal.context
        var holding = base
        var names: [String] = []
        let assignments = zip(variables, picked)
            .flatMap { variable, choice in
                holding |= variable.options[choice].mask
                return variable.options[choice].assignment
            }
        let bit = KMSActionSet([action]).bits
        for key in context.keys where (RequestKeys.carriersOfCallerKeys[key]?.bits ?? 0) & bit == 0 {
            context[key] = nil
        }
        for (key, value) in pinned + assignments {
            context[key] = value
            if key.hasPrefix(RequestKeys.encryptionContext) {
                names.append(String(key.dropFirst(RequestKeys.encryptionContext.count)))
            }
        }
        if !names.isEmpty, context[RequestKeys.encryptionContextKeys] == nil {
            context[RequestKeys.encryptionContextKeys] = .list(names.sorted())
        }
        let request = AuthorizationRequest(
            principal: principal.principal,
            action: .kms(action),
            resource: space.key,
            resourceAccount: space.account,
            context: context
        )
        return Solution(request: request, holding: holding)
    }

    /// The level that a policy gives a request, and the statements that decide it.
    func verdict(_ solution: Solution, policy: Int = 0) -> (level: KeyAccess, statements: [Int]) {
        let side = sides[policy]
        let denies = side.denies.filter { $0.tests.isSubset(of: solution.holding) }
        guard denies.isEmpty else { return (.denied, denies.map(\.index)) }
        let allows = side.allows.filter { $0.tests.isSubset(of: solution.holding) }
        let level = allows.map(\.level).max() ?? .none
        return (level, allows.filter { $0.level == level }.map(\.index))
    }

    /// The tests whose outcome may differ between the caller's requests and matter to some policy.
    var openTests: [Int] {
        let mask = ruleTests - fixed
        return space.tests.indices.filter { mask.contains($0) }
    }

    /// The variable that a test belongs to, with its options.
    func options(deciding test: Int) -> [TestMask] {
        variables.first { $0.tests.contains(test) }?.options.map(\.mask) ?? []
    }
}

extension RequestSpace {
    /// A key of the account and region asked about.
    var key: String {
        "arn:\(partition):kms:\(region):\(account):key/00000000-0000-0000-0000-000000000000"
    }
}
