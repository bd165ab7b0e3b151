// SPDX-License-Identifier: Apache-2.0

import AccessPolicy
import CoreValues
import JSONDocument
import Testing

struct KeyPolicyAcceptanceTests {
    let samples: Samples

    init() throws {
        samples = try Samples()
    }

    private func policy(
        principal: String = #"{"AWS":"arn:aws:iam::999999999999:root"}"#,
        action: String = #""kms:*""#,
        resource: String = #""*""#,
        more: String = ""
    ) -> String {
        """
        {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":\(principal),"Action":\(action),\
        "Resource":\(resource)\(more)}]}
        """
    }

    private func refusal(_ text: String, exists: Bool = true) -> KeyPolicyRefusal? {
        do {
            _ = try KeyPolicyAcceptance(principalExists: { _ in exists }).check(text)
            return nil
        } catch {
            return error
        }
    }

    @Test(arguments: [
        #""*""#, #"{"AWS":"*"}"#, #"{"AWS":"999999999999"}"#, #"{"AWS":"arn:aws:iam::888888888888:user/path/u"}"#,
        #"{"AWS":"arn:aws:sts::888888888888:assumed-role/r/s"}"#, #"{"Service":"logs.us-east-1.amazonaws.com"}"#,
        #"{"AWS":["arn:aws:iam::999999999999:root"],"Service":["ec2.amazonaws.com"]}"#,
        #"{"Federated":"cognito-identity.amazonaws.com"}"#,
    ])
    func `well-formed principals are accepted`(_ principal: String) {
        #expect(refusal(policy(principal: principal)) == nil)
    }

    @Test(arguments: [
        #"{"AWS":"arn:aws:iam::999999999999:group/g"}"#, #"{"AWS":"arn:aws:iam::999999999999:instance-profile/p"}"#,
        #"{"AWS":"arn:aws:iam::999999999999:role/*"}"#, #"{"AWS":"AROADBQP57FF2AEXAMPLE"}"#, #"{"AWS":"role/a"}"#,
        #"{"AWS":"arn:aws:iam::99:root"}"#, #"{"AWS":"arn:aws:s3:::b"}"#,
        #"{"AWS":"arn:nowhere:iam::999999999999:root"}"#,
        #"{"AWS":"arn:aws:iam::999999999999:user/"}"#, #"{"AWS":"arn:aws:iam:us-east-1:999999999999:root"}"#,
        #"{"Service":"ec2"}"#, #"{"Service":"*"}"#, #"{"CanonicalUser":"79a59df900b949e55d96a1e698fbacedfd6e"}"#,
        #"{"AWS":""}"#,
    ])
    func `principals that can't be are refused in AWS's words`(_ principal: String) {
        let refusal = refusal(policy(principal: principal))
        #expect(refusal?.code == .malformedPolicyDocument)
        #expect(refusal?.message == "Policy contains a statement with one or more invalid principals.")
    }

