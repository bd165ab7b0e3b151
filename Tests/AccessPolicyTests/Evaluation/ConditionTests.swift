// SPDX-License-Identifier: Apache-2.0

import AccessPolicy
import CoreValues
import Testing

struct ConditionTests {
    /// Whether an Allow with the condition matches a request with the context.
    private func holds(
        _ condition: String,
        _ context: [String: RequestContext.Value],
        version: String = "2012-10-17",
        assumptions: Assumptions = Assumptions()
    ) throws -> Bool {
        let text = #"{"Version":"\#(version)","Statement":{"Effect":"Allow","Action":"*","Resource":"*","Condition":"#
        let policy = try PolicyDocument(parsing: text + condition + "}}")
        let request = AuthorizationRequest(
            principal: RequestPrincipal(try Samples().user("alice")),
            action: ServiceAction("s3:GetObject"),
            resource: "arn:aws:s3:::bucket/key",
            resourceAccount: "999999999999",
            context: RequestContext(context)
        )
        let authorizer = Authorizer(
            policies: PolicySet(identityPolicies: [CompiledPolicy(policy)]),
            assumptions: assumptions
        )
        return authorizer.authorize(request).isAllowed
    }

    struct Comparison: Sendable, CustomTestStringConvertible {
        let name: String
        let wanted: String
        let found: String
        let result: Bool

        var testDescription: String {
            "\(name) \(wanted) for \(found)"
        }

        init(_ name: String, _ wanted: String, _ found: String, _ result: Bool) {
            self.name = name
            self.wanted = wanted
            self.found = found
            self.result = result
        }
    }

