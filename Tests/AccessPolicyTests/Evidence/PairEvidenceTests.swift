// SPDX-License-Identifier: Apache-2.0

import AccessPolicy
import CoreValues
import JSONDocument
import TestSupport
import Testing

/// Equivalence and implication against enumeration over a vocabulary whose requests are all listed.
struct PairEvidenceTests {
    /// A statement with what the oracle makes of it for every request.
    private struct Brick {
        let json: JSONValue
        let isDeny: Bool
        let ranks: [Int]
    }

    private static let principals = [
        #""*""#, #"{"AWS":"arn:aws:iam::999999999999:root"}"#, #"{"AWS":"arn:aws:iam::999999999999:user/userB"}"#,
        #"{"AWS":["arn:aws:iam::999999999999:role/roleA","888888888888"]}"#,
    ]
    private static let actions = [
        #""kms:*""#, #""kms:Encrypt""#, #"["kms:Encrypt","kms:CreateGrant"]"#, #""kms:Put*""#,
    ]
    private static let conditions = [
        "", #"{"Null":{"kms:EncryptionContextKeys":"true"}}"#,
        #"{"ForAnyValue:StringEquals":{"kms:EncryptionContextKeys":["Name"]}}"#,
        #"{"StringEquals":{"kms:ViaService":"ec2.us-east-1.amazonaws.com"}}"#,
        #"{"Null":{"kms:ViaService":"true"}}"#, #"{"Bool":{"kms:GrantIsForAWSResource":"false"}}"#,
        #"{"StringNotEquals":{"kms:CallerAccount":"999999999999"}}"#,
    ]

    /// The operation whose requests carry no condition keys of KMS's own.
    private static let bare = "kms:SynchronizeMultiRegionKey"
    /// Operations that no grant can allow, for which a denial is no less than nothing.
    private static let ungrantable = ["kms:PutKeyPolicy", "kms:ListGrants", bare]

    /// All requests that the vocabulary can tell apart, save those of services that act for themselves.
    private static let requests: [OracleEvaluator.Request] = {
        var requests: [OracleEvaluator.Request] = []
        let withContext = ["kms:Encrypt", "kms:CreateGrant", "kms:Decrypt"]
        for action in withContext + ["kms:DescribeKey"] + ungrantable {
            let isGrant = action == "kms:CreateGrant" || action == "kms:ListGrants"
            let hasContext = withContext.contains(action)
            for caller in RequestGrid.callers {
                for service in [nil, "ec2.us-east-1.amazonaws.com", "rds.us-east-1.amazonaws.com"] {
                    for flag in isGrant ? (service == nil ? ["false"] : ["false", "true"]) : [nil] {
                        for context in hasContext ? [[:], ["Name": "n"], ["Other": "o"]] : [[:]] {
                            let request = RequestGrid.request(caller, action, service, flag, context)
                            requests.append(action == bare ? request.withoutKeys : request)
                        }
                    }
                }
            }
        }
        return requests
    }()

    private static let bricks: [Brick] = {
        var bricks: [Brick] = []
        for effect in ["Allow", "Deny"] {
            for principal in principals {
                for action in actions {
                    for condition in conditions {
                        let more = condition.isEmpty ? "" : #","Condition":\#(condition)"#
                        let text =
                            #"{"Effect":"\#(effect)","Principal":\#(principal),"Action":\#(action),"Resource":"*"\#(more)}"#
                        guard let json = try? JSONValue(parsing: text) else { continue }
                        let oracle = OracleEvaluator(["Statement": [json]], keyAccount: "999999999999")
                        bricks.append(
                            Brick(json: json, isDeny: effect == "Deny", ranks: requests.map { oracle.rank($0) })
                        )
                    }
                }
            }
        }
        return bricks
    }()

    let samples: Samples

    init() throws {
        samples = try Samples()
    }

    private func ranks(_ policy: [Int]) -> [Int] {
        var ranks = [Int](repeating: 1, count: Self.requests.count)
        for brick in policy.map({ Self.bricks[$0] }) {
            for (index, rank) in brick.ranks.enumerated() where ranks[index] != 0 {
                ranks[index] = brick.isDeny ? (rank == 0 ? 0 : ranks[index]) : max(ranks[index], rank)
            }
        }
        return ranks
    }

    private func document(_ policy: [Int]) throws -> PolicyDocument {
        try PolicyDocument(
            json: ["Version": "2012-10-17", "Statement": .array(policy.map { Self.bricks[$0].json })]
        )
    }

    /// Whether some request gets more by the first ranks.
    private func givesMore(_ first: [Int], _ second: [Int]) -> Bool {
        zip(Self.requests, zip(first, second))
            .contains { request, ranks in
                let floor = Self.ungrantable.contains(request.action) ? 1 : 0
                return max(ranks.0, floor) > max(ranks.1, floor)
            }
    }

    private func change(_ policy: [Int], _ random: inout SeededGenerator) -> [Int] {
        var other = policy
        let index = Int.random(in: 0..<policy.count, using: &random)
        switch Int.random(in: 0..<4, using: &random) {
        case 0: other.reverse()
        case 1: other.append(Int.random(in: 0..<Self.bricks.count, using: &random))
        case 2 where policy.count > 1: other.remove(at: index)
        default: other[index] = Int.random(in: 0..<Self.bricks.count, using: &random)
        }
        return other
    }

    @Test(arguments: 0..<50)
    func `what is proven of two policies is what enumeration finds`(_ seed: Int) throws {
        var random = SeededGenerator(seed: UInt64(5_000 + seed))
        for _ in 0..<Evidence.count(full: 200, ordinary: 6) {
            let first = (0..<Int.random(in: 1...3, using: &random))
                .map { _ in
                    Int.random(in: 0..<Self.bricks.count, using: &random)
                }
            let second = change(first, &random)
            let comparison = try PolicyComparison(
                try document(first),
                try document(second),
                account: samples.account,
                region: "us-east-1"
            )
            let (left, right) = (ranks(first), ranks(second))
            for (difference, more) in [
                (comparison.firstGivesMore, givesMore(left, right)),
                (comparison.secondGivesMore, givesMore(right, left)),
            ] {
                // Only services that act for themselves are not among the requests enumerated.
                let isFound = difference.map { $0.request.principal.account != nil || more } ?? false
                #expect(
                    isFound == more,
                    "seed \(5_000 + seed): \(first) and \(second): \(difference?.text ?? "nothing found")"
                )
            }
        }
    }
}

extension OracleEvaluator.Request {
    /// The same request without condition keys of KMS's own.
    fileprivate var withoutKeys: OracleEvaluator.Request {
        OracleEvaluator.Request(
            caller: caller,
            action: action,
            single: single.filter { !$0.key.hasPrefix("kms:") },
            lists: [:]
        )
    }
}
