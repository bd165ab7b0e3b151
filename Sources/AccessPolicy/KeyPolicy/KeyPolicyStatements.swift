// SPDX-License-Identifier: Apache-2.0

import CoreValues

/// The predefined statements of a key policy, one function each.
///
/// The words, the order of elements and the choice between scalar and list are those of the change type's reference,
/// "KMS Key Create resulting policies". A list with one element is written as a scalar, as the only example of one
/// there does; duplicates are dropped.
struct KeyPolicyStatements {
    let parameters: KeyAccessParameters
    let rendering: KeyPolicy.Rendering

    var all: [KeyPolicy.BuiltStatement] {
        let optional = [decrypt, encrypt, grants, limitGrants, enforceContext, allowedContext, services]
        return [base] + optional.compactMap(\.self)
    }

    /// Hands access over to identity policies of the account, administration included.
    ///
    /// The reference doesn't show what the real service adds; without a statement like this nobody could change the
    /// policy and KMS would refuse it. It is the one of AWS's default key policy (KMS developer guide, "Default key
    /// policy"; reference/seed-analysis.md C10).
    private var base: KeyPolicy.BuiltStatement {
        let root = "arn:\(parameters.partition):iam::\(parameters.account):root"
        return built(
            nil,
            PolicyStatement(
                sid: "Enable IAM User Permissions",
                effect: .allow,
                principal: .aws([root]),
                action: MatchElement(["kms:*"]),
                resource: anyResource
            )
        )
    }

    private var decrypt: KeyPolicy.BuiltStatement? {
        allow(
            "IAMPrincipalsRequiringDecryptPermissions",
            sid: "Allow decrypt using the key",
            parameters.decryptPrincipals,
            ["kms:DescribeKey", "kms:Decrypt"]
        )
    }

    /// Documented and corrected give `kms:ReEncrypt*`, which includes taking ciphertext away; hardened gives only
    /// `kms:ReEncryptTo` (reference/kms-policy.md §2, S3).
    private var encrypt: KeyPolicy.BuiltStatement? {
        allow(
            "IAMPrincipalsRequiringEncryptPermissions",
            sid: "Allow encrypt using the key",
            parameters.encryptPrincipals,
            [
                "kms:DescribeKey", "kms:Encrypt", rendering == .hardened ? "kms:ReEncryptTo" : "kms:ReEncrypt*",
                "kms:GenerateDataKey", "kms:GenerateDataKeyWithoutPlaintext",
            ]
        )
    }

    private var grants: KeyPolicy.BuiltStatement? {
        allow(
            "IAMPrincipalsRequiringGrantsPermissions",
            sid: "Allow grants",
            parameters.grantsPrincipals,
            Self.grantActions
        )
    }

    /// Hardened denies only creating grants, so that administrators can list and revoke them (S5).
    private var limitGrants: KeyPolicy.BuiltStatement? {
        guard parameters.limitGrantsToAWSResources else { return nil }
        return denyEverybody(
            "LimitGrantsToAWSResources",
            sid: "Deny if grant is not for AWS resource",
            rendering == .hardened ? ["kms:CreateGrant"] : Self.grantActions,
            ConditionElement([(ConditionOperator(.bool), [("kms:GrantIsForAWSResource", ["false"])])])
        )
    }

    private var enforceContext: KeyPolicy.BuiltStatement? {
        guard parameters.enforceEncryptionContextKeys else { return nil }
        return denyEverybody(
            "EnforceEncryptionContextKeys",
            sid: rendering == .documented ? nil : "Deny without encryption context",
            contextActions,
            ConditionElement([(ConditionOperator(.null), [(Self.contextKeys, ["true"])])])
        )
    }

    /// Documented compares without saying how many of the request's keys must match, which hits the wrong requests or
    /// none (S2).
    ///
    /// The corrected wording denies what carries none of the listed keys, a request without encryption context
    /// included: the parameter's description says that a request must carry at least one of them. The other reading,
    /// that it may carry nothing else, would also refuse keys that are added beside a listed one.
    private var allowedContext: KeyPolicy.BuiltStatement? {
        let keys = unique(parameters.allowedEncryptionContextKeys)
        guard !keys.isEmpty else { return nil }
        let comparison =
            rendering == .documented
            ? ConditionOperator(.stringEquals) : ConditionOperator(.stringNotEquals, set: .forAllValues)
        return denyEverybody(
            "AllowedEncryptionContextKeys",
            sid: rendering == .documented ? nil : "Deny unless an allowed encryption context key is present",
            contextActions,
            ConditionElement([(comparison, [(Self.contextKeys, keys)])])
        )
    }

    private var services: KeyPolicy.BuiltStatement? {
        let names = unique(parameters.allowServices)
        guard !names.isEmpty else { return nil }
        return built(
            "AllowServiceRolesAccessKMSKeys",
            PolicyStatement(
                sid: rendering == .documented ? nil : "Allow use through AWS services",
                effect: .allow,
                principal: .aws(["*"]),
                action: MatchElement([
                    "kms:ListGrants", "kms:CreateGrant", "kms:DescribeKey", "kms:Encrypt", "kms:Decrypt",
                    "kms:ReEncrypt*", "kms:GenerateDataKey*",
                ]),
                resource: anyResource,
                condition: ConditionElement([
                    (
                        ConditionOperator(.stringEquals),
                        [("kms:ViaService", names), ("kms:CallerAccount", [parameters.account.description])]
                    )
                ])
            )
        )
    }

    // MARK: Parts

    private static let grantActions = ["kms:CreateGrant", "kms:ListGrants", "kms:RevokeGrant"]
    private static let contextKeys = "kms:EncryptionContextKeys"

    /// `kms:ReEncrypt` is what the reference prints; no permission has that name (S1).
    private var contextActions: [String] {
        let reEncrypt = rendering == .documented ? "kms:ReEncrypt" : "kms:ReEncrypt*"
        return ["kms:CreateGrant", "kms:Decrypt", "kms:Encrypt", "kms:GenerateDataKey*", reEncrypt]
    }

    private let anyResource = MatchElement(["*"])

    init(parameters: KeyAccessParameters, rendering: KeyPolicy.Rendering) {
        self.parameters = parameters
        self.rendering = rendering
    }

    private func allow(
        _ parameter: String,
        sid: String,
        _ principals: [PrincipalReference],
        _ actions: [String]
    ) -> KeyPolicy.BuiltStatement? {
        guard !principals.isEmpty else { return nil }
        return built(
            parameter,
            PolicyStatement(
                sid: sid,
                effect: .allow,
                principal: .aws(unique(principals.map(\.text))),
                action: MatchElement(actions),
                resource: anyResource
            )
        )
    }

    private func denyEverybody(
        _ parameter: String,
        sid: String?,
        _ actions: [String],
        _ condition: ConditionElement
    ) -> KeyPolicy.BuiltStatement {
        built(
            parameter,
            PolicyStatement(
                sid: sid,
                effect: .deny,
                principal: .aws(["*"]),
                action: MatchElement(actions, isScalar: false),
                resource: anyResource,
                condition: condition
            )
        )
    }

    private func built(_ parameter: String?, _ statement: PolicyStatement) -> KeyPolicy.BuiltStatement {
        KeyPolicy.BuiltStatement(parameter: parameter, statement: statement)
    }

    private func unique(_ values: [String]) -> [String] {
        var seen: Set<String> = []
        return values.filter { seen.insert($0).inserted }
    }
}
