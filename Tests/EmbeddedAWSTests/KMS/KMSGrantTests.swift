// SPDX-License-Identifier: Apache-2.0

import AWSWire
import AccessPolicy
import CoreValues
import EmbeddedAWS
import TestSupport
import Testing

struct KMSGrantTests {
    let fixture: KMSFixture
    let grantee: CallerIdentity

    init() throws {
        fixture = try KMSFixture()
        grantee = fixture.role("worker")
    }

    private static let role = "arn:aws:iam::999999999999:role/worker"

    private func grant(
        _ operations: String...,
        to principal: String = role,
        constraints: GrantRecord.Constraints = GrantRecord.Constraints(),
        retiring: String? = nil,
        name: String? = nil
    ) -> NewGrant {
        NewGrant(
            grantees: [.principal(principal)],
            retiring: retiring.map { [.principal($0)] } ?? [],
            operations: operations,
            constraints: constraints,
            name: name
        )
    }

    private func canEncrypt(
        _ key: KeyRecord,
        as caller: CallerIdentity,
        context: [String: String] = [:]
    ) async -> Bool {
        await awsError { _ = try await fixture.encrypt("x", key, context: context, as: caller) } == nil
    }

    private func grants(_ key: KeyRecord) async throws -> [GrantRecord] {
        try await fixture.perform { try $0.listGrants(key.arn, PageRequest(), $1, in: $2) }.grants.items
    }

    @Test func `a grant lets its grantee do its operations and nothing else`() async throws {
        let key = try await fixture.key()
        #expect(await !canEncrypt(key, as: grantee))
        _ = try await fixture.grant(grant("Encrypt", "DescribeKey"), on: key)
        #expect(await canEncrypt(key, as: grantee))
        let blob = try await fixture.encrypt("x", key, as: grantee)
        let error = await awsError { _ = try await fixture.decrypt(blob, as: grantee) }
        #expect(error?.code == "AccessDeniedException")
        _ = try await fixture.perform(as: grantee) { try $0.describeKey(key.arn, $1, in: $2) }
        #expect(await !canEncrypt(key, as: fixture.role("other")))
        #expect(await !canEncrypt(key, as: fixture.user("worker")))
        let other = try await fixture.key()
        #expect(await !canEncrypt(other, as: grantee))
    }

    @Test func `a grant to one session is no grant to the role's others`() async throws {
        let key = try await fixture.key()
        _ = try await fixture.grant(
            grant("Encrypt", to: "arn:aws:sts::999999999999:assumed-role/worker/another"),
            on: key
        )
        #expect(await !canEncrypt(key, as: grantee))
        _ = try await fixture.grant(grant("Encrypt", to: grantee.arn.description), on: key)
        #expect(await canEncrypt(key, as: grantee))
    }

    @Test func `a grant to an account leaves the rest to its identity policies`() async throws {
        let key = try await fixture.key(
            KMSFixture.policy([KMSFixture.allow("arn:aws:iam::999999999999:user/admin", "kms:*")]),
            as: try admin()
        )
        let admin = try admin()
        _ = try await fixture.grant(grant("Encrypt", to: "arn:aws:iam::999999999999:root"), on: key, as: admin)
        #expect(await !canEncrypt(key, as: grantee))
        try fixture.directory.allow(grantee, "kms:Encrypt")
        #expect(await canEncrypt(key, as: grantee))
    }

    private func admin() throws -> CallerIdentity {
        let admin = fixture.user("admin")
        fixture.directory.set(PrincipalPolicies(identityPolicies: [.administrator]), for: admin)
        return admin
    }

    @Test func `an explicit deny outweighs a grant`() async throws {
        let deny = KMSFixture.deny(Self.role, "kms:Encrypt")
        let key = try await fixture.key(delegatingAnd: deny)
        _ = try await fixture.grant(grant("Encrypt"), on: key)
        let error = await awsError { _ = try await fixture.encrypt("x", key, as: grantee) }
        #expect(error?.message.hasSuffix("with an explicit deny in a resource-based policy") == true)
    }

