// SPDX-License-Identifier: Apache-2.0

import EmbeddedAWS
import JSONDocument
import Synchronization

/// A store that keeps every commit, so that a test can go back to what a crash after any of them would have left.
final class CommitLog: EmbeddedStore {
    private let commits: Mutex<[[EmbeddedChange]]>

    init(_ commits: [[EmbeddedChange]] = []) {
        self.commits = Mutex(commits)
    }

    var count: Int {
        commits.withLock { $0.count }
    }

    /// What is left when everything after the first `count` commits is lost.
    func cut(after count: Int) -> CommitLog {
        CommitLog(commits.withLock { Array($0.prefix(count)) })
    }

    func load() throws -> [EmbeddedRecord] {
        var order: [String] = []
        var records: [String: EmbeddedRecord] = [:]
        for change in commits.withLock({ $0.flatMap { $0 } }) {
            switch change {
            case .put(let record):
                let name = "\(record.kind.rawValue) \(record.id)"
                if records.updateValue(record, forKey: name) == nil {
                    order.append(name)
                }
            case .remove(let kind, let id):
                let name = "\(kind.rawValue) \(id)"
                records[name] = nil
                order.removeAll { $0 == name }
            }
        }
        // Through text, as a real store would have it.
        return try order.compactMap { records[$0] }
            .map { EmbeddedRecord(kind: $0.kind, id: $0.id, body: try JSONValue(parsing: $0.body.text())) }
    }

    func enqueue(_ changes: [EmbeddedChange]) -> PendingCommit {
        commits.withLock { $0.append(changes) }
        return PendingCommit {}
    }
}
