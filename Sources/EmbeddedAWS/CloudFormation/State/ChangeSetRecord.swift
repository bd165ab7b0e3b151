// SPDX-License-Identifier: Apache-2.0

import AWSWire
package import CoreValues
package import JSONDocument

/// A change set: what a stack would become.
package struct ChangeSetRecord: Sendable, Hashable {
    /// Whether it makes a new stack or changes one; the raw value is the wire's word.
    package enum Kind: String, Sendable, Hashable {
        /// It creates the stack, which waits in review.
        case create = "CREATE"
        /// It updates the stack.
        case update = "UPDATE"
    }

    /// Whether it could be worked out; the raw value is the wire's word.
    package enum Status: String, Sendable, Hashable {
        /// It could, and its changes are known.
        case createComplete = "CREATE_COMPLETE"
        /// It could not, or would change nothing.
        case failed = "FAILED"
    }

    /// Whether it can be executed; the raw value is the wire's word.
    package enum ExecutionStatus: String, Sendable, Hashable {
        /// It can't, for it failed.
        case unavailable = "UNAVAILABLE"
        /// It can.
        case available = "AVAILABLE"
        /// Its execution has started.
        case executeInProgress = "EXECUTE_IN_PROGRESS"
        /// Its execution has succeeded.
        case executeComplete = "EXECUTE_COMPLETE"
        /// Its execution has failed.
        case executeFailed = "EXECUTE_FAILED"
        /// The stack has changed since.
        case obsolete = "OBSOLETE"
    }

    /// The change set's ARN.
    package let id: String
    /// Its name, unique within its stack.
    package let name: String
    /// The stack's ARN.
    package let stackID: String
    /// The stack's name.
    package let stackName: String
    /// When it was made.
    package let createdAt: Timestamp
    /// Whether it makes or changes the stack.
    package let kind: Kind
    /// What its author says about it.
    package let details: String?
    /// What the stack would be.
    package let definition: StackDefinition
    /// What a failure of its execution leads to, if the request says so.
    let onFailure: StackOperation.OnFailure?
    /// Whether it could be worked out.
    package var status: Status
    /// Why not.
    package var statusReason: String?
    /// Whether it can be executed.
    package var executionStatus: ExecutionStatus
    /// The changes as the wire's `ResourceChange` objects.
    package let changes: [JSONValue]
    /// The token of the request that made it, with the request's fingerprint.
    let token: StackToken?
}

extension ChangeSetRecord {
    /// The record's body, format version 1.
    var storedForm: JSONValue {
        var body = JSONObject()
        body["formatVersion"] = .number(JSONNumber(EmbeddedRecord.formatVersion))
        body["id"] = .string(id)
        body["name"] = .string(name)
        body["stackId"] = .string(stackID)
        body["stackName"] = .string(stackName)
        body["createdAt"] = createdAt.storedForm
        body["kind"] = .string(kind.rawValue)
        body["description"] = details.map { .string($0) }
        body["definition"] = definition.storedForm
        body["onFailure"] = onFailure.map { .string($0.rawValue) }
        body["status"] = .string(status.rawValue)
        body["statusReason"] = statusReason.map { .string($0) }
        body["executionStatus"] = .string(executionStatus.rawValue)
        body["changes"] = .array(changes)
        body["token"] = token?.storedForm
        return .object(body)
    }

    /// Reads a body of format version 1.
    init(stored reader: InputReader) throws(InputProblem) {
        self.init(
            id: try reader.requiredString("id"),
            name: try reader.requiredString("name"),
            stackID: try reader.requiredString("stackId"),
            stackName: try reader.requiredString("stackName"),
            createdAt: try reader.requiredStoredTimestamp("createdAt"),
            kind: try reader.storedCase("kind"),
            details: try reader.string("description"),
            definition: try reader.required(
                "definition",
                try reader.optional("definition", StackDefinition.init(stored:))
            ),
            onFailure: try reader.string("onFailure").flatMap(StackOperation.OnFailure.init(rawValue:)),
            status: try reader.storedCase("status"),
            statusReason: try reader.string("statusReason"),
            executionStatus: try reader.storedCase("executionStatus"),
            changes: try reader.list("changes") { (value, _) throws(InputProblem) in value } ?? [],
            token: try reader.optional("token", StackToken.init(stored:))
        )
    }
}
