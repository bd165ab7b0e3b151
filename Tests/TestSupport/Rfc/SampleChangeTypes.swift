// SPDX-License-Identifier: Apache-2.0

package import ChangeManagement
import Foundation
package import JSONDocument

/// The change types that tests use: the shipped ones' schemas, and some for what none of those has.
package enum SampleChangeTypes {
    /// ct-1d84keiri1jhg 1.0, current.
    package static func keyVersion1() throws -> ChangeTypeVersion {
        try version(definition("ct-1d84keiri1jhg", "1.0"), schema: try shippedSchema("ct-1d84keiri1jhg", "1.0"))
    }

    /// ct-1d84keiri1jhg 2.0.
    package static func keyVersion2() throws -> ChangeTypeVersion {
        var members = definition("ct-1d84keiri1jhg", "2.0", minutes: 30, statements: "corrected")
        members["current"] = false
        return try version(members, schema: try shippedSchema("ct-1d84keiri1jhg", "2.0"))
    }

    /// ct-0q0bic0ywqk6c 1.0.
    package static func stackDelete() throws -> ChangeTypeVersion {
        var members = definition("ct-0q0bic0ywqk6c", "1.0")
        members["name"] = "Delete stack"
        members["classifications"] = [
            "Management | Advanced stack components | Stack | Delete", "Management | Standard stacks | Stack | Delete",
        ]
        members["execution"] = ["kind": "stack-delete"]
        return try version(members, schema: try shippedSchema("ct-0q0bic0ywqk6c", "1.0"))
    }

    /// Like ct-1d84keiri1jhg 1.0, with the customer's approval asked for.
    package static func approved() throws -> ChangeTypeVersion {
        var members = definition("ct-approved00001", "1.0")
        members["customerApproval"] = "Required"
        return try version(members, schema: try shippedSchema("ct-1d84keiri1jhg", "1.0"))
    }

    /// Like ct-1d84keiri1jhg 1.0, for operators to run.
    package static func manual() throws -> ChangeTypeVersion {
        var members = definition("ct-manual0000001", "1.0")
        members["automation"] = "Manual"
        return try version(members, schema: try shippedSchema("ct-1d84keiri1jhg", "1.0"))
    }

    /// A change type with a template of its own.
    package static func template() throws -> ChangeTypeVersion {
        var members = definition("ct-template00001", "1.0")
        members["execution"] = ["kind": "template"]
        return try ChangeTypeVersion(
            definition: .object(members),
            schemaText: #"{"type":"object"}"#,
            templateText: "Resources: {}\n"
        )
    }

    /// A catalogue of all of them.
    package static func catalogue() throws -> Catalogue {
        try Catalogue([
            try keyVersion1(), try keyVersion2(), try stackDelete(), try approved(), try manual(), try template(),
        ])
    }

    /// The members of a `change-type.yaml`.
    package static func definition(
        _ id: String,
        _ version: String,
        minutes: Int = 60,
        statements: String = "documented"
    ) -> JSONObject {
        var members = JSONObject()
        members["id"] = .string(id)
        members["version"] = .string(version)
        members["name"] = "Create KMS key"
        members["description"] = "Request a KMS key with a predefined key policy."
        members["classifications"] = ["Deployment | Advanced stack components | KMS key | Create"]
        members["accessLevel"] = "OpenAccess"
        members["awsApproval"] = "Required"
        members["customerApproval"] = "NotRequired"
        members["automation"] = "Automated"
        members["expectedDurationMinutes"] = .number(JSONNumber(minutes))
        members["created"] = "2020-01-15T00:00:00Z"
        members["current"] = true
        members["execution"] = ["kind": "kms-key-create", "statements": .string(statements)]
        return members
    }

    /// The `input-schema.json` that the server ships.
    package static func shippedSchema(_ id: String, _ version: String, file: String = #filePath) throws -> String {
        var root = URL(fileURLWithPath: file)
        while root.lastPathComponent != "Tests", root.path != "/" {
            root.deleteLastPathComponent()
        }
        let folder = "../Sources/assent/Resources/ChangeTypes/\(id)/\(version)/input-schema.json"
        return try String(contentsOf: root.appendingPathComponent(folder), encoding: .utf8)
    }

    private static func version(_ members: JSONObject, schema: String) throws -> ChangeTypeVersion {
        try ChangeTypeVersion(definition: .object(members), schemaText: schema, templateText: nil)
    }
}
