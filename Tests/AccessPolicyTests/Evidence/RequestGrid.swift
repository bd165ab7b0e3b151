// SPDX-License-Identifier: Apache-2.0

import AccessPolicy
import CoreValues
import JSONDocument

/// Requests for a key that tell apart everything that a change type's parameters can say.
enum RequestGrid {
    typealias Request = OracleEvaluator.Request
    typealias Caller = OracleEvaluator.Caller

    private static func user(_ name: String, _ account: String = "999999999999") -> Caller {
        Caller(own: ["arn:aws:iam::\(account):user/\(name)"], role: nil, account: account, isRoot: false)
    }

    private static func session(_ role: String, _ account: String = "999999999999") -> Caller {
        let name = role.split(separator: "/").last.map(String.init) ?? role
        return Caller(
            own: ["arn:aws:sts::\(account):assumed-role/\(name)/session"],
            role: "arn:aws:iam::\(account):role/\(role)",
            account: account,
            isRoot: false
        )
    }

    private static func root(_ account: String) -> Caller {
        Caller(own: [], role: nil, account: account, isRoot: true)
    }

    static let callers = [
        session("roleA"), user("userB"), session("team/roleC"), session("nobody"), user("nobody"),
        root("999999999999"), user("x", "888888888888"), session("roleA", "888888888888"), root("888888888888"),
        user("userB", "777777777777"), root("777777777777"),
    ]

    static let actions = [
        "kms:Encrypt", "kms:Decrypt", "kms:ReEncryptFrom", "kms:ReEncryptTo", "kms:GenerateDataKey",
        "kms:GenerateDataKeyPair", "kms:CreateGrant", "kms:ListGrants", "kms:RevokeGrant", "kms:DescribeKey",
        "kms:PutKeyPolicy", "kms:ScheduleKeyDeletion",
    ]

    private static let services = [
        nil, "ec2.us-east-1.amazonaws.com", "ecr.us-west-2.amazonaws.com", "rds.us-east-1.amazonaws.com",
    ]
    private static let contexts: [[String: String]] = [
        [:], ["Name": "n"], ["Application": "a", "Other": "o"], ["Other": "o"], ["name": "n"],
    ]
    private static let withContext: Set = [
        "kms:Encrypt", "kms:Decrypt", "kms:ReEncryptFrom", "kms:ReEncryptTo", "kms:GenerateDataKey",
        "kms:GenerateDataKeyPair", "kms:CreateGrant",
    ]
    private static let aboutGrants: Set = ["kms:CreateGrant", "kms:ListGrants", "kms:RevokeGrant"]

    static let requests: [Request] = {
        var requests: [Request] = []
        for action in actions {
            for caller in callers {
                for service in services {
                    for flag in aboutGrants.contains(action) ? ["false", "true"] : [nil] {
                        for context in withContext.contains(action) ? contexts : [[:]] {
                            requests.append(request(caller, action, service, flag, context))
                        }
                    }
                }
            }
        }
        return requests
    }()

    static func request(
        _ caller: Caller,
        _ action: String,
        _ service: String?,
        _ flag: String?,
        _ context: [String: String]
    ) -> Request {
        var single = ["kms:calleraccount": caller.account]
        single["aws:principalarn"] = caller.role ?? caller.own.first ?? "arn:aws:iam::\(caller.account):root"
        single["kms:viaservice"] = service
        single["kms:grantisforawsresource"] = flag
        for (name, value) in context {
            single["kms:encryptioncontext:" + name.lowercased()] = value
        }
        let names = context.keys.sorted()
        return Request(
            caller: caller,
            action: action,
            single: single,
            lists: names.isEmpty ? [:] : ["kms:encryptioncontextkeys": names]
        )
    }
}
