// SPDX-License-Identifier: Apache-2.0

import EmbeddedAWS
import JSONDocument
import Testing

struct TemplateParsingTests {
    private static let key = #""K":{"Type":"AWS::KMS::Key"}"#

    @Test(arguments: [
        ("[]", "Template format error: unsupported structure."),
        ("hello", "Template format error: unsupported structure."),
        ("{", "Template format error: JSON not well-formed. (line 1, column 2): "),
        (#"{"Resources":{},"Resources":{}}"#, "Template format error: JSON not well-formed. (line 1, column 17)"),
        ("Resources: [", "Template format error: YAML not well-formed. (line 2"),
        ("Resources:\n  K: {}\n  K: {}\n", "Template format error: YAML not well-formed."),
        ("{}", "Template format error: At least one Resources member must be defined."),
        (#"{"Resources":{}}"#, "Template format error: At least one Resources member must be defined."),
        (#"{"Resources":[]}"#, "Template format error: Resources section must be an object."),
        (#"{"Foo":1,"Bar":2}"#, "Invalid template property or properties [Foo, Bar]"),
        (
            #"{"AWSTemplateFormatVersion":"2011-01-01","Resources":{\#(key)}}"#,
            "Template format error: unsupported value for AWSTemplateFormatVersion."
        ),
        (
            #"{"Resources":{"K":{}}}"#,
            "Template format error: [/Resources/K] Every Resources object must contain a Type"
        ),
        (#"{"Resources":{"K":7}}"#, "Template format error: Any Resources member must be an object."),
        (
            #"{"Resources":{"my-key":{"Type":"AWS::KMS::Key"}}}"#,
            "Template format error: Resource name my-key is non alphanumeric."
        ),
        (
            #"{"Resources":{"B":{"Type":"AWS::S3::Bucket"},"A":{"Type":"AWS::EC2::VPC"},\#(key)}}"#,
            "Template format error: Unrecognized resource types: [AWS::EC2::VPC, AWS::S3::Bucket]"
        ),
        (#"{"Resources":{"K":{"Type":"AWS::KMS::Key","Tags":[]}}}"#, "Invalid template resource property 'Tags'"),
        (
            #"{"Resources":{"K":{"Type":"AWS::KMS::Key","Properties":{"Description":null}}}}"#,
            "[/Resources/K/Properties/Description] 'null' values are not allowed in templates"
        ),
        (
            #"{"Resources":{"K":{"Type":"AWS::KMS::Key","DeletionPolicy":{"Ref":"X"}}}}"#,
            "Template format error: Every DeletionPolicy member must be a string."
        ),
        (
            #"{"Resources":{"K":{"Type":"AWS::KMS::Key","DeletionPolicy":"Snapshot"}}}"#,
            "Template format error: Type AWS::KMS::Key does not support Snapshot DeletionPolicy."
        ),
        (
            #"{"Resources":{"K":{"Type":"AWS::KMS::Key","DeletionPolicy":"Keep"}}}"#,
            "Template format error: Unrecognized DeletionPolicy Keep for resource type AWS::KMS::Key."
        ),
        (
            #"{"Transform":"AWS::Serverless-2016-10-31","Resources":{\#(key)}}"#,
            "No transform named AWS::Serverless-2016-10-31 found."
        ),
        (
            #"{"Parameters":{"P":{}},"Resources":{\#(key)}}"#,
            "Template format error: Every Parameters object must contain a Type member."
        ),
        (
            #"{"Parameters":{"P":{"Type":"Strange"}},"Resources":{\#(key)}}"#,
            "Template format error: Unrecognized parameter type: Strange"
        ),
    ])
    func `a wrong template is refused in CloudFormation's words`(text: String, message: String) {
        #expect(refusal(of: text).hasPrefix(message), "\(refusal(of: text))")
    }

    @Test(arguments: [
        (
            #"{"K":{"Type":"AWS::KMS::Key","Properties":{"Description":{"Ref":"Nobody"}}}}"#, "{}",
            "Template format error: Unresolved resource dependencies [Nobody] in the Resources block of the template"
        ),
        (
            #"{"K":{"Type":"AWS::KMS::Key","DependsOn":["Nobody"]}}"#, "{}",
            "Template format error: Unresolved resource dependencies [Nobody] in the Resources block of the template"
        ),
        (
            #"{"K":{"Type":"AWS::KMS::Key"}}"#, #"{"O":{"Value":{"Ref":"Nobody"}}}"#,
            "Template format error: Unresolved resource dependencies [Nobody] in the Outputs block of the template"
        ),
        (
            #"{"K":{"Type":"AWS::KMS::Key"}}"#, #"{"O":{"Value":{"Fn::GetAtt":["Nobody","Arn"]}}}"#,
            "Template error: instance of Fn::GetAtt references undefined resource Nobody"
        ),
        (
            #"{"K":{"Type":"AWS::KMS::Key"}}"#, #"{"O":{"Value":{"Fn::Sub":"${Nobody.Arn}"}}}"#,
            "Template error: instance of Fn::Sub references undefined resource Nobody"
        ),
        (
            #"{"K":{"Type":"AWS::KMS::Key"}}"#, #"{"O":{"Value":{"Fn::GetAtt":["K","Name"]}}}"#,
            "Template error: resource K does not support attribute type Name in Fn::GetAtt"
        ),
        (
            #"{"K":{"Type":"AWS::KMS::Key"}}"#, #"{"O":{"Value":{"Fn::GetAtt":["K",""]}}}"#,
            "Template error: every Fn::GetAtt object requires two non-empty parameters, the resource name and the "
                + "resource attribute"
        ),
        (
            #"{"K":{"Type":"AWS::KMS::Key","Condition":"Nope"}}"#, "{}",
            "Template format error: Unresolved condition dependency Nope in the Resources block of the template"
        ),
        (
            #"{"K":{"Type":"AWS::KMS::Key"}}"#, #"{"O":{"Value":{"Fn::If":["Nope","a","b"]}}}"#,
            "Template error: unresolved condition dependency Nope in Fn::If"
        ),
        (
            #"{"A":{"Type":"AWS::KMS::Key","DependsOn":"B"},"B":{"Type":"AWS::KMS::Key","DependsOn":"A"},"C":{"Type":"AWS::KMS::Key","DependsOn":"A"},"D":{"Type":"AWS::KMS::Key"}}"#,
            "{}", "Circular dependency between resources: [A, B]"
        ),
        (
            #"{"A":{"Type":"AWS::KMS::Key","Properties":{"Description":{"Ref":"A"}}}}"#, "{}",
            "Circular dependency between resources: [A]"
        ),
    ])
    func `a name that leads nowhere is refused`(resources: String, outputs: String, message: String) {
        #expect(refusal(of: #"{"Resources":\#(resources),"Outputs":\#(outputs)}"#) == message)
    }

    @Test func `YAML and JSON forms are the same template`() throws {
        let yaml = """
            AWSTemplateFormatVersion: 2010-09-09
            Description: A key
            Parameters:
              Admins: {Type: CommaDelimitedList, Default: 'a, b'}
              Stage: {Type: String, Default: prod}
            Conditions:
              IsProd: !Equals [!Ref Stage, prod]
              Odd: !And [!Condition IsProd, !Not [!Or [!Condition IsProd, !Condition IsProd]]]
            Resources:
              Key:
                Type: AWS::KMS::Key
                DeletionPolicy: Retain
                Properties:
                  Description: !Sub 'Key of ${Stage}'
                  EnableKeyRotation: true
                  PendingWindowInDays: 7
                  KeyPolicy:
                    Version: 2012-10-17
                    Statement:
                      - !If [IsProd, {Sid: A, Principal: {AWS: !Ref Admins}}, !Ref AWS::NoValue]
              Alias:
                Type: AWS::KMS::Alias
                Properties:
                  AliasName: !Join ['', [alias/, !Select [0, !Split ['-', a-b]]]]
                  TargetKeyId: !GetAtt Key.Arn
            Outputs:
              Arn: {Value: !GetAtt [Key, Arn]}
            """
        let json = """
            {"AWSTemplateFormatVersion":"2010-09-09","Description":"A key",
             "Parameters":{"Admins":{"Type":"CommaDelimitedList","Default":"a, b"},
              "Stage":{"Type":"String","Default":"prod"}},
             "Conditions":{"IsProd":{"Fn::Equals":[{"Ref":"Stage"},"prod"]},
              "Odd":{"Fn::And":[{"Condition":"IsProd"},{"Fn::Not":[{"Fn::Or":[{"Condition":"IsProd"},{"Condition":"IsProd"}]}]}]}},
             "Resources":{"Key":{"Type":"AWS::KMS::Key","DeletionPolicy":"Retain","Properties":{
               "Description":{"Fn::Sub":"Key of ${Stage}"},"EnableKeyRotation":true,"PendingWindowInDays":7,
               "KeyPolicy":{"Version":"2012-10-17","Statement":[
                {"Fn::If":["IsProd",{"Sid":"A","Principal":{"AWS":{"Ref":"Admins"}}},{"Ref":"AWS::NoValue"}]}]}}},
              "Alias":{"Type":"AWS::KMS::Alias","Properties":{
               "AliasName":{"Fn::Join":["",["alias/",{"Fn::Select":[0,{"Fn::Split":["-","a-b"]}]}]]},
               "TargetKeyId":{"Fn::GetAtt":["Key","Arn"]}}}},
             "Outputs":{"Arn":{"Value":{"Fn::GetAtt":["Key","Arn"]}}}}
            """
        #expect(try TemplatePreview(yaml).resources == TemplatePreview(json).resources)
        #expect(try TemplatePreview(yaml).outputs == TemplatePreview(json).outputs)
        #expect(try Template(parsing: yaml).resourceTypes == ["AWS::KMS::Alias", "AWS::KMS::Key"])
    }

    @Test(arguments: [
        ("2012-10-17", "\"2012-10-17\""), ("012345678901", "\"012345678901\""), ("123", "123"), ("-1.5", "-1.5"),
        ("yes", "true"), ("Off", "false"), ("'yes'", "\"yes\""), ("\"12\"", "\"12\""), ("0x1F", "\"0x1F\""),
        ("1_000", "\"1_000\""), (".5", "\".5\""), ("!!str 12", "\"12\""), ("12:30:45", "\"12:30:45\""),
    ])
    func `a YAML scalar keeps the type that CloudFormation gives it`(scalar: String, json: String) throws {
        let template = "Resources: {K: {Type: AWS::KMS::Key, Properties: {Description: \(scalar)}}}"
        #expect(try TemplatePreview(template).resources["K"]?["Description"]?.text() == json)
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
