// SPDX-License-Identifier: Apache-2.0

package import ChangeManagement
package import CoreValues
import JSONDocument
import Synchronization

/// RFCs kept in memory, in their stored form; the plainest store that does what the port says.
package final class MemoryRfcStore: RfcStore {
    private struct Work {
        var account: AccountID
        var due: Timestamp
        var generation: Int
        var attempts = 0
    }

    private struct State {
        var rfcs: [RfcID: String] = [:]
        var events: [RfcID: [RecordedEvent]] = [:]
        var work: [RfcID: Work] = [:]
        var held: Set<RfcID> = []
        var onlookers: [(id: RfcID, wanted: @Sendable (Rfc) -> Bool, continuation: CheckedContinuation<Void, Never>)] =
            []
    }

    private let state = Mutex(State())

    /// Makes an empty store.
    package init() {}

    package func rfc(_ id: RfcID, in account: AccountID) throws -> Rfc? {
        guard let text = state.withLock({ $0.rfcs[id] }) else { return nil }
        let rfc = try Self.read(text)
        return rfc.account == account ? rfc : nil
    }

    package func events(of id: RfcID) throws -> [RecordedEvent] {
        state.withLock { $0.events[id] ?? [] }
    }

    package func rfcs(_ query: RfcQuery) throws -> [Rfc] {
        let all = try state.withLock { $0.rfcs.values.sorted() }.map(Self.read)
        return NaiveRfcQuery(query).answer(all)
    }

    package func append(_ decision: RfcDecision) async throws {
        guard let first = decision.events.first else { return }
        let rfc = decision.rfc
        let text = rfc.stored.text()
        let onlookers = try state.withLock { state in
            guard state.events[rfc.id, default: []].count == first.sequence else {
                throw RfcError(.conflict, "RFC \(rfc.id) was changed by somebody else at the same time")
            }
            state.rfcs[rfc.id] = text
            state.events[rfc.id, default: []] += decision.events
            for effect in decision.effects {
                switch effect {
                case .rest: state.work[rfc.id] = nil
                case .advance(let due):
                    state.work[rfc.id] = Work(account: rfc.account, due: due, generation: rfc.version)
                }
            }
            let content = state.onlookers.filter { $0.id == rfc.id && $0.wanted(rfc) }
            state.onlookers.removeAll { $0.id == rfc.id && $0.wanted(rfc) }
            return content.map(\.continuation)
        }
        for onlooker in onlookers {
            onlooker.resume()
        }
    }

    package func takeWork(dueBy now: Timestamp, limit: Int) throws -> WorkBatch {
        state.withLock { state in
            let waiting = state.work.filter { !state.held.contains($0.key) }
                .sorted { ($0.value.due, $0.key) < ($1.value.due, $1.key) }
            let due = waiting.prefix { $0.value.due <= now }.prefix(limit)
            let items = due.map { id, work in
                WorkItem(rfcID: id, account: work.account, generation: work.generation, attempts: work.attempts)
            }
            state.held.formUnion(items.map(\.rfcID))
            return WorkBatch(items: items, nextDue: waiting.dropFirst(items.count).first?.value.due)
        }
    }

    package func release(_ item: WorkItem) {
        state.withLock { _ = $0.held.remove(item.rfcID) }
    }

    package func postpone(_ item: WorkItem, until due: Timestamp) async throws {
        state.withLock { state in
            state.held.remove(item.rfcID)
            guard state.work[item.rfcID]?.generation == item.generation else { return }
            state.work[item.rfcID]?.due = due
            state.work[item.rfcID]?.attempts += 1
        }
    }

    package func finish(_ item: WorkItem) async throws {
        state.withLock { state in
            state.held.remove(item.rfcID)
            guard state.work[item.rfcID]?.generation == item.generation else { return }
            state.work[item.rfcID] = nil
        }
    }

    // MARK: For tests

    /// What is left when the process dies: everything but who was at which work item.
    package func restart() {
        state.withLock { $0.held = [] }
    }

    /// How many RFCs want to be advanced some time.
    package var workCount: Int {
        state.withLock { $0.work.count }
    }

    /// Spoils an RFC's document, as no release would write it.
    package func spoil(_ id: RfcID) {
        state.withLock { $0.rfcs[id] = "{}" }
    }

    /// Waits until an append makes the RFC what is wanted.
    package func until(_ id: RfcID, _ wanted: @escaping @Sendable (Rfc) -> Bool) async throws {
        await withCheckedContinuation { continuation in
            let isNow = state.withLock { state in
                if let text = state.rfcs[id], let rfc = try? Self.read(text), wanted(rfc) {
                    return true
                }
                state.onlookers.append((id, wanted, continuation))
                return false
            }
            if isNow {
                continuation.resume()
            }
        }
    }

    private static func read(_ text: String) throws -> Rfc {
        try Rfc(stored: try JSONValue(parsing: text))
    }
}
