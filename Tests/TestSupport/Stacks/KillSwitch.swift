// SPDX-License-Identifier: Apache-2.0

package import ChangeManagement
package import CoreValues
import Synchronization

/// The process died here.
package struct Killed: Error {
    /// Makes the end.
    package init() {}
}

/// Kills the process at the n-th point it comes by: from then on nothing works any more.
package final class KillSwitch: Sendable {
    private let left: Mutex<Int>

    /// Kills at the point of that number, from 0.
    package init(at point: Int) {
        left = Mutex(point)
    }

    /// Whether the process is dead.
    package var isDead: Bool {
        left.withLock { $0 < 0 }
    }

    func pass() throws {
        try left.withLock { left in
            guard left > 0 else {
                left = -1
                throw Killed()
            }
            left -= 1
        }
    }

    func around<Result>(_ body: () async throws -> Result) async throws -> Result {
        try pass()
        let result = try await body()
        try pass()
        return result
    }
}

/// A store that is reached from a process that may die before and after each call.
package struct KillableStore: RfcStore {
    private let store: any RfcStore
    private let kill: KillSwitch

    /// Puts the switch before a store.
    package init(_ store: any RfcStore, _ kill: KillSwitch) {
        self.store = store
        self.kill = kill
    }

    package func rfc(_ id: RfcID, in account: AccountID) throws -> Rfc? {
        try kill.pass()
        return try store.rfc(id, in: account)
    }

    package func events(of id: RfcID) throws -> [RecordedEvent] {
        try kill.pass()
        return try store.events(of: id)
    }

    package func rfcs(_ query: RfcQuery) throws -> [Rfc] {
        try kill.pass()
        return try store.rfcs(query)
    }

    package func append(_ decision: RfcDecision) async throws {
        try await kill.around { try await store.append(decision) }
    }

    package func takeWork(dueBy now: Timestamp, limit: Int) throws -> WorkBatch {
        try kill.pass()
        return try store.takeWork(dueBy: now, limit: limit)
    }

    package func release(_ item: WorkItem) {
        if !kill.isDead {
            store.release(item)
        }
    }

    package func postpone(_ item: WorkItem, until due: Timestamp) async throws {
        try await kill.around { try await store.postpone(item, until: due) }
    }

    package func finish(_ item: WorkItem) async throws {
        try await kill.around { try await store.finish(item) }
    }
}

/// A stack service that is called from a process that may die before and after each call.
package struct KillableStacks: StackService {
    private let stacks: any StackService
    private let kill: KillSwitch

    /// Puts the switch before a stack service.
    package init(_ stacks: any StackService, _ kill: KillSwitch) {
        self.stacks = stacks
        self.kill = kill
    }

    package func createStack(_ order: StackOrder) async throws {
        try await kill.around { try await stacks.createStack(order) }
    }

    package func deleteStack(named name: String, token: String) async throws {
        try await kill.around { try await stacks.deleteStack(named: name, token: token) }
    }

    package func stack(named name: String) async throws -> StackProgress? {
        try await kill.around { try await stacks.stack(named: name) }
    }

    package func progress(ofStack name: String, after seen: Int) async throws -> StackProgress? {
        try await kill.around { try await stacks.progress(ofStack: name, after: seen) }
    }
}
