// SPDX-License-Identifier: Apache-2.0

package import CoreValues

/// What a change of a key policy means: who gains, who loses, and what is only written otherwise.
///
/// Gains and losses are decided for all requests (``PolicyComparison``), each with a request that shows it. Where there
/// are none the change is proven to have no meaning, however much of the text moved.
package struct PolicyDiff: Sendable, Hashable {
    /// What a policy gives somebody at best, and when.
    package struct Situation: Sendable, Hashable {
        /// The highest level that some request gets.
        package let access: KeyAccess
        /// When, in words; `nil` when always.
        package let condition: String?
    }

    /// Something that a subject gains or loses.
    package struct Change: Sendable, Hashable {
        /// Who.
        package let subject: AccessMatrix.Subject
        /// Which permissions.
        package internal(set) var actions: [KMSAction]
        /// What the old policy gives at best.
        package let before: Situation
        /// What the new policy gives at best.
        package let after: Situation
        /// A request that the policies treat differently.
        package let example: PolicyComparison.Difference
    }

    /// How the new policy's meaning relates to the old one's: wider when there are only gains.
    package let relation: PolicyComparison.Relation
    /// What somebody can do by the new policy and couldn't by the old, or not as freely.
    package let gains: [Change]
    /// What somebody could do by the old policy and can't by the new, or not as freely.
    package let losses: [Change]
    /// Where a deny came or went that only matters to whoever has a grant: what a grant can allow now and couldn't.
    package let grantGains: [Change]
    /// What a grant could allow and can't now.
    package let grantLosses: [Change]
    /// What became of the statements' text.
    package let statements: [StatementChange]
    /// The open questions whose other answer changes the relation.
    package let changedBy: [[Assumptions.Question]]

    /// Whether every request is decided as before.
    package var hasNoMeaning: Bool {
        relation == .equivalent
    }

    /// Compares the policies of a key before and after a change.
    /// - Throws: ``FragmentRefusal`` when one of them is outside the fragment.
    package init(
        from old: PolicyDocument,
        to new: PolicyDocument,
        account: AccountID,
        region: String,
        assumptions: Assumptions = Assumptions()
    ) throws(FragmentRefusal) {
        let comparison = try PolicyComparison(
            new,
            old,
            account: account,
            region: region,
            assumptions: assumptions
        )
        relation = comparison.relation
        changedBy = comparison.changedBy
        statements = StatementChange.all(from: old, to: new)
        guard comparison.relation != .equivalent else {
            gains = []
            losses = []
            grantGains = []
            grantLosses = []
            return
        }
        let builder = try DiffBuilder(old, new, account: account, region: region, assumptions: assumptions)
        (gains, losses) = try builder.changes(withGrants: false)
        let withGrants = try builder.changes(withGrants: true)
        grantGains = withGrants.gains.leavingOut(gains)
        grantLosses = withGrants.losses.leavingOut(losses)
    }
}

/// Finds gains and losses, subject by subject.
private struct DiffBuilder {
    private let space: RequestSpace
    private let builder: MatrixBuilder
    private let single: [MatrixBuilder]

    init(
        _ old: PolicyDocument,
        _ new: PolicyDocument,
        account: AccountID,
        region: String,
        assumptions: Assumptions
    ) throws(FragmentRefusal) {
        let policies = [CompiledPolicy(old), CompiledPolicy(new)]
        space = try RequestSpace(policies, account: account, region: region, assumptions: assumptions)
        builder = MatrixBuilder(policies, space)
        var single: [MatrixBuilder] = []
        for policy in policies {
            let own = try RequestSpace([policy], account: account, region: region, assumptions: assumptions)
            single.append(MatrixBuilder([policy], own))
        }
        self.single = single
    }

    func changes(
        withGrants: Bool
    ) throws(FragmentRefusal) -> (gains: [PolicyDiff.Change], losses: [PolicyDiff.Change]) {
        var gains: [PolicyDiff.Change] = []
        var losses: [PolicyDiff.Change] = []
        let lines = builder.lines
        // What changes for everybody who comes through a service is said once, and so is what changes for an account
        // and its root user.
        let services = lines.filter { $0.service != nil }
        var said: Set<Said> = []
        for line in services + lines.filter({ $0.service == nil }) + uncovered(by: lines) {
            for action in space.distinctActions(RequestKeys.actions.actions) {
                for isGain in [true, false] {
                    let isCommon = said.contains(Said(isGain: isGain, action: action, account: nil))
                    let account = line.principals.first?.principal.account ?? ""
                    let own = Said(isGain: isGain, action: action, account: account)
                    let isRoot = line.principals.first?.principal.kind == .root
                    guard !(isRoot && said.contains(own)),
                        let (example, pins) = try difference(line, action, isGain, withGrants, anyWay: !isCommon)
                    else { continue }
                    if line.service != nil {
                        said.insert(Said(isGain: isGain, action: action, account: nil))
                    } else if line.subject.kind != .named {
                        said.insert(own)
                    }
                    let change = try change(line, action, example, pins)
                    if isGain {
                        gains.merge(change)
                    } else {
                        losses.merge(change)
                    }
                }
            }
        }
        return (gains, losses)
    }

