// SPDX-License-Identifier: Apache-2.0

package import CoreValues

/// Where RFCs, their events and the work they ask for are kept.
///
/// Each RFC has at most one moment at which it wants to be advanced. One append is one durable transaction: new state,
/// events, and that moment.
package protocol RfcStore: Sendable {
    /// The RFC with that id in that account.
    func rfc(_ id: RfcID, in account: AccountID) throws -> Rfc?

    /// An RFC's events in order; empty when there is no such RFC.
    func events(of id: RfcID) throws -> [RecordedEvent]

    /// A page of RFCs, newest first.
    func rfcs(_ query: RfcQuery) throws -> [Rfc]

    /// Makes a decision durable; on return it survives a crash.
    /// - Throws: ``RfcError`` `conflict` when the RFC has changed since the decision's first event was decided.
    func append(_ decision: RfcDecision) async throws

    /// Takes work that is due, the longest due first; nobody else gets it until it is released, postponed or finished,
    /// or until this process ends.
    func takeWork(dueBy now: Timestamp, limit: Int) throws -> WorkBatch

    /// Says that nobody is at the item any more; what the RFC asked for last decides when it is taken up again.
    func release(_ item: WorkItem)

    /// Releases an item to be taken up again at `due`, its attempts gone up by one, unless the RFC has asked for
    /// something else in between.
    func postpone(_ item: WorkItem, until due: Timestamp) async throws

    /// Releases an item that has nothing left to do, unless the RFC has asked for something else in between.
    func finish(_ item: WorkItem) async throws
}

/// The wish of an RFC to be advanced.
package struct WorkItem: Sendable, Hashable {
    /// The RFC to advance.
    package let rfcID: RfcID
    /// The RFC's account.
    package let account: AccountID
    /// Which of the RFC's wishes it is: the RFC's version when it came up.
    package let generation: Int
    /// How often it has been postponed.
    package let attempts: Int

    /// Makes a work item.
    package init(rfcID: RfcID, account: AccountID, generation: Int, attempts: Int) {
        self.rfcID = rfcID
        self.account = account
        self.generation = generation
        self.attempts = attempts
    }
}

/// Work taken from the store, and when to look for more.
package struct WorkBatch: Sendable, Hashable {
    /// The items taken, the longest due first.
    package let items: [WorkItem]
    /// When the first item falls due that nobody holds; in the past when there was more than was taken.
    package let nextDue: Timestamp?

    /// Makes a batch.
    package init(items: [WorkItem], nextDue: Timestamp?) {
        self.items = items
        self.nextDue = nextDue
    }
}
