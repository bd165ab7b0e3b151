// SPDX-License-Identifier: Apache-2.0

/// An Amazon Resource Name, `arn:partition:service:region:account:resource`.
///
/// The five colons after `arn` always stand; region and account may be empty. The resource keeps every further
/// colon and slash. Source: AWS General Reference, "Amazon Resource Names (ARNs)".
package struct ARN: Sendable, Hashable, CustomStringConvertible {
    /// The partition: `aws`, `aws-cn` or `aws-us-gov`.
    package let partition: String
    /// The service namespace, such as `kms` or `iam`.
    package let service: String
    /// The region, empty for global services.
    package let region: String
    /// The account part, empty where the resource belongs to none; usually twelve digits, `aws` for AWS's own.
    package let account: String
    /// Everything after the fifth colon, such as `role/roleA`.
    package let resource: String

    /// Makes an ARN from its parts.
    package init(
        partition: String = "aws",
        service: String,
        region: String = "",
        account: String = "",
        resource: String
    ) {
        self.partition = partition
        self.service = service
        self.region = region
        self.account = account
        self.resource = resource
    }

    /// Reads an ARN.
    /// - Returns: `nil` when the text does not start with `arn:`, has fewer than six parts, or has an empty
    ///   partition, service or resource.
    package init?(parsing text: some StringProtocol) {
        let parts = text.split(separator: ":", maxSplits: 5, omittingEmptySubsequences: false)
        guard parts.count == 6, parts[0] == "arn", !parts[1].isEmpty, !parts[2].isEmpty, !parts[5].isEmpty else {
            return nil
        }
        self.init(
            partition: String(parts[1]),
            service: String(parts[2]),
            region: String(parts[3]),
            account: String(parts[4]),
            resource: String(parts[5])
        )
    }

    /// The ARN as text.
    package var description: String {
        "arn:\(partition):\(service):\(region):\(account):\(resource)"
    }

    /// The account part as an account id, `nil` when it is empty or no account id.
    package var accountID: AccountID? {
        AccountID(account)
    }

    /// The resource's first path or colon segment: `role` of `role/roleA`, `key` of `key/1234…`.
    package var resourceType: Substring {
        resource.prefix { $0 != "/" && $0 != ":" }
    }
}
