// SPDX-License-Identifier: Apache-2.0

package import AWSWire

/// One AWS API behind the dispatcher: its operations, its protocol, its way to say what is wrong.
package struct ServiceAPI: Sendable {
    /// How requests and answers are written.
    package enum WireProtocol: Sendable, Hashable {
        /// awsJson 1.1: the operation in `X-Amz-Target` after this prefix.
        case json(targetPrefix: String)
        /// AWS Query: the operation in the form's `Action`, answers in XML of this namespace.
        case query(namespace: String)
    }

    /// The name requests are signed for, such as `amscm`.
    package let name: AWSServiceName
    /// How requests and answers are written.
    package let wireProtocol: WireProtocol
    /// Codes for problems with input that the operation itself does not name.
    package let inputCodes: InputCodes
    /// The code for faults of the server.
    package let internalErrorCode: String
    /// Whether requests may be signed for us-east-1 wherever the account's region is, as for global services.
    package let isGlobal: Bool
    /// Who decides whether a caller may.
    package let accessControl: AccessControl.Mode
    private let operations: [String: AnyOperation]

    /// The error codes for problems that reading the input finds.
    package struct InputCodes: Sendable, Hashable {
        /// For a member of the wrong JSON type, and for a body that can't be read at all.
        let serialization: String
        /// For a member that is missing or breaks a constraint.
        let validation: String

        /// Makes a pair.
        package init(serialization: String, validation: String) {
            self.serialization = serialization
            self.validation = validation
        }
    }

    /// Makes an API out of its operations.
    package init(
        _ name: AWSServiceName,
        _ wireProtocol: WireProtocol,
        inputCodes: InputCodes,
        internalErrorCode: String,
        isGlobal: Bool = false,
        accessControl: AccessControl.Mode = .identityPolicies,
        operations: [AnyOperation]
    ) {
        self.name = name
        self.wireProtocol = wireProtocol
        self.inputCodes = inputCodes
        self.internalErrorCode = internalErrorCode
        self.isGlobal = isGlobal
        self.accessControl = accessControl
        self.operations = Dictionary(operations.map { ($0.name, $0) }) { first, _ in first }
    }

    /// The operation of that name.
    func operation(_ name: String) -> AnyOperation? {
        operations[name]
    }

    /// The names of all operations, sorted.
    package var operationNames: [String] {
        operations.keys.sorted()
    }
}
