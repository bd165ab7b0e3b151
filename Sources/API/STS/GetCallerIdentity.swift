// SPDX-License-Identifier: Apache-2.0

package import AWSWire
import CoreValues
package import JSONDocument

/// GetCallerIdentity: who signed the request.
///
/// Source: STS API reference, GetCallerIdentity.
package struct GetCallerIdentity: Operation {
    package static let name = "GetCallerIdentity"

    package func decode(_ reader: InputReader) throws {}

    package func handle(_ input: Void, _ context: RequestContext) async throws -> JSONValue? {
        [
            "Arn": .string(context.caller.arn.description),
            "UserId": .string(context.caller.userID),
            "Account": .string(context.caller.accountID.description),
        ]
    }
}
