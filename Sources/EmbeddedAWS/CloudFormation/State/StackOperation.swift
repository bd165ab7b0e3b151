// SPDX-License-Identifier: Apache-2.0

import AWSWire
import CoreValues
import JSONDocument

/// What a stack is in the middle of; everything that is needed to go on after a crash.
struct StackOperation: Sendable, Hashable {
    /// The token of the request that started it.
    var clientRequestToken: String?
    /// When a creation gives up.
    var deadline: Timestamp?
    /// What happens when it fails.
    var onFailure: OnFailure
    /// Whether what it created is deleted on rollback even where the template says `Retain`.
    var retainExceptOnCreate = false
    /// Resources that deleting the stack leaves alone because the request says so.
    var retained: [String] = []
    /// Update: what the stack was before.
    var previous: StackDefinition?
    /// Logical ids that the present phase has dealt with.
    var done: [String] = []
    /// Update: how to get back, newest last.
    var undo: [Undo] = []
    /// Resources that are no longer wanted, to be deleted from the last to the first.
    var leftovers: [StackResource] = []
    /// Whether leftovers are there because an operation is being undone.
    var isUndoing = false

    /// What a failure leads to (CloudFormation API reference, CreateStack, OnFailure).
    enum OnFailure: String, Sendable, Hashable {
        /// Everything stays as it is.
        case doNothing = "DO_NOTHING"
        /// What was done is undone.
        case rollBack = "ROLLBACK"
        /// The new stack is deleted.
        case delete = "DELETE"
    }

    /// How a resource was before the update touched it; nothing if the update created it.
    struct Undo: Sendable, Hashable {
        let logicalID: String
        let previous: StackResource?
    }
}

extension StackOperation {
    /// The operation as a part of a stored body.
    var storedForm: JSONValue {
        var body = JSONObject()
        body["token"] = clientRequestToken.map { .string($0) }
        body["deadline"] = deadline?.storedForm
        body["onFailure"] = .string(onFailure.rawValue)
        body["retainExceptOnCreate"] = .bool(retainExceptOnCreate)
        body["retained"] = .array(retained.map { .string($0) })
        body["previous"] = previous?.storedForm
        body["done"] = .array(done.map { .string($0) })
        body["undo"] = .array(
            undo.map { step in
                var item = JSONObject()
                item["logicalId"] = .string(step.logicalID)
                item["previous"] = step.previous?.storedForm
                return .object(item)
            }
        )
        body["leftovers"] = .array(leftovers.map(\.storedForm))
        body["isUndoing"] = .bool(isUndoing)
        return .object(body)
    }

    /// Reads a part of a stored body.
    init(stored reader: InputReader) throws(InputProblem) {
        self.init(
            clientRequestToken: try reader.string("token"),
            deadline: try reader.storedTimestamp("deadline"),
            onFailure: try reader.storedCase("onFailure"),
            retainExceptOnCreate: try reader.bool("retainExceptOnCreate") ?? false,
            retained: try reader.strings("retained") ?? [],
            done: try reader.strings("done") ?? [],
            isUndoing: try reader.bool("isUndoing") ?? false
        )
        if let definition = try reader.structure("previous") {
            previous = try StackDefinition(stored: definition)
        }
        undo =
            try reader.structures("undo") { (item) throws(InputProblem) in
                Undo(
                    logicalID: try item.requiredString("logicalId"),
                    previous: try item.optional("previous", StackResource.init(stored:))
                )
            } ?? []
        leftovers = try reader.structures("leftovers", StackResource.init(stored:)) ?? []
    }
}

extension InputReader {
    /// A structure that may be absent.
    func optional<Value>(
        _ name: String,
        _ content: (InputReader) throws(InputProblem) -> Value
    ) throws(InputProblem) -> Value? {
        guard let reader = try structure(name) else { return nil }
        return try content(reader)
    }
}
