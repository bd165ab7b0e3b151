// SPDX-License-Identifier: Apache-2.0

/// Looks for a request of one caller for one operation, among all that the caller can make, that the policies treat in
/// a wanted way.
///
/// Values of condition keys are chosen one variable after another. After each choice the policies' answers are known
/// to lie between two levels, and a choice that can't lead to the goal any more is given up; what is never given up is
/// looked at, so a search that finds nothing proves that there is nothing.
struct AccessSearch {
    /// Between which levels an answer lies.
    struct Bounds {
        var lower: KeyAccess
        var upper: KeyAccess
    }

    struct Rule {
        let tests: TestMask
        let level: KeyAccess
        let index: Int
    }

    struct Side {
        var allows: [Rule] = []
        var denies: [Rule] = []
    }

    let space: RequestSpace
    let principal: SpacePrincipal
    let action: KMSAction
    private(set) var sides: [Side] = []
    private(set) var variables: [RequestSpace.Variable] = []
    private(set) var base = TestMask.none
    private(set) var fixed = TestMask.none
    private(set) var pinned: [(key: String, value: RequestContext.Value)] = []

    /// A request that was found.
    struct Solution: Sendable {
        let request: AuthorizationRequest
        /// The tests that hold for it.
        let holding: TestMask
    }

    /// Prepares the searches for a caller and an operation.
    ///
    /// `pins` are values of condition keys that are given, `nil` for a key that must be absent.
    init(
        _ space: RequestSpace,
        _ principal: SpacePrincipal,
        _ action: KMSAction,
        pins: [String: RequestContext.Value?] = [:]
    ) {
        self.space = space
        self.principal = principal
        self.action = action
        let profile =
            principal.profile
            ?? SpacePrincipal.Profile(principal, space.keys, space.tests, space.compiled, space.assumptions)
        let bit = KMSActionSet([action]).bits
        collectVariables(pins, profile, bit)
        sides = zip(space.policies, profile.forms).map { side($0, $1, bit) }
    }

    /// The statements that can apply to the caller's requests, those left out that a decided test rules out.
    private func side(
        _ statements: [RequestSpace.Statement],
        _ forms: [RequestPrincipal.Forms],
        _ bit: UInt64
    ) -> Side {
        var side = Side()
        for (statement, forms) in zip(statements, forms) {
            guard statement.actions & bit != 0, !forms.isEmpty, (statement.tests & fixed).isSubset(of: base) else {
                continue
            }
            if statement.denies {
                side.denies.append(Rule(tests: statement.tests, level: .denied, index: statement.index))
                continue
            }
            let level = KeyAccess.given(by: forms, to: principal.principal, keyAccount: space.account, action)
            if level > .none {
                side.allows.append(Rule(tests: statement.tests, level: level, index: statement.index))
            }
        }
        return side
    }

    // MARK: Variables

    private mutating func collectVariables(
        _ pins: [String: RequestContext.Value?],
        _ profile: SpacePrincipal.Profile,
        _ bit: UInt64
    ) {
        var free: [RequestSpace.TestedKey] = []
        for key in space.keys {
            if key.carried & bit == 0 {
                base |= key.absent
                fixed |= key.mask
            } else if let pin = pins[key.name] {
                fix(key, pin)
            } else if key.isOfCaller {
                base |= profile.holding & key.mask
                fixed |= key.mask
            } else {
                free.append(key)
            }
        }
        for (key, value) in pins where space.masks[key] == nil {
            if let value {
                pinned.append((key, value))
            }
        }
        if let contexts = space.contexts, free.contains(where: { $0.name == RequestKeys.encryptionContextKeys }) {
            let keys = free.filter(\.isOfContext)
            add(keys.reduce(.none) { $0 | $1.mask }, contexts)
            free.removeAll(where: \.isOfContext)
        }
        collectServiceVariable(&free, pins)
        for key in free {
            add(key.mask, key.options)
        }
    }

    /// Adds a variable, or decides it when there is no choice.
    private mutating func add(_ tests: TestMask, _ options: [RequestSpace.Option]) {
        guard options.count == 1, let only = options.first else {
            variables.append(RequestSpace.Variable(tests: tests, options: options))
            return
        }
        base |= only.mask
        fixed |= tests
        pinned += only.assignment
    }

    private mutating func fix(_ key: RequestSpace.TestedKey, _ value: RequestContext.Value?) {
        fixed |= key.mask
        for (number, test) in space.tests.enumerated() where key.mask.contains(number) {
            if test.holds(value, space.assumptions) {
                base.insert(number)
            }
        }
        if let value {
            pinned.append((key.name, value))
        }
    }

    /// The service that calls for somebody, whether one does, and whether the grant asked for is for it.
    ///
    /// Only a request that comes through a service can ask for a grant for an AWS resource.
    private mutating func collectServiceVariable(
        _ free: inout [RequestSpace.TestedKey],
        _ pins: [String: RequestContext.Value?]
    ) {
        let keys = free.filter { RequestKeys.ofServices.contains($0.name) }
        guard !keys.isEmpty else { return }
        free.removeAll { RequestKeys.ofServices.contains($0.name) }
        let names = keys.map(\.name)
        let isService = principal.principal.kind == .service
        var options: [RequestSpace.Option] = []
        for way in waysOfCalling(pins) {
            let isVia = !way.assignment.isEmpty
            let grants = isVia || isService ? [true, false] : [false]
            for grant in flags(RequestKeys.grantIsForAWSResource, names, grants) {
                for via in flags(RequestKeys.viaAWSService, names, [isVia]) {
                    let own = pins[RequestKeys.viaService] == nil ? way.assignment : []
                    options.append(
                        RequestSpace.Option(
                            mask: way.mask | grant.mask | via.mask,
                            assignment: own + grant.assignment + via.assignment
                        )
                    )
                }
            }
        }
        add(keys.reduce(.none) { $0 | $1.mask }, options)
    }

    /// Directly, and through services of every class; a pinned way is the only one, and its tests are decided already.
    private func waysOfCalling(_ pins: [String: RequestContext.Value?]) -> [RequestSpace.Option] {
        if let pin = pins[RequestKeys.viaService] {
            let assignment = pin.map { [(key: RequestKeys.viaService, value: $0)] } ?? []
            return [RequestSpace.Option(mask: .none, assignment: assignment)]
        }
        let directly = RequestSpace.Option(mask: space.absent[RequestKeys.viaService] ?? .none, assignment: [])
        guard principal.principal.kind != .service else { return [directly] }
        if let services = space.present[RequestKeys.viaService], !services.isEmpty {
            return [directly] + services
        }
        let name = KeyValues.Domain.service(region: space.region).other(0)
        return [directly, RequestSpace.Option(mask: .none, assignment: [(RequestKeys.viaService, .one(name))])]
    }

    private func flags(_ key: String, _ free: [String], _ values: [Bool]) -> [RequestSpace.Option] {
        guard free.contains(key), let options = space.present[key] else {
            return [RequestSpace.Option(mask: .none, assignment: [])]
        }
        // Two values that no test tells apart share one option, which then stands for both.
        return values.compactMap { flag in
            let text = flag ? "true" : "false"
            let option = options.first { $0.assignment.first?.value == .one(text) } ?? options.first
            return option.map { RequestSpace.Option(mask: $0.mask, assignment: [(key, .one(text))]) }
        }
    }
}
