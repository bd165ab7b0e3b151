// SPDX-License-Identifier: Apache-2.0

import AWSWire
import CoreValues
import EmbeddedAWS

/// An administrator's request to be treated as an AWS service that calls on somebody's behalf.
///
/// Real services reach KMS with forwarded credentials, which is what `kms:ViaService` and `kms:GrantIsForAWSResource`
/// look at; here two signed headers say it: `X-Assent-Via-Service: ec2.us-east-1.amazonaws.com` and, unless the service
/// acts for the caller, `X-Assent-On-Behalf-Of: arn:aws:iam::…:role/…`.
struct ServiceCallSimulation {
    /// The action that the caller's policies have to allow.
    static let action = "assent:SimulateServiceCall"
    private static let serviceHeader = "x-assent-via-service"
    private static let principalHeader = "x-assent-on-behalf-of"

    /// The service's endpoint name.
    let service: String
    private let principal: String?

    /// Reads the headers, `nil` when the request has none.
    /// - Throws: AWSError `ValidationException` unless the signature covers them and they make sense.
    init?(_ request: WireRequest, signedHeaders: [String]) throws(AWSError) {
        let service = request.header(Self.serviceHeader)
        principal = request.header(Self.principalHeader)
        guard let service else {
            guard principal == nil else {
                throw AWSError("ValidationException", "\(Self.principalHeader) needs \(Self.serviceHeader) beside it")
            }
            return nil
        }
        for name in [Self.serviceHeader, Self.principalHeader]
        where request.header(name) != nil && !signedHeaders.contains(name) {
            throw AWSError("ValidationException", "the header \(name) must be among the signed headers")
        }
        guard service.hasSuffix(".amazonaws.com"), service.split(separator: ".").count >= 4 else {
            throw AWSError(
                "ValidationException",
                "\(Self.serviceHeader): `\(service)` is no service such as ec2.us-east-1.amazonaws.com"
            )
        }
        self.service = service
    }

    /// Who the service acts for.
    /// - Throws: AWSError `ValidationException` for an ARN that names no user or role.
    func subject(of caller: CallerIdentity) throws(AWSError) -> CallerIdentity {
        guard let principal else { return caller }
        guard let arn = ARN(parsing: principal), arn.accountID == caller.accountID,
            let subject = CallerIdentity(principal: arn, accessKeyID: "service-call")
        else {
            throw AWSError(
                "ValidationException",
                "\(Self.principalHeader): `\(principal)` is no user or role of account \(caller.accountID)"
            )
        }
        return subject
    }
}
