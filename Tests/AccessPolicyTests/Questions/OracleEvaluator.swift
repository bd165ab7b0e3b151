// SPDX-License-Identifier: Apache-2.0

import JSONDocument

/// A second, deliberately simple reading of key policies: straight from the JSON, with none of the engine's code.
///
/// It knows the operators that the generated policies use, and answers with the rank of what a request gets: 0 denied,
/// 1 nothing, 2 left to identity policies, 3 allowed to a role within its boundary, 4 allowed.
struct OracleEvaluator {
    struct Caller: Hashable {
        /// The names by which a policy can mean the caller itself.
        let own: [String]
        /// The role behind a session.
        let role: String?
        let account: String
        let isRoot: Bool
    }

    struct Request {
        let caller: Caller
        let action: String
        /// Single-valued keys, names in lower case.
        let single: [String: String]
        /// Multivalued keys.
        let lists: [String: [String]]
    }

    private struct Test {
        let name: String
        let qualifier: String
        let ifExists: Bool
        let isNegated: Bool
        let key: String
        let wanted: [String]
    }

    private struct Statement {
        let isDeny: Bool
        let names: Set<String>
        let excludesNames: Bool
        let actions: [String]
        let excludesActions: Bool
        let tests: [Test]
    }

    private let statements: [Statement]
    let keyAccount: String
    var setlessMatchesAny = false

    init(_ policy: JSONValue, keyAccount: String) {
        self.keyAccount = keyAccount
        statements = (policy["Statement"]?.array ?? [])
            .map { statement in
                let principal = statement["Principal"] ?? statement["NotPrincipal"]
                return Statement(
                    isDeny: statement["Effect"]?.string == "Deny",
                    names: Set(principal?.string.map { [$0] } ?? Self.strings(principal?["AWS"])),
                    excludesNames: statement["NotPrincipal"] != nil,
                    actions: Self.strings(statement["Action"] ?? statement["NotAction"]).map { $0.lowercased() },
                    excludesActions: statement["NotAction"] != nil,
                    tests: (statement["Condition"]?.object?.members ?? [])
                        .flatMap { block in
                            (block.value.object?.members ?? [])
                                .map { Self.test(block.name, $0.name.lowercased(), Self.strings($0.value)) }
                        }
                )
            }
    }

    private static func test(_ written: String, _ key: String, _ wanted: [String]) -> Test {
        var name = written
        var qualifier = ""
        if let colon = name.firstIndex(of: ":") {
            qualifier = String(name[..<colon])
            name = String(name[name.index(after: colon)...])
        }
        let ifExists = name.hasSuffix("IfExists")
        if ifExists {
            name.removeLast(8)
        }
        return Test(
            name: name,
            qualifier: qualifier,
            ifExists: ifExists,
            isNegated: name.contains("Not"),
            key: key,
            wanted: wanted
        )
    }

    private static func strings(_ value: JSONValue?) -> [String] {
        value?.array?.compactMap(\.string) ?? [value?.string].compactMap(\.self)
    }

    private static let acrossAccounts: Set = [
        "kms:CreateGrant", "kms:Decrypt", "kms:DeriveSharedSecret", "kms:DescribeKey", "kms:Encrypt",
        "kms:GenerateDataKey", "kms:GenerateDataKeyPair", "kms:GenerateDataKeyPairWithoutPlaintext",
        "kms:GenerateDataKeyWithoutPlaintext", "kms:GenerateMac", "kms:GetKeyRotationStatus", "kms:GetPublicKey",
        "kms:ListGrants", "kms:ReEncryptFrom", "kms:ReEncryptTo", "kms:RetireGrant", "kms:RevokeGrant", "kms:Sign",
        "kms:Verify", "kms:VerifyMac",
    ]

    func rank(_ request: Request) -> Int {
        ranks([request])[0]
    }

    /// The ranks of requests of one caller for one operation, which only conditions tell apart.
    func ranks(_ requests: [Request]) -> [Int] {
        guard let first = requests.first else { return [] }
        let relevant = statements.filter { concerns($0, first) }
        return requests.map { request in
            var best = 1
            for statement in relevant where statement.tests.allSatisfy({ holds($0, request) }) {
                if statement.isDeny {
                    return 0
                }
                best = max(best, gift(statement, request))
            }
            return best
        }
    }

    private func gift(_ statement: Statement, _ request: Request) -> Int {
        let caller = request.caller
        if caller.account != keyAccount {
            guard Self.acrossAccounts.contains(request.action) else { return 1 }
            return caller.isRoot ? 4 : 2
        }
        if caller.isRoot || caller.own.contains(where: statement.names.contains) {
            return 4
        }
        let isEverybody = statement.names.contains("*") || statement.excludesNames
        if isEverybody || caller.role.map(statement.names.contains) ?? false {
            return caller.role == nil ? 4 : 3
        }
        return 2
    }

    private func concerns(_ statement: Statement, _ request: Request) -> Bool {
        let caller = request.caller
        let isNamed =
            caller.own.contains(where: statement.names.contains)
            || caller.role.map(statement.names.contains) ?? false || statement.names.contains(caller.account)
            || statement.names.contains("arn:aws:iam::\(caller.account):root") || statement.names.contains("*")
        guard isNamed != statement.excludesNames else { return false }
        let action = request.action.lowercased()
        return statement.actions.contains { Self.matches(action, $0) } != statement.excludesActions
    }

    // MARK: Conditions

    private func holds(_ test: Test, _ request: Request) -> Bool {
        let list = request.lists[test.key].flatMap { $0.isEmpty ? nil : $0 }
        let found = list ?? request.single[test.key].map { [$0] }
        if test.name == "Null" {
            return test.wanted.contains(found == nil ? "true" : "false")
        }
        guard let found else {
            return test.qualifier == "ForAllValues" || test.ifExists || test.qualifier.isEmpty && test.isNegated
        }
        func matches(_ value: String) -> Bool {
            test.wanted.contains { pattern in
                switch test.name {
                case "StringLike", "StringNotLike": Self.matches(value, pattern)
                case "Bool", "StringEqualsIgnoreCase", "StringNotEqualsIgnoreCase":
                    value.lowercased() == pattern.lowercased()
                default: value == pattern
                }
            }
        }
        switch test.qualifier {
        case "ForAllValues": return found.allSatisfy { matches($0) != test.isNegated }
        case "ForAnyValue": return found.contains { matches($0) != test.isNegated }
        default:
            guard list == nil else { return setlessMatchesAny && found.contains(where: matches) != test.isNegated }
            return matches(found[0]) != test.isNegated
        }
    }

    /// Wildcards by recursion, the simplest way.
    static func matches(_ text: String, _ pattern: String) -> Bool {
        guard pattern.contains("*") || pattern.contains("?") else { return text == pattern }
        return matches(text[...], pattern[...])
    }

    private static func matches(_ text: Substring, _ pattern: Substring) -> Bool {
        guard let first = pattern.first else { return text.isEmpty }
        let rest = pattern.dropFirst()
        if first == "*" {
            return matches(text, rest) || !text.isEmpty && matches(text.dropFirst(), pattern)
        }
        guard let head = text.first, first == "?" || first == head else { return false }
        return matches(text.dropFirst(), rest)
    }
}
