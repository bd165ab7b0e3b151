// SPDX-License-Identifier: Apache-2.0

import AccessPolicy
import CoreValues
import JSONDocument
import TestSupport

/// Makes small random key policies, and all the requests that they can tell apart several times over.
struct PolicyGenerator {
    var random: SeededGenerator

    static let account = "999999999999"
    static let principals = [
        "*", "arn:aws:iam::999999999999:root", "arn:aws:iam::999999999999:user/u", "arn:aws:iam::999999999999:role/r",
        "arn:aws:sts::999999999999:assumed-role/r/exact", "888888888888", "arn:aws:iam::888888888888:user/x",
    ]
    static let actions = [
        "kms:*", "kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*", "kms:CreateGrant", "kms:PutKeyPolicy", "kms:*crypt",
        "kms:ReEncrypt", "kms:DescribeKey",
    ]
    static let services = [
        "ec2.us-east-1.amazonaws.com", "s3.us-east-1.amazonaws.com", "*.us-east-1.amazonaws.com", "ec2.*",
    ]

    init(seed: UInt64) {
        random = SeededGenerator(seed: seed)
    }

    mutating func policy() -> JSONValue {
        let count = Int.random(in: 1...4, using: &random)
        return ["Version": "2012-10-17", "Statement": .array((0..<count).map { _ in statement() })]
    }

    /// The same policy with one statement dropped, added, changed or moved.
    mutating func mutant(of policy: JSONValue) -> JSONValue {
        var statements = policy["Statement"]?.array ?? []
        let index = Int.random(in: 0..<statements.count, using: &random)
        switch Int.random(in: 0..<4, using: &random) {
        case 0 where statements.count > 1: statements.remove(at: index)
        case 1: statements.insert(statement(), at: index)
        case 2: statements[index] = statement()
        default: statements.reverse()
        }
        return ["Version": "2012-10-17", "Statement": .array(statements)]
    }

    private mutating func some(_ values: [String]) -> JSONValue {
        guard !random.once(in: 2) else { return .string(random.pick(values)) }
        return .array((0..<Int.random(in: 1...2, using: &random)).map { _ in .string(random.pick(values)) })
    }

    private mutating func statement() -> JSONValue {
        var object = JSONObject()
        let isDeny = random.once(in: 3)
        object["Effect"] = .string(isDeny ? "Deny" : "Allow")
        let negated = isDeny && random.once(in: 6)
        object[negated ? "NotPrincipal" : "Principal"] = [
            "AWS": some(negated ? Array(Self.principals.dropFirst()) : Self.principals)
        ]
        object[random.once(in: 10) ? "NotAction" : "Action"] = some(Self.actions)
        object["Resource"] = "*"
        var condition = JSONObject()
        for _ in 0..<Int.random(in: 0...2, using: &random) {
            let (name, key, values) = test()
            var tests = condition[name]?.object ?? JSONObject()
            tests[key] = values
            condition[name] = .object(tests)
        }
        if !condition.isEmpty {
            object["Condition"] = .object(condition)
        }
        return .object(object)
    }

    private mutating func test() -> (String, String, JSONValue) {
        let ifExists = random.once(in: 5) ? "IfExists" : ""
        let not = random.once(in: 3) ? "Not" : ""
        switch Int.random(in: 0..<8, using: &random) {
        case 0: return ("String\(not)Equals\(ifExists)", "kms:ViaService", some(Array(Self.services.prefix(2))))
        case 1: return ("String\(not)Like\(ifExists)", "kms:viaService", some(Self.services))
        case 2:
            let set = random.pick(["ForAllValues:", "ForAnyValue:", "ForAnyValue:", ""])
            return ("\(set)String\(not)Equals", "kms:EncryptionContextKeys", some(["App", "Name", "app"]))
        case 3:
            return (
                "Null", random.pick(["kms:EncryptionContextKeys", "kms:ViaService", "kms:EncryptionContext:App"]),
                some(["true", "false"])
            )
        case 4: return ("String\(not)Equals\(ifExists)", "kms:EncryptionContext:App", some(["x", "y"]))
        case 5: return ("Bool\(ifExists)", "kms:GrantIsForAWSResource", some(["true", "false"]))
        case 6:
            return ("String\(not)Equals", "kms:CallerAccount", some([Self.account, "888888888888", "777777777777"]))
        default:
            return (
                "String\(not)Like\(ifExists)", "aws:PrincipalArn",
                some(["arn:aws:iam::*:role/*", "*:user/u", "arn:aws:iam::999999999999:*"])
            )
        }
    }
}

