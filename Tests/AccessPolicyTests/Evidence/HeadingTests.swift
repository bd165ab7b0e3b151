// SPDX-License-Identifier: Apache-2.0

import AccessPolicy
import CoreValues
import Testing

/// The documented parameterisations: proven to do, or proven not to do, what their headings say.
///
/// Every expectation here is decided for all requests, not for some that were tried.
struct HeadingTests {
    private let samples: Samples
    private let roleA = "arn:aws:iam::999999999999:role/roleA"
    private let userB = "arn:aws:iam::999999999999:user/userB"

    init() throws {
        samples = try Samples()
    }

    private func questions(
        _ parameterisation: String,
        _ rendering: KeyPolicy.Rendering = .documented
    ) throws -> PolicyQuestions {
        let parameters = try samples.parameterisation(parameterisation)
        return try PolicyQuestions(
            KeyPolicy(parameters, rendering: rendering).document,
            account: samples.account,
            region: "us-east-1"
        )
    }

    private func grades(
        _ action: KMSAction,
        _ parameterisation: String,
        _ rendering: KeyPolicy.Rendering = .documented
    ) throws -> [String: AccessMatrix.Grade] {
        let holders = try questions(parameterisation, rendering).whoCan(action)
        return Dictionary(holders.map { ($0.subject.name, $0.grade) }, uniquingKeysWith: max)
    }

    @Test(arguments: KeyPolicy.Rendering.allCases)
    func `no parameters: the account alone decides, by its identity policies`(
        _ rendering: KeyPolicy.Rendering
    ) throws {
        for action in [KMSAction.encrypt, .decrypt, .createGrant, .putKeyPolicy, .scheduleKeyDeletion] {
            #expect(try grades(action, "none", rendering) == ["999999999999": .delegated])
        }
        #expect(try !questions("none", rendering).canOutsiders(of: [samples.account]).isPossible)
    }

    @Test(arguments: KeyPolicy.Rendering.allCases)
    func `decrypt permissions: those named decrypt, always, and encrypt only as their identity policies say`(
        _ rendering: KeyPolicy.Rendering
    ) throws {
        let questions = try questions("decrypt", rendering)
        for name in [roleA, userB] {
            let decrypt = try questions.can(name, .decrypt)
            #expect(decrypt.isAlwaysPossible && decrypt.examples[0].access >= .limited)
            for action in [KMSAction.encrypt, .generateDataKey, .reEncryptFrom, .createGrant] {
                #expect(try questions.can(name, action).examples.map(\.access) == [.delegated])
            }
        }
    }

    @Test func `encrypt permissions: those named encrypt, always, and can decrypt by a detour unless hardened`() throws
    {
        for rendering in KeyPolicy.Rendering.allCases {
            let questions = try questions("encrypt", rendering)
            for action in [KMSAction.encrypt, .generateDataKey, .reEncryptTo] {
                let answer = try questions.can(roleA, action)
                #expect(answer.isAlwaysPossible && answer.examples[0].access >= .limited)
            }
            let decrypt = try grades(.decrypt, "encrypt", rendering)[roleA]
            #expect(decrypt == (rendering == .hardened ? .delegated : .effective))
        }
    }

    @Test(arguments: KeyPolicy.Rendering.allCases)
    func `grants permissions: the role grants by itself, the other account by its identity policies`(
        _ rendering: KeyPolicy.Rendering
    ) throws {
        let grades = try grades(.createGrant, "grants", rendering)
        #expect(grades[roleA] == .direct)
        #expect(grades["888888888888"] == .delegated)
        #expect(grades["*"] == nil)
        // Whoever may grant may grant itself what the heading doesn't speak of.
        #expect(try self.grades(.decrypt, "grants", rendering)[roleA] == .effective)
    }

    @Test func `limited grants: nobody grants for others than AWS services, which costs listing unless hardened`()
        throws
    {
        for rendering in KeyPolicy.Rendering.allCases {
            let questions = try questions("limit-grants", rendering)
            let flag = ["kms:GrantIsForAWSResource": RequestContext.Value?.some(.one("false"))]
            for name in [roleA, userB, "999999999999", "arn:aws:iam::999999999999:root"] {
                #expect(try !questions.can(name, .createGrant, given: flag).isPossible)
                for action in [KMSAction.listGrants, .revokeGrant] {
                    #expect(try questions.can(name, action, given: flag).isPossible == (rendering == .hardened))
                }
            }
            #expect(try questions.can(roleA, .createGrant).isPossible)
        }
    }

    @Test func `enforced encryption context: documented leaves out re-encryption, corrected leaves out nothing`() throws
    {
        let documented = try questions("enforce-context").canDoWithoutEncryptionContext()
        let left = Set(documented.examples.compactMap(\.request.action.kms))
        #expect(documented.isPossible && left.isSuperset(of: [.reEncryptFrom, .reEncryptTo]))
        #expect(left.isDisjoint(with: [.encrypt, .decrypt, .generateDataKey, .createGrant]))
        for rendering in [KeyPolicy.Rendering.corrected, .hardened] {
            #expect(try !questions("enforce-context", rendering).canDoWithoutEncryptionContext().isPossible)
        }
    }

    @Test func `allowed context keys: documented keeps nothing out, corrected keeps out what has none of them`() throws
    {
        let keys = ["Name", "Application"]
        let documented = try questions("allowed-context").canEscape(contextKeys: keys, .atLeastOne)
        #expect(documented.isPossible)
        // However the comparison without set qualifier is read.
        #expect(!documented.isAmbiguous)
        for rendering in [KeyPolicy.Rendering.corrected, .hardened] {
            let questions = try questions("allowed-context", rendering)
            #expect(try !questions.canEscape(contextKeys: keys, .atLeastOne).isPossible)
            #expect(try questions.canEscape(contextKeys: keys, .noOther).isPossible)
        }
    }

    @Test(arguments: KeyPolicy.Rendering.allCases)
    func `service access: everybody of the account through the service, and nobody else`(
        _ rendering: KeyPolicy.Rendering
    ) throws {
        let questions = try questions("services", rendering)
        let through = ["kms:ViaService": RequestContext.Value?.some(.one("ecr.us-east-1.amazonaws.com"))]
        let answer = try questions.can("999999999999", .decrypt, given: through)
        #expect(answer.isAlwaysPossible && answer.examples[0].access >= .limited)
        let directly = try questions.can("999999999999", .decrypt, given: ["kms:ViaService": nil])
        #expect(directly.examples.map(\.access) == [.delegated])
        #expect(try !questions.canOutsiders(of: [samples.account]).isPossible)
        // A service of another region never calls for a key of this one.
        #expect(try grades(.decrypt, "services", rendering)["ec2.us-west-2.amazonaws.com"] == nil)
    }
}
