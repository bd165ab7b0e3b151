// SPDX-License-Identifier: Apache-2.0

import AWSWire
import CoreValues
import JSONDocument

extension StackRecord {
    /// The record's body, format version 1.
    var storedForm: JSONValue {
        var body = JSONObject()
        body["formatVersion"] = .number(JSONNumber(EmbeddedRecord.formatVersion))
        body["id"] = .string(id)
        body["name"] = .string(name)
        body["createdAt"] = createdAt.storedForm
        body["status"] = .string(status.rawValue)
        body["statusReason"] = statusReason.map { .string($0) }
        body["updatedAt"] = updatedAt?.storedForm
        body["deletedAt"] = deletedAt?.storedForm
        body["definition"] = definition.storedForm
        body["description"] = details.map { .string($0) }
        body["caller"] = caller.storedForm
        body["disableRollback"] = .bool(disableRollback)
        body["timeoutMinutes"] = timeoutMinutes.map { .number(JSONNumber($0)) }
        body["retainExceptOnCreate"] = .bool(retainExceptOnCreate)
        body["terminationProtection"] = .bool(terminationProtection)
        body["stackPolicy"] = stackPolicy.map { .string($0) }
        body["resources"] = .array(resources.map(\.storedForm))
        body["abandoned"] = abandoned.isEmpty ? nil : .array(abandoned.map(\.storedForm))
        body["outputs"] = .array(outputs.map(\.storedForm))
        body["changeSetId"] = changeSetID.map { .string($0) }
        body["operation"] = operation?.storedForm
        body["tokens"] = .array(tokens.map(\.storedForm))
        return .object(body)
    }

    /// Reads a body of format version 1.
    init(stored reader: InputReader) throws(InputProblem) {
        self.init(
            id: try reader.requiredString("id"),
            name: try reader.requiredString("name"),
            createdAt: try reader.requiredStoredTimestamp("createdAt"),
            status: try reader.storedCase("status"),
            statusReason: try reader.string("statusReason"),
            updatedAt: try reader.storedTimestamp("updatedAt"),
            deletedAt: try reader.storedTimestamp("deletedAt"),
            definition: try reader.required(
                "definition",
                try reader.optional("definition", StackDefinition.init(stored:))
            ),
            details: try reader.string("description"),
            caller: try reader.required("caller", try reader.optional("caller", CallerIdentity.init(stored:))),
            disableRollback: try reader.bool("disableRollback") ?? false,
            timeoutMinutes: try reader.integer("timeoutMinutes"),
            retainExceptOnCreate: try reader.bool("retainExceptOnCreate") ?? false,
            terminationProtection: try reader.bool("terminationProtection") ?? false,
            stackPolicy: try reader.string("stackPolicy"),
            resources: try reader.structures("resources", StackResource.init(stored:)) ?? [],
            abandoned: try reader.structures("abandoned", StackResource.init(stored:)) ?? [],
            outputs: try reader.structures("outputs", StackOutput.init(stored:)) ?? [],
            changeSetID: try reader.string("changeSetId"),
            operation: try reader.optional("operation", StackOperation.init(stored:)),
            tokens: try reader.structures("tokens", StackToken.init(stored:)) ?? []
        )
    }
}

extension StackOutput {
    fileprivate var storedForm: JSONValue {
        var body = JSONObject()
        body["key"] = .string(key)
        body["value"] = .string(value)
        body["description"] = details.map { .string($0) }
        body["exportName"] = exportName.map { .string($0) }
        return .object(body)
    }

    fileprivate init(stored reader: InputReader) throws(InputProblem) {
        self.init(
            key: try reader.requiredString("key"),
            value: try reader.requiredString("value"),
            details: try reader.string("description"),
            exportName: try reader.string("exportName")
        )
    }
}

extension StackToken {
    /// The token as a part of a stored body.
    var storedForm: JSONValue {
        ["operation": .string(operation), "token": .string(token), "fingerprint": .string(fingerprint)]
    }

    /// Reads a part of a stored body.
    init(stored reader: InputReader) throws(InputProblem) {
        self.init(
            operation: try reader.requiredString("operation"),
            token: try reader.requiredString("token"),
            fingerprint: try reader.requiredString("fingerprint")
        )
    }
}

extension CallerIdentity {
    fileprivate var storedForm: JSONValue {
        var body = JSONObject()
        switch kind {
        case .root: body["kind"] = "root"
        case .user(let name):
            body["kind"] = "user"
            body["name"] = .string(name)
        case .assumedRole(let roleARN, let sessionName):
            body["kind"] = "assumed-role"
            body["role"] = .string(roleARN.description)
            body["session"] = .string(sessionName)
        }
        body["arn"] = .string(arn.description)
        body["account"] = .string(accountID.description)
        body["userId"] = .string(userID)
        return .object(body)
    }

    fileprivate init(stored reader: InputReader) throws(InputProblem) {
        guard let arn = ARN(parsing: try reader.requiredString("arn")) else {
            throw reader.invalid("arn", "not an ARN")
        }
        guard let account = AccountID(try reader.requiredString("account")) else {
            throw reader.invalid("account", "not an account id")
        }
        self.init(
            kind: try Self.kind(reader),
            arn: arn,
            accountID: account,
            userID: try reader.requiredString("userId")
        )
    }

    private static func kind(_ reader: InputReader) throws(InputProblem) -> Kind {
        switch try reader.requiredString("kind") {
        case "root":
            return .root
        case "user":
            return .user(name: try reader.requiredString("name"))
        case "assumed-role":
            guard let role = ARN(parsing: try reader.requiredString("role")) else {
                throw reader.invalid("role", "not an ARN")
            }
            return .assumedRole(roleARN: role, sessionName: try reader.requiredString("session"))
        default:
            throw reader.invalid("kind", "not a kind of caller")
        }
    }
}
