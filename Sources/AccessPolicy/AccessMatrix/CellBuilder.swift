// SPDX-License-Identifier: Apache-2.0

/// Finds out what the subject of one row can do, by itself or in one step.
struct CellBuilder {
    /// What was found.
    struct Filling {
        var grade = AccessMatrix.Grade.none
        var actions: [KMSAction] = []
        var statements: [Int] = []
        var condition: String?
        var step: AccessMatrix.Step?
        var witness: AccessMatrix.Witness?
    }

    private let builder: MatrixBuilder
    private let line: MatrixBuilder.Line
    private let actions: [KMSAction]
    private let steps: [AccessMatrix.Step]
    private let common: [KMSAction: KeyAccess]

    init(
        _ builder: MatrixBuilder,
        _ line: MatrixBuilder.Line,
        _ actions: [KMSAction],
        _ common: [KMSAction: KeyAccess]
    ) {
        self.builder = builder
        self.line = line
        self.actions = actions
        steps = AccessMatrix.Step.leading(to: actions)
        self.common = common
    }

    private struct Candidate {
        let grade: AccessMatrix.Grade
        let step: AccessMatrix.Step?
        let actions: [KMSAction]
        let reach: MatrixBuilder.Reach
        let pins: MatrixBuilder.Pins
    }

    func filling() throws(FragmentRefusal) -> Filling {
        if let service = line.service, !isPossible(service) {
            return filling(nil, "never: `\(service)` is no service of \(builder.space.region)")
        }
        var candidates: [Candidate] = []
        if let own = try own() {
            candidates.append(own)
        }
        // What the policy itself allows can't be bettered by a step.
        if line.takesSteps, candidates.first?.grade != .direct {
            for step in steps {
                if let candidate = try self.candidate(step) {
                    candidates.append(candidate)
                }
            }
        }
        // The first of the highest grade: what is given itself comes before steps.
        guard
            let best = candidates.reduce(
                nil,
                { (best: Candidate?, next) in
                    best.map { next.grade > $0.grade } ?? true ? next : best
                }
            )
        else { return filling(nil, nil) }
        return filling(best, try condition(best))
    }

    private func filling(_ candidate: Candidate?, _ condition: String?) -> Filling {
        guard let candidate else { return Filling(condition: condition) }
        return Filling(
            grade: candidate.grade,
            actions: candidate.grade == .none ? [] : candidate.actions,
            statements: candidate.reach.statements,
            condition: condition,
            step: candidate.step,
            witness: AccessMatrix.Witness(request: candidate.reach.solution.request, access: candidate.reach.level)
        )
    }

    /// Whether a service, or one that fits a pattern, can call for somebody in the key's region.
    private func isPossible(_ service: String) -> Bool {
        TextCells([], domain: KeyValues.Domain.service(region: builder.space.region).atoms).isInDomain(service)
    }

    private var isInAccount: Bool {
        line.principals.contains { $0.principal.account == builder.space.account }
    }

    // MARK: What is given itself

    private func own() throws(FragmentRefusal) -> Candidate? {
        var found: [(KMSAction, MatrixBuilder.Reach, MatrixBuilder.Pins)] = []
        var known: [[Bool]: (MatrixBuilder.Reach, MatrixBuilder.Pins)?] = [:]
        for action in actions {
            // Operations that the policy can't tell apart are looked at once.
            let traits = builder.space.traits(of: action)
            let result: (MatrixBuilder.Reach, MatrixBuilder.Pins)?
            if let earlier = known[traits] {
                result = earlier
            } else {
                result = try reach(action)
                known[traits] = result
            }
            if let (reach, pins) = result {
                found.append((action, reach, pins))
            }
        }
        guard let best = found.max(by: { $0.1.level < $1.1.level }) else { return nil }
        let grade = AccessMatrix.Grade(best.1.level)
        let same = found.filter { AccessMatrix.Grade($0.1.level) == grade }
        guard let first = same.first else { return nil }
        return Candidate(grade: grade, step: nil, actions: same.map(\.0), reach: first.1, pins: first.2)
    }

    /// What the subject reaches for a permission by calling directly or, where that is more and isn't what everybody
    /// in the account has, through a service.
    private func reach(_ action: KMSAction) throws(FragmentRefusal) -> (MatrixBuilder.Reach, MatrixBuilder.Pins)? {
        let direct = try builder.best(line.principals, action, line.pins)
        if line.mayUseServices, builder.space.looksAtServices {
            let either = try builder.best(line.principals, action, [:])
            if let either, either.level.canBeAllowed, either.level > direct?.level ?? .denied,
                !isInAccount || either.level > common[action] ?? .none
            {
                return (either, [:])
            }
        }
        return direct.map { ($0, line.pins) }
    }

    // MARK: What is one step away

