// SPDX-License-Identifier: Apache-2.0

import AccessPolicy
import CoreValues
import JSONDocument
import TestSupport
import Testing

/// Every combination of the change type's switches, list sizes and wordings, and mutants of their policies.
struct GeneratedPolicyTests {
    private static let combinations = 3 * 3 * 3 * 3 * 3 * 3 * 2 * 2
    private static let chunk = 81

    let samples: Samples

    init() throws {
        samples = try Samples()
    }

    /// The parameters of a combination, its number read in mixed bases.
    private func policy(_ number: Int) throws -> PolicyDocument {
        var rest = number
        func digit(_ base: Int) -> Int {
            defer { rest /= base }
            return rest % base
        }
        func some(_ names: [String]) throws -> [PrincipalReference] {
            try names.prefix(digit(3))
                .map { try PrincipalReference.parse($0, account: samples.account, accountsAllowed: true) }
        }
        let rendering = KeyPolicy.Rendering.allCases[digit(3)]
        var parameters = KeyAccessParameters(account: samples.account)
        parameters.decryptPrincipals = try some(["role/roleA", "user/userB"])
        parameters.encryptPrincipals = try some(["role/team/roleC", "role/roleA"])
        parameters.grantsPrincipals = try some(["888888888888", "role/roleA"])
        parameters.allowedEncryptionContextKeys = Array(["Name", "Application"].prefix(digit(3)))
        parameters.allowServices = Array(
            ["ec2.us-east-1.amazonaws.com", "ecr.us-west-2.amazonaws.com"].prefix(digit(3))
        )
        parameters.limitGrantsToAWSResources = digit(2) == 1
        parameters.enforceEncryptionContextKeys = digit(2) == 1
        return KeyPolicy(parameters, rendering: rendering).document
    }

    /// A policy with one thing in one statement changed.
    private func mutant(of policy: PolicyDocument, _ random: inout SeededGenerator) throws -> PolicyDocument {
        var statements = policy.json["Statement"]?.array ?? []
        let index = Int.random(in: 0..<statements.count, using: &random)
        var statement = try #require(statements[index].object)
        switch Int.random(in: 0..<6, using: &random) {
        case 0: statement["Effect"] = statement["Effect"] == "Allow" ? "Deny" : "Allow"
        case 1: statement["Condition"] = nil
        case 2: statement["Action"] = random.once(in: 2) ? "kms:*" : ["kms:Encrypt", "kms:ReEncrypt*"]
        case 3: statement["Principal"] = ["AWS": random.once(in: 2) ? "*" : "arn:aws:iam::888888888888:role/roleA"]
        case 4:
            let condition: JSONValue = ["StringNotEqualsIfExists": ["kms:ViaService": "ec2.us-east-1.amazonaws.com"]]
            statement["Condition"] = condition
        default:
            statement["NotAction"] = statement["Action"]
            statement["Action"] = nil
        }
        statements[index] = .object(statement)
        return try PolicyDocument(json: ["Version": "2012-10-17", "Statement": .array(statements)])
    }

    /// The decisions on every `stride`th request of the grid, by the engine and by the oracle.
    private func expectAgreement(_ policy: PolicyDocument, from offset: Int, stride: Int) throws {
        let compiled = CompiledPolicy(policy)
        let oracle = OracleEvaluator(policy.json, keyAccount: samples.account.description)
        for index in Swift.stride(from: offset % stride, to: RequestGrid.requests.count, by: stride) {
            let request = RequestGrid.requests[index]
            let asked = try #require(request.authorization(key: samples.key, keyAccount: samples.account))
            let found = KeyAccess.observed(asked, compiled)
            #expect(found.rawValue == oracle.rank(request), "\(request) by \(policy.json.text())")
        }
    }

    @Test(arguments: Array(stride(from: 0, to: combinations, by: chunk)))
    func `engine and oracle decide alike by every policy that the change type can make, and by mutants`(
        _ start: Int
    ) throws {
        var random = SeededGenerator(seed: UInt64(start))
        let stride = Evidence.isFull ? 1 : 401
        for number in start..<(start + Self.chunk) {
            let policy = try policy(number)
            try expectAgreement(policy, from: number * 7, stride: stride)
            if Evidence.isFull || number % 3 == 0 {
                try expectAgreement(try mutant(of: policy, &random), from: number * 11, stride: stride)
            }
        }
    }

    /// A prime apart, so that every value of every switch meets every value of every other.
    @Test(arguments: Array(stride(from: 0, to: combinations, by: Evidence.isFull ? 1 : 97)))
    func `no request of the grid goes beyond a cell of the matrix, and every cell is reached`(_ number: Int) throws {
        let policy = try policy(number)
        let matrix = try AccessMatrix(policy: policy, account: samples.account, region: "us-east-1")
        let oracle = OracleEvaluator(policy.json, keyAccount: samples.account.description)
        let compiled = CompiledPolicy(policy)
        for row in matrix.rows {
            for cell in row.cells {
                if let witness = cell.witness {
                    let request = try #require(PolicyGenerator.oracleRequest(witness.request))
                    #expect(oracle.rank(request) == witness.access.rawValue)
                    #expect(KeyAccess.observed(witness.request, compiled) == witness.access)
                }
                guard row.subject.kind == .named, cell.operation.actions.count == 1 else { continue }
                let most = highest(row.subject.name, cell.operation.actions[0].name, oracle)
                let grade: AccessMatrix.Grade = most >= 3 ? .direct : most == 2 ? .delegated : .none
                #expect(cell.grade >= grade, "\(cell.operation.rawValue) of \(row.subject.name)")
                if cell.step == nil, cell.witness?.request.context["kms:ViaService"] == nil {
                    #expect(cell.grade == grade, "\(cell.operation.rawValue) of \(row.subject.name)")
                }
            }
        }
    }

    /// The most that a direct request of somebody for an operation gets.
    private func highest(_ name: String, _ action: String, _ oracle: OracleEvaluator) -> Int {
        RequestGrid.requests
            .filter { request in
                let caller = request.caller
                let isMeant = caller.role == name || (caller.role == nil && caller.own == [name])
                // Only services ask for grants for AWS resources.
                let isDirect = request.single["kms:viaservice"] == nil
                return isMeant && request.action == action && isDirect
                    && request.single["kms:grantisforawsresource"] != "true"
            }
            .map { oracle.rank($0) }
            .max() ?? 0
    }
}
