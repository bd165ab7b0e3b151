// SPDX-License-Identifier: Apache-2.0

import AccessPolicy
import JSONDocument
import Testing

struct ConformanceTests {
    /// A case in short: what isn't given takes no part.
    struct Vector: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let expected: String
        var action = "s3:GetObject"
        var resource = "arn:aws:s3:::bucket/object"
        var account = "111122223333"
        var principal: JSONValue = .string(user)
        var context: JSONValue = [:]
        var identity: [String] = []
        var policies: [String: String] = [:]

        init(_ description: String, _ expected: String, _ change: (inout Vector) -> Void) {
            testDescription = description
            self.expected = expected
            change(&self)
        }

        func document() throws -> JSONValue {
            var object = JSONObject()
            object["id"] = .string(testDescription)
            object["request"] = [
                "action": .string(action),
                "resource": ["resource": .string(resource), "accountId": .string(account)],
                "principal": principal, "context": context,
            ]
            object["identityPolicies"] = .array(try identity.map { try ConformanceTests.policy($0) })
            for name in policies.keys.sorted() {
                object[name] = try JSONValue(parsing: policies[name] ?? "")
            }
            return .object(object)
        }
    }

    static let user = "arn:aws:iam::111122223333:user/alice"
    static let role = "arn:aws:iam::111122223333:role/team/worker"
    static let session = "arn:aws:sts::111122223333:assumed-role/worker/monday"

    /// A policy with the given statements.
    static func policy(_ statements: String) throws -> JSONValue {
        try JSONValue(parsing: text(statements))
    }

    static func text(_ statements: String) -> String {
        #"{"Version":"2012-10-17","Statement":["# + statements + "]}"
    }

    static func statement(_ effect: String, _ rest: String = #""Action":"s3:*","Resource":"*""#) -> String {
        #"{"Effect":"\#(effect)",\#(rest)}"#
    }

    /// A resource policy's statement about somebody.
    static func naming(_ effect: String, _ principal: String, _ element: String = "Principal") -> String {
        statement(effect, #""\#(element)":\#(principal),"Action":"*","Resource":"*""#)
    }

    static let allow = statement("Allow")
    static let deny = statement("Deny")
    static let other = statement("Allow", #""Action":"ec2:*","Resource":"*""#)
    static let root = #"{"AWS":"arn:aws:iam::111122223333:root"}"#

    static func aws(_ name: String) -> String {
        #"{"AWS":"\#(name)"}"#
    }

    static func resource(_ statements: String) -> [String: String] {
        ["resourcePolicy": text(statements)]
    }

    static func levels(_ levels: String...) -> String {
        "[" + levels.map { #"{"orgIdentifier":"o","policies":[\#($0)]}"# }.joined(separator: ",") + "]"
    }

    private func answer(_ document: JSONValue) throws -> JSONValue {
        try JSONValue(parsing: PolicyConformance.answer(document.text()))
    }

    @Test(arguments: Vector.identityAndResource + Vector.limits + Vector.callers + Vector.services)
    func `a case gets its verdict`(_ vector: Vector) throws {
        let answer = try answer(try vector.document())
        #expect(answer["id"]?.string == vector.testDescription)
        #expect(answer["result"]?.string == vector.expected, "\(answer.text())")
    }

    @Test func `policies come bare or with a name`() throws {
        var vector = Vector("named", "Allowed") { $0.principal = .string(Self.session) }
        let named = #"{"name":"one","policy":\#(Self.text(Self.allow))}"#
        for name in ["permissionBoundaries", "endpointPolicies"] {
            vector.policies[name] = "[\(named)]"
        }
        vector.policies["serviceControlPolicies"] = Self.levels(named, named)
        vector.policies["resourceControlPolicies"] = Self.levels(named)
        vector.policies["sessionPolicy"] = named
        var object = try #require(try vector.document().object)
        object["identityPolicies"] = try JSONValue(parsing: "[\(named)]")
        #expect(try answer(.object(object))["result"] == "Allowed")
    }

    @Test(arguments: [
        ("{", "the line is not valid JSON"), ("[]", "a case must be an object, found array"),
        (#"{"id":1}"#, "the case has no member `request`"),
        (#"{"id":1,"request":{"action":"x"}}"#, "request/action: `x` is no action such as `s3:GetObject`"),
        (#"{"id":1,"request":{"action":"s3:x"}}"#, "the request has no member `resource`"),
        (
            #"{"id":1,"request":{"action":"s3:x","resource":{"resource":"*","accountId":7},"principal":"*"}}"#,
            "`accountId` of the request's resource must be a string, found number"
        ),
        (
            #"{"id":1,"request":{"action":"s3:x","resource":{"resource":"*","accountId":"1"},"principal":"alice"}}"#,
            "request/principal: `alice` is no caller"
        ),
        (
            #"{"id":1,"request":{"action":"s3:x","resource":{"resource":"*","accountId":"1"},"principal":"*","#
                + #""context":{"k":{}}}}"#, "request/context/k must be a string or a list of strings, found object"
        ),
        (
            #"{"id":1,"request":{"action":"s3:x","resource":{"resource":"*","accountId":"1"},"principal":"*"},"#
                + #""identityPolicies":{}}"#, "`identityPolicies` must be a list of policies, found object"
        ),
        (
            #"{"id":1,"request":{"action":"s3:x","resource":{"resource":"*","accountId":"1"},"principal":"*"},"#
                + #""identityPolicies":[{"Statement":[{}]}]}"#,
            "identityPolicies/0: /Statement/0: the statement has no `Effect`"
        ),
    ])
    func `a line that can't be used says why`(_ line: String, _ reason: String) throws {
        let answer = try JSONValue(parsing: PolicyConformance.answer(line))
        let error = try #require(answer["error"]?.string)
        #expect(error.hasPrefix(reason), "\(error)")
        #expect(answer["result"] == nil)
        #expect(answer["id"] == (line.hasPrefix(#"{"id""#) ? 1 : .null))
    }

    @Test(arguments: [
        ("*", "arn:x", true), ("a*", "*b", true), ("a*c", "ab?", true), ("a*c", "ab?d", false), ("", "", true),
        ("", "*", true), ("?", "", false), ("a/*/c", "a/b*", true), ("a/*", "b/*", false), ("x${aws:u}z", "xyz", true),
        ("x${aws:u}z", "xya", false), ("**", "a?*b", true),
    ])
    func `patterns overlap where a text fits both`(_ left: String, _ right: String, _ expected: Bool) throws {
        for (pattern, asked) in [(left, right), (right, left)] {
            let isAsked = asked.contains("*") || asked.contains("?")
            guard isAsked, !asked.contains("$") else { continue }
            let vector = Vector("overlap", expected ? "Allowed" : "ImplicitlyDenied") { vector in
                vector.resource = asked
                vector.identity = [Self.statement("Allow", #""Action":"s3:*","Resource":"\#(pattern)""#)]
            }
            #expect(try answer(try vector.document())["result"]?.string == vector.expected)
        }
    }
}
