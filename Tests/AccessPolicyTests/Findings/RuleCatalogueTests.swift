// SPDX-License-Identifier: Apache-2.0

import AccessPolicy
import CoreValues
import JSONDocument
import TestSupport
import Testing

struct RuleCatalogueTests {
    private let account: AccountID

    init() throws {
        account = try #require(AccountID("999999999999"))
    }

    private func findings(_ text: String, _ change: (inout KeyFacts) -> Void = { _ in }) -> [Finding] {
        var facts = KeyFacts(account: account, region: "us-east-1")
        change(&facts)
        return Findings.keyPolicyText(text, facts: facts)
    }

    @Test(arguments: RuleExample.all)
    func `a rule fires on the one example and is silent on the other`(_ example: RuleExample) throws {
        let found = findings(example.fires, example.facts)
        let finding = try #require(found.first { $0.id == example.id }, "found \(found.map(\.id))")
        let rule = try #require(Findings.catalogue.first { $0.id == example.id })
        #expect(finding.severity == rule.severity)
        #expect(finding.title == rule.title)
        #expect(finding.documentation.hasPrefix("https://docs.aws.amazon.com/"))
        for text in [finding.explanation, finding.fix, finding.title, rule.advice] {
            #expect(!text.isEmpty && !text.hasSuffix(".") && !text.contains("\n") && !text.contains("  "), "\(text)")
        }
        if let document = try? JSONValue(parsing: example.fires) {
            let position = finding.pointer.position(in: Array(document.text().utf8))
            #expect(position != nil, "\(finding.pointer) is nowhere in the document")
        }
        let silent = findings(example.silent, example.silentFacts ?? example.facts)
        #expect(!silent.contains { $0.id == example.id })
        #expect(!silent.contains { $0.severity == .critical }, "\(silent.map(\.explanation))")
    }

    @Test func `every rule has one pair of examples`() {
        #expect(RuleExample.all.map(\.id).sorted() == Findings.catalogue.map(\.id).sorted())
        #expect(Set(Findings.catalogue.map(\.id)).count == Findings.catalogue.count)
        #expect(Findings.catalogue.count >= 45)
    }

    @Test func `ids are words in capitals`() {
        for rule in Findings.catalogue {
            #expect(rule.id.utf8.allSatisfy { (65...90).contains($0) || (48...57).contains($0) || $0 == 95 })
        }
    }

    @Test func `the documentation lists the rules as they are`() {
        #expect(FindingsPage.compare() == .matches)
    }
}
