// SPDX-License-Identifier: Apache-2.0

package import CoreValues
package import JSONDocument

/// Makes, changes and deletes the resources of stacks, as decisions on the present state.
///
/// A handler decides everything about a resource in one step: its changes are applied, and become durable, together
/// with those of the stack, so a crash can't leave one without the other. Source: reference/cloudformation.md §1, §2.
package protocol ResourceHandler: Sendable {
    /// Makes a resource.
    func create(_ order: ResourceOrder, in state: EmbeddedState) throws(ResourceFailure) -> ResourceOutcome

    /// Whether going from one set of properties to another needs a new resource.
    /// - Throws: ``ResourceFailure`` for a change that CloudFormation refuses altogether.
    func needsReplacement(from old: JSONObject, to new: JSONObject) throws(ResourceFailure) -> Bool

    /// Changes a resource in place.
    func update(
        _ physicalID: String,
        from old: JSONObject,
        to order: ResourceOrder,
        in state: EmbeddedState
    ) throws(ResourceFailure) -> ResourceOutcome

    /// Deletes a resource; nothing is left to do for one that is gone already.
    func delete(
        _ physicalID: String,
        _ order: ResourceOrder,
        in state: EmbeddedState
    ) throws(ResourceFailure) -> ResourceOutcome

    /// What `Fn::GetAtt` gives of a resource that exists, `nil` for an unknown attribute.
    func attribute(_ name: String, of physicalID: String, in state: EmbeddedState) -> JSONValue?
}

/// What a stack wants of one resource.
package struct ResourceOrder: Sendable {
    /// The resource's name in the template.
    package let logicalID: String
    /// Its properties with every function worked out.
    package let properties: JSONObject
    /// The stack's tags, which taggable resources get beside their own.
    package let stackTags: [KeyTag]
    /// Whose permissions are used.
    package let caller: CallerIdentity
    /// The present moment.
    package let now: Timestamp

    /// Makes an order.
    package init(
        logicalID: String,
        properties: JSONObject,
        stackTags: [KeyTag],
        caller: CallerIdentity,
        now: Timestamp
    ) {
        self.logicalID = logicalID
        self.properties = properties
        self.stackTags = stackTags
        self.caller = caller
        self.now = now
    }
}

/// What a handler decided.
package struct ResourceOutcome: Sendable {
    /// What `Ref` gives from now on.
    package let physicalID: String
    /// The changes to apply.
    package let changes: [EmbeddedMutation]

    /// Makes an outcome.
    package init(physicalID: String, changes: [EmbeddedMutation]) {
        self.physicalID = physicalID
        self.changes = changes
    }
}

/// Why a resource could not be made, changed or deleted.
package struct ResourceFailure: Error, Sendable, Hashable {
    /// The handler error code, such as `InvalidRequest` or `AlreadyExists`.
    package let code: String
    /// The message in the service's words.
    package let message: String

    /// Makes a failure.
    package init(code: String, message: String) {
        self.code = code
        self.message = message
    }
}
