// SPDX-License-Identifier: Apache-2.0

package import CoreValues

/// Where RFCs, their events and the work they ask for are kept.
///
/// One append is one durable transaction: new state, events, effects, and the end of the work item it came from.
package protocol RfcStore: Sendable {
    /// The RFC with that id in that account.
    func rfc(_ id: RfcID, in account: AccountID) throws -> Rfc?

    /// An RFC's events in order.
    func events(of id: RfcID) throws -> [RecordedEvent]

    /// A page of RFCs, newest first.
    func rfcs(_ query: RfcQuery) throws -> [Rfc]

    /// Makes a decision durable; on return it survives a crash.
    /// - Parameter finished: the work item that the decision completes.
    /// - Throws: ``RfcError`` `conflict` when the RFC has changed since the decision's first event was decided.
    func append(_ decision: RfcDecision, finishing finished: WorkItem?) async throws

    /// Takes work that is due, so that nobody else does it until the lease ends.
    func leaseWork(dueBy now: Timestamp, until leaseEnd: Timestamp, limit: Int) async throws -> [WorkItem]

    /// Gives a work item back, to be done at `due`; its attempts go up by one.
    func postpone(_ item: WorkItem, until due: Timestamp) async throws

    /// Drops a work item that has nothing left to do.
    func finish(_ item: WorkItem) async throws

    /// Ends all leases: for the start of the only process that uses the store.
    func releaseLeases() async throws

    /// When the next work item that nobody holds falls due.
    func nextDue() throws -> Timestamp?
}

/// A piece of work that an RFC asked for.
package struct WorkItem: Sendable, Hashable {
    /// Its number in the store.
    package let id: Int64
    /// The RFC to advance.
    package let rfcID: RfcID
    /// The RFC's account.
    package let account: AccountID
    /// How often it has been taken up before.
    package let attempts: Int

    /// Makes a work item.
    package init(id: Int64, rfcID: RfcID, account: AccountID, attempts: Int) {
        self.id = id
        self.rfcID = rfcID
        self.account = account
        self.attempts = attempts
    }
}
