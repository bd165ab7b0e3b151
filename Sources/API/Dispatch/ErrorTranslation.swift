// SPDX-License-Identifier: Apache-2.0

import AWSWire
import ChangeManagement

/// The one place where failures become AWS error codes and statuses.
struct ErrorTranslation {
    let service: ServiceAPI

    /// The error a client sees, `nil` for a failure that nobody foresaw.
    func known(_ error: any Error) -> AWSError? {
        switch error {
        case let error as AWSError: error
        case let problem as InputProblem: input(problem)
        case let error as RfcError: Self.rfc(error)
        case let error as SignatureError: service.isQuery ? error.queryError : error.jsonError
        default: nil
        }
    }

    /// What a client is told about a failure that nobody foresaw; the cause goes to the log alone.
    func unforeseen(requestID: String) -> AWSError {
        AWSError(
            service.internalErrorCode,
            "the request failed inside the server; its log has the cause under request id \(requestID)",
            status: 500
        )
    }

    private func input(_ problem: InputProblem) -> AWSError {
        switch problem.kind {
        case .wrongType: AWSError(service.inputCodes.serialization, problem.description)
        case .missing, .invalidValue: AWSError(service.inputCodes.validation, problem.description)
        }
    }

    /// Statuses as AMS's text says the service really answers; source: reference/amscm-api.md §5.
    static func rfc(_ error: RfcError) -> AWSError {
        switch error.code {
        case .invalidArgument: AWSError("InvalidArgumentException", error.message)
        case .invalidState: AWSError("InvalidRfcStateException", error.message, status: 409)
        case .invalidSchedule: AWSError("InvalidRfcScheduleException", error.message, status: 409)
        case .notFound: AWSError("ResourceNotFoundException", error.message, status: 404)
        case .conflict: AWSError("InternalServerError", error.message, status: 500)
        }
    }
}
