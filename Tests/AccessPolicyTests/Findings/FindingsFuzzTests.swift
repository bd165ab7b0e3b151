// SPDX-License-Identifier: Apache-2.0

import AccessPolicy
import CoreValues
import JSONDocument
import TestSupport
import Testing

/// Policies that nobody would write, from a seed.
private struct PolicyMaker {
    var generator: SeededGenerator

    private static let actions =
        KMSAction.allCases.map(\.name) + ["kms:*", "*", "kms:Re*", "s3:*", "", "kms:", "??", "kms:ReEncrypt"]
    private static let principals = [
        "*", "999999999999", "arn:aws:iam::999999999999:root", "arn:aws:iam::888888888888:role/app",
        "arn:aws:iam::*:root",
        "AROAEXAMPLEEXAMPLE123", "", "arn:", "arn:aws-cn:sts::999999999999:assumed-role/a/b", "é",
    ]
    private static let values = [
        "", "true", "false", "*", "${aws:username}", "${", "${aws:x, 'y'}", "999999999999", "o-a", "0.0.0.0/0", "::/0",
        "10.0.0.0/8", "ec2.us-east-1.amazonaws.com", "...", "arn:aws:s3:::b", "arn:aws:iam::*:role/*", "12.5", "-1",
        "2020-01-01", "alias/a", "ec2.x-y.amazonaws.com", "é\u{301}",
    ]
    private static let keys =
        ConditionKey.all.map { $0.isFamily ? $0.name + "x" : $0.name } + [
            "", ":", "kms:", "aws:x", "s3:prefix", "kms:EncryptionContext:${a}", "KMS:VIASERVICE",
        ]

    mutating func list<Element>(_ count: Int, _ make: (inout PolicyMaker) -> Element) -> [Element] {
        (0..<Int.random(in: 0...count, using: &generator)).map { _ in make(&self) }
    }

    private mutating func texts(_ choices: [String]) -> JSONValue {
        let values = list(5) { JSONValue.string($0.generator.pick(choices)) }
        return values.count == 1 && generator.once(in: 2) ? values[0] : .array(values)
    }

    private mutating func condition() -> JSONValue {
        var object = JSONObject()
        for _ in 0..<Int.random(in: 0...3, using: &generator) {
            let base = generator.pick(ConditionOperator.Base.allCases)
            let set = generator.pick([nil, nil, ConditionOperator.SetQualifier.forAllValues, .forAnyValue])
            let ifExists = base != .null && generator.once(in: 4)
            var tests = JSONObject()
            for _ in 0..<Int.random(in: 0...3, using: &generator) {
                tests[generator.pick(Self.keys)] = generator.once(in: 8) ? .bool(true) : texts(Self.values)
            }
            object[ConditionOperator(base, set: set, ifExists: ifExists).name] = .object(tests)
        }
        return .object(object)
    }

    private mutating func statement() -> JSONValue {
        var object = JSONObject()
        object["Sid"] = generator.once(in: 3) ? .string(generator.pick(["a", "b", ""])) : nil
        object["Effect"] = generator.once(in: 3) ? "Deny" : "Allow"
        if !generator.once(in: 10) {
            var families = JSONObject()
            families["AWS"] = generator.once(in: 5) ? nil : texts(Self.principals)
            families["Service"] =
                generator.once(in: 5) ? texts(["s3.amazonaws.com", "x", "*", "a.b-c.amazonaws.com"]) : nil
            let name = generator.once(in: 6) ? "NotPrincipal" : "Principal"
            object[name] = generator.once(in: 5) ? "*" : .object(families)
        }
        object[generator.once(in: 6) ? "NotAction" : "Action"] = generator.once(in: 10) ? nil : texts(Self.actions)
        object["Resource"] =
            generator.once(in: 10) ? nil : texts(["*", "*", "arn:aws:kms:us-east-1:999999999999:key/*"])
        object["Condition"] = generator.once(in: 3) ? nil : condition()
        return .object(object)
    }

    mutating func policy() -> JSONValue {
        var object = JSONObject()
        object["Version"] = generator.pick(["2012-10-17", "2012-10-17", "2008-10-17", nil])
        let statements = list(6) { $0.statement() }
        object["Statement"] = statements.count == 1 && generator.once(in: 2) ? statements[0] : .array(statements)
        return .object(object)
    }
}

struct FindingsFuzzTests {
    private func facts(_ generator: inout SeededGenerator) throws -> KeyFacts {
        let samples = try Samples()
        return KeyFacts(
            account: samples.account,
            region: "us-east-1",
            keyType: generator.pick([nil, .symmetric, KMSKeyType(spec: "HMAC_256", usage: .generateVerifyMac)]),
            isMultiRegion: generator.pick([nil, true, false]),
            isForEnclaves: generator.pick([nil, true]),
            executor: generator.pick([nil, samples.user("u"), samples.session(of: "r")]),
            knownPrincipals: generator.pick([nil, []])
        )
    }

    @Test(arguments: 1...4)
    func `no policy stops the linter, and each finding points into its document`(_ seed: UInt64) throws {
        var maker = PolicyMaker(generator: SeededGenerator(seed: seed))
        var seen: Set<String> = []
        for round in 0..<250 {
            let document = maker.policy()
            let facts = try facts(&maker.generator)
            let policy = try PolicyDocument(json: document)
            let findings = Findings.keyPolicy(policy, facts: facts)
            #expect(findings == Findings.keyPolicy(policy, facts: facts))
            seen.formUnion(findings.map(\.id))
            for finding in findings.prefix(20) {
                let found = document.value(at: finding.pointer)
                #expect(found != nil, "seed \(seed), round \(round): \(finding.id) at \(finding.pointer)")
            }
        }
        #expect(seen.count > 50, "seed \(seed): \(seen.count) rules fired")
    }

    @Test(arguments: 1...4)
    func `no text stops the linter`(_ seed: UInt64) throws {
        var maker = PolicyMaker(generator: SeededGenerator(seed: seed &+ 100))
        for _ in 0..<200 {
            var bytes = Array(maker.policy().text(.indented).utf8)
            for _ in 0..<Int.random(in: 0...3, using: &maker.generator) where !bytes.isEmpty {
                let index = Int.random(in: 0..<bytes.count, using: &maker.generator)
                if maker.generator.once(in: 2) {
                    bytes.remove(at: index)
                } else {
                    bytes[index] = UInt8.random(in: 9...126, using: &maker.generator)
                }
            }
            let text = String(decoding: bytes, as: UTF8.self)
            let facts = try facts(&maker.generator)
            let findings = Findings.keyPolicyText(text, facts: facts)
            if (try? PolicyDocument(parsing: text)) == nil {
                #expect(findings.contains { $0.severity == .critical })
            }
        }
    }
}

extension JSONValue {
    /// The value that a pointer names.
    fileprivate func value(at pointer: JSONPointer) -> JSONValue? {
        pointer.tokens.reduce(self) { value, token in
            switch token {
            case .name(let name): value?[name]
            case .index(let index): value?.array.flatMap { $0.indices.contains(index) ? $0[index] : nil }
            }
        }
    }
}
