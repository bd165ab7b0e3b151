// SPDX-License-Identifier: Apache-2.0

import AccessPolicy
import CoreValues
import JSONDocument
import TestSupport
import Testing

struct PolicyQuestionsTests {
    let samples: Samples
    private let roleA = "arn:aws:iam::999999999999:role/roleA"

    init() throws {
        samples = try Samples()
    }

    private func questions(_ policy: PolicyDocument) throws -> PolicyQuestions {
        try PolicyQuestions(policy, account: samples.account, region: "us-east-1")
    }

    private func questions(
        _ rendering: KeyPolicy.Rendering,
        _ change: (inout KeyAccessParameters) throws -> Void
    ) throws -> PolicyQuestions {
        var parameters = KeyAccessParameters(account: samples.account)
        try change(&parameters)
        return try questions(KeyPolicy(parameters, rendering: rendering).document)
    }

    private func questions(statements: String...) throws -> PolicyQuestions {
        try questions(
            try PolicyDocument(
                parsing: #"{"Version":"2012-10-17","Statement":["# + statements.joined(separator: ",") + "]}"
            )
        )
    }

    private func expectReplays(_ answer: PolicyQuestions.Answer, _ questions: PolicyQuestions) {
        for example in answer.examples {
            #expect(KeyAccess.observed(example.request, questions.policy) == example.access)
        }
    }

    @Test func `can somebody do something, under which circumstances`() throws {
        let questions = try questions(.corrected) {
            $0.encryptPrincipals = try samples.principals("role/roleA")
            $0.enforceEncryptionContextKeys = true
        }
        let free = try questions.can(roleA, .encrypt)
        #expect(free.isPossible)
        #expect(!free.isAlwaysPossible)
        #expect(free.condition == "only with an encryption context")
        let without = try questions.can(roleA, .encrypt, given: ["kms:EncryptionContextKeys": nil])
        #expect(!without.isPossible)
        #expect(without.examples.map(\.access) == [.denied])
        let with = try questions.can(roleA, .encrypt, given: ["kms:EncryptionContext:App": .one("x")])
        #expect(with.isPossible && with.isAlwaysPossible)
        #expect(with.examples[0].request.context["kms:EncryptionContextKeys"] == .list(["App"]))
        #expect(try questions.can("999999999999", .encrypt).examples.map(\.access) == [.delegated])
        #expect(try questions.can("arn:aws:iam::999999999999:root", .putKeyPolicy).examples[0].access == .direct)
        #expect(try !questions.can("888888888888", .encrypt).isPossible)
        for answer in [free, without, with] {
            expectReplays(answer, questions)
        }
    }

    @Test(arguments: ["roleA", "role/roleA", "arn:aws:iam::999999999999:group/g", "*", ""])
    func `a name that is no caller is refused`(_ name: String) throws {
        let questions = try questions(.corrected) { _ in }
        #expect(throws: FragmentRefusal.self) { try questions.can(name, .encrypt) }
    }

