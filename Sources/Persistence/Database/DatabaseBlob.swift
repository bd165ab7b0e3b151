// SPDX-License-Identifier: Apache-2.0

import Foundation
import GRDB

/// Bytes as a SQLite blob; the one place where Foundation's `Data` is met.
struct DatabaseBlob: DatabaseValueConvertible, Sendable {
    let bytes: [UInt8]

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    var databaseValue: DatabaseValue {
        Data(bytes).databaseValue
    }

    static func fromDatabaseValue(_ value: DatabaseValue) -> DatabaseBlob? {
        Data.fromDatabaseValue(value).map { DatabaseBlob(Array($0)) }
    }

    /// The bytes in a column; empty when it holds none.
    static func bytes(_ row: Row, _ index: Int) -> [UInt8] {
        (row[index] as DatabaseBlob?)?.bytes ?? []
    }
}
