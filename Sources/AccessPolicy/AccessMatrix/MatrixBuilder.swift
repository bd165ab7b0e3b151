// SPDX-License-Identifier: Apache-2.0

import CoreValues

/// Fills the cells of an access matrix.
struct MatrixBuilder {
    /// A row that is to be filled.
    struct Line {
        let subject: AccessMatrix.Subject
        let principals: [SpacePrincipal]
        /// The service it comes through, `nil` when it calls directly, and whether it may call either way.
        var service: String?
        /// Whether calls through services are looked at where direct ones don't do.
        var mayUseServices = false
        /// Whether the subject's own further steps count.
        var takesSteps = true
    }

    /// The best that a caller reaches for a permission.
    struct Reach {
        let search: AccessSearch
        let principal: SpacePrincipal
        let solution: AccessSearch.Solution
        let level: KeyAccess
        let statements: [Int]
    }

    typealias Pins = [String: RequestContext.Value?]

    let policies: [CompiledPolicy]
    let space: RequestSpace

    /// Prepares to answer about the first of some policies; the rows are those of all of them.
    init(_ policies: [CompiledPolicy], _ space: RequestSpace) {
        self.policies = policies
        self.space = space
    }

    /// The open questions whose answers can matter to the policy's matrix.
    static func openQuestions(_ policies: [CompiledPolicy], _ space: RequestSpace) -> Set<Assumptions.Question> {
        var questions: Set<Assumptions.Question> = []
        let principals = policies.flatMap(\.document.statements).compactMap(\.principal)
        let isSetless = space.tests.contains {
            $0.conditionOperator.set == nil && $0.conditionOperator.base != .null && RequestKeys.isMultivalued($0.key)
        }
        if isSetless {
            questions.insert(.setlessOperatorOnList)
        }
        if principals.contains(where: \.isNegated) {
            questions.insert(.notPrincipalNeedsEveryForm)
        }
        let namesServices = principals.contains { !$0.values(of: .service).isEmpty }
        if namesServices, principals.contains(where: { $0.namesEverybody || $0.isNegated }) {
            questions.insert(.everybodyIncludesServices)
        }
        return questions
    }

    // MARK: Rows

    func rows() throws(FragmentRefusal) -> [AccessMatrix.Row] {
        let lines = self.lines
        let common = try self.common(AccessMatrix.Operation.allCases.flatMap(\.actions))
        var rows: [AccessMatrix.Row] = []
        var known: [Twin: [AccessMatrix.Cell]] = [:]
        for line in lines {
            let twin = Twin(line)
            if let twin, let cells = known[twin], let principal = line.principals.first {
                let own = cells.map { $0.moved(to: principal) }
                rows.append(AccessMatrix.Row(subject: line.subject, cells: own))
                continue
            }
            var cells: [AccessMatrix.Cell] = []
            for operation in AccessMatrix.Operation.allCases {
                let filling = try CellBuilder(self, line, operation.actions, common).filling()
                cells.append(AccessMatrix.Cell(operation, filling))
            }
            if let twin {
                known[twin] = cells
            }
            rows.append(AccessMatrix.Row(subject: line.subject, cells: cells))
        }
        return rows
    }

    /// What named callers have in common whom the policies treat alike.
    private struct Twin: Hashable {
        let profile: SpacePrincipal.Profile
        let kind: RequestPrincipal.Kind
        let account: String?

        init?(_ line: Line) {
            guard line.subject.kind == .named, line.principals.count == 1, let principal = line.principals.first,
                let profile = principal.profile
            else { return nil }
            self.profile = profile
            kind = principal.principal.kind
            account = principal.principal.account
        }
    }

    /// What anybody of the account reaches through some service: that is said in the service's own row.
    func common(_ actions: [KMSAction]) throws(FragmentRefusal) -> [KMSAction: KeyAccess] {
        var common: [KMSAction: KeyAccess] = [:]
        for line in throughServices {
            var known: [[Bool]: KeyAccess] = [:]
            for action in actions {
                let traits = space.traits(of: action)
                var level = known[traits]
                if level == nil {
                    level = try best(line.principals, action, line.pins)?.level ?? KeyAccess.none
                }
                known[traits] = level
                common[action] = max(common[action] ?? .none, level ?? .none)
            }
        }
        return common
    }

    /// The subjects that the policies speak about, and whoever is left.
    var lines: [Line] {
        named + accounts + throughServices + services + anyone
    }

