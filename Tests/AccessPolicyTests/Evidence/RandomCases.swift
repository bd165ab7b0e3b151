// SPDX-License-Identifier: Apache-2.0

import JSONDocument
import TestSupport

/// Makes random requests to several services with random policies of every kind.
struct RandomCases {
    private var random: SeededGenerator

    private static let own = "111122223333"
    private static let other = "444455556666"
    private static let subjects: [(action: String, resource: String)] = [
        ("kms:Encrypt", "arn:aws:kms:us-east-1:111122223333:key/k"),
        ("kms:ScheduleKeyDeletion", "arn:aws:kms:us-east-1:111122223333:key/k"),
        ("s3:GetObject", "arn:aws:s3:::bucket/alice/object"), ("s3:PutObject", "arn:aws:s3:::bucket/bob/object"),
        ("sts:AssumeRole", "arn:aws:iam::111122223333:role/target"),
    ]
    private static let principals = [
        "arn:aws:iam::111122223333:user/alice", "arn:aws:iam::111122223333:user/bob",
        "arn:aws:sts::111122223333:assumed-role/worker/monday", "arn:aws:iam::111122223333:root",
        "arn:aws:iam::444455556666:user/alice", "arn:aws:sts::444455556666:assumed-role/worker/monday",
        "logs.amazonaws.com", "*",
    ]
    private static let names = [
        "*", "arn:aws:iam::111122223333:user/alice", "arn:aws:iam::111122223333:root", "111122223333",
        "arn:aws:iam::111122223333:role/worker", "arn:aws:sts::111122223333:assumed-role/worker/monday",
        "arn:aws:iam::444455556666:root", "arn:aws:iam::444455556666:user/alice",
        "arn:aws:iam::444455556666:role/worker",
    ]
    private static let actions = ["*", "s3:*", "s3:Get*", "S3:getobject", "kms:*", "kms:Encrypt", "sts:AssumeRole"]
    private static let resources = [
        "*", "arn:aws:s3:::bucket/*", "arn:aws:s3:::bucket/${aws:username}/*", "arn:aws:kms:*:*:key/*",
        "arn:aws:kms:us-east-1:111122223333:key/?", "arn:aws:iam::*:role/target", "arn:aws:s3:::other/*",
    ]
    private static let values: [(key: String, values: [String], isList: Bool)] = [
        ("aws:username", ["alice", "bob"], false), ("aws:SourceIp", ["10.0.0.1", "192.0.2.7"], false),
        ("aws:MultiFactorAuthAge", ["5", "300", "7.5"], false),
        ("aws:CurrentTime", ["2026-01-01T00:00:00Z", "2026-06-01T00:00:00Z"], false),
        ("aws:SecureTransport", ["true", "false"], false), ("aws:PrincipalTag/team", ["red", "Blue"], false),
        ("aws:SourceArn", ["arn:aws:s3:::bucket", "arn:aws:sns:us-east-1:111122223333:topic"], false),
        ("aws:TagKeys", ["a", "b", "C"], true),
    ]

    init(seed: UInt64) {
        random = SeededGenerator(seed: seed)
    }

    mutating func next() -> JSONValue {
        let subject = random.pick(Self.subjects)
        var object = JSONObject()
        object["request"] = [
            "action": .string(subject.action),
            "resource": ["resource": .string(subject.resource), "accountId": .string(Self.own)],
            "principal": .string(random.pick(Self.principals)), "context": context(),
        ]
        object["identityPolicies"] = policies(0...2, names: false, most: 3)
        if subject.action == "sts:AssumeRole" || !random.once(in: 3) {
            object["resourcePolicy"] = policy(names: true)
        }
        if random.once(in: 4) { object["permissionBoundaries"] = policies(0...2, names: false, most: 2) }
        if random.once(in: 4) { object["sessionPolicy"] = policy(names: false) }
        if random.once(in: 4) { object["endpointPolicies"] = policies(0...1, names: false, most: 2) }
        for name in ["serviceControlPolicies", "resourceControlPolicies"] where random.once(in: 4) {
            object[name] = .array(
                (0..<Int.random(in: 1...2, using: &random))
                    .map { _ in ["orgIdentifier": "o", "policies": policies(0...2, names: false, most: 2)] }
            )
        }
        return .object(object)
    }

