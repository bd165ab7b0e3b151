// SPDX-License-Identifier: Apache-2.0

/// An AWS service by its signing name, the one that stands in credential scopes.
package struct AWSServiceName: Sendable, Hashable, CustomStringConvertible {
    /// The signing name.
    package let description: String

    /// Names a service.
    package init(_ signingName: String) {
        description = signingName
    }

    /// AWS Managed Services Change Management.
    package static let amscm = AWSServiceName("amscm")
    /// AWS Managed Services SKMS.
    package static let amsskms = AWSServiceName("amsskms")
    /// AWS Key Management Service.
    package static let kms = AWSServiceName("kms")
    /// AWS CloudFormation.
    package static let cloudformation = AWSServiceName("cloudformation")
    /// AWS Security Token Service.
    package static let sts = AWSServiceName("sts")
    /// AWS Identity and Access Management.
    package static let iam = AWSServiceName("iam")
}

extension AWSServiceName {
    /// The part of `X-Amz-Target` before the point, `nil` for services that don't speak awsJson 1.1.
    ///
    /// Sources: reference/amscm-api.md §1; the public service models of SKMS and KMS.
    package var targetPrefix: String? {
        switch self {
        case .amscm: "AWSEnergonService"
        case .amsskms: "SentinelProvisioningService"
        case .kms: "TrentService"
        default: nil
        }
    }

    /// The `Version` parameter of the Query protocol, `nil` for services that don't speak it.
    ///
    /// Source: the CloudFormation, STS and IAM API references, "Common Parameters".
    package var queryVersion: String? {
        switch self {
        case .cloudformation: "2010-05-15"
        case .sts: "2011-06-15"
        case .iam: "2010-05-08"
        default: nil
        }
    }

    /// The XML namespace of Query answers, `nil` for services that don't speak it.
    package var xmlNamespace: String? {
        switch self {
        case .cloudformation: "http://cloudformation.amazonaws.com/doc/2010-05-15/"
        case .sts: "https://sts.amazonaws.com/doc/2011-06-15/"
        case .iam: "https://iam.amazonaws.com/doc/2010-05-08/"
        default: nil
        }
    }

    /// The service and operation that an `X-Amz-Target` such as `TrentService.Encrypt` names.
    /// - Returns: `nil` for an unknown prefix or a target without an operation.
    package static func target(_ text: String) -> (service: AWSServiceName, operation: String)? {
        guard let point = text.utf8.lastIndex(of: UInt8(ascii: ".")) else { return nil }
        let prefix = text[..<point]
        let operation = text[point...].dropFirst()
        let service = [amscm, amsskms, kms].first { $0.targetPrefix.map { $0 == prefix } ?? false }
        guard let service, !operation.isEmpty else { return nil }
        return (service, String(operation))
    }

    /// The service whose Query API has that `Version`.
    /// - Returns: `nil` for an unknown version.
    package static func query(version: String) -> AWSServiceName? {
        [cloudformation, sts, iam].first { $0.queryVersion == version }
    }
}
