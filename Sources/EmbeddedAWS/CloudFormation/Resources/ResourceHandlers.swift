// SPDX-License-Identifier: Apache-2.0

/// The handler of each resource type that can be created.
package enum ResourceHandlers {
    /// The handlers of all types, on one KMS.
    package static func all(on engine: KMSEngine) -> [ResourceType: any ResourceHandler] {
        [.key: KMSKeyHandler(engine: engine), .alias: KMSAliasHandler(engine: engine)]
    }
}
