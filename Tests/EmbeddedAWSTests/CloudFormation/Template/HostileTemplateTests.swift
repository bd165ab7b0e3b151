// SPDX-License-Identifier: Apache-2.0

import EmbeddedAWS
import Testing

struct HostileTemplateTests {
    @Test func `a billion laughs are refused before they are expanded`() {
        var text = "Metadata:\n  a: &a0 [x, x]\n"
        for level in 1...40 {
            text += "  a\(level): &a\(level) [*a\(level - 1), *a\(level - 1)]\n"
        }
        #expect(refusal(of: text).contains("YAML aliases are not allowed in CloudFormation templates"))
    }

    @Test func `an alias as a mapping's key is refused before it is hashed`() {
        var text = "Metadata:\n  a: &a0 [x, x]\n"
        for level in 1...40 {
            text += "  a\(level): &a\(level) [*a\(level - 1), *a\(level - 1)]\n"
        }
        #expect(refusal(of: text + "  ? *a40\n  : x\n").contains("YAML aliases are not allowed"))
    }

    @Test(arguments: [
        String(repeating: "[", count: 20_000),
        String(repeating: "- ", count: 20_000),
        String(repeating: "? ", count: 20_000),
        String(repeating: "{a: ", count: 10_000),
        #"{"Resources":"# + String(repeating: "[", count: 20_000),
        "Metadata: " + String(repeating: "[", count: 70) + String(repeating: "]", count: 70),
    ])
    func `deep nesting is refused`(text: String) {
        #expect(refusal(of: text).hasPrefix("Template format error:"))
    }

    @Test func `a long row of unfinished substitutions is read in one pass`() {
        let text = String(repeating: "${", count: 20_000)
        #expect(
            refusal(
                of: #"{"Resources":{"K":{"Type":"AWS::KMS::Key","Properties":{"Description":{"Fn::Sub":"\#(text)"}}}}}"#
            ) == "accepted"
        )
    }

    @Test func `a template over 51,200 bytes is refused in both forms`() {
        let filler = String(repeating: "x", count: 51_200)
        #expect(refusal(of: #"{"Description":"\#(filler)"}"#).contains("51200"))
        #expect(refusal(of: "Description: \(filler)").contains("51200"))
    }

    @Test func `an object tag, a merge key and a second document are refused`() {
        #expect(refusal(of: "Resources: !!python/object:os.system x").contains("is not supported here"))
        #expect(refusal(of: "<<: {a: b}") == "Invalid template property or properties [<<]")
        #expect(refusal(of: "a: 1\n---\nb: 2\n").contains("YAML not well-formed"))
    }

    @Test func `too many parameters are refused with their number`() {
        let parameters = (0...200).map { #""P\#($0)":{"Type":"String"}"# }.joined(separator: ",")
        #expect(
            refusal(of: #"{"Parameters":{\#(parameters)},"Resources":{"K":{"Type":"AWS::KMS::Key"}}}"#)
                == "Template format error: Number of parameters, 201, is greater than maximum allowed, 200"
        )
    }

    private func refusal(of text: String) -> String {
        do {
            _ = try Template(parsing: text)
            return "accepted"
        } catch {
            return error.description
        }
    }
}
