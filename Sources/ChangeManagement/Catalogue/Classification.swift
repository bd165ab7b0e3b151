// SPDX-License-Identifier: Apache-2.0

/// Where a change type stands in the catalogue: category, subcategory, item, operation.
package struct Classification: Sendable, Hashable, CustomStringConvertible {
    /// Such as `Deployment`.
    package let category: String
    /// Such as `Advanced stack components`.
    package let subcategory: String
    /// Such as `KMS key`.
    package let item: String
    /// Such as `Create`.
    package let operation: String

    /// Reads the four parts out of `Deployment | Advanced stack components | KMS key | Create`.
    /// - Returns: `nil` unless there are exactly four non-empty parts.
    package init?(_ text: String) {
        let parts = text.split(separator: "|", omittingEmptySubsequences: false)
            .map { part in
                String(part.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
            }
        guard parts.count == 4, parts.allSatisfy({ !$0.isEmpty }) else { return nil }
        category = parts[0]
        subcategory = parts[1]
        item = parts[2]
        operation = parts[3]
    }

    /// The four parts joined as the documentation joins them.
    package var description: String {
        "\(category) | \(subcategory) | \(item) | \(operation)"
    }
}
