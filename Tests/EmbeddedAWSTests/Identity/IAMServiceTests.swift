// SPDX-License-Identifier: Apache-2.0

import AWSWire
import AccessPolicy
import CoreValues
import EmbeddedAWS
import TestSupport
import Testing

struct IAMServiceTests {
    private static let trust = """
        {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::123456789012:user/bob"},\
        "Action":"sts:AssumeRole"}]}
        """
    private static let permission = """
        {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"kms:Encrypt","Resource":"*"}]}
        """

    @Test
    func `names are taken whatever their case`() async throws {
        let fixture = try IdentityFixture()
        _ = try await fixture.iam.declare(.init(kind: .user, name: "Alice"))
        let code = await IdentityFixture.code { _ = try await fixture.iam.declare(.init(kind: .user, name: "alice")) }
        #expect(code == "EntityAlreadyExists")
        #expect(try fixture.iam.principal(.user, "ALICE").name == "Alice")
    }

    @Test(arguments: ["", "a b", "über", String(repeating: "x", count: 65), "a/b"])
    func `a name out of bounds is refused`(_ name: String) async throws {
        let fixture = try IdentityFixture()
        let code = await IdentityFixture.code { _ = try await fixture.iam.declare(.init(kind: .user, name: name)) }
        #expect(code == "ValidationError")
    }

    @Test(arguments: [
        "", "{}", "not json", #"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*"}]}"#,
        #"{"Statement":[{"Effect":"Allow","Principal":"*","Action":"*","Resource":"*"}]}"#,
    ])
    func `a text that is no identity policy is refused and nothing is written`(_ text: String) async throws {
        let fixture = try IdentityFixture()
        _ = try await fixture.iam.declare(.init(kind: .user, name: "bob"))
        let code = await IdentityFixture.code { try await fixture.iam.putPolicy("p", text, on: .user, "bob") }
        #expect(code == "MalformedPolicyDocument")
        #expect(try fixture.iam.principal(.user, "bob").inlinePolicies.isEmpty)
    }

    @Test
    func `a declared principal has its own policies, and its former ones once it is gone`() async throws {
        let fixture = try IdentityFixture()
        let bob = try fixture.user("bob")
        let before = fixture.registry.policies(of: bob).identityPolicies
        _ = try await fixture.iam.declare(.init(kind: .user, name: "bob"))
        #expect(fixture.registry.policies(of: bob).identityPolicies.isEmpty)
        try await fixture.iam.putPolicy("p", Self.permission, on: .user, "bob")
        try await fixture.iam.attach("arn:aws:iam::aws:policy/AssentAuditor", to: .user, "bob")
        #expect(fixture.registry.policies(of: bob).identityPolicies.count == 2)
        #expect(await IdentityFixture.code { try await fixture.iam.remove(.user, "bob") } == "DeleteConflict")
        try await fixture.iam.removePolicy("p", from: .user, "bob")
        try await fixture.iam.detach("arn:aws:iam::aws:policy/AssentAuditor", from: .user, "bob")
        try await fixture.iam.remove(.user, "bob")
        #expect(fixture.registry.policies(of: bob).identityPolicies.map(\.document) == before.map(\.document))
    }

    @Test
    func `users, roles and their policies outlive the server`() async throws {
        let first = try IdentityFixture()
        _ = try await first.iam.declare(.init(kind: .role, name: "opened", path: "/team/", trustPolicy: Self.trust))
        _ = try await first.iam.declare(.init(kind: .user, name: "bob"))
        try await first.iam.putPolicy("p", Self.permission, on: .user, "bob")
        let second = try IdentityFixture(keys: first.keys, records: try first.records.load())
        #expect(try second.iam.principal(.role, "opened") == first.iam.principal(.role, "opened"))
        #expect(try second.iam.policy("p", of: .user, "bob") == Self.permission)
        #expect(second.registry.policies(of: try second.user("bob")).identityPolicies.count == 1)
    }

    @Test
    func `a user has at most two access keys, which sign until they are switched off`() async throws {
        let fixture = try IdentityFixture()
        _ = try await fixture.iam.declare(.init(kind: .user, name: "bob"))
        let key = try fixture.iam.createAccessKey(of: "bob")
        _ = try fixture.iam.createAccessKey(of: "bob")
        #expect(await IdentityFixture.code { _ = try fixture.iam.createAccessKey(of: "bob") } == "LimitExceeded")
        let now = fixture.time.now()
        let credential = try fixture.authority.resolve(accessKeyID: key.accessKeyID, sessionToken: nil, at: now)
        #expect(credential.secretAccessKey == key.secretAccessKey)
        #expect(credential.caller == (try fixture.user("bob")))
        try fixture.iam.setAccessKey(key.accessKeyID, of: "bob", active: false)
        #expect(throws: SignatureError.unrecognized) {
            try fixture.authority.resolve(accessKeyID: key.accessKeyID, sessionToken: nil, at: now)
        }
    }

    @Test
    func `every predefined policy is readable and none lets anybody past a key policy by mistake`() {
        for policy in ManagedPolicy.all {
            let touchesKeys = policy.document.statements.contains { statement in
                let actions = statement.action?.values.values ?? []
                return statement.effect == .allow
                    && actions.contains { $0.hasPrefix("kms:") && !$0.hasPrefix("kms:Describe") }
                    && actions.contains { ["kms:*", "kms:Decrypt", "kms:Encrypt"].contains($0) }
            }
            #expect(!touchesKeys, "\(policy.name)")
            #expect(ManagedPolicy.named(policy.arn)?.name == policy.name)
        }
    }
}
