// SPDX-License-Identifier: Apache-2.0

import AWSWire
package import CoreValues
import JSONDocument

/// A declared user or role of the account.
package struct PrincipalRecord: Sendable, Hashable {
    /// Whether it is a user or a role; the raw value is part of the storage format and of the ARN.
    package enum Kind: String, Sendable, Hashable {
        /// A user, with access keys.
        case user
        /// A role, which sessions assume.
        case role
    }

    /// A policy written into the principal.
    package struct InlinePolicy: Sendable, Hashable {
        /// Its name, unique within the principal.
        package let name: String
        /// Its text as it was given.
        package let document: String
    }

    /// Whether it is a user or a role.
    package let kind: Kind
    /// Its name, unique among its kind whatever the case.
    package let name: String
    /// Its path, `/` unless given.
    package let path: String
    /// Its ARN.
    package let arn: ARN
    /// When it was declared.
    package let createdAt: Timestamp
    /// What it is for; roles only.
    package var details: String?
    /// Who may assume it, as text; roles only.
    package var trustPolicy: String?
    /// How long a session may last, in seconds; roles only.
    package var maxSessionDuration: Int = 3_600
    /// Its inline policies by name.
    package var inlinePolicies: [InlinePolicy] = []
    /// The ARNs of the predefined policies attached to it, in the order in which they were attached.
    package var attachedPolicies: [String] = []
    /// The ARN of the predefined policy that limits it.
    package var permissionBoundary: String?

    /// Its unique id as answers show it.
    package var uniqueID: String {
        CallerIdentity.uniqueID(kind == .user ? "AIDA" : "AROA", of: arn)
    }

    /// The name of its record.
    var recordID: String {
        Self.recordID(kind, name)
    }

    /// The name of a principal's record: names differ in more than their case.
    static func recordID(_ kind: Kind, _ name: String) -> String {
        "\(kind.rawValue)/\(name.lowercased())"
    }
}

extension PrincipalRecord {
    /// The record's body, format version 1.
    var storedForm: JSONValue {
        var body = JSONObject()
        body["formatVersion"] = .number(JSONNumber(EmbeddedRecord.formatVersion))
        body["kind"] = .string(kind.rawValue)
        body["name"] = .string(name)
        body["path"] = .string(path)
        body["arn"] = .string(arn.description)
        body["createdAt"] = createdAt.storedForm
        body["description"] = details.map { .string($0) }
        body["trustPolicy"] = trustPolicy.map { .string($0) }
        body["maxSessionDuration"] = .number(JSONNumber(maxSessionDuration))
        body["inlinePolicies"] = .array(
            inlinePolicies.map { ["name": .string($0.name), "document": .string($0.document)] }
        )
        body["attachedPolicies"] = .array(attachedPolicies.map { .string($0) })
        body["permissionBoundary"] = permissionBoundary.map { .string($0) }
        return .object(body)
    }

    /// Reads a body of format version 1.
    init(stored reader: InputReader) throws(InputProblem) {
        guard let arn = ARN(parsing: try reader.requiredString("arn")) else {
            throw reader.invalid("arn", "not an ARN")
        }
        self.init(
            kind: try reader.storedCase("kind"),
            name: try reader.requiredString("name"),
            path: try reader.requiredString("path"),
            arn: arn,
            createdAt: try reader.requiredStoredTimestamp("createdAt"),
            details: try reader.string("description"),
            trustPolicy: try reader.string("trustPolicy"),
            maxSessionDuration: try reader.integer("maxSessionDuration") ?? 3_600,
            inlinePolicies: try reader.structures("inlinePolicies") { (item) throws(InputProblem) in
                InlinePolicy(
                    name: try item.requiredString("name"),
                    document: try item.requiredString("document")
                )
            } ?? [],
            attachedPolicies: try reader.strings("attachedPolicies") ?? [],
            permissionBoundary: try reader.string("permissionBoundary")
        )
    }
}
