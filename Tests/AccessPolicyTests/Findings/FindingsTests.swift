// SPDX-License-Identifier: Apache-2.0

import AccessPolicy
import CoreValues
import JSONDocument
import Testing

struct FindingsTests {
    let samples: Samples

    init() throws {
        samples = try Samples()
    }

    private func ids(_ parameterisation: String, _ rendering: KeyPolicy.Rendering) throws -> [String] {
        let policy = KeyPolicy(try samples.parameterisation(parameterisation), rendering: rendering).document
        let facts = KeyFacts(account: samples.account, region: "us-east-1")
        return Findings.keyPolicy(policy, facts: facts).map { "\($0.statement.map(String.init) ?? "-") \($0.id)" }
    }

    @Test(arguments: [
        ("none", []),
        ("decrypt", []),
        ("encrypt", ["1 ENCRYPTOR_CAN_DECRYPT"]),
        ("grants", ["1 UNLIMITED_GRANTS", "1 EXTERNAL_ACCOUNT"]),
        ("limit-grants", ["2 GRANTS_LOCKED"]),
        ("enforce-context", ["1 UNKNOWN_ACTION"]),
        ("allowed-context", ["1 MISSING_QUALIFIER", "1 INTENT_MISMATCH", "1 UNKNOWN_ACTION"]),
        ("services", ["1 ACCOUNT_WIDE_SERVICE_ACCESS", "1 VIASERVICE_REGION_MISMATCH"]),
    ])
    func `each documented parameterisation has its known defects`(_ name: String, _ expected: [String]) throws {
        #expect(try ids(name, .documented) == expected)
    }

    @Test func `the corrected renderings lose the findings they mend`() throws {
        #expect(try ids("enforce-context", .corrected) == [])
        #expect(try ids("allowed-context", .corrected) == [])
        #expect(try ids("encrypt", .corrected) == ["1 ENCRYPTOR_CAN_DECRYPT"])
        #expect(try ids("encrypt", .hardened) == [])
        #expect(try ids("limit-grants", .corrected) == ["2 GRANTS_LOCKED"])
        #expect(try ids("limit-grants", .hardened) == [])
        #expect(try ids("grants", .hardened) == ["1 UNLIMITED_GRANTS", "1 EXTERNAL_ACCOUNT"])
        #expect(try ids("services", .hardened).contains("1 ACCOUNT_WIDE_SERVICE_ACCESS"))
    }

    /// The defects of the published statements; reference/kms-policy.md §2.
    private func defects(_ parameterisation: String, _ rendering: KeyPolicy.Rendering) throws -> Set<String> {
        let names = [
            "UNKNOWN_ACTION": "S1", "MISSING_QUALIFIER": "S2", "INTENT_MISMATCH": "S2", "ENCRYPTOR_CAN_DECRYPT": "S3",
            "UNLIMITED_GRANTS": "S4", "GRANTS_LOCKED": "S5", "ACCOUNT_WIDE_SERVICE_ACCESS": "S6",
        ]
        return Set(try ids(parameterisation, rendering).compactMap { names[String($0.split(separator: " ")[1])] })
    }

    @Test(arguments: [
        (KeyPolicy.Rendering.documented, ["S1", "S2", "S3", "S4", "S5", "S6"]),
        (.corrected, ["S3", "S4", "S5", "S6"]),
        (.hardened, ["S4", "S6"]),
    ])
    func `each rendering has the defects it is known to have`(
        _ rendering: KeyPolicy.Rendering,
        _ expected: [String]
    ) throws {
        let found = try Samples.parameterisations.map { try defects($0, rendering) }
            .reduce(Set<String>()) { $0.union($1) }
        #expect(found.sorted() == expected)
    }

    @Test func `the executing principal of a built policy is not locked out`() throws {
        for name in Samples.parameterisations {
            let policy = KeyPolicy(try samples.parameterisation(name), rendering: .documented).document
            var facts = KeyFacts(account: samples.account, region: "us-east-1")
            facts.executor = samples.session(of: "executor")
            let found = Findings.keyPolicy(policy, facts: facts)
            #expect(!found.contains { $0.id.hasPrefix("LOCKOUT") }, "\(name)")
        }
    }

    @Test func `a finding points at the place`() throws {
        let policy = KeyPolicy(try samples.parameterisation("allowed-context"), rendering: .documented).document
        let facts = KeyFacts(account: samples.account, region: "us-east-1")
        let finding = try #require(Findings.keyPolicy(policy, facts: facts).first { $0.id == "MISSING_QUALIFIER" })
        #expect(finding.pointer.description == "/Statement/1/Condition/StringEquals/kms:EncryptionContextKeys")
        #expect(finding.severity == .critical)
        #expect(finding.line == nil)
        let found = Findings.keyPolicyText(policy.json.text(.indented), facts: facts)
        #expect(found.first { $0.id == "MISSING_QUALIFIER" }?.line == 29)
    }

    @Test func `allowed context keys beside services are reported`() throws {
        #expect(try ids("all", .corrected).contains("7 SERVICE_ACCESS_DEFEATED"))
    }
}