    @Test(arguments: [
        Comparison("StringEquals", #""a""#, "a", true), Comparison("StringEquals", #""a""#, "A", false),
        Comparison("StringEquals", #""a*""#, "ab", false), Comparison("StringEquals", #"["a","b"]"#, "b", true),
        Comparison("StringNotEquals", #"["a","b"]"#, "b", false),
        Comparison("StringNotEquals", #"["a","b"]"#, "c", true),
        Comparison("StringEqualsIgnoreCase", #""aB""#, "Ab", true),
        Comparison("StringNotEqualsIgnoreCase", #""aB""#, "Ab", false),
        Comparison("StringLike", #""a*c?e""#, "abbcde", true), Comparison("StringLike", #""a*c?e""#, "abbce", false),
        Comparison("StringLike", #""*a*a*""#, "banana", true), Comparison("StringLike", #""?""#, "é", true),
        Comparison("StringLike", #""??""#, "é", false), Comparison("StringLike", #""""#, "", true),
        Comparison("StringLike", #""*""#, "", true), Comparison("StringNotLike", #""a*""#, "b", true),
        Comparison("NumericEquals", #""1.0""#, "1", true), Comparison("NumericEquals", "10", "1e1", true),
        Comparison("NumericLessThan", #""10""#, "9.99", true), Comparison("NumericLessThan", #""10""#, "10", false),
        Comparison("NumericLessThanEquals", #""10""#, "10", true),
        Comparison("NumericGreaterThan", #""-1""#, "0", true),
        Comparison("NumericGreaterThanEquals", #""7""#, "six", false),
        Comparison("NumericNotEquals", #""7""#, "8", true),
        Comparison("NumericEquals", #""99999999999999999999""#, "99999999999999999998", false),
        Comparison("DateLessThan", #""2026-01-01T00:00:00Z""#, "2025-12-31T23:59:59Z", true),
        Comparison("DateGreaterThan", #""2026-01-01""#, "2026-01-01T00:00:01Z", true),
        Comparison("DateEquals", #""0""#, "1970-01-01T00:00:00Z", true),
        Comparison("DateLessThanEquals", #""soon""#, "1970-01-01T00:00:00Z", false),
        Comparison("DateNotEquals", #""2026-01-01""#, "2026-01-02", true),
        Comparison("DateGreaterThanEquals", #""2026-01-01T01:00:00+01:00""#, "2026-01-01T00:00:00Z", true),
        Comparison("Bool", "true", "true", true), Comparison("Bool", #""false""#, "true", false),
        Comparison("Bool", #""True""#, "true", true), Comparison("BinaryEquals", #""aGk=""#, "aGk=", true),
        Comparison("BinaryEquals", #""aGk=""#, "aGo=", false),
        Comparison("IpAddress", #""203.0.113.0/24""#, "203.0.113.77", true),
        Comparison("IpAddress", #""203.0.113.0/24""#, "203.0.114.1", false),
        Comparison("IpAddress", #""0.0.0.0/0""#, "::1", false),
        Comparison("IpAddress", #""2001:db8::/32""#, "2001:db8:1::1", true),
        Comparison("IpAddress", #""2001:db8::1""#, "2001:0db8:0:0:0:0:0:1", true),
        Comparison("IpAddress", #""::ffff:1.2.3.4""#, "::ffff:102:304", true),
        Comparison("NotIpAddress", #""203.0.113.0/24""#, "203.0.114.1", true),
        Comparison("NotIpAddress", #""203.0.113.0/24""#, "203.0.113.1", false),
        Comparison("ArnLike", #""arn:aws:iam::*:role/a*""#, "arn:aws:iam::999999999999:role/app", true),
        Comparison("ArnEquals", #""arn:aws:iam::*:role/a*""#, "arn:aws:iam::999999999999:role/app", true),
        Comparison("ArnLike", #""arn:aws:s3:*:x""#, "arn:aws:s3:::x", false),
        Comparison("ArnLike", #""arn:aws:*:role/app""#, "arn:aws:iam::999999999999:role/app", false),
        Comparison("ArnLike", #""arn:aws:sns:*:*:a:*""#, "arn:aws:sns:r:1:a:b:c", true),
        Comparison("ArnNotLike", #""arn:aws:iam::*:role/a*""#, "arn:aws:iam::999999999999:role/b", true),
        Comparison("ArnLike", #""*""#, "arn:aws:iam::999999999999:role/b", true),
        Comparison("Null", #""true""#, "x", false), Comparison("Null", "false", "x", true),
    ])
    func `an operator compares one value`(_ comparison: Comparison) throws {
        let condition = #"{"\#(comparison.name)":{"app:Key":\#(comparison.wanted)}}"#
        #expect(try holds(condition, ["APP:key": .one(comparison.found)]) == comparison.result)
    }

    @Test(arguments: ConditionOperator.Base.allCases)
    func `a missing key fails positive operators and satisfies negated ones`(_ base: ConditionOperator.Base) throws {
        func missing(_ conditionOperator: ConditionOperator) throws -> Bool {
            try holds(#"{"\#(conditionOperator.name)":{"k":"1"}}"#, [:])
        }
        if base == .null {
            #expect(try holds(#"{"Null":{"k":"true"}}"#, [:]))
            #expect(try !holds(#"{"Null":{"k":"false"}}"#, [:]))
            #expect(try holds(#"{"Null":{"k":"true"}}"#, ["k": .list([])]))
            #expect(try holds(#"{"ForAllValues:Null":{"k":"true"}}"#, ["k": .one("x")]))
            #expect(try !holds(#"{"ForAnyValue:Null":{"k":"true"}}"#, [:]))
            return
        }
        #expect(try missing(ConditionOperator(base)) == base.isNegated)
        #expect(try missing(ConditionOperator(base, ifExists: true)))
        #expect(try missing(ConditionOperator(base, set: .forAllValues)))
        #expect(try !missing(ConditionOperator(base, set: .forAnyValue)))
    }

    @Test(arguments: [
        ("ForAllValues:StringEquals", ["a"], true), ("ForAllValues:StringEquals", ["a", "c"], false),
        ("ForAllValues:StringEquals", [], true), ("ForAnyValue:StringEquals", ["a", "c"], true),
        ("ForAnyValue:StringEquals", ["c"], false), ("ForAnyValue:StringEquals", [], false),
        ("ForAllValues:StringNotEquals", ["c", "d"], true), ("ForAllValues:StringNotEquals", ["a", "d"], false),
        ("ForAllValues:StringNotEquals", [], true), ("ForAnyValue:StringNotEquals", ["a", "d"], true),
        ("ForAnyValue:StringNotEquals", ["a", "b"], false), ("ForAnyValue:StringNotEquals", [], false),
    ])
    func `set qualifiers count the request's values`(_ name: String, _ values: [String], _ result: Bool) throws {
        #expect(try holds(#"{"\#(name)":{"k":["a","b"]}}"#, ["k": .list(values)]) == result)
    }

    @Test func `an operator without qualifier on a list follows the assumption`() throws {
        let any = Assumptions(setlessOperatorOnList: .anyValue)
        let list: [String: RequestContext.Value] = ["k": .list(["a", "z"])]
        for (name, underAny) in [("StringEquals", true), ("StringNotEquals", false)] {
            let condition = #"{"\#(name)":{"k":["a","b"]}}"#
            #expect(try !holds(condition, list))
            #expect(try holds(condition, list, assumptions: any) == underAny)
        }
    }

    @Test func `different keys and operators must all hold`() throws {
        let condition = #"{"StringEquals":{"a":"1","b":"2"},"StringLike":{"c":"3*"}}"#
        #expect(try holds(condition, ["a": .one("1"), "b": .one("2"), "c": .one("33")]))
        #expect(try !holds(condition, ["a": .one("1"), "b": .one("x"), "c": .one("33")]))
        #expect(try !holds(condition, ["a": .one("1"), "b": .one("2")]))
    }

    @Test(arguments: [
        ("${aws:username}", "alice", true), ("x-${aws:username}-*", "x-alice-1", true), ("${aws:none}", "", false),
        ("${aws:none, 'team'}", "team", true), ("a${*}", "a*", true), ("a${*}", "ab", false), ("${?}", "?", true),
        ("${$}{x}", "${x}", true), ("${aws:username", "${aws:username", true), ("${wild}", "*", true),
        ("${wild}", "anything", false), ("${many}", "m", false),
    ])
    func `policy variables are filled in and never act as wildcards`(
        _ pattern: String,
        _ value: String,
        _ result: Bool
    ) throws {
        let context: [String: RequestContext.Value] = [
            "k": .one(value), "aws:username": .one("alice"), "wild": .one("*"), "many": .list(["m"]),
        ]
        #expect(try holds(#"{"StringLike":{"k":"\#(pattern)"}}"#, context) == result)
    }

    @Test func `the older language version has no variables`() throws {
        let context: [String: RequestContext.Value] = ["k": .one("alice"), "aws:username": .one("alice")]
        let condition = #"{"StringEquals":{"k":"${aws:username}"}}"#
        #expect(try holds(condition, context))
        #expect(try !holds(condition, context, version: "2008-10-17"))
    }

    @Test(arguments: [
        "1.2.3", "1.2.3.4.5", "256.1.1.1", "1.2.3.4/33", "1.2.3.4/", "::1::", ":::", "1:2:3:4:5:6:7", "g::1", "", "/",
        "1:2:3:4:5:6:7:8:9", "1.2.3.4/-1", "+1.2.3.4", ":1:2:3:4:5:6:7",
    ])
    func `what is no address matches no network and is in none`(_ text: String) throws {
        #expect(try !holds(#"{"IpAddress":{"k":"\#(text)"}}"#, ["k": .one("1.2.3.4")]))
        #expect(try !holds(#"{"IpAddress":{"k":["0.0.0.0/0","::/0"]}}"#, ["k": .one(text)]))
    }
}
