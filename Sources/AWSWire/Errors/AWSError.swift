// SPDX-License-Identifier: Apache-2.0

/// An error as an AWS client sees it: a modelled code, a message for a person, an HTTP status.
package struct AWSError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The error's name on the wire, such as `InvalidArgumentException`.
    package let code: String
    /// What went wrong and what would be accepted; never holds secrets or sensitive members.
    package let message: String
    /// The HTTP status it is sent with; 500 and above mean that the service is at fault.
    package let status: Int

    /// Makes an error; 400 unless said otherwise, as most of AWS's are.
    package init(_ code: String, _ message: String, status: Int = 400) {
        self.code = code
        self.message = message
        self.status = status
    }

    /// Whether the fault is the service's own (`Receiver` in Query answers).
    package var isServerFault: Bool {
        status >= 500
    }

    /// The code and the message.
    package var description: String {
        "\(code): \(message)"
    }
}