    private mutating func context() -> JSONValue {
        var object = JSONObject()
        for (key, values, isList) in Self.values where !random.once(in: 3) {
            let some = values.filter { _ in random.once(in: 2) }
            object[random.once(in: 4) ? key.lowercased() : key] =
                isList ? .array(some.map { .string($0) }) : .string(random.pick(values))
        }
        return .object(object)
    }

    private mutating func policies(_ count: ClosedRange<Int>, names: Bool, most: Int) -> JSONValue {
        .array((0..<Int.random(in: count, using: &random)).map { _ in policy(names: names) })
    }

    private mutating func policy(names: Bool) -> JSONValue {
        var object = JSONObject()
        object["Version"] = random.once(in: 4) ? "2008-10-17" : "2012-10-17"
        object["Statement"] = .array((0..<Int.random(in: 1...3, using: &random)).map { _ in statement(names: names) })
        return .object(object)
    }

    private mutating func some(_ values: [String]) -> JSONValue {
        guard random.once(in: 2) else { return .string(random.pick(values)) }
        return .array((0..<Int.random(in: 1...3, using: &random)).map { _ in .string(random.pick(values)) })
    }

    private mutating func statement(names: Bool) -> JSONValue {
        var object = JSONObject()
        let isDeny = random.once(in: 5)
        object["Effect"] = isDeny ? "Deny" : "Allow"
        if names {
            let element = random.once(in: 8) ? "NotPrincipal" : "Principal"
            if random.once(in: 8) {
                object[element] = ["Service": "logs.amazonaws.com"]
            } else {
                object[element] = random.once(in: 6) ? "*" : ["AWS": some(Self.names)]
            }
        }
        object[random.once(in: 8) ? "NotAction" : "Action"] = some(Self.actions)
        object[random.once(in: 8) ? "NotResource" : "Resource"] = random.once(in: 2) ? "*" : some(Self.resources)
        var condition = JSONObject()
        for _ in 0..<max(0, Int.random(in: -1...2, using: &random)) {
            let (name, key, wanted) = test()
            condition[name] = .object(
                {
                    var tests = condition[name]?.object ?? JSONObject()
                    tests[key] = wanted
                    return tests
                }()
            )
        }
        if !condition.isEmpty {
            object["Condition"] = .object(condition)
        }
        return .object(object)
    }

    private mutating func test() -> (String, String, JSONValue) {
        let not = random.once(in: 3) ? "Not" : ""
        let ifExists = random.once(in: 4) ? "IfExists" : ""
        switch Int.random(in: 0..<10, using: &random) {
        case 0: return ("String\(not)Equals\(ifExists)", "aws:username", some(["alice", "${aws:PrincipalTag/team}"]))
        case 1:
            return ("String\(not)Like\(ifExists)", "aws:PrincipalTag/team", some(["r*", "?lue", "${aws:username}"]))
        case 2:
            return ("\(not)IpAddress\(ifExists)", "aws:SourceIp", some(["10.0.0.0/8", "192.0.2.7", "192.0.2.0/29"]))
        case 3:
            let name = random.pick(["NumericEquals", "NumericNotEquals", "NumericLessThan", "NumericGreaterThanEquals"])
            return (name + ifExists, "aws:MultiFactorAuthAge", some(["5", "7.50", "300"]))
        case 4:
            let name = random.pick(["DateLessThan", "DateGreaterThan"])
            return (name + ifExists, "aws:CurrentTime", some(["2026-03-01T00:00:00Z", "2026-06-01T00:00:00Z"]))
        case 5: return ("Bool\(ifExists)", "aws:SecureTransport", some(["true", "False"]))
        case 6: return ("Null", random.pick(Self.values).key, some(["true", "false"]))
        case 7:
            return (
                "Arn\(not)Like\(ifExists)", "AWS:sourcearn", some(["arn:aws:s3:::*", "arn:aws:sns:*:111122223333:*"])
            )
        case 8: return ("String\(not)EqualsIgnoreCase", "aws:PrincipalTag/team", some(["RED", "blue"]))
        default:
            let set = random.pick(["ForAllValues:", "ForAnyValue:", ""])
            return ("\(set)String\(not)Equals", "aws:TagKeys", some(["a", "b", "C"]))
        }
    }
}
