// SPDX-License-Identifier: Apache-2.0

/// Sorts the values of every tested condition key into classes by the tests they satisfy.
struct OptionBuilder {
    let tests: [SpaceTest]
    let region: String
    let assumptions: Assumptions
    private(set) var masks: [String: TestMask] = [:]
    private(set) var present: [String: [RequestSpace.Option]] = [:]
    private(set) var absent: [String: TestMask] = [:]
    private(set) var contexts: [RequestSpace.Option]?
    private var byKey: [String: [Int]] = [:]

    init(tests: [SpaceTest], region: String, assumptions: Assumptions) {
        self.tests = tests
        self.region = region
        self.assumptions = assumptions
    }

    mutating func build() throws(FragmentRefusal) {
        for (number, test) in tests.enumerated() {
            byKey[test.key, default: []].append(number)
        }
        for (key, numbers) in byKey {
            masks[key] = TestMask(numbers)
            absent[key] = holding(key, nil)
            guard !RequestKeys.ofCaller.contains(key), key != RequestKeys.encryptionContextKeys else { continue }
            present[key] = try options(key, numbers)
        }
        if byKey[RequestKeys.encryptionContextKeys] != nil {
            contexts = try encryptionContexts()
        }
    }

    /// The keys with what was found out about them.
    var testedKeys: [RequestSpace.TestedKey] {
        byKey.keys.sorted()
            .map { key in
                let absent = RequestSpace.Option(mask: absent[key] ?? .none, assignment: [])
                return RequestSpace.TestedKey(
                    name: key,
                    mask: masks[key] ?? .none,
                    carried: RequestKeys.actions(carrying: key).bits,
                    isOfCaller: RequestKeys.ofCaller.contains(key),
                    isOfContext: key == RequestKeys.encryptionContextKeys
                        || key.hasPrefix(RequestKeys.encryptionContext),
                    absent: absent.mask,
                    options: (RequestKeys.isAlwaysPresent(key) ? [] : [absent]) + (present[key] ?? [])
                )
            }
    }

    /// The tests on a key that hold for a value.
    private func holding(_ key: String, _ value: RequestContext.Value?) -> TestMask {
        TestMask((byKey[key] ?? []).filter { tests[$0].holds(value, assumptions) })
    }

    private func values(_ key: String, _ numbers: [Int], extra: [TextAtom] = []) throws(FragmentRefusal) -> [String] {
        let domain: KeyValues.Domain =
            if RequestKeys.isBoolean(key) {
                .boolean
            } else if key == RequestKeys.viaService {
                .service(region: region)
            } else if key.hasPrefix(RequestKeys.encryptionContext) {
                .anyText
            } else {
                .text
            }
        do {
            return try KeyValues(domain: domain).values(numbers.map { tests[$0] }, extra: extra)
        } catch {
            throw FragmentRefusal(tooManyIn: "the patterns for `\(key)`")
        }
    }

    private func options(_ key: String, _ numbers: [Int]) throws(FragmentRefusal) -> [RequestSpace.Option] {
        var seen: Set<TestMask> = []
        let texts = try values(key, numbers)
        guard RequestKeys.isMultivalued(key) else {
            return texts.compactMap { text in
                let mask = holding(key, .one(text))
                return seen.insert(mask).inserted
                    ? RequestSpace.Option(mask: mask, assignment: [(key, .one(text))]) : nil
            }
        }
        // A set of values counts by which classes its members are of.
        let classes = texts.filter { seen.insert(holding(key, .list([$0]))).inserted }
        guard classes.count <= 13 else { throw FragmentRefusal(tooManyIn: "the values of `\(key)`") }
        seen = []
        let subsets = (1..<(1 << classes.count)).sorted { ($0.nonzeroBitCount, $0) < ($1.nonzeroBitCount, $1) }
        return subsets.compactMap { bits in
            let list = classes.indices.filter { bits & (1 << $0) != 0 }.map { classes[$0] }
            let mask = holding(key, .list(list))
            return seen.insert(mask).inserted
                ? RequestSpace.Option(mask: mask, assignment: [(key, .list(list))]) : nil
        }
    }

    // MARK: Encryption context

    /// A name in an encryption context, and the named key it is when names are folded.
    private struct Element {
        let text: String
        let pairKey: String?
        let single: TestMask
    }

    /// A state of building an encryption context up, pair by pair.
    private struct Draft: Hashable {
        /// Tests that hold when one member satisfies them.
        var some = TestMask.none
        /// Tests that hold when all members satisfy them.
        var every: TestMask
        var pairs = TestMask.none
        var isEmpty = true
    }