    /// A change that was said already, of an account or of all who come through a service.
    private struct Said: Hashable {
        let isGain: Bool
        let action: KMSAction
        let account: String?
    }

    /// A request of a subject that the policies treat differently: a direct one, or one through any service.
    private func difference(
        _ line: MatrixBuilder.Line,
        _ action: KMSAction,
        _ isGain: Bool,
        _ withGrants: Bool,
        anyWay: Bool
    ) throws(FragmentRefusal) -> (PolicyComparison.Difference, MatrixBuilder.Pins)? {
        let ways: [MatrixBuilder.Pins] = line.service == nil && anyWay ? [line.pins, [:]] : [line.pins]
        for pins in ways {
            for principal in line.principals {
                let search = AccessSearch(space, principal, action, pins: pins)
                if let difference = try PolicyComparison.difference(search, gains: isGain, withGrants: withGrants) {
                    return (difference, pins)
                }
            }
        }
        return nil
    }

    private func change(
        _ line: MatrixBuilder.Line,
        _ action: KMSAction,
        _ example: PolicyComparison.Difference,
        _ pins: MatrixBuilder.Pins
    ) throws(FragmentRefusal) -> PolicyDiff.Change {
        let traits = space.traits(of: action)
        return PolicyDiff.Change(
            subject: line.subject,
            actions: RequestKeys.actions.actions.filter { space.traits(of: $0) == traits },
            before: try situation(single[0], line, action, pins),
            after: try situation(single[1], line, action, pins),
            example: example
        )
    }

    private func situation(
        _ builder: MatrixBuilder,
        _ line: MatrixBuilder.Line,
        _ action: KMSAction,
        _ pins: MatrixBuilder.Pins
    ) throws(FragmentRefusal) -> PolicyDiff.Situation {
        // How the two policies together see a caller is no use for one of them.
        let principals = line.principals.map { principal in
            var principal = principal
            principal.profile = nil
            return principal
        }
        guard let best = try builder.best(principals, action, pins) else {
            return PolicyDiff.Situation(access: .none, condition: nil)
        }
        guard best.level.canBeAllowed else { return PolicyDiff.Situation(access: best.level, condition: nil) }
        return PolicyDiff.Situation(
            access: best.level,
            condition: try ConditionWords.condition(best.search, best.level, best.solution)
        )
    }

    /// Callers that no row of a matrix is about: root users, and services that the policies don't name.
    private func uncovered(by lines: [MatrixBuilder.Line]) -> [MatrixBuilder.Line] {
        let covered = Set(lines.flatMap(\.principals))
        return space.principals.filter { !covered.contains($0) }
            .map { principal in
                let text =
                    switch principal.principal.kind {
                    case .root: "root user of account \(principal.principal.account ?? "")"
                    case .service: "any other AWS service"
                    default: principal.principal.text
                    }
                return MatrixBuilder.Line(
                    subject: AccessMatrix.Subject(kind: .anyone, name: principal.principal.text, text: text),
                    principals: [principal]
                )
            }
    }
}

extension [PolicyDiff.Change] {
    /// The changes without what others say already of the same subject and permissions.
    fileprivate func leavingOut(_ others: [PolicyDiff.Change]) -> [PolicyDiff.Change] {
        compactMap { change in
            let known = others.filter { $0.subject == change.subject }.flatMap(\.actions)
            var rest = change
            rest.actions = change.actions.filter { !known.contains($0) }
            return rest.actions.isEmpty ? nil : rest
        }
    }

    /// Adds a change, together with one that reads the same.
    fileprivate mutating func merge(_ change: PolicyDiff.Change) {
        let twin = firstIndex {
            $0.subject == change.subject && $0.before == change.before && $0.after == change.after
        }
        if let twin {
            self[twin].actions = KMSActionSet(self[twin].actions + change.actions).actions
        } else {
            append(change)
        }
    }
}
