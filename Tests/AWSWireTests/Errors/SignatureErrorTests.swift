// SPDX-License-Identifier: Apache-2.0

import AWSWire
import TestSupport
import Testing

struct SignatureErrorTests {
    @Test func `each protocol has its own names for the refusals`() {
        let lines = SignatureError.Code.allCases.map { code in
            let error = SignatureError(code, "m")
            return [
                "\(code)", error.jsonError.code, "\(error.jsonError.status)", error.queryError.code,
                "\(error.queryError.status)",
            ]
            .joined(separator: " ")
        }
        #expect(Golden.compare(lines.joined(separator: "\n") + "\n", "signature-errors.txt") == .matches)
    }

    @Test func `an error's text has its code and message`() {
        #expect("\(SignatureError.missing)" == "missingAuthenticationToken: Missing Authentication Token")
        #expect("\(AWSError("ValidationError", "no"))" == "ValidationError: no")
        #expect(AWSError("ValidationError", "no").status == 400)
        #expect(!AWSError("ValidationError", "no").isServerFault)
        #expect(AWSError("InternalFailure", "no", status: 500).isServerFault)
    }
}
