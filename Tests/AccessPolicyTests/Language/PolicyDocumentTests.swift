// SPDX-License-Identifier: Apache-2.0

import AccessPolicy
import JSONDocument
import Testing

struct PolicyDocumentTests {
    @Test(arguments: [
        #"{"Version":"2012-10-17","Id":"x","Statement":[]}"#,
        #"{"Statement":{"Resource":"*","Action":["kms:*"],"Principal":"*","Effect":"Deny","Sid":""}}"#,
        #"{"Id":"","Statement":[{"Effect":"Allow","NotPrincipal":{"Service":["a.b"],"AWS":"*"},"NotAction":[]}],"Version":"2008-10-17"}"#,
        #"{"Statement":[{"Effect":"Allow","Condition":{"bool":{"a":true,"b":[false,"x",1.50]},"Null":{}},"NotResource":["a","b"]}]}"#,
    ])
    func `a policy prints as it was read`(_ text: String) throws {
        #expect(try PolicyDocument(parsing: text).json.text() == text)
    }

    @Test(arguments: [
        ("{\n  \"Statement\": [\n    {\"Effect\": \"Maybe\"}\n  ]\n}", "line 3, column 16: /Statement/0/Effect: "),
        ("{\"Statement\": [}", "line 1, column 16: "),
        (#"{"Statement":[{"Effect":"Allow","Efect":1}]}"#, "/Statement/0/Efect: `Efect` is no element of a statement"),
        (#"{"Statement":[],"statement":[]}"#, "/statement: `statement` is no element of a policy"),
        (#"{"Statement":[{}]}"#, "/Statement/0: the statement has no `Effect`"),
        (#"{"Statement":{"Effect":"allow"}}"#, "/Statement/Effect: the effect `allow`"),
        (#"{"Statement":[{"Effect":"Allow","Principal":"me"}]}"#, "/Statement/0/Principal: "),
        (#"{"Statement":[{"Effect":"Allow","Principal":{"Aws":"*"}}]}"#, "/Statement/0/Principal/Aws: "),
        (#"{"Statement":[{"Effect":"Allow","Action":["a",1]}]}"#, "/Statement/0/Action/1: "),
        (#"{"Statement":[{"Effect":"Allow","Action":"a","NotAction":"b"}]}"#, "/Statement/0/NotAction: "),
        (#"{"Statement":[{"Effect":"Allow","Condition":{"StringIs":{}}}]}"#, "/Statement/0/Condition/StringIs: "),
        (#"{"Statement":[{"Effect":"Allow","Condition":{"NullIfExists":{}}}]}"#, "/Statement/0/Condition/NullIfExists"),
        (#"{"Statement":[{"Effect":"Allow","Condition":{"Bool":{"a/b":[null]}}}]}"#, "/Condition/Bool/a~1b/0: "),
        (#"{"Statement":[{"Effect":"Allow","Condition":[]}]}"#, "/Statement/0/Condition: "),
        (#"{"Version":"2020-01-01","Statement":[]}"#, "/Version: the version `2020-01-01`"),
        (#"{"Version":"2012-10-17"}"#, "the policy has no `Statement`"),
        (#"{"Statement":[{"Effect":"Allow","Sid":"a","Sid":"b"}]}"#, "stands twice"),
        ("[]", "a policy must be an object, found array"),
    ])
    func `an error names the place`(_ text: String, _ expected: String) {
        let error = #expect(throws: PolicyParseError.self) { try PolicyDocument(parsing: text) }
        #expect(error?.description.contains(expected) == true, "\(error?.description ?? "accepted")")
    }

    @Test func `every operator name reads back, with every qualifier`() {
        for base in ConditionOperator.Base.allCases {
            for set in [nil, ConditionOperator.SetQualifier.forAllValues, .forAnyValue] {
                for ifExists in [false, true] where !(ifExists && base == .null) {
                    let conditionOperator = ConditionOperator(base, set: set, ifExists: ifExists)
                    #expect(ConditionOperator(parsing: conditionOperator.name) == conditionOperator)
                }
            }
        }
        #expect(ConditionOperator(parsing: "ForSomeValues:StringEquals") == nil)
        #expect(ConditionOperator(parsing: "IfExists") == nil)
    }

    @Test func `hostile nesting is an error, not a crash`() {
        let text = #"{"Statement":"# + String(repeating: "[", count: 100_000)
        #expect(throws: PolicyParseError.self) { try PolicyDocument(parsing: text) }
    }
}
