// SPDX-License-Identifier: Apache-2.0

/// Which condition keys a request for a key can carry, and how.
///
/// Source: Service Authorization Reference for AWS KMS; IAM user guide, "AWS global condition context keys";
/// reference/kms-policy.md §3. All names are in lower case.
enum RequestKeys {
    static let encryptionContext = "kms:encryptioncontext:"
    static let encryptionContextKeys = "kms:encryptioncontextkeys"
    static let viaService = "kms:viaservice"
    static let viaAWSService = "aws:viaawsservice"
    static let grantIsForAWSResource = "kms:grantisforawsresource"
    static let grantOperations = "kms:grantoperations"
    /// Keys about the service that calls for somebody.
    static let ofServices: Set<String> = [viaService, grantIsForAWSResource, viaAWSService]
    static let granteePrincipal = "kms:granteeprincipal"

    /// The operations on keys, which are all that a key policy can speak about.
    static let actions = KMSAction.onKeys

    /// The operations that carry an encryption context.
    static let withEncryptionContext = actions(carrying: encryptionContextKeys)

    /// Keys that the caller and the key determine.
    static let ofCaller: Set<String> = [
        "aws:requestedregion", "aws:resourceaccount",
        "kms:calleraccount", "aws:principalaccount", "aws:principalarn", "aws:principaltype",
        "aws:principalisawsservice", "aws:principalservicename",
    ]

    /// The operations that carry each key of the caller, worked out once.
    static let carriersOfCallerKeys = Dictionary(
        uniqueKeysWithValues: ofCaller.map { ($0, actions(carrying: $0)) }
    )

    /// Keys whose values hang together with others in ways that are not followed.
    static let unfollowed: Set<String> = [
        "aws:username", "aws:calledvia", "aws:calledviafirst", "aws:calledvialast",
    ]

    /// The operations that can carry a key, named in lower case.
    ///
    /// A key of KMS that is not known, or has an effect in identity policies only, is carried by none. Global keys that
    /// are not known may be carried by all.
    static func actions(carrying key: String) -> KMSActionSet {
        let known = ConditionKey(named: key)
        let isGlobal = !key.hasPrefix("kms:") && known?.actions.contains(.describeKey) != false
        guard !isGlobal else { return actions }
        guard let known, !known.isForIdentityPoliciesOnly else { return KMSActionSet() }
        return known.actions.intersection(actions)
    }

    /// Whether requests have a list of values for a key.
    static func isMultivalued(_ key: String) -> Bool {
        ConditionKey(named: key)?.isMultivalued ?? false
    }

    /// Whether a key is `true` or `false`.
    static func isBoolean(_ key: String) -> Bool {
        ConditionKey(named: key)?.type == .bool
    }

    /// Whether every request for an operation that can carry a key does carry it.
    static func isAlwaysPresent(_ key: String) -> Bool {
        ConditionKey(named: key)?.presence == .always
    }
}