    @Test func `a principal that doesn't exist is refused, an account is never asked for`() {
        let named = policy(principal: #"{"AWS":"arn:aws:iam::999999999999:user/gone"}"#)
        #expect(refusal(named, exists: false)?.code == .malformedPolicyDocument)
        #expect(refusal(policy(), exists: false) == nil)
    }

    @Test func `text that only starts like an ARN is an invalid ARN`() {
        #expect(refusal(policy(principal: #"{"AWS":"arn:aws:iam"}"#))?.code == .invalidARN)
    }

    @Test func `size is counted in bytes and limited to 32 KiB`() {
        func sized(_ bytes: Int, filler: String) -> String {
            let base = policy()
            let rest = bytes - base.utf8.count
            return base + String(repeating: filler, count: rest / filler.utf8.count)
        }
        #expect(refusal(sized(32_768, filler: " ")) == nil)
        #expect(refusal(sized(32_769, filler: " "))?.code == .limitExceeded)
        #expect(refusal(#"{"Id":"\#(String(repeating: "é", count: 17_000))","Statement":[]}"#)?.code == .limitExceeded)
    }

    @Test func `characters beyond Latin-1 are refused`() {
        #expect(refusal(policy(more: #","Sid":"é""#)) == nil)
        #expect(refusal(policy(more: #","Sid":"€""#))?.code == .validation)
        #expect(refusal(policy() + "\u{0}")?.code == .validation)
    }

    @Test(arguments: [
        "", "{", "[]", "null", "{}", #"{"Statement":[]}"#, #"{"Version":"2013-01-01","Statement":[]}"#,
        #"{"Statement":[{"Effect":"Allow","Action":"kms:*","Resource":"*"}]}"#,
        #"{"Statement":[{"Effect":"Allow","Principal":{},"Action":"kms:*","Resource":"*"}]}"#,
        #"{"Statement":[{"Effect":"Allow","Principal":{"AWS":[]},"Action":"kms:*","Resource":"*"}]}"#,
        #"{"Statement":[{"Effect":"Allow","Principal":"*","Resource":"*"}]}"#,
        #"{"Statement":[{"Effect":"Allow","Principal":"*","Action":[],"Resource":"*"}]}"#,
        #"{"Statement":[{"Effect":"Allow","Principal":"*","Action":"kms:*"}]}"#,
        #"{"Statement":[{"Effect":"Allow","Principal":"*","Action":"kms:*","NotResource":"*"}]}"#,
        #"{"Statement":[{"Effect":"Allow","Principal":"*","Action":"kms:*","Resource":"arn:aws:kms:us-east-1:1:key/a"}]}"#,
        #"{"Statement":[{"Effect":"Allow","Effect":"Deny","Principal":"*","Action":"kms:*","Resource":"*"}]}"#,
    ])
    func `a document that lacks something is malformed`(_ text: String) {
        #expect(refusal(text)?.code == .malformedPolicyDocument)
    }

    @Test func `unknown actions and wildcards are accepted`() {
        #expect(refusal(policy(action: #"["kms:ReEncrypt","foo:Bar","kms:Generate*"]"#)) == nil)
    }

    @Test(arguments: [
        ("ForAllValues:StringEquals", "kms:EncryptionContext:App", false),
        ("forallvalues:stringlike", "KMS:ENCRYPTIONCONTEXT:App", false),
        ("ForAllValues:StringEquals", "aws:RequestTag/team", false),
        ("ForAllValues:StringNotEquals", "kms:EncryptionContextKeys", true),
        ("ForAnyValue:StringEquals", "kms:EncryptionContext:App", true),
    ])
    func `ForAllValues on a single-valued context or tag is refused`(_ name: String, _ key: String, _ isFine: Bool) {
        let refusal = refusal(policy(more: #","Condition":{"\#(name)":{"\#(key)":"x"}}"#))
        #expect((refusal == nil) == isFine)
        #expect(isFine || refusal?.message.hasPrefix("OverlyPermissiveCondition: ") == true)
    }

    @Test func `whoever the root delegation reaches may change the policy later`() throws {
        let policy = KeyPolicy(try samples.parameterisation("none"), rendering: .documented).document
        let caller = samples.user("admin")
        let account = samples.account
        #expect(KeyPolicyAcceptance.canPutKeyPolicy(caller, policy: policy, keyAccount: account))
        #expect(!KeyPolicyAcceptance.canPutKeyPolicy(caller, policy: policy, keyAccount: account, identityPolicies: []))
        let root = samples.root()
        #expect(KeyPolicyAcceptance.canPutKeyPolicy(root, policy: policy, keyAccount: account, identityPolicies: []))
        let stranger = samples.user("admin", in: samples.other)
        #expect(!KeyPolicyAcceptance.canPutKeyPolicy(stranger, policy: policy, keyAccount: account))
    }

    @Test func `a policy without administration locks its caller out, and so does a condition it can't meet`() throws {
        let withoutAdministration = try PolicyDocument(parsing: policy(action: #""kms:Encrypt""#))
        let conditional = try PolicyDocument(
            parsing: policy(more: #","Condition":{"StringEquals":{"aws:PrincipalOrgID":"o-1"}}"#)
        )
        for policy in [withoutAdministration, conditional] {
            let can = KeyPolicyAcceptance.canPutKeyPolicy(
                samples.user("admin"),
                policy: policy,
                keyAccount: samples.account
            )
            #expect(!can)
        }
    }
}
