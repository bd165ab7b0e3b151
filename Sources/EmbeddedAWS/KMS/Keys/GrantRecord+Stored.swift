// SPDX-License-Identifier: Apache-2.0

import AWSWire
import JSONDocument

extension GrantRecord {
    /// The record's body, format version 1.
    var storedForm: JSONValue {
        var body = JSONObject()
        body["formatVersion"] = .number(JSONNumber(EmbeddedRecord.formatVersion))
        body["id"] = .string(id)
        body["keyId"] = .string(keyID.description)
        body["name"] = name.map { .string($0) }
        body["grantee"] = grantee.storedForm
        body["retiring"] = retiring?.storedForm
        body["operations"] = .array(operations.map { .string($0) })
        body["encryptionContextEquals"] = constraints.encryptionContextEquals.map(Self.storedForm)
        body["encryptionContextSubset"] = constraints.encryptionContextSubset.map(Self.storedForm)
        body["sourceArn"] = constraints.sourceARN.map { .string($0) }
        body["issuingAccount"] = .string(issuingAccount)
        body["createdAt"] = createdAt.storedForm
        return .object(body)
    }

    /// Reads a body of format version 1.
    init(stored reader: InputReader) throws(InputProblem) {
        guard let keyID = KeyID(try reader.requiredString("keyId")) else {
            throw reader.invalid("keyId", "not a key id")
        }
        let constraints = Constraints(
            encryptionContextEquals: try Self.context(reader, "encryptionContextEquals"),
            encryptionContextSubset: try Self.context(reader, "encryptionContextSubset"),
            sourceARN: try reader.string("sourceArn")
        )
        let retiring = try reader.structure("retiring")
        self.init(
            id: try reader.requiredString("id"),
            keyID: keyID,
            name: try reader.string("name"),
            grantee: try Party(stored: try reader.required("grantee", try reader.structure("grantee"))),
            retiring: try retiring.map { (party) throws(InputProblem) in try Party(stored: party) },
            operations: try reader.required("operations", try reader.strings("operations")),
            constraints: constraints,
            issuingAccount: try reader.requiredString("issuingAccount"),
            createdAt: try reader.requiredStoredTimestamp("createdAt")
        )
    }

    private static func storedForm(_ context: [String: String]) -> JSONValue {
        var object = JSONObject()
        for (name, value) in context.sorted(by: { $0.key < $1.key }) {
            object[name] = .string(value)
        }
        return .object(object)
    }

    private static func context(_ reader: InputReader, _ name: String) throws(InputProblem) -> [String: String]? {
        guard let pairs = try reader.stringMap(name) else { return nil }
        return Dictionary(pairs.map { ($0.name, $0.value) }) { _, last in last }
    }
}

extension GrantRecord.Party {
    fileprivate var storedForm: JSONValue {
        switch self {
        case .principal(let arn): ["principal": .string(arn)]
        case .service(let name): ["service": .string(name)]
        }
    }

    fileprivate init(stored reader: InputReader) throws(InputProblem) {
        if let arn = try reader.string("principal") {
            self = .principal(arn)
        } else {
            self = .service(try reader.requiredString("service"))
        }
    }
}
