// SPDX-License-Identifier: Apache-2.0

import AccessPolicy
import CoreValues
import Testing

/// A policy that a rule fires on and one that it doesn't.
struct RuleExample: Sendable, CustomTestStringConvertible {
    let id: String
    let fires: String
    let silent: String
    var facts: @Sendable (inout KeyFacts) -> Void = { _ in }
    /// Facts for the silent example where they differ.
    var silentFacts: (@Sendable (inout KeyFacts) -> Void)?

    var testDescription: String {
        id
    }

    static let root = """
        {"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::999999999999:root"}, "Action": "kms:*", "Resource": "*"}
        """

    /// A policy of whole statements, after the one of the default key policy.
    static func policy(_ statements: String...) -> String {
        bare([root] + statements)
    }

    /// A policy of exactly these statements.
    static func bare(_ statements: [String]) -> String {
        #"{"Version": "2012-10-17", "Statement": ["# + statements.joined(separator: ",\n") + "]}"
    }

    /// A statement; a role of the key's account is the principal unless said otherwise.
    static func statement(
        _ effect: String = "Allow",
        _ actions: String,
        to principal: String = role("app"),
        if condition: String? = nil
    ) -> String {
        let list = actions.split(separator: " ").map { "\"\($0)\"" }.joined(separator: ", ")
        let conditions = condition.map { ", \"Condition\": \($0)" } ?? ""
        return """
            {"Effect": "\(effect)", "Principal": \(principal), "Action": [\(list)], "Resource": "*"\(conditions)}
            """
    }

    /// An Allow for the role `app`, after the statement of the default key policy.
    static func allow(_ actions: String, if condition: String? = nil, to principal: String = role("app")) -> String {
        policy(statement("Allow", actions, to: principal, if: condition))
    }

    /// A Deny for everybody, after the statement of the default key policy.
    static func deny(_ actions: String, if condition: String? = nil, to principal: String = everybody) -> String {
        policy(statement("Deny", actions, to: principal, if: condition))
    }

    static let everybody = #"{"AWS": "*"}"#

    static func role(_ name: String) -> String {
        aws("arn:aws:iam::999999999999:role/\(name)")
    }

    static func aws(_ name: String) -> String {
        "{\"AWS\": \"\(name)\"}"
    }

    static func service(_ name: String) -> String {
        "{\"Service\": \"\(name)\"}"
    }
}
