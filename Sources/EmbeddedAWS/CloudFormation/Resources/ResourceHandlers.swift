// SPDX-License-Identifier: Apache-2.0

/// The handler of each resource type that can be created.
package struct ResourceHandlers: Sendable {
    private let handlers: [ResourceType: any ResourceHandler]

    /// The handlers of all types, on one KMS.
    package init(kms engine: KMSEngine) {
        handlers = [.key: KMSKeyHandler(engine: engine), .alias: KMSAliasHandler(engine: engine)]
    }

    /// The handler of a type; `nil` for one that this release can't create.
    package subscript(type: ResourceType) -> (any ResourceHandler)? {
        handlers[type]
    }
}
