// SPDX-License-Identifier: Apache-2.0

package import AWSWire
import AccessPolicy
import CoreValues
import JSONDocument

/// Key policies; source: reference/kms-policy.md §5.
extension KMSEngine {
    /// The only name a key policy can have.
    package static let policyName = "default"

    /// GetKeyPolicy: the policy's text, in every state of the key.
    package func getKeyPolicy(
        _ keyID: String,
        name: String?,
        _ call: KMSCall,
        in state: KMSState
    ) throws(AWSError) -> KMSOutcome<String> {
        try checkPolicyName(name)
        return try look(keyID, call, in: state) { (subject) throws(AWSError) in
            try authorize(.getKeyPolicy, on: subject, call)
            guard name == nil || name == Self.policyName else { throw KMSError.noSuchPolicy }
            return subject.key.policy.text
        }
    }

    /// PutKeyPolicy, in every state of the key.
    package func putKeyPolicy(
        _ keyID: String,
        name: String?,
        policy: String,
        bypassesLockoutCheck: Bool?,
        _ call: KMSCall,
        in state: KMSState
    ) throws(AWSError) -> KMSOutcome<KeyRecord> {
        try checkPolicyName(name)
        try checkPolicyLength(policy)
        return try edit(keyID, call, in: state) { (subject) throws(AWSError) in
            try puttingKeyPolicy(name: name, policy, bypassesLockoutCheck, subject, call)
        }
    }

    func puttingKeyPolicy(
        name: String? = nil,
        _ policy: String,
        _ bypassesLockoutCheck: Bool?,
        _ subject: KeySubject,
        _ call: KMSCall
    ) throws(AWSError) -> KeyRecord {
        let bypass = bypassesLockoutCheck.map { "\($0)" }
        try authorize(.putKeyPolicy, on: subject, call, .one("kms:BypassPolicyLockoutSafetyCheck", bypass))
        guard name == nil || name == Self.policyName else { throw KMSError.noSuchPolicy }
        var key = subject.key
        key.policy = try accepted(policy)
        try checkLockout(key.policy, bypassesLockoutCheck, subject, call)
        return key
    }

    /// ListKeyPolicies: there is one.
    package func listKeyPolicies(
        _ keyID: String,
        _ page: PageRequest,
        _ call: KMSCall,
        in state: KMSState
    ) throws(AWSError) -> KMSOutcome<Page<String>> {
        _ = try page.checkedLimit(default: 100)
        return try look(keyID, call, in: state) { (subject) throws(AWSError) in
            try authorize(.listKeyPolicies, on: subject, call)
            return try Page(of: [Self.policyName], page, defaultLimit: 100) { $0 }
        }
    }

    // MARK: Acceptance

    /// The caller must be able to change the policy again, unless they say that they know better.
    func checkLockout(
        _ policy: StoredKeyPolicy,
        _ bypasses: Bool?,
        _ subject: KeySubject,
        _ call: KMSCall
    ) throws(AWSError) {
        guard !(bypasses ?? false), !couldPutKeyPolicy(policy, on: subject, call) else { return }
        throw Self.error(.lockout)
    }

    /// Reads a policy that a request brings.
    func accepted(_ text: String) throws(AWSError) -> StoredKeyPolicy {
        do {
            let document = try acceptance.check(text)
            return StoredKeyPolicy(Self.withAccountARNs(document, partition: place.partition))
        } catch {
            throw Self.error(error)
        }
    }

    /// The policy of a key that was made without one; source: KMS developer guide, "Default key policy".
    var defaultPolicy: StoredKeyPolicy {
        StoredKeyPolicy(
            PolicyDocument(
                id: "key-default-1",
                statements: [
                    PolicyStatement(
                        sid: "Enable IAM User Permissions",
                        effect: .allow,
                        principal: .aws(["arn:\(place.partition):iam::\(place.accountID):root"]),
                        action: MatchElement(["kms:*"]),
                        resource: MatchElement(["*"])
                    )
                ]
            )
        )
    }

    func checkPolicyLength(_ text: String) throws(AWSError) {
        try MemberConstraint.length(text, of: "policy", in: 1...131_072)
    }

    private func checkPolicyName(_ name: String?) throws(AWSError) {
        guard let name else { return }
        try MemberConstraint.length(name, of: "policyName", in: 1...128)
        try MemberConstraint.characters(name, of: "policyName", pattern: #"[\w]+"#) { scalar in
            scalar == "_" || scalar.isASCII && scalar.properties.isAlphabetic || ("0"..."9").contains(scalar)
        }
    }

    private static func error(_ refusal: KeyPolicyRefusal) -> AWSError {
        AWSError(refusal.code.rawValue, refusal.message)
    }

    /// Writes accounts that are named by their twelve digits as the ARN of their root, as KMS stores them.
    private static func withAccountARNs(_ document: PolicyDocument, partition: String) -> PolicyDocument {
        let namesAccounts = document.statements.contains { statement in
            statement.principal?.values(of: .aws).contains { AccountID($0) != nil } ?? false
        }
        guard namesAccounts, var policy = document.json.object, let statements = policy["Statement"] else {
            return document
        }
        func rewritten(_ statement: JSONValue) -> JSONValue {
            guard var object = statement.object else { return statement }
            for element in ["Principal", "NotPrincipal"] {
                guard var principals = object[element]?.object, let names = principals["AWS"] else { continue }
                principals["AWS"] = root(names)
                object[element] = .object(principals)
            }
            return .object(object)
        }
        func root(_ name: JSONValue) -> JSONValue {
            switch name {
            case .string(let text): AccountID(text).map { .string("arn:\(partition):iam::\($0):root") } ?? name
            case .array(let names): .array(names.map(root))
            default: name
            }
        }
        policy["Statement"] = statements.array.map { .array($0.map(rewritten)) } ?? rewritten(statements)
        return (try? PolicyDocument(json: .object(policy))) ?? document
    }
}
