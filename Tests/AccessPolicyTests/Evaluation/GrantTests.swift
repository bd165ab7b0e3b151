// SPDX-License-Identifier: Apache-2.0

import AccessPolicy
import CoreValues
import Testing

struct GrantTests {
    let samples: Samples

    init() throws {
        samples = try Samples()
    }

    private func decide(
        _ grant: KeyGrant,
        _ caller: CallerIdentity,
        _ action: KMSAction = .decrypt,
        context: RequestContext = RequestContext(),
        policy: String = "",
        configure: (inout Authorizer) -> Void = { _ in }
    ) throws -> Decision {
        let document = try PolicyDocument(parsing: #"{"Version":"2012-10-17","Statement":[\#(policy)]}"#)
        var authorizer = Authorizer(policies: PolicySet(resourcePolicy: CompiledPolicy(document), grants: [grant]))
        configure(&authorizer)
        return authorizer.authorize(
            AuthorizationRequest(
                caller: caller,
                action: .kms(action),
                resource: samples.key,
                resourceAccount: samples.account,
                context: context
            )
        )
    }

    private func grant(_ grantee: String, _ constraint: KeyGrant.Constraint? = nil) -> KeyGrant {
        KeyGrant(grantee: grantee, operations: KMSActionSet([.decrypt, .describeKey]), constraint: constraint)
    }

    @Test func `a grant gives its grantee its operations and nothing else`() throws {
        let grant = grant("arn:aws:iam::999999999999:user/u")
        let place = Decision.StatementReference(source: .grant, policy: 0, statement: 0)
        #expect(try decide(grant, samples.user("u")).reasons == [.allowedBy(place)])
        #expect(try !decide(grant, samples.user("u"), .encrypt).isAllowed)
        #expect(try !decide(grant, samples.user("v")).isAllowed)
        #expect(try decide(self.grant("arn:aws:iam::999999999999:role/r"), samples.session(of: "r")).isAllowed)
    }

    @Test func `a deny wins over a grant`() throws {
        let deny = #"{"Effect":"Deny","Principal":"*","Action":"kms:Decrypt","Resource":"*"}"#
        let decision = try decide(grant("arn:aws:iam::999999999999:user/u"), samples.user("u"), policy: deny)
        #expect(decision.verdict == .explicitlyDenied)
    }

    @Test func `a session policy limits a role's grant`() throws {
        let decision = try decide(grant("arn:aws:iam::999999999999:role/r"), samples.session(of: "r")) {
            $0.policies.sessionPolicies = []
        }
        #expect(decision.reasons == [.notAllowedBy(.sessionPolicy)])
    }

    @Test func `a grant to the account leaves it to identity policies`() throws {
        let grant = grant("arn:aws:iam::999999999999:root")
        #expect(try decide(grant, samples.user("u")).reasons == [.notAllowedBy(.identityPolicy)])
        #expect(try decide(grant, samples.user("u")) { $0.policies.identityPolicies = [.administrator] }.isAllowed)
    }

    @Test func `whether a grant suffices across accounts is a switch`() throws {
        let grant = grant("arn:aws:iam::888888888888:user/u")
        let stranger = samples.user("u", in: samples.other)
        #expect(try decide(grant, stranger).isAllowed)
        let strict = try decide(grant, stranger) { $0.assumptions.grantSufficesAcrossAccounts = false }
        #expect(strict.reasons == [.notAllowedBy(.identityPolicy)])
    }

    @Test(arguments: [
        (KeyGrant.Constraint.encryptionContextEquals(["App": "x"]), ["App": "x"], true),
        (.encryptionContextEquals(["App": "x"]), ["App": "x", "Name": "y"], false),
        (.encryptionContextEquals(["App": "x"]), ["app": "x"], false),
        (.encryptionContextEquals(["App": "x"]), [:], false),
        (.encryptionContextSubset(["App": "x"]), ["App": "x", "Name": "y"], true),
        (.encryptionContextSubset(["App": "x"]), ["App": "z"], false),
    ])
    func `constraints look at the encryption context exactly`(
        _ constraint: KeyGrant.Constraint,
        _ pairs: [String: String],
        _ isAllowed: Bool
    ) throws {
        var context = RequestContext(["kms:EncryptionContextKeys": .list(pairs.keys.sorted())])
        for (key, value) in pairs {
            context["kms:EncryptionContext:" + key] = .one(value)
        }
        let grant = grant("arn:aws:iam::999999999999:user/u", constraint)
        #expect(try decide(grant, samples.user("u"), context: context).isAllowed == isAllowed)
        #expect(try decide(grant, samples.user("u"), .describeKey, context: RequestContext()).isAllowed)
    }

    @Test func `organisations cannot keep anybody from retiring a grant`() throws {
        let grant = KeyGrant(
            grantee: "arn:aws:iam::999999999999:user/u",
            operations: KMSActionSet([.retireGrant, .decrypt])
        )
        for (action, isAllowed) in [(KMSAction.retireGrant, true), (.decrypt, false)] {
            let decision = try decide(grant, samples.user("u"), action) { $0.policies.resourceControlPolicies = [[]] }
            #expect(decision.isAllowed == isAllowed)
        }
    }
}
