// SPDX-License-Identifier: Apache-2.0

package import CoreValues

/// A name for a key.
package struct AliasRecord: Sendable, Equatable {
    /// The name with its prefix `alias/`.
    package let name: String
    /// The alias's ARN as text.
    package let arn: String
    /// The key it stands for.
    package var keyID: KeyID
    /// When it was made.
    package let createdAt: Timestamp
    /// When it was last pointed at a key.
    package var updatedAt: Timestamp

    /// Makes a record.
    package init(name: String, arn: String, keyID: KeyID, createdAt: Timestamp, updatedAt: Timestamp) {
        self.name = name
        self.arn = arn
        self.keyID = keyID
        self.createdAt = createdAt
        self.updatedAt = updatedAt
    }
}
