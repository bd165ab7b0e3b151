// SPDX-License-Identifier: Apache-2.0

package import AWSWire
import ChangeManagement
package import JSONDocument
import Logging

/// SubmitRfc: hands an RFC in for approval and execution.
///
/// Source: AMS change management API reference, SubmitRfc; clients test for status 200 (reference/ams-clients.md §4.2).
package struct SubmitRfc: Operation {
    package static let name = "SubmitRfc"
    let service: RfcService

    /// The request's members.
    package struct Input: Sendable {
        let id: RfcID
        let override: RestrictedTimesOverride
    }

    package func decode(_ reader: InputReader) throws -> Input {
        let id = try reader.rfcID()
        guard let text = try reader.filledString("RestrictedExecutionTimesOverrideId") else {
            return Input(id: id, override: .noOverrides)
        }
        guard let override = RestrictedTimesOverride(rawValue: text) else {
            let known = RestrictedTimesOverride.allCases.map(\.rawValue).joined(separator: ", ")
            throw reader.invalid("RestrictedExecutionTimesOverrideId", "`\(text)` is none of \(known)")
        }
        return Input(id: id, override: override)
    }

    package func resource(_ input: Input, _ context: RequestContext) throws -> String {
        try AmscmResource.rfc(input.id, service, context)
    }

    package func handle(_ input: Input, _ context: RequestContext) async throws -> JSONValue? {
        try await service.submit(input.id, override: input.override, by: context.caller)
        context.logger.info("change submitted", metadata: ["rfc": "\(input.id)"])
        return nil
    }
}
