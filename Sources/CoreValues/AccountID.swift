// SPDX-License-Identifier: Apache-2.0

/// The twelve digits that name an AWS account.
package struct AccountID: Sendable, Hashable, Comparable, CustomStringConvertible {
    /// The digits.
    package let description: String

    /// Reads an account id.
    /// - Returns: `nil` unless the text is exactly twelve ASCII digits.
    package init?(_ text: some StringProtocol) {
        guard text.utf8.count == 12, text.utf8.allSatisfy({ (48...57).contains($0) }) else { return nil }
        description = String(text)
    }

    package static func < (lhs: AccountID, rhs: AccountID) -> Bool {
        lhs.description < rhs.description
    }
}
