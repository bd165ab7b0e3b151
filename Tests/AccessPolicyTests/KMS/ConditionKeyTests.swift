// SPDX-License-Identifier: Apache-2.0

import AccessPolicy
import Testing

struct ConditionKeyTests {
    @Test(arguments: [
        ("kms:ViaService", "kms:ViaService"),
        ("KMS:viaservice", "kms:ViaService"),
        ("kms:EncryptionContext:App", "kms:EncryptionContext:"),
        ("kms:EncryptionContextKeys", "kms:EncryptionContextKeys"),
        ("kms:RecipientAttestation:PCR0", "kms:RecipientAttestation:"),
        ("aws:ResourceTag/team", "aws:ResourceTag/"),
        ("aws:PrincipalOrgID", "aws:PrincipalOrgID"),
    ])
    func `a key is found in any case and as a member of its family`(_ text: String, _ name: String) {
        #expect(ConditionKey(named: text)?.name == name)
    }

    @Test(arguments: [
        "kms:EncryptionContext", "kms:EncryptionContext:", "aws:ResourceTag/", "kms:Nothing", "s3:prefix",
    ])
    func `what no request to KMS carries is not found`(_ text: String) {
        #expect(ConditionKey(named: text) == nil)
    }

    @Test func `the context of an encryption belongs to the operations that take one`() {
        let context = KMSAction.allCases.filter { action in
            action.conditionKeys.contains { $0.name == "kms:EncryptionContextKeys" }
        }
        #expect(
            context == [
                .createGrant, .decrypt, .encrypt, .generateDataKey, .generateDataKeyPair,
                .generateDataKeyPairWithoutPlaintext, .generateDataKeyWithoutPlaintext, .reEncryptFrom, .reEncryptTo,
                .retireGrant,
            ]
        )
    }

    @Test func `the lists that need a set qualifier are marked`() {
        let names = ConditionKey.all.filter { $0.isKMS && $0.isMultivalued }.map(\.name)
        #expect(Set(names) == ["kms:EncryptionContextKeys", "kms:GrantOperations", "kms:ResourceAliases"])
    }

    @Test func `no key is listed twice`() {
        let names = ConditionKey.all.map { $0.name.lowercased() }
        #expect(Set(names).count == names.count)
    }

    @Test func `only actions on a key can be allowed by its policy`() {
        let others = KMSActionSet.all.subtracting(KMSAction.onKeys).actions
        #expect(
            others == [
                .connectCustomKeyStore, .createCustomKeyStore, .createKey, .deleteCustomKeyStore,
                .describeCustomKeyStores, .disconnectCustomKeyStore, .generateRandom, .listAliases, .listKeys,
                .listRetirableGrants, .updateCustomKeyStore,
            ]
        )
    }

    @Test(arguments: [
        (KMSKeyType.symmetric, KMSAction.generateDataKey, true),
        (KMSKeyType.symmetric, .sign, false),
        (KMSKeyType.symmetric, .getPublicKey, false),
        (KMSKeyType(spec: "RSA_2048"), .reEncryptFrom, true),
        (KMSKeyType(spec: "RSA_2048"), .generateDataKey, false),
        (KMSKeyType(spec: "HMAC_256", usage: .generateVerifyMac), .verifyMac, true),
        (KMSKeyType(spec: "HMAC_256", usage: .generateVerifyMac), .encrypt, false),
        (KMSKeyType(spec: "ECC_NIST_P256", usage: .keyAgreement), .deriveSharedSecret, true),
        (KMSKeyType(spec: "ECC_NIST_P256", usage: .signVerify), .putKeyPolicy, true),
    ])
    func `a key serves the actions of its type`(_ type: KMSKeyType, _ action: KMSAction, _ serves: Bool) {
        #expect(type.supportedActions.contains(action) == serves)
    }

    @Test func `a service name is read with its region`() {
        #expect(ViaServiceName("ec2.us-east-1.amazonaws.com")?.region == "us-east-1")
        #expect(ViaServiceName("ec2.us-east-1.amazonaws.com")?.isKnown == true)
        #expect(ViaServiceName("ec2.amazonaws.com") == nil)
        #expect(ViaServiceName("ec2.cn-north-1.amazonaws.com.cn") == nil)
        #expect(ViaServiceName.known == ViaServiceName.known.sorted())
    }
}
