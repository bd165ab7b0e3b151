// SPDX-License-Identifier: Apache-2.0

import AWSWire
import AccessPolicy
import CoreValues

/// What CreateGrant is asked for.
package struct NewGrant: Sendable {
    /// `GranteePrincipal` or `GranteeServicePrincipal`; exactly one must be given.
    package var grantees: [GrantRecord.Party]
    /// `RetiringPrincipal` or `RetiringServicePrincipal`; at most one.
    package var retiring: [GrantRecord.Party]
    /// `Operations`.
    package var operations: [String]
    /// `Constraints`.
    package var constraints: GrantRecord.Constraints
    /// `Name`.
    package var name: String?
    /// `GrantTokens`.
    package var grantTokens: [String]
    /// `DryRun`.
    package var isDryRun: Bool

    /// Makes a request.
    package init(
        grantees: [GrantRecord.Party],
        retiring: [GrantRecord.Party] = [],
        operations: [String],
        constraints: GrantRecord.Constraints = GrantRecord.Constraints(),
        name: String? = nil,
        grantTokens: [String] = [],
        isDryRun: Bool = false
    ) {
        self.grantees = grantees
        self.retiring = retiring
        self.operations = operations
        self.constraints = constraints
        self.name = name
        self.grantTokens = grantTokens
        self.isDryRun = isDryRun
    }
}

/// The rules for grants; source: reference/kms-policy.md §6.
extension NewGrant {
    /// The operations that grants for symmetric encryption keys can allow.
    static let supported = [
        "Decrypt", "Encrypt", "GenerateDataKey", "GenerateDataKeyWithoutPlaintext", "ReEncryptFrom", "ReEncryptTo",
        "CreateGrant", "RetireGrant", "DescribeKey", "GenerateDataKeyPair", "GenerateDataKeyPairWithoutPlaintext",
    ]
    private static let others = ["Sign", "Verify", "GetPublicKey", "GenerateMac", "VerifyMac", "DeriveSharedSecret"]

    /// Checks everything that needs no state; gives the grantee.
    func checked() throws(AWSError) -> GrantRecord.Party {
        guard let grantee = grantees.first, grantees.count == 1 else {
            throw KMSError.validation(
                "You must specify exactly one of GranteePrincipal and GranteeServicePrincipal."
            )
        }
        guard retiring.count <= 1 else {
            throw KMSError.validation(
                "You can specify at most one of RetiringPrincipal and RetiringServicePrincipal."
            )
        }
        try PrincipalRules.check(grantee, "granteePrincipal", "granteeServicePrincipal")
        if let retiring = retiring.first {
            try PrincipalRules.check(retiring, "retiringPrincipal", "retiringServicePrincipal")
        }
        try checkOperations()
        try checkConstraints()
        if let name {
            try MemberConstraint.length(name, of: "name", in: 1...256)
            try MemberConstraint.characters(name, of: "name", pattern: "^[a-zA-Z0-9:/_-]+$") { scalar in
                scalar.isASCII && (scalar.properties.isAlphabetic || ("0"..."9").contains(scalar))
                    || ":/_-".unicodeScalars.contains(scalar)
            }
        }
        return grantee
    }

    private func checkOperations() throws(AWSError) {
        guard !operations.isEmpty else { throw KMSError.validation("A grant must allow at least one operation.") }
        for (index, operation) in operations.enumerated() {
            let member = "operations.\(index + 1).member"
            try MemberConstraint.choice(operation, of: member, in: Self.supported + Self.others)
            guard Self.supported.contains(operation) else {
                throw KMSError.validation(
                    "The grant operation \(operation) is not supported for keys of KeySpec \(KeyKinds.spec)."
                )
            }
        }
    }

    private func checkConstraints() throws(AWSError) {
        for (member, pairs) in [
            ("encryptionContextEquals", constraints.encryptionContextEquals),
            ("encryptionContextSubset", constraints.encryptionContextSubset),
        ] {
            guard let pairs else { continue }
            try MemberConstraint.count(pairs.count, of: "constraints.\(member)", in: 0...8)
            for pair in pairs.sorted(by: { $0.key < $1.key }) {
                try MemberConstraint.length(pair.value, of: "constraints.\(member).\(pair.key)", in: 0...384)
            }
        }
    }

    /// Whether a grant that allows CreateGrant allows making this one: no more operations, no looser constraints.
    func isWithin(_ parent: GrantRecord) -> Bool {
        operations.allSatisfy { parent.operations.contains($0) }
            && constraints.areAtLeastAsStrict(as: parent.constraints)
    }

    /// What conditions may ask about the grant to be made.
    func facts(isForAWSResource: Bool) -> RequestFacts {
        var facts = RequestFacts(newGrant: self)
        var pairs = constraints.encryptionContextSubset ?? [:]
        pairs.merge(constraints.encryptionContextEquals ?? [:]) { _, exact in exact }
        facts.encryptionContext = EncryptionContext(pairs)
        facts.more = [
            ("kms:GrantIsForAWSResource", .one("\(isForAWSResource)")), ("kms:GrantOperations", .list(operations)),
        ]
        if let type = constraints.type {
            facts.more.append(("kms:GrantConstraintType", .one(type)))
        }
        if let source = constraints.sourceARN {
            facts.more.append(("kms:GrantConstraintSourceArn", .one(source)))
        }
        for (role, party) in [("Grantee", grantees.first), ("Retiring", retiring.first)] {
            switch party {
            case .principal(let arn): facts.more.append(("kms:\(role)Principal", .one(arn)))
            case .service(let name): facts.more.append(("kms:\(role)ServicePrincipal", .one(name)))
            case nil: break
            }
        }
        return facts
    }
}

extension GrantRecord.Constraints {
    /// `kms:GrantConstraintType`.
    var type: String? {
        if encryptionContextEquals != nil {
            return "EncryptionContextEquals"
        }
        return encryptionContextSubset == nil ? nil : "EncryptionContextSubset"
    }
}

/// Who can be named in grants.
enum PrincipalRules {
    static func check(
        _ party: GrantRecord.Party,
        _ principalMember: String,
        _ serviceMember: String
    ) throws(AWSError) {
        switch party {
        case .principal(let text):
            try check(text, of: principalMember)
            guard let arn = ARN(parsing: text), isPrincipal(arn) else {
                throw AWSError("InvalidArnException", "ARN does not refer to a valid principal: \(text)")
            }
        case .service(let name):
            try check(name, of: serviceMember)
        }
    }

    /// The constraints of the service model on a principal's text.
    static func check(_ text: String, of member: String) throws(AWSError) {
        try MemberConstraint.length(text, of: member, in: 1...256)
        try MemberConstraint.characters(text, of: member, pattern: #"^[\w+=,.@:/-]+$"#) { scalar in
            scalar.isASCII && (scalar.properties.isAlphabetic || ("0"..."9").contains(scalar))
                || "_+=,.@:/-".unicodeScalars.contains(scalar)
        }
    }

    /// Accounts, users, roles, and sessions of roles and federated users.
    private static func isPrincipal(_ arn: ARN) -> Bool {
        guard arn.region.isEmpty, arn.accountID != nil else { return false }
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
}
