// SPDX-License-Identifier: Apache-2.0

package import AWSWire
package import CoreValues
package import JSONDocument

/// Why a stored record can't be read back.
package struct EmbeddedRecordError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What the record describes.
    package let kind: EmbeddedRecordKind
    /// Its name among the records of that kind.
    package let id: String
    /// What is wrong, with the place in the body; values of the body are not repeated.
    package let reason: String

    /// `the stored key 1234…: …`.
    package var description: String {
        "the stored \(kind.rawValue) `\(id)`: \(reason)"
    }
}

extension EmbeddedRecord {
    /// The version that bodies carry today.
    package static let formatVersion = 1

    /// Reads the body, once its version is known to be one that this release can read.
    package func read<Content>(
        _ content: (InputReader) throws(InputProblem) -> Content
    ) throws(EmbeddedRecordError) -> Content {
        do {
            let reader = try InputReader(body)
            let version = try reader.required("formatVersion", try reader.integer("formatVersion"))
            guard version == Self.formatVersion else {
                throw reader.invalid("formatVersion", "this release reads version \(Self.formatVersion)")
            }
            return try content(reader)
        } catch {
            throw EmbeddedRecordError(kind: kind, id: id, reason: "\(error)")
        }
    }
}

extension InputReader {
    /// A moment that was stored as milliseconds since 1970.
    package func storedTimestamp(_ name: String) throws(InputProblem) -> Timestamp? {
        try integer(name).map { Timestamp(milliseconds: Int64($0)) }
    }

    /// A moment that must be there; see storedTimestamp(_:).
    package func requiredStoredTimestamp(_ name: String) throws(InputProblem) -> Timestamp {
        try required(name, try storedTimestamp(name))
    }
}

extension Timestamp {
    /// The moment as records store it, milliseconds since 1970.
    package var storedForm: JSONValue {
        .number(JSONNumber(milliseconds))
    }
}
