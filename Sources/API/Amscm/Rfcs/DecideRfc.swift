// SPDX-License-Identifier: Apache-2.0

package import AWSWire
package import ChangeManagement
package import JSONDocument
import Logging

/// ApproveRfc: the customer's approval, where the change type asks for one.
///
/// Source: AMS change management API reference, ApproveRfc.
package struct ApproveRfc: Operation {
    package static let name = "ApproveRfc"
    let service: RfcService

    package func decode(_ reader: InputReader) throws -> RfcID {
        try reader.rfcID()
    }

    package func resource(_ input: RfcID, _ context: RequestContext) throws -> String {
        try AmscmResource.rfc(input, service, context)
    }

    package func handle(_ input: RfcID, _ context: RequestContext) async throws -> JSONValue? {
        try await service.approve(input, by: context.caller)
        context.logger.info("change approved", metadata: ["rfc": "\(input)"])
        return nil
    }
}

/// An RFC and the reason that its rejection or cancelation needs.
package struct ReasonedDecision: Sendable {
    let id: RfcID
    let reason: String

    init(_ reader: InputReader) throws(InputProblem) {
        id = try reader.rfcID()
        reason = try reader.requiredFilledString("Reason")
    }
}

/// RejectRfc: the customer's refusal.
///
/// Source: AMS change management API reference, RejectRfc.
package struct RejectRfc: Operation {
    package static let name = "RejectRfc"
    let service: RfcService

    package func decode(_ reader: InputReader) throws -> ReasonedDecision {
        try ReasonedDecision(reader)
    }

    package func resource(_ input: ReasonedDecision, _ context: RequestContext) throws -> String {
        try AmscmResource.rfc(input.id, service, context)
    }

    package func handle(_ input: ReasonedDecision, _ context: RequestContext) async throws -> JSONValue? {
        try await service.reject(input.id, reason: input.reason, by: context.caller)
        context.logger.info("change rejected", metadata: ["rfc": "\(input.id)"])
        return nil
    }
}

/// CancelRfc: withdraws an RFC that has not begun.
///
/// Source: AMS change management API reference, CancelRfc.
package struct CancelRfc: Operation {
    package static let name = "CancelRfc"
    let service: RfcService

    package func decode(_ reader: InputReader) throws -> ReasonedDecision {
        try ReasonedDecision(reader)
    }

    package func resource(_ input: ReasonedDecision, _ context: RequestContext) throws -> String {
        try AmscmResource.rfc(input.id, service, context)
    }

    package func handle(_ input: ReasonedDecision, _ context: RequestContext) async throws -> JSONValue? {
        try await service.cancel(input.id, reason: input.reason, by: context.caller)
        context.logger.info("change canceled", metadata: ["rfc": "\(input.id)"])
        return nil
    }
}
