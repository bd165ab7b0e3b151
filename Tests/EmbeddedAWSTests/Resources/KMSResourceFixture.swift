// SPDX-License-Identifier: Apache-2.0

import CoreValues
import EmbeddedAWS
import JSONDocument
import TestSupport

/// Resource handlers over a KMS in memory, each decision applied at once.
struct KMSResourceFixture {
    let kms: KMSFixture
    let handlers: [ResourceType: any ResourceHandler]

    init() throws {
        kms = try KMSFixture()
        handlers = ResourceHandlers.all(on: kms.engine)
    }

    func order(
        _ properties: JSONValue,
        stackTags: [KeyTag] = [],
        as caller: CallerIdentity? = nil
    ) -> ResourceOrder {
        ResourceOrder(
            logicalID: "Resource",
            properties: properties.object ?? JSONObject(),
            stackTags: stackTags,
            caller: caller ?? kms.root,
            now: kms.time.now()
        )
    }

    /// Makes a resource.
    /// - Returns: its physical id.
    func create(
        _ type: ResourceType,
        _ properties: JSONValue,
        stackTags: [KeyTag] = [],
        as caller: CallerIdentity? = nil
    ) async throws -> String {
        let order = order(properties, stackTags: stackTags, as: caller)
        return try await apply { state in try handler(type).create(order, in: state) }
    }

    /// Changes a resource in place.
    func update(
        _ type: ResourceType,
        _ physicalID: String,
        from old: JSONValue,
        to new: JSONValue,
        stackTags: [KeyTag] = []
    ) async throws {
        let order = order(new, stackTags: stackTags)
        let old = old.object ?? JSONObject()
        _ = try await apply { state in try handler(type).update(physicalID, from: old, to: order, in: state) }
    }

    /// Deletes a resource.
    func delete(_ type: ResourceType, _ physicalID: String, _ properties: JSONValue = [:]) async throws {
        let order = order(properties)
        _ = try await apply { state in try handler(type).delete(physicalID, order, in: state) }
    }

    func attribute(_ name: String, of physicalID: String) throws -> JSONValue? {
        let handler = try handler(.key)
        return kms.account.read { handler.attribute(name, of: physicalID, in: $0) }
    }

    func key(_ physicalID: String) throws -> KeyRecord {
        guard let id = KeyID(physicalID), let key = kms.account.read({ $0.kms.record(id) }) else {
            throw ResourceFailure(code: "Test", message: "no key \(physicalID)")
        }
        return key
    }

    func handler(_ type: ResourceType) throws -> any ResourceHandler {
        guard let handler = handlers[type] else {
            throw ResourceFailure(code: "Test", message: "no handler for \(type.rawValue)")
        }
        return handler
    }

    private func apply(_ decide: (EmbeddedState) throws -> ResourceOutcome) async throws -> String {
        try await kms.account.write { state in
            let outcome = try decide(state)
            return (outcome.changes, outcome.physicalID)
        }
    }
}

/// Why an operation on a resource failed; `nil` when it succeeds.
func resourceFailure(_ body: () async throws -> Void) async -> ResourceFailure? {
    do {
        try await body()
        return nil
    } catch {
        return error as? ResourceFailure ?? ResourceFailure(code: "NotAFailure", message: "\(error)")
    }
}
