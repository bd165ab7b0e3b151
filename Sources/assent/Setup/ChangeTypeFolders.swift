// SPDX-License-Identifier: Apache-2.0

import AccessPolicy
import ChangeManagement
import Foundation
import JSONDocument
import Yams

/// Loads change types from folders of files: `<id>/<version>/change-type.yaml`, `input-schema.json`, and
/// `template.yaml` where the change type has one.
struct ChangeTypeFolders {
    /// The folders that hold change types; a version in a later one replaces the same in an earlier one.
    let roots: [URL]
    /// The key policy statements to render whatever the change type says; `nil` for the change type's own.
    let statements: KeyPolicy.Rendering?

    /// Loads and checks everything.
    /// - Throws: ``SetupError`` that names the folder and what is wrong in it.
    func catalogue() throws -> Catalogue {
        var versions: [ChangeTypeReference: ChangeTypeVersion] = [:]
        for root in roots {
            for folder in try Self.versionFolders(in: root) {
                let version = try load(folder)
                versions[version.reference] = version
            }
        }
        do {
            return try Catalogue(versions.values.sorted { $0.reference.description < $1.reference.description })
        } catch {
            throw SetupError("change types: \(error)")
        }
    }

    private func load(_ folder: URL) throws -> ChangeTypeVersion {
        do {
            let definition = try Self.text("change-type.yaml", in: folder)
            guard let schema = try Self.optionalText("input-schema.json", in: folder) else {
                throw ChangeTypeError("input-schema.json is missing")
            }
            let version = try ChangeTypeVersion(
                definition: try Self.document(definition),
                schemaText: schema,
                templateText: try Self.optionalText("template.yaml", in: folder),
                statements: statements
            )
            let place = folder.deletingLastPathComponent().lastPathComponent + ":" + folder.lastPathComponent
            guard version.reference.description == place else {
                throw ChangeTypeError("id and version are \(version.reference), the folder says \(place)")
            }
            return version
        } catch {
            throw SetupError("change type in \(folder.path): \(error)")
        }
    }

    private static func versionFolders(in root: URL) throws -> [URL] {
        guard FileManager.default.fileExists(atPath: root.path) else { return [] }
        return try folders(in: root).flatMap { try folders(in: $0) }
    }

    private static func folders(in url: URL) throws -> [URL] {
        try FileManager.default.contentsOfDirectory(at: url, includingPropertiesForKeys: [.isDirectoryKey])
            .filter { try $0.resourceValues(forKeys: [.isDirectoryKey]).isDirectory == true }
            .sorted { $0.path < $1.path }
    }

    private static func text(_ name: String, in folder: URL) throws -> String {
        guard let text = try optionalText(name, in: folder) else { throw ChangeTypeError("\(name) is missing") }
        return text
    }

    private static func optionalText(_ name: String, in folder: URL) throws -> String? {
        let url = folder.appendingPathComponent(name)
        guard FileManager.default.fileExists(atPath: url.path) else { return nil }
        return try String(contentsOf: url, encoding: .utf8)
    }

    /// A YAML mapping as a JSON document; scalars stay what YAML's core schema says they are.
    private static func document(_ yaml: String) throws -> JSONValue {
        guard let node = try Yams.compose(yaml: yaml) else { throw ChangeTypeError("change-type.yaml is empty") }
        return json(node)
    }

    private static func json(_ node: Node) -> JSONValue {
        switch node {
        case .mapping(let mapping):
            var object = JSONObject()
            for (key, value) in mapping {
                object[key.string ?? ""] = json(value)
            }
            return .object(object)
        case .sequence(let sequence):
            return .array(sequence.map(json))
        case .scalar, .alias:
            if let flag = node.bool, node.tag.rawValue.hasSuffix("bool") { return .bool(flag) }
            if let number = node.int, node.tag.rawValue.hasSuffix("int") { return .number(JSONNumber(number)) }
            return .string(node.string ?? "")
        }
    }
}