    @Test func `a session policy limits what a grant gives to the role`() async throws {
        let key = try await fixture.key()
        _ = try await fixture.grant(grant("Encrypt"), on: key)
        let text = #"{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"kms:Decrypt","Resource":"*"}}"#
        let policy = CompiledPolicy(try PolicyDocument(parsing: text))
        fixture.directory.set(PrincipalPolicies(sessionPolicies: [policy]), for: grantee)
        #expect(await !canEncrypt(key, as: grantee))
    }

    @Test(arguments: [true, false])
    func `whether a grant suffices across accounts is an assumption`(_ suffices: Bool) async throws {
        let fixture = try KMSFixture(assumptions: Assumptions(grantSufficesAcrossAccounts: suffices))
        let key = try await fixture.key()
        let stranger = fixture.role("worker", of: fixture.otherID)
        _ = try await fixture.grant(grant("Encrypt", to: "arn:aws:iam::888888888888:role/worker"), on: key)
        let error = await awsError { _ = try await fixture.encrypt("x", key, as: stranger) }
        #expect((error == nil) == suffices)
        try fixture.directory.allow(stranger, "kms:Encrypt")
        _ = try await fixture.encrypt("x", key, as: stranger)
    }

    // MARK: Constraints

    @Test func `constraints hold a grant to its encryption context`() async throws {
        let key = try await fixture.key()
        let equal = fixture.role("equal")
        let subset = fixture.role("subset")
        _ = try await fixture.grant(
            grant(
                "Encrypt",
                to: "arn:aws:iam::999999999999:role/equal",
                constraints: GrantRecord.Constraints(encryptionContextEquals: ["a": "1", "b": "2"])
            ),
            on: key
        )
        _ = try await fixture.grant(
            grant(
                "Encrypt",
                "DescribeKey",
                to: "arn:aws:iam::999999999999:role/subset",
                constraints: GrantRecord.Constraints(encryptionContextSubset: ["a": "1"])
            ),
            on: key
        )
        let cases: [([String: String], Bool, Bool)] = [
            ([:], false, false), (["a": "1"], false, true), (["a": "1", "b": "2"], true, true),
            (["a": "1", "b": "2", "c": "3"], false, true), (["A": "1", "b": "2"], false, false),
            (["a": "2", "b": "2"], false, false),
        ]
        for (context, equals, contains) in cases {
            #expect(await canEncrypt(key, as: equal, context: context) == equals, "\(context)")
            #expect(await canEncrypt(key, as: subset, context: context) == contains, "\(context)")
        }
        _ = try await fixture.perform(as: subset) { try $0.describeKey(key.arn, $1, in: $2) }
    }

    @Test func `a grant made under a grant is no wider than that`() async throws {
        let key = try await fixture.key()
        let constraints = GrantRecord.Constraints(encryptionContextSubset: ["a": "1"])
        _ = try await fixture.grant(grant("Encrypt", "CreateGrant", constraints: constraints), on: key)
        let target = "arn:aws:iam::999999999999:role/target"
        let stricter = GrantRecord.Constraints(encryptionContextEquals: ["a": "1", "b": "2"])
        let cases: [(NewGrant, Bool)] = [
            (grant("Encrypt", to: target, constraints: constraints), true),
            (grant("Encrypt", to: target, constraints: stricter), true),
            (grant("Encrypt", to: target), false),
            (grant("Decrypt", to: target, constraints: constraints), false),
            (grant("Encrypt", "Decrypt", to: target, constraints: constraints), false),
            (grant("Encrypt", to: target, constraints: .init(encryptionContextSubset: ["b": "1"])), false),
        ]
        for (index, (new, isAllowed)) in cases.enumerated() {
            let error = await awsError { _ = try await fixture.grant(new, on: key, as: grantee) }
            #expect(error?.code == (isAllowed ? nil : "AccessDeniedException"), "case \(index)")
        }
        #expect(await canEncrypt(key, as: fixture.role("target"), context: ["a": "1"]))
    }

    // MARK: Identity, tokens, ends