    /// All contexts that differ to some test: which names they have, and which values the named pairs have.
    private func encryptionContexts() throws(FragmentRefusal) -> [RequestSpace.Option] {
        let key = RequestKeys.encryptionContextKeys
        let pairKeys = byKey.keys.filter { $0.hasPrefix(RequestKeys.encryptionContext) }.sorted()
        let elements = try self.elements(pairKeys)
        let every = everyTests
        let none = pairKeys.reduce(TestMask.none) { $0 | (absent[$1] ?? .none) }
        var drafts: [(Draft, [(String, String)])] = [(Draft(every: every, pairs: none), [])]
        for pairKey in [nil] + pairKeys.map(Optional.some) {
            if let pairKey {
                let options = elements.filter { $0.pairKey == pairKey }
                drafts = try extend(drafts, options, every, pairKey)
            } else {
                for element in elements where element.pairKey == nil {
                    drafts = try extend(drafts, [element], every, nil)
                }
            }
        }
        let sorted = drafts.enumerated().sorted { ($0.element.1.count, $0.offset) < ($1.element.1.count, $1.offset) }
        return sorted.map { _, draft in
            let (state, pairs) = draft
            let keyMask = state.isEmpty ? absent[key] ?? .none : state.some | state.every
            var assignment: [(String, RequestContext.Value)] = pairs.map {
                (RequestKeys.encryptionContext + $0.0, .one($0.1))
            }
            if !pairs.isEmpty {
                assignment.append((key, .list(pairs.map(\.0))))
            }
            return RequestSpace.Option(mask: keyMask | state.pairs, assignment: assignment)
        }
    }

    /// The tests on the list of names that all names must satisfy.
    private var everyTests: TestMask {
        TestMask(
            (byKey[RequestKeys.encryptionContextKeys] ?? [])
                .filter { number in
                    let test = tests[number]
                    let isSetless = test.conditionOperator.set == nil && test.conditionOperator.base != .null
                    return test.conditionOperator.set == .forAllValues
                        || isSetless && assumptions.setlessOperatorOnList == .anyValue
                            && test.conditionOperator.base.isNegated
                }
        )
    }

    private func elements(_ pairKeys: [String]) throws(FragmentRefusal) -> [Element] {
        let key = RequestKeys.encryptionContextKeys
        let names = pairKeys.map { String($0.dropFirst(RequestKeys.encryptionContext.count)) }
        let folded = names.map { TextAtom(literal: $0, folds: true) }
        // The names as policies write them come first, because they read best.
        let written = tests.filter { $0.key.hasPrefix(RequestKeys.encryptionContext) }
            .map { String($0.writtenKey.dropFirst(RequestKeys.encryptionContext.count)) }
        let texts = written + (try values(key, byKey[key] ?? [], extra: folded))
        var elements: [Element] = []
        for text in texts {
            let lowered = text.lowercased()
            let pairKey = names.firstIndex(of: lowered).map { pairKeys[$0] }
            let single = holding(key, .list([text]))
            guard !elements.contains(where: { $0.pairKey == pairKey && $0.single == single }) else { continue }
            elements.append(Element(text: text, pairKey: pairKey, single: single))
        }
        // A name that no policy mentions comes first: it is the plainest choice where any will do.
        let plain = elements.filter { $0.pairKey == nil && $0.text.hasPrefix("other") }
        return plain + elements.filter { element in !plain.contains { $0.text == element.text } }
    }

    /// Adds one of some names, or none of them, to every draft; drafts that no test can tell apart become one.
    private func extend(
        _ drafts: [(Draft, [(String, String)])],
        _ elements: [Element],
        _ every: TestMask,
        _ pairKey: String?
    ) throws(FragmentRefusal) -> [(Draft, [(String, String)])] {
        var result = drafts
        var seen = Set(drafts.map(\.0))
        for (draft, pairs) in drafts {
            for element in elements {
                for (value, mask) in valueOptions(pairKey) {
                    var next = draft
                    next.isEmpty = false
                    next.some |= element.single - every
                    next.every = next.every & element.single
                    if let pairKey {
                        next.pairs = (next.pairs - (masks[pairKey] ?? .none)) | mask
                    }
                    guard seen.insert(next).inserted else { continue }
                    result.append((next, pairs + [(element.text, value)]))
                }
            }
        }
        guard result.count <= RequestLimits.setCombinations else {
            throw FragmentRefusal(tooManyIn: "encryption contexts")
        }
        return result
    }

    private func valueOptions(_ pairKey: String?) -> [(String, TestMask)] {
        guard let pairKey else { return [("value", .none)] }
        return (present[pairKey] ?? [])
            .map { option in
                (option.assignment.first?.value.values.first ?? "value", option.mask)
            }
    }
}
