// SPDX-License-Identifier: Apache-2.0

/// What a signing key is good for: one day, one region, one service.
package struct CredentialScope: Sendable, Hashable, CustomStringConvertible {
    /// The word every scope ends in.
    static let terminator = "aws4_request"

    /// The day in basic form, `20150830`.
    package let date: String
    /// The region, such as `us-east-1`.
    package let region: String
    /// The signing name of the service, such as `kms`.
    package let service: String

    /// Makes a scope.
    package init(date: String, region: String, service: String) {
        self.date = date
        self.region = region
        self.service = service
    }

    /// The scope as it is signed, `20150830/us-east-1/kms/aws4_request`.
    package var description: String {
        "\(date)/\(region)/\(service)/\(Self.terminator)"
    }
}
