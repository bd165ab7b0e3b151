// SPDX-License-Identifier: Apache-2.0

/// A grant on the key that a request is about.
///
/// Sources: KMS developer guide, "Grants in AWS KMS"; reference/kms-policy.md §6. Whether a grant is retired, revoked
/// or named by a token is for the keeper of grants to know: only those in force are passed.
package struct KeyGrant: Sendable, Hashable {
    /// What a grant asks of the encryption context.
    package enum Constraint: Sendable, Hashable {
        /// Exactly these pairs.
        case encryptionContextEquals([String: String])
        /// At least these pairs.
        case encryptionContextSubset([String: String])
    }

    /// Who may use it: the ARN of a user, role, session or account root, an account's digits, or a service's name.
    package var grantee: String
    /// What it allows.
    package var operations: KMSActionSet
    /// What it asks of the encryption context.
    package var constraint: Constraint?
    /// The resource on whose behalf the request must come, compared with `aws:SourceArn`.
    package var sourceARN: String?

    /// Makes a grant.
    package init(
        grantee: String,
        operations: KMSActionSet,
        constraint: Constraint? = nil,
        sourceARN: String? = nil
    ) {
        self.grantee = grantee
        self.operations = operations
        self.constraint = constraint
        self.sourceARN = sourceARN
    }

    /// The operations that a grant can allow.
    package static let grantable = KMSActionSet([
        .createGrant, .decrypt, .deriveSharedSecret, .describeKey, .encrypt, .generateDataKey, .generateDataKeyPair,
        .generateDataKeyPairWithoutPlaintext, .generateDataKeyWithoutPlaintext, .generateMac, .getPublicKey,
        .reEncryptFrom, .reEncryptTo, .retireGrant, .sign, .verify, .verifyMac,
    ])

    /// The operations for which constraints are not looked at.
    private static let unconstrained = KMSActionSet([.describeKey, .retireGrant])

    /// In which forms it names the caller, empty when it doesn't apply to the request.
    func forms(_ request: AuthorizationRequest) -> RequestPrincipal.Forms {
        guard let action = request.action.kms, operations.contains(action) else { return [] }
        guard Self.unconstrained.contains(action) || isSatisfied(request.context) else { return [] }
        return request.principal.names.reduce(into: []) { forms, name in
            if name.text == grantee {
                forms.formUnion(RequestPrincipal.Forms(rawValue: name.forms))
            }
        }
    }

    private func isSatisfied(_ context: RequestContext) -> Bool {
        if let sourceARN, context["aws:SourceArn"] != .one(sourceARN) {
            return false
        }
        switch constraint {
        case nil: return true
        case .encryptionContextSubset(let pairs): return Self.carries(pairs, context)
        case .encryptionContextEquals(let pairs):
            let keys = context["kms:EncryptionContextKeys"]?.values ?? []
            return Set(keys) == Set(pairs.keys) && Self.carries(pairs, context)
        }
    }

    /// Names are compared exactly, as the list of keys has them; condition keys alone would fold their case.
    private static func carries(_ pairs: [String: String], _ context: RequestContext) -> Bool {
        let keys = context["kms:EncryptionContextKeys"]?.values ?? []
        return pairs.allSatisfy { key, value in
            keys.contains(key) && context["kms:EncryptionContext:" + key] == .one(value)
        }
    }
}
