// SPDX-License-Identifier: Apache-2.0

package import JSONDocument

/// A member of a request that can't be accepted as it stands.
package struct InputProblem: Error, Sendable, Hashable, CustomStringConvertible {
    /// What kind of problem it is; services answer the kinds with different codes.
    package enum Kind: Sendable, Hashable {
        /// A required member is absent.
        case missing
        /// The member has another JSON type than its shape.
        case wrongType
        /// The value breaks a constraint of its shape.
        case invalidValue
    }

    /// What kind of problem it is.
    package let kind: Kind
    /// The way to the member.
    package let path: JSONPointer
    /// What was found and what would be accepted, without the path.
    package let message: String

    /// Makes a problem.
    package init(_ kind: Kind, at path: JSONPointer, _ message: String) {
        self.kind = kind
        self.path = path
        self.message = message
    }

    /// `/Parameters/Tags: …`.
    package var description: String {
        path.tokens.isEmpty ? message : "\(path): \(message)"
    }
}
