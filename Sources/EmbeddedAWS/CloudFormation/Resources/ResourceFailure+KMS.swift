// SPDX-License-Identifier: Apache-2.0

import AWSWire
import CoreValues

extension ResourceFailure {
    /// What becomes of an error of KMS; source: reference/cloudformation.md §1, error mapping.
    ///
    /// Where KMS gives no message, the operation and the error stand in for one.
    init(_ error: AWSError, operation: String) {
        let message = error.message.isEmpty ? "\(operation) failed due to \(error.code)" : error.message
        self.init(code: Self.handlerCode(error), message: message)
    }

    private static func handlerCode(_ error: AWSError) -> String {
        switch error.code {
        case "AlreadyExistsException": "AlreadyExists"
        case "LimitExceededException": "ServiceLimitExceeded"
        case "NotFoundException": "NotFound"
        case "AccessDeniedException": "AccessDenied"
        case "ThrottlingException": "Throttling"
        default: error.isServerFault ? "ServiceInternalError" : "InvalidRequest"
        }
    }
}

/// Lets a handler call the operations of KMS one after another in one decision.
struct KMSHandlerCall {
    let engine: KMSEngine
    let call: KMSCall

    init(_ engine: KMSEngine, _ order: ResourceOrder) {
        self.engine = engine
        let caller = engine.caller(order.caller, calledVia: ["cloudformation.amazonaws.com"])
        call = KMSCall(caller, at: order.now)
    }

    /// Calls an operation.
    func callAsFunction<Result>(
        _ operation: String,
        _ body: (KMSEngine, KMSCall) throws(AWSError) -> Result
    ) throws(ResourceFailure) -> Result {
        do {
            return try body(engine, call)
        } catch {
            throw ResourceFailure(error, operation: operation)
        }
    }
}
