// SPDX-License-Identifier: Apache-2.0

package import CoreValues

/// How two key policies relate, decided for all requests.
///
/// A policy is no more permissive than another when every request that it lets through is let through by the other as
/// well, whatever identity policies, boundaries, session policies and grants there are beside it: no request gets a
/// higher ``KeyAccess``. For operations that grants can't allow, a request that is denied and one that nothing allows
/// come to the same.
package struct PolicyComparison: Sendable, Hashable {
    /// How the first policy relates to the second.
    package enum Relation: String, Sendable, Hashable, CaseIterable {
        /// They decide every request alike.
        case equivalent
        /// The first is no more permissive, and less so for some request.
        case narrower
        /// The first is no less permissive, and more so for some request.
        case wider
        /// Each is more permissive for some request.
        case incomparable
    }

    /// A request that the policies treat differently.
    package struct Difference: Sendable, Hashable {
        /// The request.
        package let request: AuthorizationRequest
        /// What the first policy gives it.
        package let first: KeyAccess
        /// What the second policy gives it.
        package let second: KeyAccess
        /// The statements of the first policy that decide it, from 0.
        package let firstStatements: [Int]
        /// Those of the second.
        package let secondStatements: [Int]

        /// The difference in one sentence.
        package var text: String {
            "\(request.principal.text), \(request.action.name): \(first.text) by the first policy, "
                + "\(second.text) by the second"
        }
    }

    /// How the first policy relates to the second.
    package let relation: Relation
    /// A request to which the first gives more; `nil` when it is no more permissive.
    package let firstGivesMore: Difference?
    /// A request to which the second gives more; `nil` when that is no more permissive.
    package let secondGivesMore: Difference?
    /// The open questions whose other answer changes the relation.
    package let changedBy: [[Assumptions.Question]]

    /// Compares two policies of keys of one account and region.
    /// - Throws: ``FragmentRefusal`` when one of them is outside the fragment.
    package init(
        _ first: PolicyDocument,
        _ second: PolicyDocument,
        account: AccountID,
        region: String,
        assumptions: Assumptions = Assumptions()
    ) throws(FragmentRefusal) {
        let policies = [CompiledPolicy(first), CompiledPolicy(second)]
        func space(_ assumptions: Assumptions) throws(FragmentRefusal) -> RequestSpace {
            try RequestSpace(policies, account: account, region: region, assumptions: assumptions)
        }
        let base = try space(assumptions)
        let (more, less) = try Self.compare(base)
        relation = Self.relation(more, less)
        firstGivesMore = more
        secondGivesMore = less
        var changedBy: [[Assumptions.Question]] = []
        var questions = MatrixBuilder.openQuestions(policies, base)
        let names = policies.flatMap(\.document.statements).compactMap(\.principal)
        if names.contains(where: \.namesEverybody) {
            questions.insert(.everybodyIncludesServices)
        }
        for subset in Assumptions.alternatives where subset.allSatisfy(questions.contains) {
            let (more, less) = try Self.compare(try space(assumptions.flipping(subset)))
            let isKnown = changedBy.contains { Set($0).isSubset(of: subset) }
            if Self.relation(more, less) != relation, !isKnown {
                changedBy.append(subset)
            }
        }
        self.changedBy = changedBy
    }

    /// Whether the first policy lets nothing through that the second doesn't.
    package var firstIsNoMorePermissive: Bool {
        firstGivesMore == nil
    }

    /// Whether the relation depends on an open question.
    package var isAmbiguous: Bool {
        !changedBy.isEmpty
    }

    private static func relation(_ more: Difference?, _ less: Difference?) -> Relation {
        switch (more, less) {
        case (nil, nil): .equivalent
        case (nil, _): .narrower
        case (_, nil): .wider
        default: .incomparable
        }
    }

    private static func compare(
        _ space: RequestSpace
    ) throws(FragmentRefusal) -> (more: Difference?, less: Difference?) {
        var more: Difference?
        var less: Difference?
        for action in space.distinctActions(RequestKeys.actions.actions) {
            for principal in space.principals {
                let search = AccessSearch(space, principal, action)
                if more == nil {
                    more = try difference(search, gains: false)
                }
                if less == nil {
                    less = try difference(search, gains: true)
                }
                if more != nil, less != nil {
                    return (more, less)
                }
            }
        }
        return (more, less)
    }

    /// A request of one caller for one operation to which the second policy gives more or, without `gains`, the first.
    ///
    /// Without grants, and for what no grant can allow, to be denied and not to be allowed come to the same.
    static func difference(
        _ search: AccessSearch,
        gains: Bool,
        withGrants: Bool = true
    ) throws(FragmentRefusal) -> Difference? {
        let (high, low) = gains ? (1, 0) : (0, 1)
        let floor: KeyAccess = withGrants && KeyGrant.grantable.contains(search.action) ? .denied : .none
        guard
            let solution = try search.first(where: { bounds in
                max(bounds[high].upper, floor) > max(bounds[low].lower, floor)
            })
        else { return nil }
        let first = search.verdict(solution, policy: 0)
        let second = search.verdict(solution, policy: 1)
        return Difference(
            request: solution.request,
            first: first.level,
            second: second.level,
            firstStatements: first.statements,
            secondStatements: second.statements
        )
    }
}

extension RequestSpace {
    /// What the policies can tell operations apart by.
    func traits(of action: KMSAction) -> [Bool] {
        let bit = KMSActionSet([action]).bits
        return policies.flatMap { $0.map { $0.actions & bit != 0 } }
            + keys.map { $0.carried & bit != 0 }
            + [action.worksAcrossAccounts, KeyGrant.grantable.contains(action)]
    }

    /// One of each group of operations that the policies treat alike.
    func distinctActions(_ actions: [KMSAction]) -> [KMSAction] {
        var seen: Set<[Bool]> = []
        return actions.filter { seen.insert(traits(of: $0)).inserted }
    }
}