    @Test func `who can do something, steps counted`() throws {
        let questions = try questions(.documented) {
            $0.encryptPrincipals = try samples.principals("role/roleA")
            $0.decryptPrincipals = try samples.principals("user/userB")
            $0.allowServices = ["ec2.us-east-1.amazonaws.com"]
        }
        let holders = try questions.whoCan(.decrypt)
        let names = holders.map(\.subject.name)
        #expect(
            names == ["arn:aws:iam::999999999999:user/userB", roleA, "999999999999", "ec2.us-east-1.amazonaws.com"]
        )
        #expect(holders.map(\.grade) == [.direct, .effective, .delegated, .direct])
        #expect(holders[1].step == .reEncryptFrom)
    }

    @Test func `can anyone outside some accounts do anything`() throws {
        let questions = try questions(.corrected) {
            $0.grantsPrincipals = try samples.principals("role/roleA", "888888888888")
        }
        let outside = try questions.canOutsiders(of: [samples.account])
        #expect(outside.examples.map(\.request.action.kms) == [.createGrant, .listGrants, .revokeGrant])
        expectReplays(outside, questions)
        #expect(try !questions.canOutsiders(of: [samples.account, samples.other]).isPossible)
        let open = try self.questions(
            statements: #"{"Effect":"Allow","Principal":{"AWS":"*"},"Action":"kms:Decrypt","Resource":"*","#
                + #""Condition":{"StringEquals":{"kms:CallerAccount":["999999999999","777777777777"]}}}"#
        )
        let found = try open.canOutsiders(of: [samples.account])
        #expect(found.examples.map(\.request.principal.account) == ["777777777777"])
    }

    @Test func `without encryption context, what the documented policy forgets is found`() throws {
        for (rendering, actions) in [
            (KeyPolicy.Rendering.documented, [KMSAction.reEncryptFrom, .reEncryptTo]), (.corrected, []),
            (.hardened, []),
        ] {
            let questions = try questions(rendering) {
                $0.encryptPrincipals = try samples.principals("role/roleA")
                $0.enforceEncryptionContextKeys = true
            }
            let answer = try questions.canDoWithoutEncryptionContext()
            #expect(answer.examples.map(\.request.action.kms) == actions)
            #expect(!answer.isAmbiguous)
            expectReplays(answer, questions)
        }
    }

    @Test func `whether the list of allowed context keys holds, by both readings of it`() throws {
        func policy(_ rendering: KeyPolicy.Rendering) throws -> PolicyQuestions {
            try questions(rendering) {
                $0.encryptPrincipals = try samples.principals("role/roleA")
                $0.allowedEncryptionContextKeys = ["Name", "Application"]
            }
        }
        let keys = ["Name", "Application"]
        let documented = try policy(.documented)
        let corrected = try policy(.corrected)
        for rule in PolicyQuestions.ContextKeyRule.allCases {
            let answer = try documented.canEscape(contextKeys: keys, rule)
            #expect(answer.isPossible)
            expectReplays(answer, documented)
        }
        #expect(try !corrected.canEscape(contextKeys: keys, .atLeastOne).isPossible)
        let beside = try corrected.canEscape(contextKeys: keys, .noOther)
        #expect(beside.isPossible)
        expectReplays(beside, corrected)
        let strict = try questions(
            statements: #"{"Effect":"Allow","Principal":{"AWS":"*"},"Action":"kms:*","Resource":"*","#
                + #""Condition":{"StringEquals":{"kms:CallerAccount":"999999999999"}}}"#,
            #"{"Effect":"Deny","Principal":{"AWS":"*"},"Action":"kms:*","Resource":"*","#
                + #""Condition":{"ForAnyValue:StringNotEquals":{"kms:EncryptionContextKeys":["Name","Application"]}}}"#
        )
        #expect(try !strict.canEscape(contextKeys: keys, .noOther).isPossible)
        #expect(try strict.canEscape(contextKeys: keys, .atLeastOne).isPossible)
    }

    @Test func `an answer that depends on an open question says so`() throws {
        let statement =
            #"{"Effect":"Allow","Principal":{"AWS":"*"},"Action":"kms:Encrypt","Resource":"*","#
            + #""Condition":{"StringEquals":{"kms:EncryptionContextKeys":"App"}}}"#
        let answer = try questions(statements: statement).can(roleA, .encrypt)
        #expect(!answer.isPossible)
        #expect(answer.turnedBy == [[.setlessOperatorOnList]])
        let anybody = #"{"Effect":"Allow","Principal":{"AWS":"*"},"Action":"kms:Encrypt","Resource":"*"}"#
        let service = try questions(statements: anybody).can("logs.amazonaws.com", .encrypt)
        #expect(service.isPossible)
        #expect(service.turnedBy == [[.everybodyIncludesServices]])
    }

    @Test(arguments: [
        (#"{"StringEquals":{"aws:username":"u"}}"#, "the condition key `aws:username`"),
        (
            #"{"StringLike":{"aws:SourceVpce":"x"},"NumericEquals":{"aws:SourceVpce":"1"}}"#,
            "comparing `aws:SourceVpce`"
        ),
        (#"{"DateLessThan":{"aws:CurrentTime":"2026-01-01","aws:EpochTime":"1"}}"#, "together with `aws:EpochTime`"),
        (#"{"StringLike":{"aws:PrincipalServiceName":"l*"}}"#, "a pattern for `aws:PrincipalServiceName`"),
    ])
    func `constructs outside the fragment are refused by name`(_ condition: String, _ name: String) throws {
        let statement =
            #"{"Effect":"Allow","Principal":"*","Action":"kms:*","Resource":"*","Condition":\#(condition)}"#
        let error = #expect(throws: FragmentRefusal.self) { try questions(statements: statement) }
        #expect(error?.description.contains(name) == true, "\(error?.description ?? "")")
    }

    @Test func `patterns that fall into too many combinations are refused, not answered`() throws {
        let patterns = (0..<14).map { #""*\#($0)?\#($0)*\#($0)*""# }.joined(separator: ",")
        let questions = try questions(
            statements: #"{"Effect":"Allow","Principal":{"AWS":"*"},"Action":"kms:*","Resource":"*","#
                + #""Condition":{"StringLike":{"aws:SourceVpce":[\#(patterns)]}}}"#
        )
        let error = #expect(throws: FragmentRefusal.self) { try questions.can(roleA, .encrypt) }
        #expect(error?.construct == "the number of combinations of the patterns for `aws:sourcevpce`")
    }
}
