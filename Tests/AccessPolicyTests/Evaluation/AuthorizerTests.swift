// SPDX-License-Identifier: Apache-2.0

import AccessPolicy
import CoreValues
import Testing

struct AuthorizerTests {
    let samples: Samples

    init() throws {
        samples = try Samples()
    }

    private func compiled(_ statements: String...) throws -> CompiledPolicy {
        let text = #"{"Version":"2012-10-17","Statement":["# + statements.joined(separator: ",") + "]}"
        return CompiledPolicy(try PolicyDocument(parsing: text))
    }

    private func decide(
        _ policies: PolicySet,
        _ caller: CallerIdentity,
        _ action: KMSAction = .encrypt,
        context: RequestContext = RequestContext()
    ) -> Decision {
        Authorizer(policies: policies)
            .authorize(
                AuthorizationRequest(
                    caller: caller,
                    action: .kms(action),
                    resource: samples.key,
                    resourceAccount: samples.account,
                    context: context
                )
            )
    }

    private let allowAll = #"{"Effect":"Allow","Action":"*","Resource":"*"}"#
    private let delegation =
        #"{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::999999999999:root"},"Action":"kms:*","Resource":"*"}"#

    private func allow(_ principal: String, _ action: String = "kms:Encrypt", more: String = "") -> String {
        #"{"Effect":"Allow","Principal":{"AWS":"\#(principal)"},"Action":"\#(action)","Resource":"*"\#(more)}"#
    }

    @Test func `a deny wins over an allow, wherever it stands`() throws {
        let deny = #"{"Effect":"Deny","Principal":"*","Action":"kms:Enc*","Resource":"*"}"#
        let identityDeny = #"{"Effect":"Deny","Action":"kms:Encrypt","Resource":"*"}"#
        let everything = try compiled(allow("*"), delegation)
        let sets = [
            PolicySet(resourcePolicy: try compiled(allow("*"), deny), identityPolicies: [.administrator]),
            PolicySet(resourcePolicy: everything, identityPolicies: [.administrator, try compiled(identityDeny)]),
            PolicySet(resourcePolicy: everything, permissionBoundaries: [.administrator, try compiled(identityDeny)]),
            PolicySet(resourcePolicy: everything, sessionPolicies: [.administrator, try compiled(identityDeny)]),
            PolicySet(
                resourcePolicy: everything,
                serviceControlPolicies: [[.administrator], [try compiled(allowAll, identityDeny)]]
            ),
            PolicySet(resourcePolicy: everything, resourceControlPolicies: [[try compiled(allowAll, identityDeny)]]),
            PolicySet(resourcePolicy: everything, endpointPolicies: [try compiled(allowAll, identityDeny)]),
        ]
        for set in sets {
            #expect(decide(set, samples.user("u")).verdict == .explicitlyDenied)
            #expect(decide(set, samples.root()).verdict == .explicitlyDenied)
        }
    }

    @Test func `nobody has access without the key policy's word, not even root`() throws {
        let set = PolicySet(resourcePolicy: try compiled(allow("arn:aws:iam::999999999999:user/v")))
        #expect(decide(set, samples.root()).verdict == .implicitlyDenied)
        var administrator = set
        administrator.identityPolicies = [.administrator]
        let decision = decide(administrator, samples.user("u"))
        #expect(decision.verdict == .implicitlyDenied)
        #expect(decision.reasons == [.notAllowedBy(.resourcePolicy)])
    }

    @Test func `delegation to the account needs an identity policy and obeys its own conditions`() throws {
        let conditional = allow(
            "999999999999",
            "kms:*",
            more: #","Condition":{"StringEquals":{"kms:ViaService":"s3.us-east-1.amazonaws.com"}}"#
        )
        var set = PolicySet(resourcePolicy: try compiled(conditional))
        let viaS3 = RequestContext(["kms:ViaService": .one("s3.us-east-1.amazonaws.com")])
        #expect(decide(set, samples.user("u"), context: viaS3).verdict == .implicitlyDenied)
        #expect(decide(set, samples.user("u"), context: viaS3).reasons == [.notAllowedBy(.identityPolicy)])
        set.identityPolicies = [.administrator]
        #expect(decide(set, samples.user("u"), context: viaS3).isAllowed)
        #expect(!decide(set, samples.user("u")).isAllowed)
    }

