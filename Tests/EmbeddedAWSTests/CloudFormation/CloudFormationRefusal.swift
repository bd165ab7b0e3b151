// SPDX-License-Identifier: Apache-2.0

import AWSWire

/// A refusal by CloudFormation, to compare with; the code is `ValidationError` unless it is said.
struct CloudFormationRefusal: Error, Equatable, CustomStringConvertible {
    let description: String

    init(_ message: String, code: String = "ValidationError") {
        description = "\(code): \(message)"
    }
}

/// Turns what the service throws into what tests compare with.
func refusing<Result>(_ body: () async throws -> Result) async throws -> Result {
    do {
        return try await body()
    } catch let error as AWSError {
        throw CloudFormationRefusal(error.message, code: error.code)
    }
}
