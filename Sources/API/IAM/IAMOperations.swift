// SPDX-License-Identifier: Apache-2.0

import AWSWire
import AccessPolicy
import CoreValues
import EmbeddedAWS
import JSONDocument

/// The operations of IAM; users and roles have the same ones under different names.
struct IAMOperations {
    let service: IAMService

    var all: [AnyOperation] {
        principals(.user) + principals(.role) + policies(.user) + policies(.role) + accessKeys + managedPolicies + [
            operation("UpdateAssumeRolePolicy") { service, reader in
                let role = try reader.requiredString("RoleName")
                try await service.setTrustPolicy(try reader.requiredString("PolicyDocument"), of: role)
                return nil
            }
        ]
    }

    private func operation(
        _ name: String,
        _ body: @escaping @Sendable (IAMService, InputReader) async throws -> JSONValue?
    ) -> AnyOperation {
        let service = service
        return AnyOperation(name) { reader, _ in try await body(service, reader) }
    }

    // MARK: Users and roles

    private func principals(_ kind: PrincipalRecord.Kind) -> [AnyOperation] {
        let word = IAMWire.word(kind)
        return [
            operation("Create\(word)") { service, reader in
                let record = try await service.declare(try Self.declaration(kind, reader))
                return [word: IAMWire.principal(record)]
            },
            operation("Get\(word)") { service, reader in
                [word: IAMWire.principal(try service.principal(kind, try reader.requiredString("\(word)Name")))]
            },
            operation("Delete\(word)") { service, reader in
                try await service.remove(kind, try reader.requiredString("\(word)Name"))
                return nil
            },
            operation("List\(word)s") { service, reader in
                let found = service.principals(kind, below: try reader.string("PathPrefix") ?? "/")
                return IAMWire.list("\(word)s", found.map(IAMWire.principal))
            },
        ]
    }

    private static func declaration(
        _ kind: PrincipalRecord.Kind,
        _ reader: InputReader
    ) throws -> IAMService.Declaration {
        for name in ["Tags"] where reader.value(name) != nil {
            throw reader.invalid(name, "is not supported by the embedded IAM; leave it out")
        }
        return IAMService.Declaration(
            kind: kind,
            name: try reader.requiredString("\(IAMWire.word(kind))Name"),
            path: try reader.string("Path") ?? "/",
            details: try reader.string("Description"),
            trustPolicy: kind == .role ? try reader.requiredString("AssumeRolePolicyDocument") : nil,
            maxSessionDuration: try reader.integer("MaxSessionDuration") ?? 3_600,
            permissionBoundary: try reader.string("PermissionsBoundary")
        )
    }

    // MARK: Policies of users and roles

    private func policies(_ kind: PrincipalRecord.Kind) -> [AnyOperation] {
        let word = IAMWire.word(kind)
        let member = "\(word)Name"
        return [
            operation("Put\(word)Policy") { service, reader in
                let policy = try reader.requiredString("PolicyName")
                let document = try reader.requiredString("PolicyDocument")
                try await service.putPolicy(policy, document, on: kind, try reader.requiredString(member))
                return nil
            },
            operation("Get\(word)Policy") { service, reader in
                let name = try reader.requiredString(member)
                let policy = try reader.requiredString("PolicyName")
                let document = try service.policy(policy, of: kind, name)
                return [
                    member: .string(name), "PolicyName": .string(policy),
                    "PolicyDocument": .string(IAMWire.encoded(document)),
                ]
            },
            operation("Delete\(word)Policy") { service, reader in
                let policy = try reader.requiredString("PolicyName")
                try await service.removePolicy(policy, from: kind, try reader.requiredString(member))
                return nil
            },
            operation("List\(word)Policies") { service, reader in
                let record = try service.principal(kind, try reader.requiredString(member))
                return IAMWire.list("PolicyNames", record.inlinePolicies.map { .string($0.name) })
            },
            operation("Attach\(word)Policy") { service, reader in
                let arn = try reader.requiredString("PolicyArn")
                try await service.attach(arn, to: kind, try reader.requiredString(member))
                return nil
            },
            operation("Detach\(word)Policy") { service, reader in
                let arn = try reader.requiredString("PolicyArn")
                try await service.detach(arn, from: kind, try reader.requiredString(member))
                return nil
            },
            operation("ListAttached\(word)Policies") { service, reader in
                let record = try service.principal(kind, try reader.requiredString(member))
                return IAMWire.list(
                    "AttachedPolicies",
                    record.attachedPolicies.map { arn in
                        let name = ManagedPolicy.named(arn)?.name ?? arn
                        return ["PolicyName": .string(name), "PolicyArn": .string(arn)]
                    }
                )
            },
        ]
    }

    private var managedPolicies: [AnyOperation] {
        [
            operation("ListPolicies") { _, reader in
                let isLocal = try reader.string("Scope") == "Local"
                return IAMWire.list("Policies", (isLocal ? [] : ManagedPolicy.all).map(IAMWire.policy))
            },
            operation("GetPolicy") { service, reader in
                ["Policy": IAMWire.policy(try service.managedPolicy(try reader.requiredString("PolicyArn")))]
            },
            operation("GetPolicyVersion") { service, reader in
                let policy = try service.managedPolicy(try reader.requiredString("PolicyArn"))
                guard try reader.requiredString("VersionId") == "v1" else {
                    throw AWSError("NoSuchEntity", "Policy \(policy.arn) has the version v1 only.", status: 404)
                }
                let text = policy.document.json.text()
                return [
                    "PolicyVersion": [
                        "Document": .string(IAMWire.encoded(text)), "VersionId": "v1", "IsDefaultVersion": true,
                    ]
                ]
            },
        ]
    }

    // MARK: Access keys

    private var accessKeys: [AnyOperation] {
        [
            AnyOperation("CreateAccessKey") { [service] reader, context in
                let user = try Self.user(reader, context)
                return ["AccessKey": IAMWire.issuedKey(try service.createAccessKey(of: user), of: user)]
            },
            AnyOperation("ListAccessKeys") { [service] reader, context in
                let user = try Self.user(reader, context)
                let keys = try service.accessKeys(of: user).map { IAMWire.accessKey($0, of: user) }
                return IAMWire.list("AccessKeyMetadata", keys)
            },
            AnyOperation("UpdateAccessKey") { [service] reader, context in
                let status = try reader.requiredString("Status")
                guard status == "Active" || status == "Inactive" else {
                    throw reader.invalid("Status", "`\(status)` is none of Active, Inactive")
                }
                try service.setAccessKey(
                    try reader.requiredString("AccessKeyId"),
                    of: try Self.user(reader, context),
                    active: status == "Active"
                )
                return nil
            },
            AnyOperation("DeleteAccessKey") { [service] reader, context in
                let id = try reader.requiredString("AccessKeyId")
                try service.setAccessKey(id, of: try Self.user(reader, context), active: nil)
                return nil
            },
        ]
    }

    /// The user named, or else the one who calls.
    private static func user(_ reader: InputReader, _ context: RequestContext) throws -> String {
        if let name = try reader.string("UserName") {
            return name
        }
        guard case .user(let name) = context.caller.kind else {
            throw AWSError("ValidationError", "Must specify userName when calling with non-User credentials")
        }
        return name
    }
}
