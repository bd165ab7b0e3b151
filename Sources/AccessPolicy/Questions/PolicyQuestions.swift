// SPDX-License-Identifier: Apache-2.0

package import CoreValues
import JSONDocument

/// Answers questions about a key policy for all requests at once.
///
/// Every answer is decided, by looking at each class of requests that the policy can tell apart: "no" means that there
/// is no such request, and "yes" comes with one. The fragment and the requests are those of ``FragmentRefusal``; a
/// policy outside the fragment is refused by name. Where an open question (``Assumptions``) changes an answer, the
/// answer says so.
package struct PolicyQuestions: Sendable {
    /// The policy.
    package let policy: CompiledPolicy
    /// The key's account.
    package let account: AccountID
    /// The key's region.
    package let region: String
    /// The answers to open questions that hold unless an answer says otherwise.
    package let assumptions: Assumptions

    /// Prepares a policy for questions.
    /// - Throws: ``FragmentRefusal`` for a policy outside the fragment.
    package init(
        _ policy: PolicyDocument,
        account: AccountID,
        region: String,
        assumptions: Assumptions = Assumptions()
    ) throws(FragmentRefusal) {
        self.policy = CompiledPolicy(policy)
        self.account = account
        self.region = region
        self.assumptions = assumptions
        try FragmentCheck.check([self.policy])
    }

    /// A request that shows that something is possible.
    package struct Example: Sendable, Hashable {
        /// The request.
        package let request: AuthorizationRequest
        /// What the policy gives it.
        package let access: KeyAccess
        /// The statements that decide it, from 0.
        package let statements: [Int]
    }

    /// An answer to whether something is possible.
    package struct Answer: Sendable, Hashable {
        /// Whether it is possible.
        package let isPossible: Bool
        /// A request that shows it, one for each operation where it is; empty when there is none.
        package let examples: [Example]
        /// When it is possible, in words, where the question is about one caller and one operation.
        package let condition: String?
        /// Whether every request that the question is about is allowed.
        package let isAlwaysPossible: Bool
        /// The open questions whose other answer turns this one round, each as few as do.
        package internal(set) var turnedBy: [[Assumptions.Question]] = []

        /// Whether the answer depends on an open question.
        package var isAmbiguous: Bool {
            !turnedBy.isEmpty
        }
    }

    // MARK: One caller

    /// Whether somebody can do something under some circumstances.
    ///
    /// - Parameters:
    ///   - principal: the ARN of a user, role, session, federated user or root user; an account's digits for anybody of
    ///     the account that the policy doesn't name; or a service's name.
    ///   - action: the operation.
    ///   - context: condition keys that are known; `nil` for a key that is known to be absent. All others are free,
    ///     save that giving one part of the encryption context gives it all.
    /// - Returns: possible where some request that fits is allowed, at least if an identity policy allows it too.
    /// - Throws: ``FragmentRefusal`` for a name that is no caller.
    package func can(
        _ principal: String,
        _ action: KMSAction,
        given context: [String: RequestContext.Value?] = [:]
    ) throws(FragmentRefusal) -> Answer {
        try answer(mentioned: [principal]) { space throws(FragmentRefusal) in
            let callers = try space.callers(named: principal)
            var best: (search: AccessSearch, solution: AccessSearch.Solution, level: KeyAccess, statements: [Int])?
            var isAlways = true
            for caller in callers {
                let search = AccessSearch(space, caller, action, pins: space.completing(context))
                if isAlways {
                    isAlways = try !search.exists(where: { $0[0].lower < .delegated })
                }
                for level in search.levels where best.map({ level > $0.level }) ?? true {
                    guard let solution = try search.first(where: { $0[0].upper >= level }) else { continue }
                    let verdict = search.verdict(solution)
                    best = (search, solution, verdict.level, verdict.statements)
                    break
                }
            }
            guard let best else {
                return Answer(isPossible: false, examples: [], condition: nil, isAlwaysPossible: false)
            }
            let isPossible = best.level.canBeAllowed
            return Answer(
                isPossible: isPossible,
                examples: [Example(request: best.solution.request, access: best.level, statements: best.statements)],
                condition: isPossible
                    ? try ConditionWords.condition(best.search, best.level, best.solution) : nil,
                isAlwaysPossible: isAlways
            )
        }
    }

    /// Somebody who can do something.
    package struct Holder: Sendable, Hashable {
        /// Who.
        package let subject: AccessMatrix.Subject
        /// How.
        package let grade: AccessMatrix.Grade
        /// By which step, where it isn't allowed itself.
        package let step: AccessMatrix.Step?
        /// When, in words; `nil` when always.
        package let condition: String?
        /// By which statements, from 0.
        package let statements: [Int]
        /// A request that shows it.
        package let witness: AccessMatrix.Witness?
        /// The open questions whose other answer changes the grade.
        package internal(set) var changedBy: [[Assumptions.Question]] = []
    }

    /// Everybody who can do something, steps counted; whoever is not in the list can't.
    package func whoCan(_ action: KMSAction) throws(FragmentRefusal) -> [Holder] {
        func holders(_ assumptions: Assumptions) throws(FragmentRefusal) -> [Holder] {
            let space = try space(assumptions)
            let builder = MatrixBuilder([policy], space)
            let common = try builder.common([action, .createGrant, .putKeyPolicy, .reEncryptFrom])
            var holders: [Holder] = []
            for line in builder.lines {
                let filling = try CellBuilder(builder, line, [action], common).filling()
                holders.append(
                    Holder(
                        subject: line.subject,
                        grade: filling.grade,
                        step: filling.step,
                        condition: filling.condition,
                        statements: filling.statements,
                        witness: filling.witness
                    )
                )
            }
            return holders
        }
        var found = try holders(assumptions)
        for questions in try openQuestions() {
            let other = try holders(assumptions.flipping(questions))
            for index in found.indices where found[index].grade != other[index].grade {
                if !found[index].changedBy.contains(where: { Set($0).isSubset(of: questions) }) {
                    found[index].changedBy.append(questions)
                }
            }
        }
        return found.filter { $0.grade > .none || !$0.changedBy.isEmpty }
    }

    // MARK: All callers

    /// Whether anybody outside some accounts can do any of some operations.
    ///
    /// AWS services that act for themselves are outside every account.
    package func canOutsiders(
        of accounts: [AccountID],
        do actions: [KMSAction] = RequestKeys.actions.actions
    ) throws(FragmentRefusal) -> Answer {
        let inside = accounts.map(\.description)
        return try answer(mentioned: inside) { space throws(FragmentRefusal) in
            let outsiders = space.principals.filter { outsider in
                outsider.principal.account.map { !inside.contains($0) } ?? true
            }
            return try examples(space, outsiders, actions, AccessSearch.Demand())
        }
    }

    /// Whether anything that takes an encryption context is possible without one.
    package func canDoWithoutEncryptionContext(
        _ actions: [KMSAction] = Self.contextActions
    ) throws(FragmentRefusal) -> Answer {
        try anybody(actions, SpaceTest(.null, RequestKeys.encryptionContextKeys, ["true"]))
    }

    /// What it means that a list of encryption context keys holds.
    package enum ContextKeyRule: String, Sendable, Hashable, CaseIterable {
        /// Every request has at least one of the keys.
        case atLeastOne = "at least one of the keys"
        /// No request has any other key.
        case noOther = "no other key"
    }

    /// Whether some request that the list of allowed encryption context keys should keep out is possible after all.
    /// - Returns: not possible when the list holds.
    package func canEscape(
        contextKeys keys: [String],
        _ rule: ContextKeyRule,
        _ actions: [KMSAction] = Self.contextActions
    ) throws(FragmentRefusal) -> Answer {
        let set: ConditionOperator.SetQualifier = rule == .atLeastOne ? .forAllValues : .forAnyValue
        return try anybody(
            actions,
            SpaceTest(.stringNotEquals, set: set, RequestKeys.encryptionContextKeys, keys)
        )
    }

    /// The operations that can carry an encryption context of the caller's choice.
    package static let contextActions = RequestKeys.withEncryptionContext.actions.filter { $0 != .retireGrant }

    // MARK: Parts

    private func anybody(_ actions: [KMSAction], _ test: SpaceTest) throws(FragmentRefusal) -> Answer {
        try answer(extra: [test]) { space throws(FragmentRefusal) in
            var demand = AccessSearch.Demand()
            if let number = space.number(of: test) {
                demand.holding.insert(number)
            }
            return try examples(space, space.principals, actions, demand)
        }
    }

    /// One request for each operation that fits a demand and can be allowed; a plain allowance before a delegated one.
    private func examples(
        _ space: RequestSpace,
        _ principals: [SpacePrincipal],
        _ actions: [KMSAction],
        _ demand: AccessSearch.Demand
    ) throws(FragmentRefusal) -> Answer {
        var examples: [Example] = []
        var isAlways = true
        for action in actions {
            var best: Example?
            for principal in principals {
                let search = AccessSearch(space, principal, action)
                if isAlways {
                    isAlways = try !search.exists(demand, where: { $0[0].lower < .delegated })
                }
                for level in search.levels where level.canBeAllowed && level > best?.access ?? .denied {
                    guard let solution = try search.first(demand, where: { $0[0].upper >= level }) else { continue }
                    let verdict = search.verdict(solution)
                    best = Example(request: solution.request, access: verdict.level, statements: verdict.statements)
                    break
                }
            }
            if let best {
                examples.append(best)
            }
        }
        return Answer(
            isPossible: !examples.isEmpty,
            examples: examples,
            condition: nil,
            isAlwaysPossible: isAlways && !examples.isEmpty
        )
    }

    /// Answers under the assumptions and under every other reading that can matter.
    private func answer(
        extra: [SpaceTest] = [],
        mentioned: [String] = [],
        _ decide: (RequestSpace) throws(FragmentRefusal) -> Answer
    ) throws(FragmentRefusal) -> Answer {
        var answer = try decide(try space(assumptions, extra, mentioned))
        for questions in try openQuestions() {
            let other = try decide(try space(assumptions.flipping(questions), extra, mentioned))
            let isKnown = answer.turnedBy.contains { Set($0).isSubset(of: questions) }
            if other.isPossible != answer.isPossible, !isKnown {
                answer.turnedBy.append(questions)
            }
        }
        return answer
    }

    private func space(
        _ assumptions: Assumptions,
        _ extra: [SpaceTest] = [],
        _ mentioned: [String] = []
    ) throws(FragmentRefusal) -> RequestSpace {
        try RequestSpace(
            [policy],
            account: account,
            region: region,
            assumptions: assumptions,
            extra: extra,
            mentioned: mentioned
        )
    }

    private func openQuestions() throws(FragmentRefusal) -> [[Assumptions.Question]] {
        var questions = MatrixBuilder.openQuestions([policy], try space(assumptions))
        if policy.document.statements.contains(where: { $0.principal?.namesEverybody == true }) {
            questions.insert(.everybodyIncludesServices)
        }
        return Assumptions.alternatives.filter { $0.allSatisfy(questions.contains) }
    }
}

