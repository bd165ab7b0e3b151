// SPDX-License-Identifier: Apache-2.0

import EmbeddedAWS
import Testing

struct ParameterTests {
    @Test(arguments: [
        (#""Type":"Number""#, "x", "Parameter 'P' must be a number."),
        (#""Type":"Number""#, "0x10", "Parameter 'P' must be a number."),
        (#""Type":"Number","MinValue":5"#, "4", "Parameter 'P' must be a number not less than 5"),
        (#""Type":"Number","MaxValue":5.5"#, "6", "Parameter 'P' must be a number not greater than 5.5"),
        (#""Type":"List<Number>""#, "1,2,x", "Parameter 'P' must be a number."),
        (#""Type":"String","MinLength":3"#, "ab", "Parameter 'P' must contain at least 3 characters"),
        (#""Type":"String","MaxLength":"1""#, "ab", "Parameter 'P' must contain at most 1 characters"),
        (#""Type":"String","AllowedValues":["a","b"]"#, "c", "Parameter 'P' must be one of AllowedValues"),
        (#""Type":"String","AllowedPattern":"[a-z]+""#, "ab1", "Parameter 'P' must match pattern [a-z]+"),
        (
            #""Type":"CommaDelimitedList","AllowedPattern":"[a-z]+""#, "ab, c,1",
            "Parameter 'P' must match pattern [a-z]+"
        ),
        (
            #""Type":"String","AllowedPattern":"[a-z]+","ConstraintDescription":"must be letters""#, "1",
            "Parameter P failed to satisfy constraint: must be letters"
        ),
    ])
    func `a value that breaks a constraint is refused`(declaration: String, value: String, message: String) {
        #expect(refusal(declaration, [ParameterValue(key: "P", value: value)]) == message)
    }

    @Test(arguments: [
        (#""Type":"Number","MinValue":5"#, "5"), (#""Type":"Number""#, "-1.5e3"),
        (#""Type":"String","AllowedPattern":"[a-z]+""#, "abc"), (#""Type":"String","AllowedValues":["a",1,true]"#, "1"),
        (#""Type":"CommaDelimitedList","AllowedValues":["a","b"]"#, "a, b"), (#""Type":"String","Default":"x""#, ""),
    ])
    func `a value within its constraints is accepted`(declaration: String, value: String) {
        #expect(refusal(declaration, [ParameterValue(key: "P", value: value)]) == nil)
    }

    @Test func `a missing value and an unknown parameter are named`() {
        #expect(refusal(#""Type":"String""#, []) == "Parameters: [P] must have values")
        #expect(
            refusal(#""Type":"String","Default":"a""#, [ParameterValue(key: "Q", value: "x")])
                == "Parameters: [Q] do not exist in the template"
        )
    }

    @Test func `a value over 4,096 bytes is refused`() {
        let long = String(repeating: "x", count: 4097)
        #expect(refusal(#""Type":"String""#, [ParameterValue(key: "P", value: long)])?.contains("4096") == true)
        #expect(refusal(#""Type":"String""#, [ParameterValue(key: "P", value: String(long.dropLast()))]) == nil)
    }

    @Test func `a pattern that invites endless backtracking ends`() {
        let hostile = [ParameterValue(key: "P", value: String(repeating: "a", count: 64) + "!")]
        #expect(refusal(#""Type":"String","AllowedPattern":"(a*)*b""#, hostile) != nil)
    }

    private func refusal(_ declaration: String, _ values: [ParameterValue]) -> String? {
        let text = #"{"Parameters":{"P":{\#(declaration)}},"Resources":{"K":{"Type":"AWS::KMS::Key"}}}"#
        do {
            _ = try TemplatePreview(text, parameters: values)
            return nil
        } catch {
            return error.description
        }
    }
}
