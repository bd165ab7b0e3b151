// SPDX-License-Identifier: Apache-2.0

import AccessPolicy
import CoreValues
import JSONDocument
import TestSupport
import Testing

struct PolicyComparisonTests {
    let samples: Samples

    init() throws {
        samples = try Samples()
    }

    private func compare(_ first: JSONValue, _ second: JSONValue) throws -> PolicyComparison {
        try PolicyComparison(
            try PolicyDocument(json: first),
            try PolicyDocument(json: second),
            account: samples.account,
            region: "us-east-1"
        )
    }

    private func compare(_ first: String, _ second: String) throws -> PolicyComparison {
        func policy(_ statements: String) throws -> JSONValue {
            try JSONValue(parsing: #"{"Version":"2012-10-17","Statement":["# + statements + "]}")
        }
        return try compare(try policy(first), try policy(second))
    }

    private func allow(_ action: String, _ condition: String = "") -> String {
        let more = condition.isEmpty ? "" : #","Condition":\#(condition)"#
        return #"{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::999999999999:role/r"},"#
            + #""Action":\#(action),"Resource":"*"\#(more)}"#
    }

    @Test(arguments: [
        (#""kms:Encrypt""#, #"["kms:Encrypt"]"#, "", "", PolicyComparison.Relation.equivalent),
        (#"["kms:Encrypt","kms:Decrypt"]"#, #"["kms:Decrypt","KMS:Encrypt"]"#, "", "", .equivalent),
        (#""kms:ReEncrypt*""#, #"["kms:ReEncryptFrom","kms:ReEncryptTo"]"#, "", "", .equivalent),
        (#""kms:Encrypt""#, #""kms:*crypt""#, "", "", .narrower), (#""kms:*""#, #""kms:En*""#, "", "", .wider),
        (#""kms:Encrypt""#, #""kms:Decrypt""#, "", "", .incomparable),
        (#""kms:CreateKey""#, #""kms:ReEncrypt""#, "", "", .equivalent),
        (
            #""kms:Encrypt""#, #""kms:Encrypt""#, #"{"StringEquals":{"kms:ViaService":"ec2.us-east-1.amazonaws.com"}}"#,
            #"{"StringLike":{"kms:ViaService":"ec?.us-east-1.*"}}"#, .narrower
        ),
        (
            #""kms:Encrypt""#, #""kms:Encrypt""#, #"{"Null":{"kms:ViaService":"false"}}"#,
            #"{"StringLike":{"kms:ViaService":"*"}}"#, .equivalent
        ),
        (
            #""kms:PutKeyPolicy""#, #""kms:Encrypt""#, #"{"Null":{"kms:EncryptionContextKeys":"false"}}"#,
            #"{"Bool":{"kms:GrantIsForAWSResource":"true"}}"#, .equivalent
        ),
        (
            #""kms:Encrypt""#, #""kms:Encrypt""#, #"{"Null":{"kms:EncryptionContext:app":"false"}}"#,
            #"{"ForAnyValue:StringEqualsIgnoreCase":{"kms:EncryptionContextKeys":"APP"}}"#, .equivalent
        ),
        (
            #""kms:ScheduleKeyDeletion""#, #""kms:ScheduleKeyDeletion""#,
            #"{"NumericGreaterThan":{"kms:ScheduleKeyDeletionPendingWindowInDays":"29"}}"#,
            #"{"NumericGreaterThanEquals":{"kms:ScheduleKeyDeletionPendingWindowInDays":"29.5"}}"#, .equivalent
        ),
        (
            #""kms:Encrypt""#, #""kms:Encrypt""#, #"{"IpAddress":{"aws:SourceIp":["10.0.0.0/9","10.128.0.0/9"]}}"#,
            #"{"IpAddress":{"aws:SourceIp":"10.0.0.0/8"}}"#, .equivalent
        ),
        (
            #""kms:Encrypt""#, #""kms:CreateKey""#,
            #"{"StringLike":{"aws:SourceVpce":"?"},"StringNotEquals":{"aws:SourceVpce":"x"}}"#, "", .wider
        ),
        (
            #""kms:Encrypt""#, #""kms:CreateKey""#,
            #"{"StringLike":{"aws:SourceVpce":"?b"},"StringNotLike":{"aws:SourceVpce":["a*","*b"]}}"#, "", .equivalent
        ),
        (
            #""kms:Encrypt""#, #""kms:Encrypt""#, #"{"ArnLike":{"aws:SourceArn":"arn:aws:s3:*:*:x"}}"#,
            #"{"StringLike":{"aws:SourceArn":"arn:aws:s3:*:*:x"}}"#, .narrower
        ),
    ])
    func `one statement is compared with another`(
        _ firstAction: String,
        _ secondAction: String,
        _ firstCondition: String,
        _ secondCondition: String,
        _ relation: PolicyComparison.Relation
    ) throws {
        let comparison = try compare(allow(firstAction, firstCondition), allow(secondAction, secondCondition))
        #expect(comparison.relation == relation, "\(comparison.firstGivesMore?.text ?? "")")
    }

    @Test(arguments: [
        ("kms:CreateGrant", #"{"Bool":{"kms:GrantIsForAWSResource":"true"},"Null":{"kms:ViaService":"true"}}"#),
        ("kms:Encrypt", #"{"StringEquals":{"kms:ViaService":"ec2.us-west-2.amazonaws.com"}}"#),
        ("kms:Encrypt", #"{"StringEquals":{"kms:CallerAccount":"888888888888"}}"#),
        ("kms:Encrypt", #"{"Bool":{"aws:ViaAWSService":"true"},"Null":{"kms:ViaService":"true"}}"#),
        ("kms:Encrypt", #"{"Null":{"kms:EncryptionContext:App":"false","kms:EncryptionContextKeys":"true"}}"#),
        ("kms:Encrypt", #"{"StringNotLike":{"aws:PrincipalArn":"arn:aws:iam::*:role/r"}}"#),
        ("kms:CreateGrant", #"{"Null":{"kms:GrantOperations":"true"}}"#),
        ("kms:*", #"{"Bool":{"kms:MultiRegion":["yes"]}}"#),
    ])
    func `an Allow that no possible request satisfies is worth nothing`(_ action: String, _ condition: String) throws {
        let comparison = try compare(allow("\"\(action)\"", condition), allow(#""kms:CreateKey""#))
        #expect(comparison.relation == .equivalent, "\(comparison.firstGivesMore?.text ?? "")")
    }

    @Test func `a deny on all is the same as nothing, but for grants`() throws {
        let deny = #"{"Effect":"Deny","Principal":"*","Action":"kms:Encrypt","Resource":"*"}"#
        let comparison = try compare(
            deny,
            #"{"Effect":"Deny","Principal":"*","Action":"kms:PutKeyPolicy","Resource":"*"}"#
        )
        #expect(comparison.relation == .narrower)
        #expect(comparison.secondGivesMore?.request.action.kms == .encrypt)
        #expect(comparison.secondGivesMore?.second == KeyAccess.none)
    }

    @Test func `the renderings get narrower, and each step has a counter-example`() throws {
        let parameters = try samples.parameterisation("all")
        let policies = KeyPolicy.Rendering.allCases.map { KeyPolicy(parameters, rendering: $0).json }
        let mended = try compare(policies[1], policies[0])
        #expect(mended.relation == .narrower)
        #expect(mended.isAmbiguous)
        let difference = try #require(mended.secondGivesMore)
        #expect(difference.first == .denied)
        let hardened = try compare(policies[2], policies[1])
        #expect(hardened.relation == .incomparable)
        #expect(hardened.firstGivesMore?.request.action.kms == .listGrants)
        #expect(hardened.secondGivesMore?.request.action.kms == .reEncryptFrom)
    }

    @Test(arguments: [UInt64](0..<60))
    func `comparisons agree with enumeration`(_ seed: UInt64) throws {
        var generator = PolicyGenerator(seed: 7_000 + seed)
        for _ in 0..<5 {
            let first = generator.policy()
            let second = generator.random.once(in: 3) ? generator.policy() : generator.mutant(of: first)
            let comparison = try compare(first, second)
            let oracles = [first, second].map { OracleEvaluator($0, keyAccount: PolicyGenerator.account) }
            for (difference, high, low) in [(comparison.firstGivesMore, 0, 1), (comparison.secondGivesMore, 1, 0)] {
                let context: Comment = "seed \(7_000 + seed): \(first.text()) against \(second.text())"
                if let difference {
                    let observed = try [first, second]
                        .map {
                            KeyAccess.observed(difference.request, CompiledPolicy(try PolicyDocument(json: $0)))
                        }
                    #expect(observed == [difference.first, difference.second], context)
                    if let request = PolicyGenerator.oracleRequest(difference.request) {
                        let ranks = oracles.map { $0.rank(request) }
                        #expect(ranks == [difference.first.rawValue, difference.second.rawValue], context)
                    }
                } else {
                    let missed = PolicyGenerator.requests.first { requests in
                        let isGrantable = !["kms:PutKeyPolicy", "kms:ListGrants"].contains(requests[0].action)
                        let floor = isGrantable ? 0 : 1
                        return zip(oracles[high].ranks(requests), oracles[low].ranks(requests))
                            .contains { max($0, floor) > max($1, floor) }
                    }
                    #expect(missed == nil, context)
                }
            }
        }
    }

    /// Every text of one to five of four characters.
    private static let texts: [String] = {
        var all: [String] = []
        var last = [""]
        for _ in 1...5 {
            last = last.flatMap { text in ["a", "b", "A", ":"].map { text + $0 } }
            all += last
        }
        return all
    }()

    @Test(arguments: [UInt64](0..<30))
    func `patterns agree with enumeration of texts`(_ seed: UInt64) throws {
        var random = SeededGenerator(seed: 300 + seed)
        func condition() -> String {
            var tests: [String: String] = [:]
            for _ in 0..<Int.random(in: 1...2, using: &random) {
                let name = random.pick([
                    "StringLike", "StringNotLike", "StringEquals", "StringNotEquals", "StringEqualsIgnoreCase",
                    "StringNotEqualsIgnoreCase",
                ])
                let values = (0..<Int.random(in: 1...3, using: &random))
                    .map { _ in
                        let length = Int.random(in: 1...3, using: &random)
                        return "\"" + (0..<length).map { _ in random.pick(["a", "b", "A", "*", "?", ":"]) }.joined()
                            + "\""
                    }
                tests[name] = #"{"aws:SourceVpce":[\#(values.joined(separator: ","))]}"#
            }
            return "{" + tests.sorted { $0.key < $1.key }.map { "\"\($0.key)\":\($0.value)" }.joined(separator: ",")
                + "}"
        }
        let conditions = [condition(), condition()]
        let statements = conditions.map { allow(#""kms:Encrypt""#, $0) }
        let comparison = try compare(statements[0], statements[1])
        let oracles = try statements.map {
            OracleEvaluator(try JSONValue(parsing: #"{"Statement":[\#($0)]}"#), keyAccount: "999999999999")
        }
        let caller = OracleEvaluator.Caller(
            own: ["arn:aws:sts::999999999999:assumed-role/r/s"],
            role: "arn:aws:iam::999999999999:role/r",
            account: "999999999999",
            isRoot: false
        )
        var relations: Set<Int> = []
        for text in Self.texts {
            let request = OracleEvaluator.Request(
                caller: caller,
                action: "kms:Encrypt",
                single: ["aws:sourcevpce": text],
                lists: [:]
            )
            relations.insert((oracles[0].rank(request) - oracles[1].rank(request)).signum())
        }
        let context: Comment = "seed \(300 + seed): \(conditions)"
        #expect(!relations.contains(1) || comparison.firstGivesMore != nil, context)
        #expect(!relations.contains(-1) || comparison.secondGivesMore != nil, context)
        for difference in [comparison.firstGivesMore, comparison.secondGivesMore].compactMap(\.self) {
            let request = try #require(PolicyGenerator.oracleRequest(difference.request))
            #expect(
                oracles.map { $0.rank(request) } == [difference.first.rawValue, difference.second.rawValue],
                context
            )
        }
    }
}
