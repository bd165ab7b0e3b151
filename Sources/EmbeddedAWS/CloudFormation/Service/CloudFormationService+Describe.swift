// SPDX-License-Identifier: Apache-2.0

import AWSWire
import CoreValues

/// A part of a list of CloudFormation's.
package struct StackPage<Item: Sendable>: Sendable {
    /// The items in order.
    package let items: [Item]
    /// Where to go on, `nil` at the end of the list.
    package let nextToken: String?
}

/// A stack with its history.
package struct StackSnapshot: Sendable, Hashable {
    /// The stack.
    package let stack: StackRecord
    /// Its events, oldest first.
    package let events: [StackEvent]
}

extension CloudFormationService {
    /// How long deleted stacks stay listed, in days.
    static let deletedStackDays = 90

    /// One stack, or all that are not deleted, newest first; source: CloudFormation API reference, DescribeStacks.
    ///
    /// A deleted stack is only found by its ARN.
    package func describeStacks(_ nameOrID: String?, nextToken: String? = nil) throws -> StackPage<StackRecord> {
        guard let nameOrID else {
            return try stacks(nextToken: nextToken) { $0.status != .deleteComplete }
        }
        guard let stack = account.read({ Self.stack(nameOrID, in: $0) }) else {
            throw CloudFormationError.noStackWithID(nameOrID)
        }
        return StackPage(items: [stack], nextToken: nil)
    }

    /// The stacks of these statuses, newest first, all when there are none; deleted ones for 90 days.
    ///
    /// Source: CloudFormation API reference, ListStacks.
    package func listStacks(statuses: Set<String> = [], nextToken: String? = nil) throws -> StackPage<StackRecord> {
        for status in statuses.sorted() where !Self.knownStatuses.contains(status) {
            throw CloudFormationError.constraint(
                status,
                at: "stackStatusFilter",
                "satisfy enum value set: [\(Self.knownStatuses.sorted().joined(separator: ", "))]"
            )
        }
        let oldest = account.time.now().advanced(bySeconds: -Int64(Self.deletedStackDays) * 86_400)
        return try stacks(nextToken: nextToken) { stack in
            (statuses.isEmpty || statuses.contains(stack.status.rawValue))
                && (stack.status != .deleteComplete || (stack.deletedAt ?? stack.createdAt) >= oldest)
        }
    }

    private static let knownStatuses = Set(StackStatus.allCases.map(\.rawValue))
        .union([
            "IMPORT_IN_PROGRESS", "IMPORT_COMPLETE", "IMPORT_ROLLBACK_IN_PROGRESS", "IMPORT_ROLLBACK_FAILED",
            "IMPORT_ROLLBACK_COMPLETE",
        ])

    /// Stacks are only ever added, so a token is how many older ones are left.
    private func stacks(
        nextToken: String?,
        _ isWanted: (StackRecord) -> Bool
    ) throws -> StackPage<StackRecord> {
        let end = try PageToken.number(nextToken, of: "stacks")
        return account.read { state in
            let ids = state.cloudFormation.stackIDs
            var items: [StackRecord] = []
            var left = min(end ?? ids.count, ids.count)
            while left > 0 {
                if let stack = state.cloudFormation.stack(id: ids[left - 1]), isWanted(stack) {
                    guard items.count < Self.pageSize else {
                        return StackPage(items: items, nextToken: PageToken.text(left, of: "stacks"))
                    }
                    items.append(stack)
                }
                left -= 1
            }
            return StackPage(items: items, nextToken: nil)
        }
    }

    /// A stack's events, newest first; source: CloudFormation API reference, DescribeStackEvents.
    package func describeEvents(of nameOrID: String, nextToken: String? = nil) throws -> StackPage<StackEvent> {
        let end = try PageToken.number(nextToken, of: "events")
        let events = try account.read { state throws(AWSError) in
            state.cloudFormation.events(ofStack: try Self.requiredStack(nameOrID, in: state).id)
        }
        let count = min(end ?? events.count, events.count)
        let items = Array(events[..<count].suffix(Self.pageSize).reversed())
        let left = count - items.count
        return StackPage(items: items, nextToken: left > 0 ? PageToken.text(left, of: "events") : nil)
    }

    /// A stack that goes or went by that name, or has that ARN, with its events.
    ///
    /// `nil` when there never was one.
    package func snapshot(_ nameOrID: String) -> StackSnapshot? {
        account.read { Self.snapshot(nameOrID, in: $0) }
    }

    private static func snapshot(_ nameOrID: String, in state: EmbeddedState) -> StackSnapshot? {
        let stack = stack(nameOrID, in: state) ?? state.cloudFormation.latestStack(name: nameOrID)
        return stack.map { StackSnapshot(stack: $0, events: state.cloudFormation.events(ofStack: $0.id)) }
    }

    /// How many waits for changes of stacks there are.
    package var waiterCount: Int {
        activity.waiterCount
    }

    /// Waits until a stack has more than `seen` events or rests, and tells how it stands then.
    ///
    /// `nil` when there is no such stack.
    /// - Throws: `CancellationError`.
    package func snapshot(_ nameOrID: String, after seen: Int) async throws -> StackSnapshot? {
        while true {
            guard let snapshot = snapshot(nameOrID) else { return nil }
            guard snapshot.stack.isInProgress, snapshot.events.count <= seen else { return snapshot }
            let id = snapshot.stack.id
            await activity.change(of: id) {
                account.read { state in
                    state.cloudFormation.unfinished.contains(id) && state.cloudFormation.eventCount(ofStack: id) <= seen
                }
            }
            try Task.checkCancellation()
        }
    }
}

/// Where a list goes on, as the opaque text that clients hand back.
enum PageToken {
    /// The text for a position of a list.
    static func text(_ number: Int, of list: String) -> String {
        Base64.encode(Array("\(list) \(number)".utf8))
    }

    /// The position that a text stands for, `nil` when there is no text.
    /// - Throws: `ValidationError` for a text that no list of that name has given.
    static func number(_ text: String?, of list: String) throws(AWSError) -> Int? {
        guard let text else { return nil }
        let parts = Base64.decode(text).map { String(decoding: $0, as: UTF8.self).split(separator: " ") } ?? []
        guard parts.count == 2, parts[0] == list, let number = Int(parts[1]), number >= 0 else {
            throw CloudFormationError.invalidToken
        }
        return number
    }
}
