// SPDX-License-Identifier: Apache-2.0

import AWSWire
import CoreValues
import EmbeddedAWS
import JSONDocument

/// Users, roles and policies as IAM writes them.
enum IAMWire {
    /// The word that operations and members use for a kind.
    static func word(_ kind: PrincipalRecord.Kind) -> String {
        kind == .user ? "User" : "Role"
    }

    static func principal(_ record: PrincipalRecord) -> JSONValue {
        let word = word(record.kind)
        var object = JSONObject()
        object["Path"] = .string(record.path)
        object["\(word)Name"] = .string(record.name)
        object["\(word)Id"] = .string(record.uniqueID)
        object["Arn"] = .string(record.arn.description)
        object["CreateDate"] = .string(record.createdAt.extendedForm)
        object["Description"] = record.details.map { .string($0) }
        if record.kind == .role {
            object["AssumeRolePolicyDocument"] = record.trustPolicy.map { .string(encoded($0)) }
            object["MaxSessionDuration"] = .number(JSONNumber(record.maxSessionDuration))
        }
        if let boundary = record.permissionBoundary {
            object["PermissionsBoundary"] = [
                "PermissionsBoundaryType": "Policy", "PermissionsBoundaryArn": .string(boundary),
            ]
        }
        return .object(object)
    }

    static func policy(_ policy: ManagedPolicy) -> JSONValue {
        [
            "PolicyName": .string(policy.name), "PolicyId": .string("ANPA\(policy.name.uppercased())"),
            "Arn": .string(policy.arn), "Path": "/", "DefaultVersionId": "v1", "IsAttachable": true,
            "Description": .string(policy.details),
        ]
    }

    static func issuedKey(_ key: CredentialAuthority.IssuedKey, of user: String) -> JSONValue {
        [
            "UserName": .string(user), "AccessKeyId": .string(key.accessKeyID), "Status": "Active",
            "SecretAccessKey": .string(key.secretAccessKey),
        ]
    }

    static func accessKey(_ key: AccessKeyRecord, of user: String) -> JSONValue {
        [
            "UserName": .string(user), "AccessKeyId": .string(key.accessKeyID),
            "Status": .string(key.isActive ? "Active" : "Inactive"), "CreateDate": .string(key.createdAt.extendedForm),
        ]
    }

    /// A whole list; the embedded IAM has no pages.
    static func list(_ name: String, _ elements: [JSONValue]) -> JSONValue {
        var object = JSONObject()
        object[name] = .array(elements)
        object["IsTruncated"] = false
        return .object(object)
    }

    /// A policy's text, percent-encoded as IAM answers it (RFC 3986).
    static func encoded(_ text: String) -> String {
        PercentEncoding.encode(text)
    }
}
