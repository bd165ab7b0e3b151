// SPDX-License-Identifier: Apache-2.0

package import JSONDocument

/// An IAM-style policy: a version, an optional id, and statements.
///
/// It prints back as it was read: element order and the choice between one value and a list of one are kept, which is
/// what KMS does with a stored key policy (reference/kms-policy.md §5, canonicalisation on read). Two documents are
/// equal when they print the same.
package struct PolicyDocument: Sendable, Hashable {
    /// The versions of the policy language.
    package enum Version: String, Sendable, Hashable {
        /// The present one, the only one with policy variables.
        case v2012 = "2012-10-17"
        /// The first one, in force when a document names none.
        case v2008 = "2008-10-17"
    }

    /// The language version, `nil` when the document names none.
    package internal(set) var version: Version?
    /// The document's own id.
    package internal(set) var id: String?
    /// The statements in order.
    package internal(set) var statements: [PolicyStatement]
    /// Whether the only statement stands without a list around it.
    package internal(set) var hasBareStatement = false
    /// The order in which the elements are printed.
    var order: [String]

    /// Makes a document that prints its elements in AWS's usual order.
    package init(version: Version? = .v2012, id: String? = nil, statements: [PolicyStatement]) {
        self.version = version
        self.id = id
        self.statements = statements
        order = [version.map { _ in "Version" }, id.map { _ in "Id" }, "Statement"].compactMap(\.self)
    }

    /// Reads a policy from text.
    package init(parsing text: String) throws(PolicyParseError) {
        try self.init(parsing: Array(text.utf8))
    }

    /// Reads a policy from UTF-8 bytes.
    package init(parsing bytes: [UInt8]) throws(PolicyParseError) {
        let value: JSONValue
        do {
            value = try JSONValue(parsing: bytes)
        } catch {
            throw PolicyParseError(error.reason, at: JSONPointer()).at(line: error.line, column: error.column)
        }
        do {
            try self.init(json: value)
        } catch {
            let position = error.pointer.position(in: bytes)
            throw error.at(line: position?.line, column: position?.column)
        }
    }

    /// Reads a policy from a JSON value.
    package init(json: JSONValue) throws(PolicyParseError) {
        self = try PolicyParser.document(json)
    }

    /// The policy as a JSON value.
    package var json: JSONValue {
        var object = JSONObject()
        for name in order {
            switch name {
            case "Version": object[name] = version.map { .string($0.rawValue) }
            case "Id": object[name] = id.map { .string($0) }
            default:
                let list = statements.map(\.json)
                object[name] = hasBareStatement && list.count == 1 ? list[0] : .array(list)
            }
        }
        return .object(object)
    }

    /// Whether `${…}` in values is a policy variable.
    package var supportsVariables: Bool {
        version == .v2012
    }
}
