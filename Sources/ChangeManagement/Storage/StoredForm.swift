// SPDX-License-Identifier: Apache-2.0

import CoreValues
import JSONDocument

/// Why a stored document can't be read: it was not written by a release that this one knows.
package struct StoredFormError: Error, Sendable, Hashable, CustomStringConvertible {
    /// Which member is wrong; never its value.
    package let description: String

    /// Names the member.
    package init(_ member: String) {
        description = "a stored document has no usable `\(member)`"
    }
}

/// Reads the members of stored documents.
struct StoredReader {
    let object: JSONObject

    init(_ value: JSONValue?) throws(StoredFormError) {
        guard let object = value?.object else { throw StoredFormError("object") }
        self.object = object
    }

    func text(_ name: String) throws(StoredFormError) -> String {
        guard let text = object[name]?.string else { throw StoredFormError(name) }
        return text
    }

    func optionalText(_ name: String) -> String? {
        object[name]?.string
    }

    func integer(_ name: String) throws(StoredFormError) -> Int {
        guard let value = object[name]?.integer else { throw StoredFormError(name) }
        return value
    }

    func time(_ name: String) throws(StoredFormError) -> Timestamp {
        Timestamp(milliseconds: Int64(try integer(name)))
    }

    func optionalTime(_ name: String) -> Timestamp? {
        object[name]?.integer.map { Timestamp(milliseconds: Int64($0)) }
    }

    func arn(_ name: String) throws(StoredFormError) -> ARN {
        guard let arn = ARN(parsing: try text(name)) else { throw StoredFormError(name) }
        return arn
    }

    func choice<Choice: RawRepresentable<String>>(_ name: String) throws(StoredFormError) -> Choice {
        guard let choice = Choice(rawValue: try text(name)) else { throw StoredFormError(name) }
        return choice
    }
}

extension JSONObject {
    mutating func put(_ name: String, _ text: String?) {
        self[name] = text.map { .string($0) }
    }

    mutating func put(_ name: String, _ time: Timestamp?) {
        self[name] = time.map { .number(JSONNumber($0.milliseconds)) }
    }
}
