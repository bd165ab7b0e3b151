// SPDX-License-Identifier: Apache-2.0

import AccessPolicy
import CoreValues
import JSONDocument
import TestSupport
import Testing

struct MatrixPropertyTests {
    let samples: Samples

    init() throws {
        samples = try Samples()
    }

    @Test(arguments: [UInt64](0..<50))
    func `every witness of a random policy replays, and nothing beyond a cell is found by enumeration`(
        _ seed: UInt64
    ) throws {
        var generator = PolicyGenerator(seed: 90_000 + seed)
        for _ in 0..<5 {
            let json = generator.policy()
            let policy = CompiledPolicy(try PolicyDocument(json: json))
            let matrix = try AccessMatrix(policy, account: samples.account, region: "us-east-1")
            let context: Comment = "seed \(90_000 + seed): \(json.text())"
            let oracle = OracleEvaluator(json, keyAccount: PolicyGenerator.account)
            for row in matrix.rows {
                for cell in row.cells {
                    guard let witness = cell.witness else { continue }
                    #expect(KeyAccess.observed(witness.request, policy) == witness.access, context)
                    if let request = PolicyGenerator.oracleRequest(witness.request) {
                        #expect(oracle.rank(request) == witness.access.rawValue, context)
                    }
                    #expect(cell.statements.allSatisfy { $0 < policy.document.statements.count }, context)
                }
                guard row.subject.kind == .named else { continue }
                let actions = [
                    AccessMatrix.Operation.encrypt: "kms:Encrypt", .decrypt: "kms:Decrypt",
                    .reEncryptFrom: "kms:ReEncryptFrom", .createGrant: "kms:CreateGrant",
                    .policyChange: "kms:PutKeyPolicy",
                ]
                for (operation, action) in actions {
                    let most =
                        PolicyGenerator.requests
                        .filter { requests in
                            let caller = requests[0].caller
                            let isSession = caller.role == row.subject.name && caller.own[0].hasSuffix("/some")
                            return requests[0].action == action && (caller.own.contains(row.subject.name) || isSession)
                        }
                        .flatMap { requests in
                            oracle.ranks(requests.filter { $0.single["kms:viaservice"] == nil })
                        }
                        .max() ?? 0
                    let expected: AccessMatrix.Grade = most >= 3 ? .direct : most == 2 ? .delegated : .none
                    let grade = row[operation]?.grade ?? .none
                    #expect(grade >= expected, context)
                    if row[operation]?.step == nil, row[operation]?.condition?.contains("through") != true,
                        row[operation]?.condition?.contains("service") != true
                    {
                        #expect(grade == expected, "\(action) of \(row.subject.name), \(context)")
                    }
                }
            }
        }
    }
}