    @Test func `a boundary limits a role but not a user named directly`() throws {
        let boundary = [try compiled(#"{"Effect":"Allow","Action":"s3:*","Resource":"*"}"#)]
        let set = PolicySet(
            resourcePolicy: try compiled(
                allow("arn:aws:iam::999999999999:user/u"),
                allow("arn:aws:iam::999999999999:role/team/r"),
                allow("arn:aws:sts::999999999999:assumed-role/exact/session")
            ),
            permissionBoundaries: boundary
        )
        #expect(decide(set, samples.user("u")).isAllowed)
        #expect(decide(set, samples.session(of: "team/r")).reasons == [.notAllowedBy(.permissionBoundary)])
        #expect(decide(set, samples.session(of: "exact")).isAllowed)
        #expect(!decide(set, samples.session(of: "r")).isAllowed)
    }

    @Test func `a session policy limits the role but not the session named exactly`() throws {
        let set = PolicySet(
            resourcePolicy: try compiled(
                allow("arn:aws:iam::999999999999:role/r"),
                allow("arn:aws:sts::999999999999:assumed-role/exact/session"),
                allow("*", "kms:Decrypt")
            ),
            sessionPolicies: [try compiled(#"{"Effect":"Allow","Action":"s3:*","Resource":"*"}"#)]
        )
        #expect(decide(set, samples.session(of: "r")).reasons == [.notAllowedBy(.sessionPolicy)])
        #expect(decide(set, samples.session(of: "exact")).isAllowed)
        #expect(!decide(set, samples.session(of: "r"), .decrypt).isAllowed)
        #expect(decide(set, samples.user("u"), .decrypt).isAllowed)
    }

    @Test func `another account needs both sides, and only for actions that work across accounts`() throws {
        var set = PolicySet(resourcePolicy: try compiled(allow("arn:aws:iam::888888888888:root", "kms:*")))
        let stranger = samples.user("u", in: samples.other)
        #expect(decide(set, stranger).reasons == [.notAllowedBy(.identityPolicy)])
        set.identityPolicies = [.administrator]
        #expect(decide(set, stranger).isAllowed)
        #expect(decide(set, stranger, .putKeyPolicy).reasons == [.notAvailableAcrossAccounts])
        set.resourcePolicy = try compiled(delegation)
        #expect(decide(set, stranger).reasons == [.notAllowedBy(.resourcePolicy)])
    }

    @Test func `each level of the organisation must allow`() throws {
        let s3 = try compiled(#"{"Effect":"Allow","Action":"s3:*","Resource":"*"}"#)
        var set = PolicySet(resourcePolicy: try compiled(allow("*")))
        set.serviceControlPolicies = [[.administrator], [s3, .administrator]]
        #expect(decide(set, samples.user("u")).isAllowed)
        set.serviceControlPolicies = [[.administrator], [s3]]
        #expect(decide(set, samples.user("u")).reasons == [.notAllowedBy(.serviceControlPolicy)])
        set.serviceControlPolicies = [[]]
        #expect(!decide(set, samples.user("u")).isAllowed)
    }

    @Test func `a service needs only the resource policy`() throws {
        let statement =
            #"{"Effect":"Allow","Principal":{"Service":"logs.amazonaws.com"},"Action":"kms:Encrypt","Resource":"*"}"#
        let authorizer = Authorizer(policies: PolicySet(resourcePolicy: try compiled(statement)))
        func decide(_ service: String) -> Bool {
            authorizer.authorize(
                AuthorizationRequest(
                    principal: RequestPrincipal(service: service),
                    action: .kms(.encrypt),
                    resource: samples.key,
                    resourceAccount: samples.account.description,
                    context: RequestContext()
                )
            )
            .isAllowed
        }
        #expect(decide("logs.amazonaws.com"))
        #expect(!decide("s3.amazonaws.com"))
    }

    @Test func `NotPrincipal names everybody else`() throws {
        let statement =
            #"{"Effect":"Deny","NotPrincipal":{"AWS":"arn:aws:iam::999999999999:user/u"},"#
            + #""Action":"kms:*","Resource":"*"}"#
        let set = PolicySet(resourcePolicy: try compiled(statement, allow("*")))
        #expect(decide(set, samples.user("u")).isAllowed)
        #expect(decide(set, samples.user("v")).verdict == .explicitlyDenied)
    }

    @Test func `NotAction covers all the rest`() throws {
        let statement = #"{"Effect":"Deny","Principal":"*","NotAction":"kms:ENCRYPT","Resource":"*"}"#
        let set = PolicySet(resourcePolicy: try compiled(statement, allow("*", "kms:*")))
        #expect(decide(set, samples.user("u")).isAllowed)
        #expect(decide(set, samples.user("u"), .decrypt).verdict == .explicitlyDenied)
    }

    @Test func `an administrator's own policies speak for calls without a key`() {
        let request = AuthorizationRequest(
            caller: samples.user("u"),
            action: .kms(.createKey),
            resource: "*",
            resourceAccount: samples.account
        )
        #expect(Authorizer(policies: PolicySet(identityPolicies: [.administrator])).authorize(request).isAllowed)
        #expect(!Authorizer(policies: PolicySet()).authorize(request).isAllowed)
    }

    @Test(arguments: [
        ("decrypt", KMSAction.decrypt, "roleA", true), ("decrypt", .encrypt, "roleA", false),
        ("decrypt", .decrypt, "roleC", false), ("encrypt", .generateDataKey, "roleA", true),
        ("encrypt", .reEncryptFrom, "roleA", true), ("encrypt", .decrypt, "roleA", false),
        ("grants", .createGrant, "roleA", true), ("limit-grants", .createGrant, "roleA", false),
    ])
    func `documented statements do what their headings say`(
        _ parameterisation: String,
        _ action: KMSAction,
        _ role: String,
        _ isAllowed: Bool
    ) throws {
        let policy = KeyPolicy(try samples.parameterisation(parameterisation), rendering: .documented).document
        let direct = RequestContext(["kms:GrantIsForAWSResource": .one("false")])
        let set = PolicySet(resourcePolicy: CompiledPolicy(policy))
        #expect(decide(set, samples.session(of: role), action, context: direct).isAllowed == isAllowed)
    }

    @Test func `the context rules hold in the corrected policy only`() throws {
        for rendering in KeyPolicy.Rendering.allCases {
            var parameters = try samples.parameterisation("encrypt")
            parameters.allowedEncryptionContextKeys = ["Name", "Application"]
            let set = PolicySet(resourcePolicy: CompiledPolicy(KeyPolicy(parameters, rendering: rendering).document))
            func isAllowed(_ keys: [String], _ action: KMSAction = .encrypt) -> Bool {
                let context = RequestContext(["kms:EncryptionContextKeys": .list(keys)])
                return decide(set, samples.session(of: "roleA"), action, context: context).isAllowed
            }
            #expect(isAllowed(["Name"]))
            #expect(isAllowed(["Other", "Application"]))
            #expect(isAllowed([]) == (rendering == .documented))
            #expect(isAllowed(["Other"]) == (rendering == .documented))
            #expect(isAllowed(["name"]) == (rendering == .documented))
            #expect(isAllowed([], .reEncryptTo) == (rendering == .documented))
            #expect(isAllowed(["Name"], .reEncryptFrom) == (rendering != .hardened))
        }
    }
}
