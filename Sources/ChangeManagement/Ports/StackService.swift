// SPDX-License-Identifier: Apache-2.0

/// Makes and deletes CloudFormation stacks, in the embedded AWS or in a real account.
///
/// Every call may be repeated: the token makes a repetition find the first call's effect.
package protocol StackService: Sendable {
    /// Starts the creation of a stack.
    /// - Throws: ``StackServiceError``.
    func createStack(_ order: StackOrder) async throws

    /// Starts the deletion of a stack; nothing happens when there is none.
    /// - Throws: ``StackServiceError``.
    func deleteStack(named name: String, token: String) async throws

    /// How a stack stands now, `nil` when there never was one of that name.
    /// - Throws: ``StackServiceError``.
    func stack(named name: String) async throws -> StackProgress?

    /// Waits until a stack has more than `seen` events or rests, and tells how it stands then.
    ///
    /// `nil` when there is no such stack.
    /// - Throws: ``StackServiceError``, or `CancellationError`.
    func progress(ofStack name: String, after seen: Int) async throws -> StackProgress?
}

/// What a stack shall be.
package struct StackOrder: Sendable, Hashable {
    /// The stack's name.
    package let name: String
    /// The template as JSON or YAML text.
    package let template: String
    /// The template's parameters.
    package let parameters: [StackParameter]
    /// The stack's tags, in order.
    package let tags: [Tag]
    /// How many minutes the creation may take; `nil` for no limit.
    package let timeoutMinutes: Int?
    /// The ClientRequestToken.
    package let token: String

    /// A name and a value for the template.
    package struct StackParameter: Sendable, Hashable {
        /// The parameter's key.
        package let key: String
        /// Its value; lists joined with commas.
        package let value: String
    }

    /// A tag of a resource.
    package struct Tag: Sendable, Hashable {
        /// The tag's key.
        package let key: String
        /// Its value.
        package let value: String
    }
}

/// How a stack stands.
package struct StackProgress: Sendable, Hashable {
    /// The stack's ARN.
    package let stackARN: String
    /// The stack's status in CloudFormation's words, such as `CREATE_COMPLETE`.
    package let status: String
    /// Why, if CloudFormation says.
    package let statusReason: String?
    /// Whether the stack will stay so until somebody acts.
    package let isAtRest: Bool
    /// The stack's outputs.
    package let outputs: [Output]
    /// All events, oldest first.
    package let events: [Event]

    /// An output of the stack's template.
    package struct Output: Sendable, Hashable {
        /// The output's key.
        package let key: String
        /// Its value.
        package let value: String

        /// Makes an output.
        package init(key: String, value: String) {
            self.key = key
            self.value = value
        }
    }

    /// One line of a stack's history.
    package struct Event: Sendable, Hashable {
        /// The resource's logical id.
        package let resource: String
        /// The resource's type, such as `AWS::KMS::Key`.
        package let type: String
        /// Its id in the service, once there is one.
        package let physicalID: String
        /// Its status, such as `CREATE_FAILED`.
        package let status: String
        /// Why.
        package let reason: String?

        /// Makes an event.
        package init(resource: String, type: String, physicalID: String, status: String, reason: String?) {
            self.resource = resource
            self.type = type
            self.physicalID = physicalID
            self.status = status
            self.reason = reason
        }
    }

    /// Makes a progress.
    package init(
        stackARN: String,
        status: String,
        statusReason: String?,
        isAtRest: Bool,
        outputs: [Output],
        events: [Event]
    ) {
        self.stackARN = stackARN
        self.status = status
        self.statusReason = statusReason
        self.isAtRest = isAtRest
        self.outputs = outputs
        self.events = events
    }
}

/// Why a stack service could not do what it was asked.
package struct StackServiceError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The service's error code, such as `ValidationError`.
    package let code: String
    /// The service's message.
    package let message: String
    /// Whether the same call may succeed later.
    package let isRetryable: Bool

    /// Makes an error.
    package init(code: String, message: String, isRetryable: Bool) {
        self.code = code
        self.message = message
        self.isRetryable = isRetryable
    }

    /// The code and the message.
    package var description: String {
        "\(code): \(message)"
    }
}
