// SPDX-License-Identifier: Apache-2.0

/// Why a request about an RFC can't be served.
package struct RfcError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The kinds of refusal, each a modelled error of the change-management API.
    package enum Code: Sendable, Hashable {
        /// A value is not acceptable.
        case invalidArgument
        /// The RFC's status does not allow the operation.
        case invalidState
        /// The requested times can't be kept.
        case invalidSchedule
        /// There is no such thing.
        case notFound
        /// Somebody else changed the RFC at the same time.
        case conflict
    }

    /// The kind of refusal.
    package let code: Code
    /// What was found and what would be accepted; free of sensitive members.
    package let message: String

    /// Makes a refusal.
    package init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    /// The message.
    package var description: String {
        message
    }
}
