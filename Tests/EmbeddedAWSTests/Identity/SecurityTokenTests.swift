// SPDX-License-Identifier: Apache-2.0

import AWSWire
import CoreValues
import EmbeddedAWS
import TestSupport
import Testing

struct SecurityTokenTests {
    private static let role = "arn:aws:iam::123456789012:role/anybody"

    private func input(
        _ role: String = role,
        session: String = "test",
        seconds: Int = 900
    ) -> SecurityTokenService.AssumeRoleInput {
        SecurityTokenService.AssumeRoleInput(roleARN: role, sessionName: session, durationSeconds: seconds)
    }

    @Test
    func `an administrator's session signs as the role until it ends`() throws {
        let fixture = try IdentityFixture()
        let now = fixture.time.now()
        let session = try fixture.sts.assumeRole(input(), by: try fixture.user("admin"), at: now)
        let token = session.credentials.sessionToken
        let id = session.credentials.accessKeyID
        let resolved = try fixture.authority.resolve(accessKeyID: id, sessionToken: token, at: now)
        #expect(resolved.secretAccessKey == session.credentials.secretAccessKey)
        #expect(resolved.caller.arn.description == "arn:aws:sts::123456789012:assumed-role/anybody/test")
        let end = now.advanced(bySeconds: 900)
        #expect(session.expiresAt == end)
        #expect(throws: SignatureError.expired) {
            try fixture.authority.resolve(accessKeyID: id, sessionToken: token, at: end)
        }
    }

    @Test
    func `a session outlives the server`() throws {
        let first = try IdentityFixture()
        let now = first.time.now()
        let session = try first.sts.assumeRole(input(), by: try first.user("admin"), at: now)
        let second = try IdentityFixture()
        let resolved = try second.authority.resolve(
            accessKeyID: session.credentials.accessKeyID,
            sessionToken: session.credentials.sessionToken,
            at: now
        )
        #expect(resolved.caller == session.caller)
    }

    @Test
    func `a token that was changed, or belongs to another key id, is not known`() throws {
        let fixture = try IdentityFixture()
        let now = fixture.time.now()
        let session = try fixture.sts.assumeRole(input(), by: try fixture.user("admin"), at: now)
        let id = session.credentials.accessKeyID
        let token = try #require(session.credentials.sessionToken)
        var bytes = try #require(Base64.decode(token))
        for index in bytes.indices {
            bytes[index] ^= 1
            #expect(throws: SignatureError.unrecognized) {
                try fixture.authority.resolve(accessKeyID: id, sessionToken: Base64.encode(bytes), at: now)
            }
            bytes[index] ^= 1
        }
        #expect(throws: SignatureError.unrecognized) {
            try fixture.authority.resolve(accessKeyID: "ASIAANOTHER", sessionToken: token, at: now)
        }
    }

    @Test
    func `a caller without the permission may not assume a role, declared or not`() async throws {
        let fixture = try IdentityFixture()
        let bob = try fixture.user("bob")
        let now = fixture.time.now()
        let refused = await IdentityFixture.code { _ = try fixture.sts.assumeRole(input(), by: bob, at: now) }
        #expect(refused == "AccessDenied")
    }

    @Test
    func `a trust policy opens its role, and a deny in it closes the role to administrators`() async throws {
        let fixture = try IdentityFixture()
        let now = fixture.time.now()
        func trust(_ effect: String, _ user: String) -> String {
            """
            {"Version":"2012-10-17","Statement":[{"Effect":"\(effect)","Principal":{"AWS":\
            "arn:aws:iam::123456789012:user/\(user)"},"Action":"sts:AssumeRole"}]}
            """
        }
        _ = try await fixture.iam.declare(.init(kind: .role, name: "anybody", trustPolicy: trust("Allow", "bob")))
        _ = try fixture.sts.assumeRole(input(), by: try fixture.user("bob"), at: now)
        _ = try fixture.sts.assumeRole(input(), by: try fixture.user("admin"), at: now)
        let carol = try fixture.user("carol")
        #expect(await IdentityFixture.code { _ = try fixture.sts.assumeRole(input(), by: carol, at: now) } != nil)
        try await fixture.iam.setTrustPolicy(trust("Deny", "admin"), of: "anybody")
        let admin = try fixture.user("admin")
        #expect(await IdentityFixture.code { _ = try fixture.sts.assumeRole(input(), by: admin, at: now) } != nil)
    }

    @Test(arguments: [
        ("role/x", "test", 900), ("arn:aws:iam::123456789012:role/x", "t", 900),
        ("arn:aws:iam::123456789012:role/x", "te st", 900), ("arn:aws:iam::123456789012:role/x", "test", 899),
        ("arn:aws:iam::123456789012:role/x", "test", 43_201),
    ])
    func `an input out of bounds is a validation error`(_ role: String, _ session: String, _ seconds: Int) async throws
    {
        let fixture = try IdentityFixture()
        let admin = try fixture.user("admin")
        let code = await IdentityFixture.code {
            let input = input(role, session: session, seconds: seconds)
            _ = try fixture.sts.assumeRole(input, by: admin, at: fixture.time.now())
        }
        #expect(code == "ValidationError")
    }

    @Test(arguments: ["arn:aws:iam::999999999999:role/x", "arn:aws:iam::123456789012:user/x"])
    func `what is no role of the account can't be assumed`(_ role: String) async throws {
        let fixture = try IdentityFixture()
        let admin = try fixture.user("admin")
        let code = await IdentityFixture.code {
            _ = try fixture.sts.assumeRole(input(role), by: admin, at: fixture.time.now())
        }
        #expect(code == "AccessDenied")
    }
}
