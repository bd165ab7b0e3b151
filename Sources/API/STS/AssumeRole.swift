// SPDX-License-Identifier: Apache-2.0

package import AWSWire
import CoreValues
package import EmbeddedAWS
package import JSONDocument

/// AssumeRole: temporary credentials of a role's session.
///
/// Source: STS API reference, AssumeRole. Session policies, tags and MFA are refused rather than ignored.
package struct AssumeRole: Operation {
    package static let name = "AssumeRole"
    let service: SecurityTokenService

    package func decode(_ reader: InputReader) throws -> SecurityTokenService.AssumeRoleInput {
        for name in ["Policy", "PolicyArns", "Tags", "TransitiveTagKeys", "SerialNumber", "TokenCode"]
        where reader.value(name) != nil {
            throw reader.invalid(name, "is not supported by the embedded STS; leave it out")
        }
        return SecurityTokenService.AssumeRoleInput(
            roleARN: try reader.requiredString("RoleArn"),
            sessionName: try reader.requiredString("RoleSessionName"),
            durationSeconds: try reader.integer("DurationSeconds") ?? SecurityTokenService.standardDuration
        )
    }

    package func handle(
        _ input: SecurityTokenService.AssumeRoleInput,
        _ context: RequestContext
    ) async throws -> JSONValue? {
        let session = try service.assumeRole(input, by: context.caller, at: context.now)
        let credentials: JSONValue = [
            "AccessKeyId": .string(session.credentials.accessKeyID),
            "SecretAccessKey": .string(session.credentials.secretAccessKey),
            "SessionToken": .string(session.credentials.sessionToken ?? ""),
            "Expiration": .string(session.expiresAt.extendedForm),
        ]
        return [
            "Credentials": credentials,
            "AssumedRoleUser": [
                "AssumedRoleId": .string(session.caller.userID),
                "Arn": .string(session.caller.arn.description),
            ],
        ]
    }
}