    @Test func `the same name and parameters give the same grant with a new token`() async throws {
        let key = try await fixture.key()
        let first = try await fixture.grant(grant("Encrypt", name: "n"), on: key)
        let again = try await fixture.grant(grant("Encrypt", name: "n"), on: key)
        let other = try await fixture.grant(grant("Encrypt", "Decrypt", name: "n"), on: key)
        let unnamed = try await fixture.grant(grant("Encrypt"), on: key)
        #expect(first.id == again.id)
        #expect(first.token != again.token)
        #expect(Set([first.id, other.id, unnamed.id]).count == 3)
        #expect(try await grants(key).count == 3)
        #expect(first.id.utf8.count == 64)
    }

    @Test func `a token that CreateGrant did not make is refused`() async throws {
        let key = try await fixture.key()
        let grant = try await fixture.grant(grant("Encrypt"), on: key)
        func encrypt(_ tokens: [String]) async -> AWSError? {
            await awsError {
                let request = CryptographyRequest(grantTokens: tokens)
                _ = try await fixture.service.encrypt([1], keyID: key.arn, request, as: grantee)
            }
        }
        #expect(await encrypt([grant.token]) == nil)
        var forged = Array(grant.token)
        forged[20] = forged[20] == "A" ? "B" : "A"
        #expect(await encrypt([String(forged)])?.code == "InvalidGrantTokenException")
        #expect(await encrypt(["token"])?.code == "InvalidGrantTokenException")
        #expect(await encrypt([""])?.code == "ValidationException")
        #expect(await encrypt(Array(repeating: grant.token, count: 11))?.code == "ValidationException")
    }

    @Test func `a revoked grant gives nothing any more, not by its token either`() async throws {
        let key = try await fixture.key()
        let grant = try await fixture.grant(grant("Encrypt"), on: key)
        let error = await awsError {
            try await fixture.perform(as: grantee) {
                try $0.revokeGrant(key.arn, grantID: grant.id, isDryRun: false, $1, in: $2)
            }
        }
        #expect(error?.code == "AccessDeniedException")
        try await fixture.perform { try $0.revokeGrant(key.arn, grantID: grant.id, isDryRun: false, $1, in: $2) }
        let request = CryptographyRequest(grantTokens: [grant.token])
        let denied = await awsError {
            _ = try await fixture.service.encrypt([1], keyID: key.arn, request, as: grantee)
        }
        #expect(denied?.code == "AccessDeniedException")
        let gone = await awsError {
            try await fixture.perform { try $0.revokeGrant(key.arn, grantID: grant.id, isDryRun: false, $1, in: $2) }
        }
        #expect(gone == AWSError("NotFoundException", "Grant ID \(grant.id) not found"))
    }

    @Test func `a grant is retired by those whom it names and by its account`() async throws {
        let key = try await fixture.key()
        let retirer = fixture.user("retirer")
        let delegate = fixture.user("delegate")
        try fixture.directory.allow(delegate, "kms:RetireGrant")
        let cases: [(CallerIdentity, [String], Bool)] = [
            (retirer, ["Encrypt"], true), (grantee, ["Encrypt", "RetireGrant"], true), (grantee, ["Encrypt"], false),
            (fixture.root, ["Encrypt"], true), (delegate, ["Encrypt"], true),
            (fixture.user("nobody"), ["Encrypt"], false),
        ]
        for (index, (caller, operations, isAllowed)) in cases.enumerated() {
            var new = grant("Encrypt", retiring: retirer.arn.description)
            new.operations = operations
            let made = try await fixture.grant(new, on: key)
            let usesToken = index.isMultiple(of: 2)
            let error = await awsError {
                try await fixture.perform(as: caller) {
                    try $0.retireGrant(
                        token: usesToken ? made.token : nil,
                        keyID: usesToken ? nil : key.arn,
                        grantID: usesToken ? nil : made.id,
                        isDryRun: false,
                        $1,
                        in: $2
                    )
                }
            }
            #expect(error?.code == (isAllowed ? nil : "AccessDeniedException"), "case \(index)")
            #expect(try await grants(key).contains { $0.id == made.id } == !isAllowed, "case \(index)")
        }
    }