extension Assumptions {
    /// The same answers with some questions answered the other way.
    func flipping(_ questions: [Question]) -> Assumptions {
        questions.reduce(self) { $0.flipping($1) }
    }
}

extension RequestSpace {
    /// The callers that a name in a question stands for.
    func callers(named name: String) throws(FragmentRefusal) -> [SpacePrincipal] {
        let callers: [SpacePrincipal] =
            if AccountID(name) != nil {
                principals.filter { $0.principal.account == name && $0.principal.kind != .root && !$0.isNamed }
            } else if let arn = ARN(parsing: name), arn.resource == "root", arn.accountID != nil {
                principals.filter { $0.principal.kind == .root && $0.principal.text == name }
            } else if !name.hasPrefix("arn:"), name.contains(".") {
                [SpacePrincipal.service(name, isNamed: true).calling(region: region, account: account)]
            } else {
                SpacePrincipal.named(name).map { [$0.calling(region: region, account: account)] } ?? []
            }
        guard !callers.isEmpty else {
            throw FragmentRefusal(
                construct: "a request by `\(name)`, which is no user, role, session, account or service,",
                policy: 0,
                pointer: JSONPointer()
            )
        }
        return callers
    }

    /// Pins for what a question gives, where the encryption context is given as a whole or not at all.
    func completing(_ context: [String: RequestContext.Value?]) -> [String: RequestContext.Value?] {
        var pins = Dictionary(
            context.map { ($0.key.lowercased(), $0.value) },
            uniquingKeysWith: { first, _ in first }
        )
        let pairs = context.filter { $0.key.lowercased().hasPrefix(RequestKeys.encryptionContext) }
        let gives = !pairs.isEmpty || pins[RequestKeys.encryptionContextKeys] != nil
        guard gives else { return pins }
        if pins[RequestKeys.encryptionContextKeys] == nil {
            let names = pairs.filter { $0.value != nil }
                .map { String($0.key.dropFirst(RequestKeys.encryptionContext.count)) }
                .sorted()
            pins[RequestKeys.encryptionContextKeys] = names.isEmpty ? .some(nil) : .list(names)
        }
        for key in masks.keys where key.hasPrefix(RequestKeys.encryptionContext) && pins[key] == nil {
            pins[key] = .some(nil)
        }
        return pins
    }
}
