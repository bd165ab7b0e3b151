// SPDX-License-Identifier: Apache-2.0

import EmbeddedAWS
import JSONDocument
import Testing

struct TemplateFunctionTests {
    @Test(arguments: [
        (#"{"Ref":"Text"}"#, #""word""#),
        (#"{"Ref":"Number"}"#, #""42""#),
        (#"{"Ref":"List"}"#, #"["a","b c","d"]"#),
        (#"{"Ref":"Empty"}"#, #"[""]"#),
        (#"{"Ref":"AWS::AccountId"}"#, #""123456789012""#),
        (#"{"Ref":"AWS::Region"}"#, #""us-east-1""#),
        (#"{"Ref":"AWS::Partition"}"#, #""aws""#),
        (#"{"Ref":"AWS::URLSuffix"}"#, #""amazonaws.com""#),
        (#"{"Ref":"AWS::StackName"}"#, #""preview""#),
        (#"{"Ref":"AWS::NotificationARNs"}"#, "[]"),
        (#"{"Fn::Join":["-",["a",{"Ref":"Text"},3,true]]}"#, #""a-word-3-true""#),
        (#"{"Fn::Join":["",{"Ref":"List"}]}"#, #""ab cd""#),
        (#"{"Fn::Split":["|","a||c|"]}"#, #"["a","","c",""]"#),
        (#"{"Fn::Split":["::","a::b"]}"#, #"["a","b"]"#),
        (#"{"Fn::Select":["1",{"Ref":"List"}]}"#, #""b c""#),
        (#"{"Fn::Select":[0,["x","y"]]}"#, #""x""#),
        (#"{"Fn::Base64":{"Fn::Sub":"${Text}!"}}"#, #""d29yZCE=""#),
        (#"{"Fn::FindInMap":["Map",{"Ref":"Text"},"Value"]}"#, #""mapped""#),
        (#"{"Fn::FindInMap":["Map","word","Values"]}"#, #"["1","2"]"#),
        (#"{"Fn::Sub":"${Text}/${AWS::Region}/${!aws:username}/$x"}"#, #""word/us-east-1/${aws:username}/$x""#),
        (#"{"Fn::Sub":["${Text}-${Own}-${A.B}",{"Own":{"Ref":"Number"},"A.B":"dot"}]}"#, #""word-42-dot""#),
        (#"{"Fn::If":["Yes","then","else"]}"#, #""then""#),
        (#"{"Fn::If":["No","then","else"]}"#, #""else""#),
        (#"{"Fn::If":["Both","then","else"]}"#, #""else""#),
        (#"{"Fn::If":["Either","then","else"]}"#, #""then""#),
        (#"["a",{"Fn::If":["No","b",{"Ref":"AWS::NoValue"}]},"c"]"#, #"["a","c"]"#),
        (#"{"A":{"Ref":"AWS::NoValue"},"B":1}"#, #"{"B":1}"#),
        (#"{"Condition":{"Bool":{"x":"true"}}}"#, #"{"Condition":{"Bool":{"x":"true"}}}"#),
    ])
    func `a function gives its value`(expression: String, expected: String) throws {
        #expect(try preview(expression).outputs["O"]?.text() == expected)
    }

    @Test(arguments: [
        (
            #"{"Fn::Select":[3,{"Ref":"List"}]}"#,
            "Template error: Fn::Select cannot select nonexistent value at index 3"
        ),
        (#"{"Fn::Select":[-1,["a"]]}"#, "Template error: Fn::Select cannot select nonexistent value at index -1"),
        (
            #"{"Fn::FindInMap":["Map","word","Other"]}"#,
            "Template error: Unable to get mapping for Map::word::Other"
        ),
        (
            #"{"Fn::FindInMap":["Nope","word","Other"]}"#,
            "Template error: Mapping named 'Nope' is not present in the 'Mappings' section of template."
        ),
        (#"{"Fn::Sub":"${List}"}"#, "Template error: variable List in Fn::Sub expression does not resolve to a string"),
        (
            #"{"Fn::Sub":"${a b}"}"#,
            "Template error: variable names in Fn::Sub syntax must contain only alphanumeric characters, underscores, "
                + "periods, and colons"
        ),
        (#"{"Ref":["a"]}"#, "Template error: every Ref object must have a single String value."),
        (
            #"{"Fn::Join":[{"Ref":"Text"},["a"]]}"#,
            "Template error: every Fn::Join object requires two parameters, (1) a string delimiter and (2) a list of "
                + "strings to be joined or a function that returns a list of strings (such as Fn::GetAZs) to be joined."
        ),
        (#"{"Fn::Base64":["a"]}"#, "Template error: every Fn::Base64 object must have a String-typed value."),
        (
            #"{"Fn::Equals":["a","b"]}"#,
            "Template error: Fn::Equals can only be used in the Conditions block of the template"
        ),
        (#"{"Ref":"AWS::NoValue"}"#, "Template format error: Resource name AWS::NoValue is non alphanumeric."),
        (
            #"{"Fn::GetAZs":""}"#,
            "Template error: the intrinsic function Fn::GetAZs is not supported by the embedded CloudFormation"
        ),
    ])
    func `a function with a wrong argument is refused`(expression: String, message: String) {
        do {
            let value = try preview(expression).outputs["O"]
            Issue.record("accepted as \(value?.text() ?? "nothing")")
        } catch {
            #expect(error.description == message)
        }
    }

    @Test(arguments: [
        (#"{"Fn::Equals":["a"]}"#, "Template error: every Fn::Equals object requires a list of 2 string parameters."),
        (#"{"Fn::Not":"a"}"#, "Template error: every Fn::Not object requires one boolean parameter."),
        (
            #"{"Fn::And":[{"Condition":"C"}]}"#,
            "Template error: every Fn::And object requires a list of at least 2 and at most 10 boolean parameters."
        ),
        (
            #"{"Condition":"Nope"}"#,
            "Template format error: Unresolved condition dependency Nope in the Conditions block of the template"
        ),
        (#"{"Condition":"C"}"#, "Template format error: Circular dependency between conditions"),
        (
            #"{"Fn::Equals":[{"Ref":"K"},"x"]}"#,
            "Template format error: Unresolved dependencies [K]. Cannot reference resources in the Conditions block of "
                + "the template"
        ),
    ])
    func `a wrong condition is refused`(condition: String, message: String) {
        do {
            _ = try Template(parsing: #"{"Conditions":{"C":\#(condition)},"Resources":{"K":{"Type":"AWS::KMS::Key"}}}"#)
            Issue.record("accepted")
        } catch {
            #expect(error.description == message)
        }
    }

    @Test func `what a false condition leaves out can't be referred to`() {
        let text = """
            {"Conditions":{"No":{"Fn::Equals":["a","b"]}},
             "Resources":{"K":{"Type":"AWS::KMS::Key"},"L":{"Type":"AWS::KMS::Key","Condition":"No"}},
             "Outputs":{"O":{"Value":{"Ref":"L"}}}}
            """
        #expect(throws: TemplateError.self) { try TemplatePreview(text) }
    }

    @Test func `a text that grows without end is stopped`() {
        let many = Array(repeating: "${Long}", count: 200).joined()
        let text = """
            {"Parameters":{"Long":{"Type":"String","Default":"\(String(repeating: "x", count: 4096))"}},
             "Resources":{"K":{"Type":"AWS::KMS::Key"}},"Outputs":{"O":{"Value":{"Fn::Sub":"\(many)"}}}}
            """
        #expect(throws: TemplateError.self) { try TemplatePreview(text) }
    }

    private func preview(_ expression: String) throws(TemplateError) -> TemplatePreview {
        try TemplatePreview(
            """
            {"Parameters":{"Text":{"Type":"String","Default":"word"},"Number":{"Type":"Number","Default":42},
              "List":{"Type":"CommaDelimitedList","Default":"a, b c ,d"},
              "Empty":{"Type":"CommaDelimitedList","Default":""}},
             "Mappings":{"Map":{"word":{"Value":"mapped","Values":["1","2"]}}},
             "Conditions":{"Yes":{"Fn::Equals":[{"Ref":"Text"},"word"]},"No":{"Fn::Not":[{"Condition":"Yes"}]},
              "Both":{"Fn::And":[{"Condition":"Yes"},{"Condition":"No"}]},
              "Either":{"Fn::Or":[{"Condition":"Yes"},{"Condition":"No"}]}},
             "Resources":{"K":{"Type":"AWS::KMS::Key"}},"Outputs":{"O":{"Value":\(expression)}}}
            """
        )
    }
}