    @Test func `grants are listed by key, by grantee, by id and by who retires them`() async throws {
        let key = try await fixture.key()
        let other = try await fixture.key()
        let retirer = fixture.user("retirer").arn.description
        let first = try await fixture.grant(grant("Encrypt", retiring: retirer), on: key)
        fixture.time.advance(bySeconds: 1)
        let second = try await fixture.grant(grant("Decrypt", to: retirer), on: key)
        let third = try await fixture.grant(grant("Decrypt", retiring: retirer), on: other)
        #expect(try await grants(key).map(\.id) == [first.id, second.id])
        let byID = try await fixture.perform {
            try $0.listGrants(key.arn, grantID: second.id, PageRequest(), $1, in: $2)
        }
        #expect(byID.grants.items.map(\.id) == [second.id])
        let byGrantee = try await fixture.perform {
            try $0.listGrants(key.arn, grantee: .principal(Self.role), PageRequest(), $1, in: $2)
        }
        #expect(byGrantee.grants.items.map(\.id) == [first.id])
        let page = try await fixture.perform {
            try $0.listRetirableGrants(.principal(retirer), PageRequest(limit: 1), $1, in: $2)
        }
        let rest = try await fixture.perform {
            try $0.listRetirableGrants(.principal(retirer), PageRequest(marker: page.nextMarker), $1, in: $2)
        }
        #expect(Set((page.items + rest.items).map(\.id)) == [first.id, third.id])
        #expect(rest.nextMarker == nil)
    }

    @Test func `wrong grants are refused with the reason`() async throws {
        let key = try await fixture.key()
        let role = GrantRecord.Party.principal(Self.role)
        let long = String(repeating: "x", count: 385)
        let nine = Dictionary(uniqueKeysWithValues: (0..<9).map { ("k\($0)", "v") })
        let cases: [(NewGrant, String)] = [
            (NewGrant(grantees: [], operations: ["Encrypt"]), "ValidationException"),
            (NewGrant(grantees: [role, .service("s3.amazonaws.com")], operations: ["Encrypt"]), "ValidationException"),
            (grant("Sign"), "ValidationException"), (grant("ReEncrypt"), "ValidationException"),
            (NewGrant(grantees: [role], operations: []), "ValidationException"),
            (grant("Encrypt", to: "worker"), "InvalidArnException"),
            (grant("Encrypt", to: "arn:aws:iam::999999999999:group/g"), "InvalidArnException"),
            (grant("Encrypt", to: "arn:aws:iam::999999999999:role/*"), "ValidationException"),
            (grant("Encrypt", name: "a name"), "ValidationException"),
            (grant("Encrypt", constraints: .init(encryptionContextEquals: ["k": long])), "ValidationException"),
            (grant("Encrypt", constraints: .init(encryptionContextSubset: nine)), "ValidationException"),
        ]
        for (index, (new, code)) in cases.enumerated() {
            let error = await awsError { _ = try await fixture.grant(new, on: key) }
            #expect(error?.code == code, "case \(index): \(String(describing: error))")
        }
        #expect(try await grants(key).isEmpty)
    }

    @Test func `a dry run makes, revokes and retires nothing`() async throws {
        let key = try await fixture.key()
        var new = grant("Encrypt")
        new.isDryRun = true
        #expect(await awsError { _ = try await fixture.grant(new, on: key) }?.code == "DryRunOperationException")
        #expect(try await grants(key).isEmpty)
        let made = try await fixture.grant(grant("Encrypt"), on: key)
        let revoked = await awsError {
            try await fixture.perform { try $0.revokeGrant(key.arn, grantID: made.id, isDryRun: true, $1, in: $2) }
        }
        let retired = await awsError {
            try await fixture.perform {
                try $0.retireGrant(token: made.token, keyID: nil, grantID: nil, isDryRun: true, $1, in: $2)
            }
        }
        #expect([revoked?.code, retired?.code] == ["DryRunOperationException", "DryRunOperationException"])
        #expect(try await grants(key).count == 1)
    }
}