    private func candidate(_ step: AccessMatrix.Step) throws(FragmentRefusal) -> Candidate? {
        switch step {
        case .reEncryptFrom: return try candidate(step, .reEncryptFrom, actions)
        case .putKeyPolicy: return try candidate(step, .putKeyPolicy, actions)
        case .createGrant:
            for action in actions where KeyGrant.grantable.contains(action) {
                guard let grant = try selfGrant(action) else { continue }
                return grant
            }
            return nil
        }
    }

    private func candidate(
        _ step: AccessMatrix.Step,
        _ action: KMSAction,
        _ actions: [KMSAction]
    ) throws(FragmentRefusal) -> Candidate? {
        guard let reach = try builder.best(line.principals, action, line.pins), reach.level.canBeAllowed else {
            return nil
        }
        let grade: AccessMatrix.Grade = reach.level == .delegated ? .delegated : .effective
        return Candidate(grade: grade, step: step, actions: actions, reach: reach, pins: line.pins)
    }

    /// A grant by which a caller gives itself a permission: it must not be denied that permission as well.
    private func selfGrant(_ action: KMSAction) throws(FragmentRefusal) -> Candidate? {
        var best: Candidate?
        for principal in line.principals {
            var pins = line.pins
            let name = principal.principal.roleARN ?? principal.principal.text
            pins[RequestKeys.grantOperations] = .list([action.rawValue])
            pins[RequestKeys.granteePrincipal] = .one(name)
            pins["kms:granteeserviceprincipal"] = .some(nil)
            pins[RequestKeys.grantIsForAWSResource] = .one("false")
            guard let reach = try builder.best([principal], .createGrant, pins), reach.level.canBeAllowed else {
                continue
            }
            let use = AccessSearch(builder.space, principal, action, pins: line.pins)
            guard try use.exists(where: { $0[0].upper >= .none }) else { continue }
            let grade: AccessMatrix.Grade = reach.level == .delegated ? .delegated : .effective
            if best.map({ grade > $0.grade }) ?? true {
                best = Candidate(grade: grade, step: .createGrant, actions: [action], reach: reach, pins: pins)
            }
        }
        return best
    }

    // MARK: Words

    private func condition(_ candidate: Candidate) throws(FragmentRefusal) -> String? {
        guard candidate.grade != .none else { return nil }
        let reach = candidate.reach
        var phrases: [String] = []
        if let words = try ConditionWords.condition(reach.search, reach.level, reach.solution) {
            phrases.append(words)
        }
        if let words = try callers(candidate) {
            phrases.append(words)
        }
        if candidate.grade == .delegated, let account = reach.principal.principal.account,
            account != builder.space.account
        {
            phrases.append("if identity policies of account \(account) allow it")
        }
        return phrases.isEmpty ? nil : phrases.joined(separator: ", and ")
    }

    /// What the callers of the row must be like, where not all of them reach the same.
    private func callers(_ candidate: Candidate) throws(FragmentRefusal) -> String? {
        guard line.principals.count > 1 else { return nil }
        let level = candidate.reach.level
        let action = candidate.reach.search.action
        var reaching: [TestMask] = []
        var failing: [TestMask] = []
        for principal in line.principals {
            let search = AccessSearch(builder.space, principal, action, pins: candidate.pins)
            // A role that its boundary may still limit reaches what a user does.
            let least = min(level, .limited)
            if try search.exists(where: { $0[0].upper >= least }) {
                reaching.append(search.base)
            } else {
                failing.append(search.base)
            }
        }
        guard !failing.isEmpty, let first = reaching.first else { return nil }
        let phrases = builder.space.tests.indices
            .filter { test in
                RequestKeys.ofCaller.contains(builder.space.tests[test].key)
                    && reaching.allSatisfy { $0.contains(test) == first.contains(test) }
                    && failing.contains { $0.contains(test) != first.contains(test) }
            }
            .map { ConditionWords.phrase(builder.space.tests[$0], holds: first.contains($0)) }
        return phrases.isEmpty ? "for some of them only" : phrases.joined(separator: ", and ")
    }
}

extension RequestSpace {
    /// Whether it matters to some statement whether a service calls for somebody.
    fileprivate var looksAtServices: Bool {
        [RequestKeys.viaService, RequestKeys.grantIsForAWSResource, RequestKeys.viaAWSService]
            .contains { masks[$0] != nil }
    }
}

extension AccessMatrix.Step {
    /// The steps that lead to permissions.
    static func leading(to actions: [KMSAction]) -> [AccessMatrix.Step] {
        var steps: [AccessMatrix.Step] = []
        if actions.contains(.decrypt) {
            steps.append(.reEncryptFrom)
        }
        if actions.contains(where: { KeyGrant.grantable.contains($0) && $0 != .createGrant }) {
            steps.append(.createGrant)
        }
        return actions.contains(.putKeyPolicy) ? steps : steps + [.putKeyPolicy]
    }
}

extension AccessMatrix.Grade {
    /// The grade of what is given itself.
    init(_ access: KeyAccess) {
        switch access {
        case .denied, .none: self = .none
        case .delegated: self = .delegated
        case .limited, .direct: self = .direct
        }
    }
}
