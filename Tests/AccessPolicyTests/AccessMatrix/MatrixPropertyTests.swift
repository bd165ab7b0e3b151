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
                    let isDirect = row[operation]?.witness?.request.context["kms:ViaService"] == nil
                    if row[operation]?.step == nil, isDirect {
                        #expect(grade == expected, "\(action) of \(row.subject.name), \(context)")
                    }
                }
            }
        }
    }

    /// Every combination of the change type's switches with short and long lists, as numbers in mixed bases.
    private static let combinations = 3 * 3 * 3 * 3 * 3 * 3 * 2 * 2

    private func parameters(_ number: Int) throws -> (KeyAccessParameters, KeyPolicy.Rendering) {
        var rest = number
        func digit(_ base: Int) -> Int {
            defer { rest /= base }
            return rest % base
        }
        let names = ["role/roleA", "user/userB", "role/team/roleC"]
        func some(_ names: [String]) throws -> [PrincipalReference] {
            try names.prefix(digit(3))
                .map { try PrincipalReference.parse($0, account: samples.account, accountsAllowed: true) }
        }
        var parameters = KeyAccessParameters(account: samples.account)
        let rendering = KeyPolicy.Rendering.allCases[digit(3)]
        parameters.decryptPrincipals = try some(names)
        parameters.encryptPrincipals = try some(names.reversed())
        parameters.grantsPrincipals = try some(["888888888888", "role/roleA"])
        parameters.allowedEncryptionContextKeys = Array(["Name", "Application"].prefix(digit(3)))
        parameters.allowServices = Array(
            ["ec2.us-east-1.amazonaws.com", "ecr.us-west-2.amazonaws.com"].prefix(digit(3))
        )
        parameters.limitGrantsToAWSResources = digit(2) == 1
        parameters.enforceEncryptionContextKeys = digit(2) == 1
        return (parameters, rendering)
    }

    /// A prime apart, so that every value of every switch meets every value of every other.
    @Test(arguments: Array(stride(from: 0, to: combinations, by: 7)))
    func `every witness of what a request for a key can give replays`(_ number: Int) throws {
        let (parameters, rendering) = try parameters(number)
        let document = KeyPolicy(parameters, rendering: rendering).document
        let policy = CompiledPolicy(document)
        let oracle = OracleEvaluator(document.json, keyAccount: PolicyGenerator.account)
        let matrix = try AccessMatrix(policy, account: samples.account, region: "us-east-1")
        for cell in matrix.rows.flatMap(\.cells) {
            guard let witness = cell.witness else { continue }
            #expect(KeyAccess.observed(witness.request, policy) == witness.access)
            let request = try #require(PolicyGenerator.oracleRequest(witness.request))
            #expect(oracle.rank(request) == witness.access.rawValue)
        }
    }
}
