// SPDX-License-Identifier: Apache-2.0

package import CoreValues
import JSONDocument

/// What KMS checks before it takes a key policy.
///
/// Source: reference/kms-policy.md §5. Unknown actions are accepted, and have no effect.
package struct KeyPolicyAcceptance: Sendable {
    /// The largest key policy, in bytes of UTF-8; the quota can't be raised.
    package static let maxBytes = 32_768

    private let principalExists: @Sendable (ARN) -> Bool

    /// Makes the check.
    /// - Parameter principalExists: whether there is such a user, role or session; accounts are not asked for.
    package init(principalExists: @escaping @Sendable (ARN) -> Bool = { _ in true }) {
        self.principalExists = principalExists
    }

    /// Reads a policy text as CreateKey and PutKeyPolicy do.
    ///
    /// The lockout check is apart, see ``canPutKeyPolicy(_:policy:keyAccount:identityPolicies:assumptions:)``, because
    /// a caller may bypass it.
    package func check(_ text: String) throws(KeyPolicyRefusal) -> PolicyDocument {
        guard text.unicodeScalars.allSatisfy(Self.isAllowed) else {
            let pattern = #"[\u0009\u000A\u000D\u0020-\u00FF]+"#
            throw KeyPolicyRefusal(
                code: .validation,
                message: "1 validation error detected: Value at 'policy' failed to satisfy constraint: "
                    + "Member must satisfy regular expression pattern: \(pattern)"
            )
        }
        guard text.utf8.count <= Self.maxBytes else {
            throw KeyPolicyRefusal(
                code: .limitExceeded,
                message: "The key policy has \(text.utf8.count) bytes; the limit is \(Self.maxBytes)."
            )
        }
        let document: PolicyDocument
        do {
            document = try PolicyDocument(parsing: text)
        } catch {
            throw KeyPolicyRefusal(code: .malformedPolicyDocument, message: error.description)
        }
        try check(document)
        return document
    }

    /// Checks a policy that has been read already, its size left aside.
    package func check(_ document: PolicyDocument) throws(KeyPolicyRefusal) {
        guard !document.statements.isEmpty else { throw malformed("The policy has no statement.") }
        for (index, statement) in document.statements.enumerated() {
            try check(statement, "Statement \(index + 1)")
        }
    }

    private func check(_ statement: PolicyStatement, _ place: String) throws(KeyPolicyRefusal) {
        guard let principal = statement.principal,
            principal.isBareWildcard || principal.entries.contains(where: { !$0.values.values.isEmpty })
        else {
            throw malformed("\(place): each statement must contain one or more principals.")
        }
        for entry in principal.entries {
            for name in entry.values.values {
                try check(principal: name, entry.family)
            }
        }
        guard let actions = statement.action, !actions.values.values.isEmpty else {
            throw malformed("\(place): the statement has no Action.")
        }
        guard let resource = statement.resource, !resource.isNegated, resource.values.values == ["*"] else {
            throw malformed("\(place): the Resource must be \"*\", which means this key.")
        }
        try checkSetQualifiers(statement.condition)
    }

    /// KMS refuses `ForAllValues` where a request without the key would match too easily.
    private func checkSetQualifiers(_ condition: ConditionElement?) throws(KeyPolicyRefusal) {
        for block in condition?.blocks ?? [] where block.conditionOperator.set == .forAllValues {
            for test in block.tests {
                let key = test.key.lowercased()
                let isContext = key.hasPrefix("kms:encryptioncontext:")
                guard isContext || key.hasPrefix("aws:requesttag/") else { continue }
                throw malformed(
                    "OverlyPermissiveCondition: Using the ForAllValues set operator with a single-valued condition "
                        + "key matches requests without the specified "
                        + "\(isContext ? "encryption context" : "tag") or with an unspecified "
                        + "\(isContext ? "encryption context" : "tag"). To fix, remove ForAllValues."
                )
            }
        }
    }

    // MARK: Principals

    private func check(principal name: String, _ family: PrincipalElement.Family) throws(KeyPolicyRefusal) {
        switch family {
        case .aws:
            try check(awsPrincipal: name)
        case .service:
            guard name.utf8.contains(UInt8(ascii: ".")), name.utf8.allSatisfy(Self.isHostByte) else {
                throw .invalidPrincipals
            }
        case .federated:
            guard !name.isEmpty, !name.contains("*") else { throw .invalidPrincipals }
        case .canonicalUser:
            throw .invalidPrincipals
        }
    }

    private func check(awsPrincipal name: String) throws(KeyPolicyRefusal) {
        if name == "*" || AccountID(name) != nil {
            return
        }
        guard name.hasPrefix("arn:") else { throw .invalidPrincipals }
        guard let arn = ARN(parsing: name) else {
            throw KeyPolicyRefusal(code: .invalidARN, message: "Invalid arn \(name)")
        }
        guard ["aws", "aws-cn", "aws-us-gov"].contains(arn.partition), arn.region.isEmpty, arn.accountID != nil,
            !name.contains("*"), !name.contains("?"), Self.isPrincipal(arn)
        else { throw .invalidPrincipals }
        guard arn.resource == "root" || principalExists(arn) else { throw .invalidPrincipals }
    }

    /// Users, roles, sessions and roots are principals; groups, instance profiles and policies are not.
    private static func isPrincipal(_ arn: ARN) -> Bool {
        let parts = arn.resource.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.allSatisfy({ !$0.isEmpty }) else { return false }
        switch (arn.service, parts[0]) {
        case ("iam", "root"): return parts.count == 1
        case ("iam", "user"), ("iam", "role"): return parts.count >= 2
        case ("sts", "assumed-role"): return parts.count == 3
        case ("sts", "federated-user"): return parts.count == 2
        default: return false
        }
    }

    private static func isHostByte(_ byte: UInt8) -> Bool {
        switch byte {
        case 48...57, 97...122, UInt8(ascii: "."), UInt8(ascii: "-"): true
        default: false
        }
    }

    private static func isAllowed(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x09, 0x0A, 0x0D, 0x20...0xFF: true
        default: false
        }
    }

    private func malformed(_ message: String) -> KeyPolicyRefusal {
        KeyPolicyRefusal(code: .malformedPolicyDocument, message: message)
    }
}
