// SPDX-License-Identifier: Apache-2.0

import CoreValues
import EmbeddedAWS
import JSONDocument

/// How `kms` writes answers: absent members omitted, times as seconds since 1970.
///
/// Source: KMS API reference, "Data Types".
enum KMSWire {
    private static let algorithms: JSONValue = ["SYMMETRIC_DEFAULT"]

    /// `KeyMetadata`.
    static func metadata(_ key: KeyRecord, _ place: KMSPlace) -> JSONValue {
        var object = JSONObject()
        object["AWSAccountId"] = .string(place.accountID.description)
        object["KeyId"] = .string(key.id.description)
        object["Arn"] = .string(key.arn)
        object["CreationDate"] = time(key.createdAt)
        object["Enabled"] = .bool(key.status == .enabled)
        object["Description"] = .string(key.details)
        object["KeyUsage"] = "ENCRYPT_DECRYPT"
        object["KeyState"] = .string(key.stateName)
        object["DeletionDate"] = key.deletionDate.flatMap(time)
        object["Origin"] = "AWS_KMS"
        object["KeyManager"] = "CUSTOMER"
        object["CustomerMasterKeySpec"] = "SYMMETRIC_DEFAULT"
        object["KeySpec"] = "SYMMETRIC_DEFAULT"
        object["EncryptionAlgorithms"] = algorithms
        object["MultiRegion"] = false
        object["CurrentKeyMaterialId"] = (key.materials.last?.id).map { .string($0) }
        return .object(object)
    }

    /// An element of `Aliases`.
    static func alias(_ alias: AliasRecord) -> JSONValue {
        var object = JSONObject()
        object["AliasName"] = .string(alias.name)
        object["AliasArn"] = .string(alias.arn)
        object["TargetKeyId"] = .string(alias.keyID.description)
        object["CreationDate"] = time(alias.createdAt)
        object["LastUpdatedDate"] = time(alias.updatedAt)
        return .object(object)
    }

    /// An element of `Grants`.
    static func grant(_ grant: GrantRecord, _ place: KMSPlace) -> JSONValue {
        var object = JSONObject()
        object["KeyId"] = .string(place.keyARN(grant.keyID))
        object["GrantId"] = .string(grant.id)
        object["Name"] = grant.name.map { .string($0) }
        object["CreationDate"] = time(grant.createdAt)
        append(grant.grantee, as: "Grantee", to: &object)
        if let retiring = grant.retiring {
            append(retiring, as: "Retiring", to: &object)
        }
        object["IssuingAccount"] = .string("arn:\(place.partition):iam::\(grant.issuingAccount):root")
        object["Operations"] = .array(grant.operations.map { .string($0) })
        object["Constraints"] = constraints(grant.constraints)
        return .object(object)
    }

    private static func append(_ party: GrantRecord.Party, as role: String, to object: inout JSONObject) {
        switch party {
        case .principal(let arn): object["\(role)Principal"] = .string(arn)
        case .service(let name): object["\(role)ServicePrincipal"] = .string(name)
        }
    }

    private static func constraints(_ constraints: GrantRecord.Constraints) -> JSONValue? {
        var object = JSONObject()
        object["EncryptionContextEquals"] = constraints.encryptionContextEquals.map(pairs)
        object["EncryptionContextSubset"] = constraints.encryptionContextSubset.map(pairs)
        object["SourceArn"] = constraints.sourceARN.map { .string($0) }
        return object.isEmpty ? nil : .object(object)
    }

    private static func pairs(_ values: [String: String]) -> JSONValue {
        var object = JSONObject()
        for (name, value) in values.sorted(by: { $0.key < $1.key }) {
            object[name] = .string(value)
        }
        return .object(object)
    }

    /// A page of a list with `Truncated`, and `NextMarker` when there is more.
    static func page<Item>(_ page: Page<Item>, _ name: String, _ item: (Item) -> JSONValue) -> JSONValue {
        var object = JSONObject()
        object[name] = .array(page.items.map(item))
        object["NextMarker"] = page.nextMarker.map { .string($0) }
        object["Truncated"] = .bool(page.nextMarker != nil)
        return .object(object)
    }

    /// A moment as seconds since 1970, with milliseconds.
    static func time(_ time: Timestamp) -> JSONValue? {
        JSONNumber(time.epochSeconds).map { .number($0) }
    }

    /// A blob.
    static func blob(_ bytes: [UInt8]) -> JSONValue {
        .string(Base64.encode(bytes))
    }
}
