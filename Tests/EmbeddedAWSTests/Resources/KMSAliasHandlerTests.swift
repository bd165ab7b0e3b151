// SPDX-License-Identifier: Apache-2.0

import EmbeddedAWS
import JSONDocument
import Testing

struct KMSAliasHandlerTests {
    let fixture: KMSResourceFixture

    init() throws {
        fixture = try KMSResourceFixture()
    }

    private func properties(_ name: String, _ key: String) -> JSONValue {
        ["AliasName": .string(name), "TargetKeyId": .string(key)]
    }

    @Test func `an alias is made, moved and deleted`() async throws {
        let first = try await fixture.create(.key, [:])
        let second = try await fixture.create(.key, [:])
        let name = try await fixture.create(.alias, properties("alias/app", first))
        #expect(name == "alias/app")
        func target() -> String? {
            fixture.kms.account.read { $0.kms.alias("alias/app")?.keyID.description }
        }
        #expect(target() == first)
        let arn = try fixture.key(second).arn
        try await fixture.update(.alias, name, from: properties("alias/app", first), to: properties("alias/app", arn))
        #expect(target() == second)
        try await fixture.delete(.alias, name)
        #expect(target() == nil)
        try await fixture.delete(.alias, name)
    }

    @Test func `a name that is taken is refused before anything is tried`() async throws {
        let key = try await fixture.create(.key, [:])
        _ = try await fixture.create(.alias, properties("alias/app", key))
        let nobody = fixture.kms.user("nobody")
        for caller in [fixture.kms.root, nobody] {
            let failure = await resourceFailure {
                _ = try await fixture.create(.alias, properties("alias/app", key), as: caller)
            }
            let message = "Resource of type 'AWS::KMS::Alias' with identifier 'alias/app' already exists."
            #expect(failure == ResourceFailure(code: "AlreadyExists", message: message))
        }
        let failure = await resourceFailure {
            _ = try await fixture.create(.alias, properties("alias/free", key), as: nobody)
        }
        #expect(failure?.code == "AccessDenied")
    }

    @Test(arguments: [
        (["AliasName": "app", "TargetKeyId": "k"], "#/AliasName: string [app] does not match pattern"),
        (["AliasName": "alias/", "TargetKeyId": "k"], "#/AliasName: string [alias/] does not match pattern"),
        (["AliasName": "alias/a b", "TargetKeyId": "k"], "#/AliasName: string [alias/a b] does not match pattern"),
        (["AliasName": "alias/a"], "#: required key [TargetKeyId] not found"),
        (["TargetKeyId": "k"], "#: required key [AliasName] not found"),
        (["AliasName": "alias/a", "TargetKeyId": "k", "Tags": ""], "#: extraneous key [Tags] is not permitted"),
        (["AliasName": "alias/a", "TargetKeyId": "k"], "Invalid keyId 'k'"),
        (["AliasName": "alias/aws/a", "TargetKeyId": "k"], "reserved for AWS managed keys"),
        (["AliasName": "alias/a", "TargetKeyId": "alias/b"], "Aliases must refer to keys. Not aliases"),
    ])
    func `wrong properties are refused with the reason`(_ texts: [String: String], _ message: String) async throws {
        let failure = await resourceFailure { _ = try await fixture.create(.alias, .object(texts)) }
        #expect(failure?.message.contains(message) == true, "\(failure?.message ?? "none")")
    }

    @Test func `another name is another alias`() throws {
        let handler = try fixture.handler(.alias)
        func object(_ name: String, _ key: String) -> JSONObject {
            properties(name, key).object ?? JSONObject()
        }
        #expect(try handler.needsReplacement(from: object("alias/a", "k"), to: object("alias/b", "k")))
        #expect(try !handler.needsReplacement(from: object("alias/a", "k"), to: object("alias/a", "l")))
    }
}
