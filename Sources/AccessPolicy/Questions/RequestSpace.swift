// SPDX-License-Identifier: Apache-2.0

import CoreValues
import JSONDocument

/// All requests that one or two key policies can tell apart, as finitely many classes.
///
/// Every condition test of the policies is one bit. A caller, and a value of a condition key, count only by the bits
/// they set, so that searching through the classes is searching through all requests of the fragment
/// (``FragmentRefusal``).
final class RequestSpace: Sendable {
    /// A statement with its tests as a mask.
    struct Statement: Sendable {
        let index: Int
        let denies: Bool
        let actions: UInt64
        let tests: TestMask
    }

    /// A class of values of one or several keys that hang together.
    struct Option: Sendable {
        /// The tests on these keys that hold.
        let mask: TestMask
        /// The keys with values; the others are absent.
        var assignment: [(key: String, value: RequestContext.Value)]
    }

    /// Condition keys whose values are chosen together.
    struct Variable: Sendable {
        /// All the tests on these keys.
        let tests: TestMask
        let options: [Option]
    }

    /// What matters of a condition key that some test looks at.
    struct TestedKey: Sendable {
        let name: String
        let mask: TestMask
        /// The operations that carry it.
        let carried: UInt64
        let isOfCaller: Bool
        let isOfContext: Bool
        /// What holds when it is absent.
        let absent: TestMask
        /// Its classes, the absent one first unless it is always there.
        let options: [Option]
    }

    let account: String
    let region: String
    let partition: String
    let assumptions: Assumptions
    let tests: [SpaceTest]
    let policies: [[Statement]]
    let principals: [SpacePrincipal]
    /// The policies as they decide requests.
    let compiled: [CompiledPolicy]
    /// The tests on each key.
    let masks: [String: TestMask]
    /// The present values of each key, one of each class.
    let present: [String: [Option]]
    /// What holds when a key is absent.
    let absent: [String: TestMask]
    /// The keys in alphabetical order.
    let keys: [TestedKey]
    /// Present and absent encryption contexts, when tests look at the list of its keys.
    let contexts: [Option]?

    /// Collects the classes.
    ///
    /// `extra` are tests that a question adds, `mentioned` are principals and accounts that it names.
    init(
        _ compiled: [CompiledPolicy],
        account: AccountID,
        region: String,
        assumptions: Assumptions,
        extra: [SpaceTest] = [],
        mentioned: [String] = []
    ) throws(FragmentRefusal) {
        self.account = account.description
        self.region = region
        partition = ARN.partition(of: region)
        self.assumptions = assumptions
        self.compiled = compiled
        try FragmentCheck.check(compiled)
        var catalogue = TestCatalogue()
        policies = compiled.map { catalogue.statements(of: $0) }
        for test in extra {
            _ = catalogue.number(of: test)
        }
        tests = catalogue.tests
        guard tests.count <= TestMask.capacity else {
            throw FragmentRefusal(
                construct: "a set of \(tests.count) condition tests (the limit is \(TestMask.capacity))",
                policy: 0,
                pointer: JSONPointer()
            )
        }
        var builder = OptionBuilder(tests: tests, region: region, assumptions: assumptions)
        try builder.build()
        masks = builder.masks
        present = builder.present
        absent = builder.absent
        contexts = builder.contexts
        keys = builder.testedKeys
        let universe = PrincipalUniverse(
            account: self.account,
            partition: partition,
            names: Self.names(compiled).merging([.aws: mentioned]) { $0 + $1.filter { !$0.isEmpty } },
            tests: tests.filter { RequestKeys.ofCaller.contains($0.key) }
        )
        do {
            principals = try universe.principals()
                .map { [keys, tests, region, account] principal in
                    var principal = principal.calling(region: region, account: account.description)
                    principal.profile = SpacePrincipal.Profile(principal, keys, tests, compiled, assumptions)
                    return principal
                }
        } catch {
            throw FragmentRefusal(tooManyIn: "the tests on callers")
        }
    }

    private static func names(_ policies: [CompiledPolicy]) -> [PrincipalElement.Family: [String]] {
        var names: [PrincipalElement.Family: [String]] = [:]
        for statement in policies.flatMap(\.document.statements) {
            for entry in statement.principal?.entries ?? [] {
                for name in entry.values.values where names[entry.family]?.contains(name) != true {
                    names[entry.family, default: []].append(name)
                }
            }
        }
        return names
    }

    /// The number of a test that was given as extra.
    func number(of test: SpaceTest) -> Int? {
        tests.firstIndex { $0.identity == test.identity }
    }
}

/// Numbers condition tests, the same ones once.
private struct TestCatalogue {
    var tests: [SpaceTest] = []
    private var numbers: [SpaceTest.Identity: Int] = [:]

    mutating func number(of test: SpaceTest) -> Int {
        if let number = numbers[test.identity] {
            return number
        }
        numbers[test.identity] = tests.count
        tests.append(test)
        return tests.count - 1
    }

    mutating func statements(of policy: CompiledPolicy) -> [RequestSpace.Statement] {
        zip(policy.document.statements, policy.statements).enumerated()
            .map { index, pair in
                let numbers = zip(pair.0.tests, pair.1.tests)
                    .map { written, compiled in
                        number(of: SpaceTest(written.test, written.conditionOperator, compiled))
                    }
                // Tests beyond the capacity are refused before any mask is used.
                let mask = TestMask(numbers.filter { $0 < TestMask.capacity })
                return RequestSpace.Statement(
                    index: index,
                    denies: pair.1.effect == .deny,
                    actions: pair.1.kmsActions.bits,
                    tests: mask
                )
            }
    }
}

extension FragmentRefusal {
    /// A refusal because patterns or sets fall into too many combinations.
    init(tooManyIn what: String) {
        self.init(construct: "the number of combinations of \(what)", policy: 0, pointer: JSONPointer())
    }
}

extension ARN {
    /// The partition that a region belongs to.
    static func partition(of region: String) -> String {
        region.hasPrefix("cn-") ? "aws-cn" : region.hasPrefix("us-gov-") ? "aws-us-gov" : "aws"
    }
}