extension PolicyGenerator {
    private static func caller(_ account: String, user name: String) -> OracleEvaluator.Caller {
        OracleEvaluator.Caller(
            own: ["arn:aws:iam::\(account):user/\(name)"],
            role: nil,
            account: account,
            isRoot: false
        )
    }

    private static func caller(_ account: String, role: String, session: String) -> OracleEvaluator.Caller {
        OracleEvaluator.Caller(
            own: ["arn:aws:sts::\(account):assumed-role/\(role)/\(session)"],
            role: "arn:aws:iam::\(account):role/\(role)",
            account: account,
            isRoot: false
        )
    }

    private static let callers: [OracleEvaluator.Caller] = [account, "888888888888", "777777777777", "123412341234"]
        .flatMap { account in
            [
                caller(account, user: "u"), caller(account, user: "x"), caller(account, user: "else"),
                caller(account, role: "r", session: "some"), caller(account, role: "r", session: "exact"),
                caller(account, role: "else", session: "some"),
                OracleEvaluator.Caller(own: [], role: nil, account: account, isRoot: true),
            ]
        }

    private static let contexts: [[String: String]] = [
        [:], ["App": "x"], ["App": "y"], ["App": "z"], ["app": "x"], ["app": "z"], ["Name": "n"], ["Other": "o"],
        ["App": "x", "Name": "n"], ["App": "z", "Other": "o"], ["app": "x", "Name": "n"], ["Name": "n", "Other": "o"],
        ["App": "x", "Name": "n", "Other": "o"], ["app": "y", "Other": "o"], ["APP": "x"], ["APP": "y"],
        ["APP": "z"], ["APP": "y", "Name": "n"], ["APP": "z", "Name": "n"], ["APP": "x", "Name": "n"],
        ["app": "y", "Name": "n", "Other": "o"],
        ["App": "y", "Name": "n"], ["App": "y", "Other": "o"], ["App": "z", "Name": "n"],
    ]

    /// Every request over a vocabulary that has, for each test that is ever generated, values on both sides; those of
    /// one caller for one operation together.
    static let requests: [[OracleEvaluator.Request]] = {
        var all: [[OracleEvaluator.Request]] = []
        let withContext = ["kms:Encrypt", "kms:Decrypt", "kms:ReEncryptFrom", "kms:CreateGrant"]
        for action in withContext + ["kms:PutKeyPolicy", "kms:DescribeKey", "kms:ListGrants"] {
            let isAboutGrants = action == "kms:CreateGrant" || action == "kms:ListGrants"
            for caller in callers {
                var requests: [OracleEvaluator.Request] = []
                for service in [
                    nil, "ec2.us-east-1.amazonaws.com", "s3.us-east-1.amazonaws.com", "rds.us-east-1.amazonaws.com",
                ] {
                    let flags: [String?] = !isAboutGrants ? [nil] : service == nil ? ["false"] : ["false", "true"]
                    for flag in flags {
                        for context in withContext.contains(action) ? contexts : [[:]] {
                            requests.append(request(caller, action, service, flag, context))
                        }
                    }
                }
                all.append(requests)
            }
        }
        return all
    }()

    private static func request(
        _ caller: OracleEvaluator.Caller,
        _ action: String,
        _ service: String?,
        _ flag: String?,
        _ context: [String: String]
    ) -> OracleEvaluator.Request {
        var single = ["kms:calleraccount": caller.account]
        single["aws:principalarn"] = caller.role ?? caller.own.first ?? "arn:aws:iam::\(caller.account):root"
        single["kms:viaservice"] = service
        single["kms:grantisforawsresource"] = flag
        for (key, value) in context {
            single["kms:encryptioncontext:" + key.lowercased()] = value
        }
        return OracleEvaluator.Request(
            caller: caller,
            action: action,
            single: single,
            lists: ["kms:encryptioncontextkeys": context.keys.sorted()]
        )
    }

    /// The same request as the oracle takes it.
    static func oracleRequest(_ request: AuthorizationRequest) -> OracleEvaluator.Request? {
        guard let account = request.principal.account else { return nil }
        var single: [String: String] = [:]
        var lists: [String: [String]] = [:]
        for key in request.context.keys {
            switch request.context[key] {
            case .one(let value): single[key] = value
            case .list(let values): lists[key] = values
            case nil: break
            }
        }
        let caller = OracleEvaluator.Caller(
            own: request.principal.kind == .root ? [] : [request.principal.text],
            role: request.principal.roleARN,
            account: account,
            isRoot: request.principal.kind == .root
        )
        return OracleEvaluator.Request(caller: caller, action: request.action.name, single: single, lists: lists)
    }
}
