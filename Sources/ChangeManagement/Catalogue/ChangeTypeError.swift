// SPDX-License-Identifier: Apache-2.0

/// Why a change type folder can't be used.
package struct ChangeTypeError: Error, Sendable, Hashable, CustomStringConvertible {
    /// Which file or member, and what is wrong with it.
    package let description: String

    /// Makes an error.
    package init(_ description: String) {
        self.description = description
    }
}
