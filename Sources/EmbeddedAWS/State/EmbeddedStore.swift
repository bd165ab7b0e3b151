// SPDX-License-Identifier: Apache-2.0

package import JSONDocument

/// What kind of thing a stored record describes; the raw value is part of the storage format.
package enum EmbeddedRecordKind: String, Sendable, Hashable, CaseIterable {
    /// A KMS key: metadata, policy, tags, wrapped key material.
    case key
    /// A KMS alias.
    case alias
    /// A CloudFormation stack.
    case stack
    /// An event of a CloudFormation stack.
    case stackEvent = "stack-event"
    /// A CloudFormation change set.
    case changeSet = "change-set"
    /// A KMS grant.
    case grant
    /// A declared user or role.
    case principal
}

/// One durable record of the embedded AWS.
package struct EmbeddedRecord: Sendable, Hashable {
    /// What it describes.
    package let kind: EmbeddedRecordKind
    /// Its name among the records of that kind.
    package let id: String
    /// Its content; every kind carries a `formatVersion` so that later releases can read it.
    package let body: JSONValue

    /// Makes a record.
    package init(kind: EmbeddedRecordKind, id: String, body: JSONValue) {
        self.kind = kind
        self.id = id
        self.body = body
    }
}

/// One change to the stored records.
package enum EmbeddedChange: Sendable, Hashable {
    /// Writes a record, over an older one of the same kind and id.
    case put(EmbeddedRecord)
    /// Removes a record; nothing happens when there is none.
    case remove(EmbeddedRecordKind, id: String)
}

/// Where the embedded AWS keeps its state.
///
/// The whole state lives in memory; the store makes each change durable before it is acknowledged.
package protocol EmbeddedStore: Sendable {
    /// All records, in the order in which they were first written.
    func load() throws -> [EmbeddedRecord]

    /// Queues changes that become durable together or not at all, after all that was queued before.
    ///
    /// Never blocks: it may be called inside a critical section, so that the order of commits is the order of
    /// decisions.
    func enqueue(_ changes: [EmbeddedChange]) -> PendingCommit
}

/// A commit that is on its way to the disk.
package struct PendingCommit: Sendable {
    private let wait: @Sendable () async throws -> Void

    /// Wraps the wait for a commit.
    package init(_ wait: @escaping @Sendable () async throws -> Void) {
        self.wait = wait
    }

    /// Returns once the changes survive a crash.
    /// - Throws: the store's error when they never will; the state in memory is then ahead of the disk, and the
    ///   process must not acknowledge anything any more.
    package func durable() async throws {
        try await wait()
    }
}