    private var named: [Line] {
        var names: [String] = []
        for name in statementNames(.aws) where name != "*" && AccountID(name) == nil && !name.hasSuffix(":root") {
            names.append(name)
        }
        return names.compactMap { name in
            guard let principal = SpacePrincipal.named(name) else { return nil }
            let same = space.principals.filter { other in
                principal.principal.kind == .roleSession && principal.principal.text == name
                    ? other.principal.text == name : other.principal == principal.principal
            }
            return Line(
                subject: AccessMatrix.Subject(kind: .named, name: name, text: name),
                principals: same,
                mayUseServices: true
            )
        }
    }

    private var accounts: [Line] {
        var ids = [space.account]
        for name in statementNames(.aws) {
            let id = AccountID(name)?.description ?? (name.hasSuffix(":root") ? ARN(parsing: name)?.account : nil)
            if let id, !ids.contains(id) {
                ids.append(id)
            }
        }
        return ids.map { id in
            let text = id == space.account ? "other identities of account \(id)" : "account \(id)"
            return Line(
                subject: AccessMatrix.Subject(kind: .account, name: id, text: text),
                principals: unnamed(of: id),
                mayUseServices: true
            )
        }
    }

    /// One row for each service or pattern of services that an Allow asks requests to come through.
    private var throughServices: [Line] {
        var names: [String] = []
        for statement in policies.flatMap(\.document.statements) where statement.effect == .allow {
            for test in statement.tests where test.test.key.lowercased() == RequestKeys.viaService {
                guard !test.conditionOperator.base.isNegated, test.conditionOperator.base != .null else { continue }
                names += test.test.texts.filter { !names.contains($0) }
            }
        }
        return names.map { name in
            Line(
                subject: AccessMatrix.Subject(
                    kind: .throughService,
                    name: name,
                    text: "identities of account \(space.account) through \(name)"
                ),
                principals: unnamed(of: space.account),
                service: name,
                takesSteps: false
            )
        }
    }

    private var services: [Line] {
        statementNames(.service)
            .map { name in
                Line(
                    subject: AccessMatrix.Subject(kind: .service, name: name, text: "AWS service \(name)"),
                    principals: space.principals.filter { $0.principal.kind == .service && $0.principal.text == name },
                    takesSteps: false
                )
            }
    }

    private var anyone: [Line] {
        let known = [space.account] + accounts.map(\.subject.name)
        let strangers = space.principals.filter { stranger in
            guard let account = stranger.principal.account, !known.contains(account) else { return false }
            return stranger.principal.kind != .root && !stranger.isNamed
        }
        return [
            Line(
                subject: AccessMatrix.Subject(kind: .anyone, name: "*", text: "anyone in any other account"),
                principals: strangers,
                mayUseServices: true
            )
        ]
    }

    private func unnamed(of account: String) -> [SpacePrincipal] {
        space.principals.filter { $0.principal.account == account && $0.principal.kind != .root && !$0.isNamed }
    }

    private func statementNames(_ family: PrincipalElement.Family) -> [String] {
        var names: [String] = []
        for name in policies.flatMap(\.document.statements).flatMap({ $0.principal?.values(of: family) ?? [] })
        where !names.contains(name) {
            names.append(name)
        }
        return names
    }

    // MARK: Searching

    /// The best of some callers for a permission: the highest level that some request of theirs gets.
    func best(_ principals: [SpacePrincipal], _ action: KMSAction, _ pins: Pins) throws(FragmentRefusal) -> Reach? {
        var best: Reach?
        for principal in principals {
            let search = AccessSearch(space, principal, action, pins: pins)
            let floor = best?.level
            for level in search.levels where floor.map({ level > $0 }) ?? true {
                guard let solution = try search.first(where: { $0[0].upper >= level }) else { continue }
                let verdict = search.verdict(solution)
                best = Reach(
                    search: search,
                    principal: principal,
                    solution: solution,
                    level: verdict.level,
                    statements: verdict.statements
                )
                break
            }
        }
        return best
    }
}

extension MatrixBuilder.Line {
    /// The service a request comes through, or that it comes through none.
    var pins: MatrixBuilder.Pins {
        [RequestKeys.viaService: service.map { .one($0) }]
    }
}

extension AccessSearch {
    /// The levels that requests may get, the highest first.
    var levels: [KeyAccess] {
        Set(sides[0].allows.map(\.level) + [.none, .denied]).sorted(by: >)
    }
}
