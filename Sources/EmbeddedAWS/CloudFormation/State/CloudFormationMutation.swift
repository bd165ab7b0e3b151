// SPDX-License-Identifier: Apache-2.0

import AWSWire

/// A decided change of stacks, events or change sets.
package enum CloudFormationMutation: Sendable {
    /// Writes a stack, over an older record of it.
    case putStack(StackRecord)
    /// Adds an event to a stack that is already there.
    case appendEvent(StackEvent)
    /// Writes a change set, over an older record of it.
    case putChangeSet(ChangeSetRecord)
    /// Removes a change set.
    case removeChangeSet(String)

    /// Reads a stored record.
    /// - Throws: EmbeddedRecordError when the body isn't what the kind promises.
    init(restoring record: EmbeddedRecord) throws {
        self = try record.read { (reader) throws(InputProblem) in
            switch record.kind {
            case .stack: .putStack(try StackRecord(stored: reader))
            case .stackEvent: .appendEvent(try StackEvent(stored: reader))
            case .changeSet: .putChangeSet(try ChangeSetRecord(stored: reader))
            case .key, .alias, .grant, .principal:
                throw InputProblem(
                    .invalidValue,
                    at: reader.path,
                    "a \(record.kind.rawValue) is no record of CloudFormation"
                )
            }
        }
    }

    /// What the store writes for it.
    var stored: EmbeddedChange {
        switch self {
        case .putStack(let stack): .put(EmbeddedRecord(kind: .stack, id: stack.id, body: stack.storedForm))
        case .appendEvent(let event):
            .put(EmbeddedRecord(kind: .stackEvent, id: event.recordID, body: event.storedForm))
        case .putChangeSet(let set): .put(EmbeddedRecord(kind: .changeSet, id: set.id, body: set.storedForm))
        case .removeChangeSet(let id): .remove(.changeSet, id: id)
        }
    }
}
