// SPDX-License-Identifier: Apache-2.0

package import CoreValues

/// Where keys live: an account in a region.
package struct KMSPlace: Sendable, Hashable {
    /// The account that owns the keys.
    package let accountID: AccountID
    /// The region that they live in.
    package let region: String
    /// The partition of the region.
    package let partition: String
    /// What every ARN here starts with, up to and including the last colon.
    let arnPrefix: String

    /// Makes a place; the partition follows from the region.
    package init(accountID: AccountID, region: String) {
        self.accountID = accountID
        self.region = region
        partition = ARN.partition(ofRegion: region)
        arnPrefix = "arn:\(partition):kms:\(region):\(accountID):"
    }

    /// The ARN of a key.
    package func keyARN(_ id: some CustomStringConvertible) -> String {
        "\(arnPrefix)key/\(id)"
    }

    /// The ARN of an alias, by its name with the prefix `alias/`.
    package func aliasARN(_ name: String) -> String {
        arnPrefix + name
    }
}

extension ARN {
    /// The partition that a region belongs to; source: AWS General Reference, "Amazon Resource Names (ARNs)".
    static func partition(ofRegion region: String) -> String {
        if region.hasPrefix("cn-") {
            return "aws-cn"
        }
        return region.hasPrefix("us-gov-") ? "aws-us-gov" : "aws"
    }
}
