// SPDX-License-Identifier: Apache-2.0

import Dispatch
import GRDB
import Synchronization
import Testing

@testable import Persistence

struct GroupCommitTests {
    private struct Refused: Error {}

    let temporary: TemporaryDatabase
    private var writer: GroupCommitWriter {
        temporary.database.writer
    }

    init() throws {
        temporary = try TemporaryDatabase()
        try temporary.database.pool.write { database in
            try database.execute(sql: "CREATE TABLE line (number INTEGER PRIMARY KEY AUTOINCREMENT, text TEXT UNIQUE)")
        }
    }

    private static func insert(_ text: String) -> @Sendable (Database) throws -> Void {
        { try $0.execute(sql: "INSERT INTO line (text) VALUES (?)", arguments: [text]) }
    }

    private func lines() throws -> [String] {
        try temporary.database.pool.read { try String.fetchAll($0, sql: "SELECT text FROM line ORDER BY number") }
    }

    /// Queues writes while the writer is held up, so that all of them wait at the same time.
    private func queue(_ bodies: [@Sendable (Database) throws -> Void]) async -> [(any Error)?] {
        let gate = DispatchSemaphore(value: 0)
        let outcomes = Mutex<[Int: (any Error)?]>([:])
        await withCheckedContinuation { started in
            writer.enqueue { _ in
                started.resume()
                gate.wait()
            } finish: { _ in
            }
        }
        await withCheckedContinuation { continuation in
            for (index, body) in bodies.enumerated() {
                writer.enqueue(body) { error in
                    let isLast = outcomes.withLock { outcomes in
                        outcomes[index] = .some(error)
                        return outcomes.count == bodies.count
                    }
                    if isLast {
                        continuation.resume()
                    }
                }
            }
            gate.signal()
        }
        return outcomes.withLock { outcomes in bodies.indices.map { outcomes[$0] ?? nil } }
    }

    @Test func `writes that wait at the same time share a commit`() async throws {
        let before = writer.commits
        let outcomes = await queue((0..<16).map { Self.insert("line \($0)") })
        #expect(outcomes.allSatisfy { $0 == nil })
        #expect(writer.commits - before == 2)
        #expect(try lines() == (0..<16).map { "line \($0)" })
    }

    @Test func `a write that fails takes nothing of the others with it`() async throws {
        let outcomes = await queue([
            Self.insert("a"),
            { database in
                try Self.insert("half")(database)
                throw Refused()
            },
            Self.insert("a"),
            Self.insert("b"),
        ])
        #expect(outcomes[0] == nil)
        #expect(outcomes[1] is Refused)
        #expect(outcomes[2] is DatabaseError)
        #expect(outcomes[3] == nil)
        #expect(try lines() == ["a", "b"])
        #expect(!writer.hasFailed)
    }

    @Test func `after SQLite has rolled a group back, none of it is acknowledged or kept`() async throws {
        let outcomes = await queue([
            Self.insert("before"),
            { try $0.execute(sql: "ROLLBACK") },
            Self.insert("after"),
        ])
        #expect(outcomes.allSatisfy { $0 != nil })
        #expect(try lines() == [])
        #expect(writer.hasFailed)
        #expect(!temporary.database.isHealthy())
    }

    @Test func `a group has a largest size, and the order is kept over groups`() async throws {
        let before = writer.commits
        let count = GroupCommitWriter.maxGroupSize + 10
        _ = await queue((0..<count).map { Self.insert("\($0)") })
        #expect(writer.commits - before == 3)
        #expect(try lines() == (0..<count).map { "\($0)" })
    }

    @Test func `concurrent writers get their own results`() async throws {
        let results = try await withThrowingTaskGroup(of: (Int, Int64).self) { group in
            for number in 0..<64 {
                group.addTask { [writer] in
                    let id = try await writer.write { database in
                        try Self.insert("line \(number)")(database)
                        return database.lastInsertedRowID
                    }
                    return (number, id)
                }
            }
            return try await group.reduce(into: [:]) { $0[$1.1] = "line \($1.0)" }
        }
        let stored = try lines()
        #expect(results.count == 64)
        #expect(results.allSatisfy { stored[Int($0.key) - 1] == $0.value })
    }
}
