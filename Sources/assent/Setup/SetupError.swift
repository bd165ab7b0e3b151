// SPDX-License-Identifier: Apache-2.0

/// Why the server or a command can't start, for a person at a terminal.
struct SetupError: Error, CustomStringConvertible {
    /// What is wrong and what to do about it.
    let description: String

    init(_ description: String) {
        self.description = description
    }
}
