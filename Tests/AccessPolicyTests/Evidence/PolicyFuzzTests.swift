// SPDX-License-Identifier: Apache-2.0

import AccessPolicy
import CoreValues
import JSONDocument
import TestSupport
import Testing

/// Damaged policies: nothing stops the parser or the evaluator, and what is read means the same when printed.
struct PolicyFuzzTests {
    private static let fragments = [
        "{", "}", "[", "]", "\"", ":", ",", "null", "true", "1e999", "-0", "\\u0000", "\u{202E}", "é", "*", "?", "${",
        "${aws:username}", "${*}", "Deny", "Allow", "\"NotPrincipal\":\"*\",", "\"Condition\":{},", "ForAnyValue:",
        "ForAllValues:Null", "IfExists", "arn:aws:::::", "::::::", "0.0.0.0/0", "::/0", "2026-02-30", "NumericEquals",
    ]

    private func damaged(_ text: String, _ random: inout SeededGenerator) -> [UInt8] {
        var bytes = Array(text.utf8)
        for _ in 0..<Int.random(in: 1...4, using: &random) {
            let place = Int.random(in: 0...bytes.count, using: &random)
            switch Int.random(in: 0..<4, using: &random) {
            case 0: bytes.insert(contentsOf: random.pick(Self.fragments).utf8, at: place)
            case 1 where place < bytes.count: bytes[place] = UInt8.random(in: 0...255, using: &random)
            case 2:
                let end = min(bytes.count, place + Int.random(in: 0...12, using: &random))
                bytes.removeSubrange(place..<end)
            default:
                let end = min(bytes.count, place + Int.random(in: 0...40, using: &random))
                bytes.insert(contentsOf: Array(bytes[place..<end]), at: Int.random(in: 0...bytes.count, using: &random))
            }
        }
        return bytes
    }

    private func requests(_ samples: Samples) -> [AuthorizationRequest] {
        [samples.user("userB"), samples.session(of: "roleA"), samples.root(of: samples.other)]
            .flatMap { caller in
                [KMSAction.encrypt, .createGrant]
                    .map { action in
                        AuthorizationRequest(
                            caller: caller,
                            action: .kms(action),
                            resource: samples.key,
                            resourceAccount: samples.account,
                            context: RequestContext([
                                "kms:EncryptionContextKeys": .list(["App"]), "kms:EncryptionContext:App": .one("x"),
                                "aws:SourceIp": .one("10.0.0.1"), "aws:MultiFactorAuthAge": .one("7"),
                            ])
                        )
                    }
            }
    }

    @Test(arguments: [UInt64](0..<8))
    func `a damaged policy is refused with a place, or means the same when printed`(_ seed: UInt64) throws {
        let samples = try Samples()
        var random = SeededGenerator(seed: 70_000 + seed)
        var cases = RandomCases(seed: 70_000 + seed)
        let policies = try Samples.parameterisations.flatMap { name in
            try KeyPolicy.Rendering.allCases.map {
                KeyPolicy(try samples.parameterisation(name), rendering: $0).json.text()
            }
        }
        let requests = requests(samples)
        for _ in 0..<Evidence.count(full: 25_000, ordinary: 500) {
            let whole = random.once(in: 2) ? random.pick(policies) : cases.next()["resourcePolicy"]?.text() ?? "{}"
            let bytes = damaged(whole, &random)
            let comment: Comment = "seed \(70_000 + seed): \(String(decoding: bytes, as: UTF8.self))"
            do {
                let policy = try PolicyDocument(parsing: bytes)
                let again = try PolicyDocument(parsing: policy.json.text())
                #expect(policy == again, comment)
                let authorizers = [policy, again]
                    .map {
                        Authorizer(policies: PolicySet(resourcePolicy: CompiledPolicy($0)))
                    }
                for request in requests {
                    let decisions = authorizers.map { $0.authorize(request) }
                    #expect(decisions[0] == decisions[1], comment)
                    let explanations = authorizers[0].explain(request)
                    #expect(explanations.count == policy.statements.count, comment)
                    if let denial = explanations.first(where: { $0.applies && $0.effect == .deny }) {
                        #expect(decisions[0].reasons == [.deniedBy(denial.reference)], comment)
                    }
                }
            } catch {
                #expect(!error.reason.isEmpty && !error.description.contains("\n"), comment)
            }
        }
    }
}
