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
        collectVariables(pins)
        sides = space.policies.map { statements in
            statements.reduce(into: Side()) { side, statement in
                guard statement.compiled.kmsActions.contains(action) else { return }
                let forms = statement.compiled.forms(principal.principal, space.assumptions)
                guard !forms.isEmpty, (statement.tests & fixed).isSubset(of: base) else { return }
                guard statement.compiled.effect == .allow else {
                    side.denies.append(Rule(tests: statement.tests, level: .denied, index: statement.index))
                    return
                }
                let level = KeyAccess.given(
                    by: forms,
                    to: principal.principal,
                    keyAccount: space.account,
                    action
                )
                if level > .none {
                    side.allows.append(Rule(tests: statement.tests, level: level, index: statement.index))
                }
            }
        }
    }

    // MARK: Variables

    private mutating func collectVariables(_ pins: [String: RequestContext.Value?]) {
        let pins = Dictionary(uniqueKeysWithValues: pins.map { ($0.key.lowercased(), $0.value) })
        var free: Set<String> = []
        for (key, mask) in space.masks {
            if !RequestKeys.actions(carrying: key).contains(action) {
                fix(key, mask, nil)
            } else if let pin = pins[key] {
                fix(key, mask, pin)
            } else if RequestKeys.ofCaller.contains(key) {
                fix(key, mask, principal.context[key], isPinned: false)
            } else {
                free.insert(key)
            }
        }
        pinned += pins.compactMap { key, value in
            space.masks[key] == nil ? value.map { (key, $0) } : nil
        }
        if let contexts = space.contexts, free.contains(RequestKeys.encryptionContextKeys) {
            let keys = free.filter {
                $0 == RequestKeys.encryptionContextKeys || $0.hasPrefix(RequestKeys.encryptionContext)
            }
            variables.append(variable(keys.sorted(), contexts))
            free.subtract(keys)
        }
        collectServiceVariable(&free, pins)
        for key in free.sorted() {
            variables.append(variable([key], options(key)))
        }
        variables.removeAll { variable in
            guard variable.options.count == 1, let only = variable.options.first else { return false }
            base |= only.mask
            fixed |= variable.tests
            pinned += only.assignment
            return true
        }
    }

    private mutating func fix(_ key: String, _ mask: TestMask, _ value: RequestContext.Value?, isPinned: Bool = true) {
        fixed |= mask
        for (number, test) in space.tests.enumerated() where mask.contains(number) {
            if test.holds(value, space.assumptions) {
                base.insert(number)
            }
        }
        if isPinned, let value {
            pinned.append((key, value))
        }
    }

    private func variable(_ keys: [String], _ options: [RequestSpace.Option]) -> RequestSpace.Variable {
        RequestSpace.Variable(
            keys: keys,
            tests: keys.reduce(.none) { $0 | (space.masks[$1] ?? .none) },
            options: options
        )
    }

    /// Absent first, which is the plainest request, unless every request has the key.
    private func options(_ key: String) -> [RequestSpace.Option] {
        let absent = RequestSpace.Option(mask: space.absent[key] ?? .none, assignment: [])
        return (RequestKeys.isAlwaysPresent(key) ? [] : [absent]) + (space.present[key] ?? [])
    }

    /// The service that calls for somebody, whether one does, and whether the grant asked for is for it.
    ///
    /// Only a request that comes through a service can ask for a grant for an AWS resource.
    private mutating func collectServiceVariable(_ free: inout Set<String>, _ pins: [String: RequestContext.Value?]) {
        let keys = [RequestKeys.viaService, RequestKeys.grantIsForAWSResource, RequestKeys.viaAWSService]
            .filter { free.contains($0) }
        guard !keys.isEmpty else { return }
        let isService = principal.principal.kind == .service
        let pinnedVia = pins[RequestKeys.viaService]
        let none = RequestSpace.Option(mask: space.absent[RequestKeys.viaService] ?? .none, assignment: [])
        var services = space.present[RequestKeys.viaService] ?? []
        if services.isEmpty {
            let name = KeyValues.Domain.service(region: space.region).other(0)
            services = [RequestSpace.Option(mask: .none, assignment: [(RequestKeys.viaService, .one(name))])]
        }
        var ways = isService ? [none] : [none] + services
        if let pinnedVia {
            ways = [
                RequestSpace.Option(mask: .none, assignment: pinnedVia.map { [(RequestKeys.viaService, $0)] } ?? [])
            ]
        }
        var options: [RequestSpace.Option] = []
        for way in ways {
            let isVia = !way.assignment.isEmpty
            for grant in flags(RequestKeys.grantIsForAWSResource, free, isVia || isService ? [true, false] : [false]) {
                for via in flags(RequestKeys.viaAWSService, free, [isVia]) {
                    let own = pinnedVia == nil ? way.assignment : []
                    options.append(
                        RequestSpace.Option(
                            mask: way.mask | grant.mask | via.mask,
                            assignment: own + grant.assignment + via.assignment
                        )
                    )
                }
            }
        }
        variables.append(variable(keys, options))
        free.subtract(keys)
    }

    private func flags(_ key: String, _ free: Set<String>, _ values: [Bool]) -> [RequestSpace.Option] {
        guard free.contains(key), let options = space.present[key] else {
            return [RequestSpace.Option(mask: .none, assignment: [])]
        }
        // Two values that no test tells apart share one option, which then stands for both.
        return values.compactMap { flag in
            let text = flag ? "true" : "false"
            guard let option = options.first(where: { $0.assignment.first?.value == .one(text) }) ?? options.first
            else {
                return nil
            }
            return RequestSpace.Option(mask: option.mask, assignment: [(key, .one(text))])
        }
    }
}
