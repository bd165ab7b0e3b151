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

    /// Does the work and answers the response's members.
    ///
    /// An empty object where the model has no members, `nil`
    /// where the documented HTTP body is empty.
    func handle(_ input: Input, _ context: RequestContext) async throws -> JSONValue?
}

/// An operation without its types, as the registry keeps it.
package struct AnyOperation: Sendable {
    /// The operation's name on the wire.
    package let name: String
    private let run: @Sendable (InputReader, RequestContext) async throws -> JSONValue?

    /// Wraps an operation.
    package init<Wrapped: Operation>(_ operation: Wrapped) {
        name = Wrapped.name
        run = { reader, context in
            let input = try operation.decode(reader)
            return try await operation.handle(input, context)
        }
    }

    /// An operation as a function, for families of operations that differ in their names only.
    init(
        _ name: String,
        _ run: @escaping @Sendable (InputReader, RequestContext) async throws -> JSONValue?
    ) {
        self.name = name
        self.run = run
    }

    /// Reads the input and does the work.
    package func callAsFunction(_ reader: InputReader, _ context: RequestContext) async throws -> JSONValue? {
        try await run(reader, context)
    }
}
