// SPDX-License-Identifier: Apache-2.0

package import AccessPolicy
import CoreValues
package import JSONDocument

extension ChangeTypeVersion {
    /// The members that `change-type.yaml` may have.
    private static let knownMembers: Set<String> = [
        "id", "version", "name", "description", "classifications", "accessLevel", "awsApproval", "customerApproval",
        "automation", "expectedDurationMinutes", "created", "current", "deprecated", "execution",
    ]

    /// Checks a change type version's files.
    /// - Parameters:
    ///   - definition: `change-type.yaml` as a JSON object.
    ///   - schemaText: `input-schema.json`.
    ///   - templateText: `template.yaml`, for `execution: template`.
    ///   - statements: the key policy statements to render instead of those the definition names, a deployment
    ///     setting; `nil` for the definition's.
    /// - Throws: ``ChangeTypeError`` that names the member and what it may be.
    package init(
        definition: JSONValue,
        schemaText: String,
        templateText: String?,
        statements: KeyPolicy.Rendering? = nil
    ) throws(ChangeTypeError) {
        let members = try DefinitionReader(definition, known: Self.knownMembers)
        let id = try members.string("id")
        guard Self.isChangeTypeID(id) else {
            throw ChangeTypeError("id: `\(id)` is not `ct-` and 13 characters out of a-z and 0-9")
        }
        let version = try members.string("version")
        guard Self.isVersion(version) else {
            throw ChangeTypeError("version: `\(version)` is not of the form `1.0`; write it in quotes")
        }
        reference = ChangeTypeReference(id: id, version: version)
        name = try members.string("name")
        description = try members.string("description")
        classifications = try members.classifications()
        accessLevel = try members.choice("accessLevel")
        awsApproval = try members.choice("awsApproval")
        customerApproval = try members.choice("customerApproval")
        automation = try members.choice("automation")
        expectedDurationMinutes = try members.positiveInteger("expectedDurationMinutes")
        createdAt = try members.time("created")
        isCurrent = try members.flag("current")
        deprecation = try members.deprecation()
        execution = try members.execution(templateText: templateText, statements: statements)
        inputSchemaText = schemaText
        do {
            inputSchema = try JSONSchema(compiling: try JSONValue(parsing: schemaText))
        } catch {
            throw ChangeTypeError("input-schema.json: \(error)")
        }
    }

    private static func isVersion(_ text: String) -> Bool {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 2
            && parts.allSatisfy { part in
                (1...9).contains(part.utf8.count) && part.utf8.allSatisfy { (48...57).contains($0) }
            }
    }

    private static func isChangeTypeID(_ text: String) -> Bool {
        text.hasPrefix("ct-") && text.utf8.count == 16
            && text.utf8.dropFirst(3).allSatisfy { (48...57).contains($0) || (97...122).contains($0) }
    }
}

/// Reads the members of `change-type.yaml`.
private struct DefinitionReader {
    let object: JSONObject

    init(_ value: JSONValue, known: Set<String>) throws(ChangeTypeError) {
        guard let object = value.object else {
            throw ChangeTypeError("expected a mapping of \(known.sorted().joined(separator: ", "))")
        }
        if let stranger = object.names.first(where: { !known.contains($0) }) {
            throw ChangeTypeError("unknown member `\(stranger)`; known are \(known.sorted().joined(separator: ", "))")
        }
        self.object = object
    }

    func string(_ name: String) throws(ChangeTypeError) -> String {
        guard let text = object[name]?.string, !text.isEmpty else {
            throw ChangeTypeError("\(name): a text is required")
        }
        return text
    }

    func flag(_ name: String) throws(ChangeTypeError) -> Bool {
        guard let value = object[name] else { return false }
        guard let flag = value.bool else { throw ChangeTypeError("\(name): true or false is required") }
        return flag
    }

    func positiveInteger(_ name: String) throws(ChangeTypeError) -> Int {
        guard let value = object[name]?.integer, value > 0 else {
            throw ChangeTypeError("\(name): a positive whole number is required")
        }
        return value
    }

    func time(_ name: String) throws(ChangeTypeError) -> Timestamp {
        let text = try string(name)
        guard let time = Timestamp(parsing: text) else {
            throw ChangeTypeError("\(name): `\(text)` is no ISO 8601 time such as 2019-05-01T00:00:00Z")
        }
        return time
    }

    func choice<Choice: RawRepresentable<String> & CaseIterable>(_ name: String) throws(ChangeTypeError) -> Choice {
        let text = try string(name)
        guard let choice = Choice(rawValue: text) else {
            let choices = Choice.allCases.map(\.rawValue).joined(separator: ", ")
            throw ChangeTypeError("\(name): `\(text)` is none of \(choices)")
        }
        return choice
    }

    func classifications() throws(ChangeTypeError) -> [Classification] {
        let texts = object["classifications"]?.array ?? []
        var result: [Classification] = []
        for text in texts {
            guard let text = text.string, let classification = Classification(text) else {
                throw ChangeTypeError("classifications: each is `category | subcategory | item | operation`")
            }
            result.append(classification)
        }
        guard !result.isEmpty else { throw ChangeTypeError("classifications: at least one is required") }
        return result
    }

    func deprecation() throws(ChangeTypeError) -> ChangeTypeVersion.Deprecation? {
        guard let value = object["deprecated"] else { return nil }
        let members = try DefinitionReader(value, known: ["time", "message"])
        return ChangeTypeVersion.Deprecation(time: try members.time("time"), message: try members.string("message"))
    }

    func execution(
        templateText: String?,
        statements: KeyPolicy.Rendering?
    ) throws(ChangeTypeError) -> ChangeTypeExecution {
        guard let value = object["execution"] else { throw ChangeTypeError("execution: is required") }
        guard let kind = value["kind"]?.string else { throw ChangeTypeError("execution.kind: is required") }
        let known: Set<String> = kind == "kms-key-create" ? ["kind", "statements"] : ["kind"]
        let members = try DefinitionReader(value, known: known)
        guard templateText == nil || kind == "template" else {
            throw ChangeTypeError("execution: there is a template.yaml, but the kind is `\(kind)`")
        }
        switch kind {
        case "kms-key-create":
            let own: KeyPolicy.Rendering = try members.choice("statements")
            return .kmsKeyCreate(policy: statements ?? own)
        case "stack-delete":
            return .stackDelete
        case "template":
            guard let templateText else { throw ChangeTypeError("execution: `template` needs a template.yaml") }
            return .template(text: templateText)
        default:
            throw ChangeTypeError("execution.kind: `\(kind)` is none of kms-key-create, stack-delete, template")
        }
    }
}
