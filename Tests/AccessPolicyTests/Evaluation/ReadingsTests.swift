// SPDX-License-Identifier: Apache-2.0

import AccessPolicy
import CoreValues
import Testing

struct ReadingsTests {
    let samples: Samples

    init() throws {
        samples = try Samples()
    }

    private func authorizer(_ statements: String) throws -> Authorizer {
        let text = #"{"Version":"2012-10-17","Statement":["# + statements + "]}"
        return Authorizer(policies: PolicySet(resourcePolicy: CompiledPolicy(try PolicyDocument(parsing: text))))
    }

    private func request(
        _ principal: RequestPrincipal,
        _ context: [String: RequestContext.Value] = [:]
    ) -> AuthorizationRequest {
        AuthorizationRequest(
            principal: principal,
            action: .kms(.encrypt),
            resource: samples.key,
            resourceAccount: samples.account.description,
            context: RequestContext(context)
        )
    }

    private let allowAll = #"{"Effect":"Allow","Principal":"*","Action":"kms:*","Resource":"*"}"#

    @Test func `an operator without set qualifier on a list is said to be ambiguous`() throws {
        let authorizer = try authorizer(
            allowAll
                + #",{"Effect":"Deny","Principal":"*","Action":"kms:*","Resource":"*","#
                + #""Condition":{"StringEquals":{"kms:EncryptionContextKeys":["Name"]}}}"#
        )
        let user = RequestPrincipal(samples.user("u"))
        let named = authorizer.readings(of: request(user, ["kms:EncryptionContextKeys": .list(["Name"])]))
        #expect(named.verdict == "AMBIGUOUS")
        #expect(named.alternatives.map(\.questions) == [[.setlessOperatorOnList]])
        let other = authorizer.readings(of: request(user, ["kms:EncryptionContextKeys": .list(["Other"])]))
        #expect(other.verdict == "Allowed")
        #expect(other.alternatives.isEmpty)
    }

    @Test func `whether everybody includes services is said to be ambiguous`() throws {
        let authorizer = try authorizer(allowAll)
        let service = authorizer.readings(of: request(RequestPrincipal(service: "logs.amazonaws.com")))
        #expect(service.isAmbiguous)
        #expect(service.alternatives.map(\.questions) == [[.everybodyIncludesServices]])
        #expect(!authorizer.readings(of: request(RequestPrincipal(samples.user("u")))).isAmbiguous)
    }

    @Test func `whether NotPrincipal needs every form of the caller is a switch`() throws {
        func deny(_ names: String) throws -> Readings {
            let policy =
                #",{"Effect":"Deny","NotPrincipal":{"AWS":[\#(names)]},"Action":"kms:*","Resource":"*"}"#
            return try authorizer(allowAll + policy).readings(of: request(RequestPrincipal(samples.user("u"))))
        }
        let user = #""arn:aws:iam::999999999999:user/u""#
        #expect(try deny(user).isAmbiguous)
        #expect(try deny(user).alternatives.map(\.questions) == [[.notPrincipalNeedsEveryForm]])
        let both = try deny(user + #","arn:aws:iam::999999999999:root""#)
        #expect(both.decision.isAllowed)
        #expect(!both.isAmbiguous)
    }

    @Test func `an explanation says which condition failed and what it saw`() throws {
        let authorizer = try authorizer(
            #"{"Sid":"A","Effect":"Allow","Principal":"*","Action":"kms:Encrypt","Resource":"*","#
                + #""Condition":{"StringEquals":{"kms:ViaService":"s3.us-east-1.amazonaws.com"}}},"#
                + #"{"Effect":"Deny","Principal":{"AWS":"888888888888"},"Action":"kms:*","Resource":"*"},"#
                + #"{"Effect":"Deny","Principal":"*","NotAction":"kms:Encrypt","Resource":"*"}"#
        )
        func texts(_ context: [String: RequestContext.Value]) -> [String] {
            authorizer.explain(request(RequestPrincipal(samples.user("u")), context)).map(\.text)
        }
        let name = "resource policy, statement 1 (A)"
        let test = "`StringEquals` `kms:ViaService` `s3.us-east-1.amazonaws.com`"
        #expect(
            texts([:]) == [
                "\(name): condition \(test) (key absent) failed",
                "resource policy, statement 2: does not name the caller",
                "resource policy, statement 3: is not about this action",
            ]
        )
        let via = texts(["kms:ViaService": .one("s3.us-east-1.amazonaws.com")])
        #expect(via[0] == "\(name): allows because \(test) (saw `s3.us-east-1.amazonaws.com`) held")
        let wrong = texts(["kms:ViaService": .one("ec2.us-east-1.amazonaws.com")])
        #expect(wrong[0] == "\(name): condition \(test) (saw `ec2.us-east-1.amazonaws.com`) failed")
    }
}
