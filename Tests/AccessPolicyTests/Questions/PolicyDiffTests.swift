// SPDX-License-Identifier: Apache-2.0

import AccessPolicy
import CoreValues
import JSONDocument
import TestSupport
import Testing

struct PolicyDiffTests {
    let samples: Samples

    init() throws {
        samples = try Samples()
    }

    private func diff(_ old: PolicyDocument, _ new: PolicyDocument) throws -> PolicyDiff {
        try PolicyDiff(from: old, to: new, account: samples.account, region: "us-east-1")
    }

    private func policy(_ statements: String...) throws -> PolicyDocument {
        try PolicyDocument(
            parsing: #"{"Version":"2012-10-17","Statement":["# + statements.joined(separator: ",") + "]}"
        )
    }

    private func allow(_ role: String, _ action: String, _ more: String = "") -> String {
        #"{"Effect":"Allow","Principal":{"AWS":\#(role)},"Action":\#(action),"Resource":"*"\#(more)}"#
    }

    private let role = #""arn:aws:iam::999999999999:role/r""#

    @Test func `order and spelling are no change in meaning`() throws {
        let root = #""arn:aws:iam::999999999999:root""#
        let old = try policy(allow(root, #""kms:*""#), allow(role, #"["kms:Encrypt","kms:Decrypt"]"#))
        let new = try policy(allow("[\(role)]", #"["kms:Decrypt","kms:Encrypt"]"#), allow(root, #""kms:*""#))
        let diff = try diff(old, new)
        #expect(diff.hasNoMeaning)
        #expect(diff.gains.isEmpty && diff.losses.isEmpty)
        #expect(Set(diff.statements.map(\.kind)).isSubset(of: [.moved, .respelled]))
        #expect(diff.text.hasPrefix("No change in meaning"))
    }

    @Test func `another way to say the same is no change in meaning`() throws {
        let old = try policy(allow(role, #""kms:ReEncrypt*""#))
        let new = try policy(allow(role, #""kms:ReEncryptFrom""#), allow(role, #""kms:ReEncryptTo""#))
        let diff = try diff(old, new)
        #expect(diff.hasNoMeaning)
        #expect(diff.statements.map(\.kind) == [.added, .added, .removed])
    }

    @Test func `who gains and who loses is said`() throws {
        let condition = #","Condition":{"Null":{"kms:EncryptionContextKeys":"false"}}"#
        let old = try policy(allow(role, #"["kms:Encrypt","kms:Decrypt"]"#))
        let new = try policy(allow(role, #""kms:Encrypt""#, condition), allow(#""888888888888""#, #""kms:Decrypt""#))
        let diff = try diff(old, new)
        #expect(diff.relation == .incomparable)
        let text = """
            The new policy gives something and takes something.

            Gains
              account 888888888888: Decrypt: was not allowed; now left to identity policies

            Losses
              arn:aws:iam::999999999999:role/r: Decrypt: was allowed; now not allowed
              arn:aws:iam::999999999999:role/r: Encrypt: was allowed; now allowed, only with an encryption context

            Text
              statement 1 is new
              statement 2 is new
              old statement 1 is gone

            """
        #expect(diff.text == text)
        for change in diff.gains + diff.losses {
            let observed = [old, new].map { KeyAccess.observed(change.example.request, CompiledPolicy($0)) }
            #expect(observed == [change.example.first, change.example.second])
        }
    }

    @Test func `a deny that only grants would notice is said apart`() throws {
        let deny = #"{"Effect":"Deny","Principal":"*","Action":"kms:Decrypt","Resource":"*"}"#
        let diff = try diff(
            try policy(allow(role, #""kms:Encrypt""#)),
            try policy(allow(role, #""kms:Encrypt""#), deny)
        )
        #expect(diff.relation == .narrower)
        #expect(diff.losses.isEmpty)
        #expect(diff.grantLosses.allSatisfy { $0.actions == [.decrypt] && $0.after.access == .denied })
        #expect(diff.grantLosses.map(\.subject.name).contains("arn:aws:iam::999999999999:role/r"))
    }

    @Test func `the change from documented to hardened statements`() throws {
        let parameters = try samples.parameterisation("all")
        let policies = KeyPolicy.Rendering.allCases.map { KeyPolicy(parameters, rendering: $0).document }
        #expect(Golden.compare(try diff(policies[0], policies[2]).text, "diffs/documented-hardened.txt") == .matches)
        let document = try diff(policies[1], policies[2]).document.text(.indented) + "\n"
        #expect(Golden.compare(document, "diffs/corrected-hardened.json") == .matches)
    }

    @Test(arguments: [UInt64](0..<15))
    func `gains and losses agree with the comparison`(_ seed: UInt64) throws {
        var generator = PolicyGenerator(seed: 40_000 + seed)
        let old = generator.policy()
        let new = generator.mutant(of: old)
        let diff = try diff(try PolicyDocument(json: old), try PolicyDocument(json: new))
        let context: Comment = "seed \(40_000 + seed): \(old.text()) to \(new.text())"
        let gains = diff.gains + diff.grantGains
        let losses = diff.losses + diff.grantLosses
        switch diff.relation {
        case .equivalent: #expect(gains.isEmpty && losses.isEmpty, context)
        case .wider: #expect(!gains.isEmpty && losses.isEmpty, context)
        case .narrower: #expect(gains.isEmpty && !losses.isEmpty, context)
        case .incomparable: #expect(!gains.isEmpty && !losses.isEmpty, context)
        }
    }
}
