// SPDX-License-Identifier: Apache-2.0

import CoreValues

/// The stacks, events and change sets of an account in one region.
package struct CloudFormationState: Sendable {
    /// A stack with its history.
    private struct Entry: Sendable {
        var record: StackRecord
        var events: [StackEvent] = []
        var changeSetIDs: [String] = []
    }

    private var entries: [String: Entry] = [:]
    private var changeSets: [String: ChangeSetRecord] = [:]
    /// The stack of each name that is taken.
    private var idsByName: [String: String] = [:]
    /// The stack of each name that was deleted last.
    private var deletedIDsByName: [String: String] = [:]
    /// The stack that a creation with that token made.
    private var idsByCreationToken: [String: String] = [:]
    /// The stack that gives out each export.
    private var idsByExport: [String: String] = [:]
    /// Every stack's id, oldest first.
    package private(set) var stackIDs: [String] = []
    /// The stacks that the engine has something to do for.
    package private(set) var unfinished: Set<String> = []

    /// Makes an empty state.
    package init() {}

    /// How many stacks are not deleted.
    package var stackCount: Int {
        idsByName.count
    }

    /// The stack with that ARN, deleted or not.
    package func stack(id: String) -> StackRecord? {
        entries[id]?.record
    }

    /// The stack that goes by that name and is not deleted.
    package func stack(name: String) -> StackRecord? {
        idsByName[name].flatMap { entries[$0]?.record }
    }

    /// The stack that goes by that name or, when there is none, the last one that did.
    package func latestStack(name: String) -> StackRecord? {
        stack(name: name) ?? deletedIDsByName[name].flatMap { entries[$0]?.record }
    }

    /// The stack that a creation with that token made.
    func stack(creationToken: String) -> StackRecord? {
        idsByCreationToken[creationToken].flatMap { entries[$0]?.record }
    }

    /// The stack that gives out an export.
    func stack(exporting name: String) -> String? {
        idsByExport[name]
    }

    /// The exports with their stacks, by name.
    package var exports: [(name: String, stackID: String)] {
        idsByExport.map { ($0.key, $0.value) }.sorted { $0.name < $1.name }
    }

    /// A stack's events, oldest first.
    package func events(ofStack id: String) -> [StackEvent] {
        entries[id]?.events ?? []
    }

    /// How many events a stack has.
    package func eventCount(ofStack id: String) -> Int {
        entries[id]?.events.count ?? 0
    }

    /// A stack's latest event.
    func latestEvent(ofStack id: String) -> StackEvent? {
        entries[id]?.events.last
    }

    /// A change set by its ARN.
    package func changeSet(id: String) -> ChangeSetRecord? {
        changeSets[id]
    }

    /// A stack's change sets, oldest first.
    package func changeSets(ofStack id: String) -> [ChangeSetRecord] {
        (entries[id]?.changeSetIDs ?? []).compactMap { changeSets[$0] }
    }

    /// Applies a change that has been decided.
    package mutating func apply(_ change: CloudFormationMutation) {
        switch change {
        case .putStack(let record): put(record)
        case .appendEvent(let event): entries[event.stackID]?.events.append(event)
        case .putChangeSet(let record): put(record)
        case .removeChangeSet(let id): removeChangeSet(id)
        }
    }

    private mutating func put(_ record: StackRecord) {
        if let old = entries[record.id]?.record {
            forgetExports(of: old)
            entries[record.id]?.record = record
        } else {
            entries[record.id] = Entry(record: record)
            stackIDs.append(record.id)
        }
        if record.status != .deleteComplete {
            idsByName[record.name] = record.id
        } else {
            deletedIDsByName[record.name] = record.id
            if idsByName[record.name] == record.id {
                idsByName[record.name] = nil
            }
        }
        for token in record.tokens where token.operation == StackToken.createStack {
            idsByCreationToken[token.token] = record.id
        }
        if record.status != .deleteComplete {
            for name in record.outputs.compactMap(\.exportName) {
                idsByExport[name] = record.id
            }
        }
        if record.isInProgress {
            unfinished.insert(record.id)
        } else {
            unfinished.remove(record.id)
        }
    }

    private mutating func forgetExports(of record: StackRecord) {
        for name in record.outputs.compactMap(\.exportName) where idsByExport[name] == record.id {
            idsByExport[name] = nil
        }
    }

    private mutating func put(_ record: ChangeSetRecord) {
        if changeSets.updateValue(record, forKey: record.id) == nil {
            entries[record.stackID]?.changeSetIDs.append(record.id)
        }
    }

    private mutating func removeChangeSet(_ id: String) {
        guard let record = changeSets.removeValue(forKey: id) else { return }
        entries[record.stackID]?.changeSetIDs.removeAll { $0 == id }
    }
}
