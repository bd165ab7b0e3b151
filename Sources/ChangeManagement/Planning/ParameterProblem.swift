// SPDX-License-Identifier: Apache-2.0

package import JSONDocument

/// A value in the execution parameters that can't be accepted.
package struct ParameterProblem: Error, Sendable, Hashable {
    /// The way to the value.
    package let pointer: JSONPointer
    /// What was found and what would be accepted.
    package let message: String

    /// Makes a problem.
    package init(_ pointer: JSONPointer, _ message: String) {
        self.pointer = pointer
        self.message = message
    }
}
