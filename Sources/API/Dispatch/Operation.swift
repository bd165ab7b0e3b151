// SPDX-License-Identifier: Apache-2.0

package import AWSWire
package import JSONDocument

/// One operation of one AWS API: how its input is read, what it does, how its output is written.
///
/// The dispatcher alone handles limits, signatures, authorization, protocols, logging and errors; an operation sees
/// a typed input of a known caller.
package protocol Operation: Sendable {
    /// The typed request.
    associatedtype Input: Sendable

    /// The operation's name on the wire, such as `CreateRfc`.
    static var name: String { get }

    /// Reads and checks the request; nothing has happened yet when it throws.
    func decode(_ reader: InputReader) throws -> Input

    /// The ARN that policies name to allow or deny the call; `*` for operations without a resource of their own.
    func resource(_ input: Input, _ context: RequestContext) throws -> String

    /// Does the work and answers the response's members.
    ///
    /// An empty object where the model has no members, `nil`
    /// where the documented HTTP body is empty.
    func handle(_ input: Input, _ context: RequestContext) async throws -> JSONValue?
}

extension Operation {
    package func resource(_ input: Input, _ context: RequestContext) throws -> String {
        "*"
    }
}

/// An operation without its types, as the registry keeps it.
package struct AnyOperation: Sendable {
    /// The operation's name on the wire.
    package let name: String
    /// Checks a call's resource.
    package typealias Authorization = (_ resource: () throws -> String) throws -> Void

    private let run: @Sendable (InputReader, RequestContext, Authorization) async throws -> JSONValue?

    /// Wraps an operation.
    package init<Wrapped: Operation>(_ operation: Wrapped) {
        name = Wrapped.name
        run = { reader, context, authorize in
            let input = try operation.decode(reader)
            try authorize { try operation.resource(input, context) }
            return try await operation.handle(input, context)
        }
    }

    /// An operation as a function, for families of operations that differ in their names only.
    init(
        _ name: String,
        _ run: @escaping @Sendable (InputReader, RequestContext) async throws -> JSONValue?
    ) {
        self.name = name
        self.run = { reader, context, authorize in
            try authorize { "*" }
            return try await run(reader, context)
        }
    }

    /// Reads the input, lets `authorize` refuse, and does the work.
    package func callAsFunction(
        _ reader: InputReader,
        _ context: RequestContext,
        _ authorize: Authorization
    ) async throws -> JSONValue? {
        try await run(reader, context, authorize)
    }
}
