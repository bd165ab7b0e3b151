// SPDX-License-Identifier: Apache-2.0

/// A form of the Query protocol that can't be read as a tree of parameters.
package struct QueryProblem: Error, Sendable, Hashable, CustomStringConvertible {
    /// The parameter at fault, as it stands in the form; empty when it is the form as a whole.
    package let parameter: String
    /// What is wrong with it.
    package let message: String

    /// Makes a problem.
    init(_ parameter: String, _ message: String) {
        self.parameter = parameter
        self.message = message
    }

    /// The message with the parameter's name.
    package var description: String {
        parameter.isEmpty ? message : "parameter `\(parameter)`: \(message)"
    }
}
