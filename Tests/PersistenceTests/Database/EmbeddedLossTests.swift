// SPDX-License-Identifier: Apache-2.0

import EmbeddedAWS
import GRDB
import JSONDocument
import Synchronization
import Testing

@testable import Persistence

struct EmbeddedLossTests {
    @Test
    func `a change that did not become durable is reported before its writer hears of it`() async throws {
        let temporary = try TemporaryDatabase()
        let losses = Mutex(0)
        let store = SQLiteEmbeddedStore(temporary.database) { _ in losses.withLock { $0 += 1 } }
        let record = EmbeddedRecord(kind: .key, id: "one", body: ["formatVersion": 1])
        try await store.enqueue([.put(record)]).durable()
        #expect(losses.withLock { $0 } == 0)
        try await temporary.database.pool.write { try $0.execute(sql: "DROP TABLE embedded_record") }
        await #expect(throws: (any Error).self) {
            try await store.enqueue([.put(record)]).durable()
        }
        #expect(losses.withLock { $0 } == 1)
    }
}
