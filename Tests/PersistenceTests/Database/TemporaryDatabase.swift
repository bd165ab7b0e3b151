// SPDX-License-Identifier: Apache-2.0

import Foundation

@testable import Persistence

/// A database in a folder of its own, removed when nobody needs it any more.
final class TemporaryDatabase: Sendable {
    let path: String
    let database: AssentDatabase
    private let folder: URL

    /// Makes a database; `prepare` gets the file's place before it is opened.
    init(prepare: (String) throws -> Void = { _ in }) throws {
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("assent-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        path = folder.appendingPathComponent("assent.sqlite").path
        try prepare(path)
        database = try AssentDatabase(path: path)
    }

    /// The same file, opened by another process.
    func reopened() throws -> AssentDatabase {
        try database.close()
        return try AssentDatabase(path: path)
    }

    deinit {
        try? database.close()
        try? FileManager.default.removeItem(at: folder)
    }
}
