// SPDX-License-Identifier: Apache-2.0

import AWSWire
import AccessPolicy
import CoreValues
import EmbeddedAWS
import JSONDocument
import Testing

/// The seven parameterisations of the change type's reference, each as an enforced policy: who may do what, in the
/// documented and in the corrected wording.
struct DocumentedPolicyTests {
    enum Operation: String, Sendable {
        case encrypt, decrypt, reEncrypt, dataKey, describe, createGrant, listGrants
    }

    struct Case: Sendable, CustomTestStringConvertible {
        let name: String
        let rendering: KeyPolicy.Rendering
        let caller: String
        let operation: Operation
        let context: [String: String]
        let viaService: String?
        let isAllowed: Bool

        var testDescription: String {
            "\(name), \(rendering.rawValue): \(caller) \(operation.rawValue) \(context) \(viaService ?? "") \(isAllowed)"
        }

        init(
            _ name: String,
            in rendering: KeyPolicy.Rendering = .documented,
            _ caller: String,
            _ operation: Operation,
            with context: [String: String] = [:],
            via service: String? = nil,
            _ isAllowed: Bool
        ) {
            self.name = name
            self.rendering = rendering
            self.caller = caller
            self.operation = operation
            self.context = context
            viaService = service
            self.isAllowed = isAllowed
        }
    }

    static let cases: [Case] = [
        Case("decrypt", "role/roleA", .decrypt, true), Case("decrypt", "user/userB", .decrypt, true),
        Case("decrypt", "role/roleA", .describe, true), Case("decrypt", "role/roleA", .encrypt, false),
        Case("decrypt", "role/other", .decrypt, false), Case("decrypt", "user/roleA", .decrypt, false),
        Case("encrypt", "role/roleA", .encrypt, true), Case("encrypt", "user/userB", .dataKey, true),
        Case("encrypt", "role/roleA", .decrypt, false), Case("encrypt", "role/other", .encrypt, false),
        Case("encrypt", "role/roleA", .reEncrypt, true),
        Case("encrypt", in: .hardened, "role/roleA", .reEncrypt, false),
        Case("grants", "role/roleA", .createGrant, true), Case("grants", "role/roleA", .listGrants, true),
        Case("grants", "role/roleA", .decrypt, false), Case("grants", "role/other", .createGrant, false),
        Case("limit-grants", "role/roleA", .createGrant, false), Case("limit-grants", "role/roleA", .listGrants, false),
        Case("limit-grants", "root", .listGrants, false),
        Case("limit-grants", in: .hardened, "root", .listGrants, true),
        Case("limit-grants", "role/roleA", .createGrant, via: "ec2.us-east-1.amazonaws.com", true),
        Case("enforce-context", "root", .encrypt, false),
        Case("enforce-context", "root", .encrypt, with: ["a": "b"], true),
        Case("enforce-context", "root", .decrypt, false), Case("enforce-context", "root", .describe, true),
        Case("enforce-context", "root", .reEncrypt, true),
        Case("enforce-context", in: .corrected, "root", .reEncrypt, false),
        Case("enforce-context", in: .corrected, "root", .encrypt, with: ["a": "b"], true),
        Case("allowed-context", "root", .encrypt, with: ["Name": "x"], true),
        Case("allowed-context", "root", .encrypt, with: ["Other": "x"], true),
        Case("allowed-context", in: .corrected, "root", .encrypt, with: ["Name": "x"], true),
        Case("allowed-context", in: .corrected, "root", .encrypt, with: ["Other": "x"], false),
        Case("allowed-context", in: .corrected, "root", .encrypt, with: ["Name": "x", "Other": "x"], true),
        Case("allowed-context", in: .corrected, "root", .encrypt, false),
        Case("services", "role/other", .encrypt, false),
        Case("services", "role/other", .encrypt, via: "ec2.us-west-2.amazonaws.com", true),
        Case("services", "role/other", .encrypt, via: "s3.us-east-1.amazonaws.com", false),
        Case("services", "role/other", .describe, via: "ecr.us-east-1.amazonaws.com", true),
    ]

    @Test(arguments: cases)
    func `a documented policy lets through whom it names and nobody else`(_ row: Case) async throws {
        let fixture = try KMSFixture()
        let policy = KeyPolicy(try Self.parameters(row.name, fixture.accountID), rendering: row.rendering)
        let key = try await fixture.key()
        let blob = try await fixture.encrypt("x", key, context: row.context)
        _ = try await fixture.perform {
            try $0.putKeyPolicy(
                key.arn,
                name: nil,
                policy: policy.json.text(),
                bypassesLockoutCheck: nil,
                $1,
                in: $2
            )
        }
        let caller = Self.caller(row.caller, fixture)
        let error = await awsError { try await Self.run(row, key, blob, caller, fixture) }
        #expect(error?.code == (row.isAllowed ? nil : "AccessDeniedException"))
    }

    private static func parameters(_ name: String, _ account: AccountID) throws -> KeyAccessParameters {
        let principals = try ["role/roleA", "user/userB"].map { try PrincipalReference.parse($0, account: account) }
        var parameters = KeyAccessParameters(account: account)
        switch name {
        case "decrypt": parameters.decryptPrincipals = principals
        case "encrypt": parameters.encryptPrincipals = principals
        case "grants": parameters.grantsPrincipals = principals
        case "limit-grants":
            parameters.grantsPrincipals = principals
            parameters.limitGrantsToAWSResources = true
        case "enforce-context": parameters.enforceEncryptionContextKeys = true
        case "allowed-context": parameters.allowedEncryptionContextKeys = ["Name", "Application"]
        default: parameters.allowServices = ["ec2.us-west-2.amazonaws.com", "ecr.us-east-1.amazonaws.com"]
        }
        return parameters
    }

    private static func caller(_ name: String, _ fixture: KMSFixture) -> CallerIdentity {
        let short = name.split(separator: "/").last.map(String.init) ?? name
        if name.hasPrefix("role/") {
            return fixture.role(short)
        }
        return name == "root" ? fixture.root : fixture.user(short)
    }

    private static func run(
        _ row: Case,
        _ key: KeyRecord,
        _ blob: [UInt8],
        _ caller: CallerIdentity,
        _ fixture: KMSFixture
    ) async throws {
        let request = CryptographyRequest(encryptionContext: EncryptionContext(row.context))
        let service = fixture.service
        switch row.operation {
        case .encrypt:
            _ = try await service.encrypt([1], keyID: key.arn, request, as: caller, viaService: row.viaService)
        case .dataKey:
            _ = try await service.generateDataKey(
                keyID: key.arn,
                keySpec: "AES_256",
                numberOfBytes: nil,
                withPlaintext: true,
                request,
                as: caller
            )
        case .decrypt:
            _ = try await service.decrypt(blob, keyID: nil, request, as: caller)
        case .reEncrypt:
            _ = try await service.reEncrypt(
                blob,
                sourceKeyID: nil,
                request,
                destinationKeyID: key.arn,
                request,
                as: caller
            )
        case .describe:
            _ = try await fixture.perform(as: caller, viaService: row.viaService) {
                try $0.describeKey(key.arn, $1, in: $2)
            }
        case .createGrant:
            let grant = NewGrant(grantees: [.principal(caller.arn.description)], operations: ["Decrypt"])
            _ = try await fixture.perform(as: caller, viaService: row.viaService) {
                try $0.createGrant(key.arn, grant, $1, in: $2)
            }
        case .listGrants:
            _ = try await fixture.perform(as: caller) { try $0.listGrants(key.arn, PageRequest(), $1, in: $2) }
        }
    }
}
