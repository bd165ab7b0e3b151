// SPDX-License-Identifier: Apache-2.0

/// What is wrong with the database's content.
package struct PersistenceError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What was found; never sensitive content.
    package let description: String

    init(_ description: String) {
        self.description = description
    }
}
