// SPDX-License-Identifier: Apache-2.0

import AccessPolicy
import CoreValues
import JSONDocument
import TestSupport
import Testing

struct AccessMatrixTests {
    let samples: Samples

    init() throws {
        samples = try Samples()
    }

    private func matrix(_ policy: PolicyDocument, region: String = "us-east-1") throws -> AccessMatrix {
        try AccessMatrix(policy: policy, account: samples.account, region: region)
    }

    private func matrix(_ parameterisation: String, _ rendering: KeyPolicy.Rendering) throws -> AccessMatrix {
        try matrix(KeyPolicy(try samples.parameterisation(parameterisation), rendering: rendering).document)
    }

    private func matrix(statements: String...) throws -> AccessMatrix {
        let text = #"{"Version":"2012-10-17","Statement":["# + statements.joined(separator: ",") + "]}"
        return try matrix(try PolicyDocument(parsing: text))
    }

    private func allow(_ principal: String, _ action: String, _ condition: String = "") -> String {
        let more = condition.isEmpty ? "" : #","Condition":\#(condition)"#
        return #"{"Effect":"Allow","Principal":\#(principal),"Action":"\#(action)","Resource":"*"\#(more)}"#
    }

    private let role = #"{"AWS":"arn:aws:iam::999999999999:role/r"}"#

    struct Rendered: Sendable, CustomTestStringConvertible {
        let parameterisation: String
        let rendering: KeyPolicy.Rendering

        var testDescription: String {
            "\(parameterisation), \(rendering.rawValue)"
        }

        static let all = KeyPolicy.Rendering.allCases.flatMap { rendering in
            Samples.parameterisations.map { Rendered(parameterisation: $0, rendering: rendering) }
        }
    }

    @Test(arguments: Rendered.all)
    func `each parameterisation has its matrix, and every witness replays`(_ rendered: Rendered) throws {
        let policy = KeyPolicy(try samples.parameterisation(rendered.parameterisation), rendering: rendered.rendering)
        let matrix = try matrix(policy.document)
        let name = "matrices/\(rendered.parameterisation).\(rendered.rendering.rawValue).txt"
        #expect(Golden.compare(matrix.text, name) == .matches)
        let compiled = CompiledPolicy(policy.document)
        for cell in matrix.rows.flatMap(\.cells) {
            guard let witness = cell.witness else { continue }
            #expect(KeyAccess.observed(witness.request, compiled) == witness.access)
        }
    }

    @Test func `the matrix as JSON`() throws {
        let text = try matrix("all", .documented).document.text(.indented) + "\n"
        #expect(Golden.compare(text, "matrices/all.documented.json") == .matches)
    }

    @Test func `a role that may only encrypt is one step from decrypting, unless hardened`() throws {
        let row = "arn:aws:iam::999999999999:role/roleA"
        for rendering in KeyPolicy.Rendering.allCases {
            let cell = try #require(try matrix("encrypt", rendering).row(row)?[.decrypt])
            #expect(cell.grade == (rendering == .hardened ? .delegated : .effective))
            #expect(cell.step == (rendering == .hardened ? nil : .reEncryptFrom))
        }
    }

    @Test func `whoever may create grants may grant itself everything grantable`() throws {
        let row = try #require(
            try matrix(statements: allow(role, "kms:CreateGrant")).row("arn:aws:iam::999999999999:role/r")
        )
        for operation in [AccessMatrix.Operation.encrypt, .decrypt, .reEncryptFrom, .generateDataKey] {
            #expect(row[operation]?.grade == .effective)
            #expect(row[operation]?.step == .createGrant)
        }
        #expect(row[.administration]?.grade == AccessMatrix.Grade.none)
    }

    @Test func `a grant to oneself does not help against a deny, a limit of operations or a limit to services`() throws
    {
        let deny = #"{"Effect":"Deny","Principal":"*","Action":"kms:Decrypt","Resource":"*"}"#
        let denied = try matrix(statements: allow(role, "kms:CreateGrant"), deny).rows[0]
        #expect(denied[.decrypt]?.grade == AccessMatrix.Grade.none)
        #expect(denied[.encrypt]?.grade == .effective)
        let limited = try matrix(
            statements: allow(
                role,
                "kms:CreateGrant",
                #"{"ForAllValues:StringEquals":{"kms:GrantOperations":["Encrypt"]}}"#
            )
        )
        .rows[0]
        #expect(limited[.decrypt]?.grade == AccessMatrix.Grade.none)
        #expect(limited[.encrypt]?.grade == .effective)
        let services = try matrix(
            statements: allow(role, "kms:CreateGrant", #"{"Bool":{"kms:GrantIsForAWSResource":"true"}}"#)
        )
        .rows[0]
        #expect(services[.decrypt]?.grade == AccessMatrix.Grade.none)
        #expect(services[.createGrant]?.grade == .direct)
    }

    @Test func `whoever may change the policy can do everything`() throws {
        let row = try matrix(statements: allow(role, "kms:PutKeyPolicy")).rows[0]
        for cell in row.cells.dropLast() {
            #expect(cell.grade == .effective)
            #expect(cell.step == .putKeyPolicy)
        }
    }

    @Test(arguments: [
        (#"{"Null":{"kms:EncryptionContextKeys":"false"}}"#, "only with an encryption context"),
        (
            #"{"StringEquals":{"kms:ViaService":["ec2.us-east-1.amazonaws.com","s3.us-east-1.amazonaws.com"]}}"#,
            "only through `ec2.us-east-1.amazonaws.com` or `s3.us-east-1.amazonaws.com`"
        ),
        (
            #"{"StringEquals":{"kms:EncryptionContext:App":"x"},"Null":{"kms:EncryptionContext:App":"false"}}"#,
            "only with `App` = `x` in the encryption context"
        ),
        (
            #"{"ForAnyValue:StringEquals":{"kms:EncryptionContextKeys":["A","B"]}}"#,
            "only with an encryption context that has the key `A` or `B`"
        ),
        (#"{"StringLike":{"aws:SourceVpce":"vpce-*"}}"#, "only if `aws:SourceVpce` is like `vpce-*`"),
        (#"{"StringNotEquals":{"aws:SourceVpce":"v"}}"#, "unless `aws:SourceVpce` is `v`"),
        (#"{"IpAddress":{"aws:SourceIp":"203.0.113.0/24"}}"#, "only if `aws:SourceIp` lies in `203.0.113.0/24`"),
        (
            #"{"NumericLessThan":{"aws:MultiFactorAuthAge":"300"}}"#,
            "only if `aws:MultiFactorAuthAge` is less than `300`"
        ),
    ])
    func `a condition is said in words`(_ condition: String, _ words: String) throws {
        let cell = try matrix(statements: allow(role, "kms:Encrypt", condition)).rows[0][.encrypt]
        #expect(cell?.grade == .direct)
        #expect(cell?.condition == words)
    }

    @Test func `what a condition says twice is said once`() throws {
        let deny = #"{"Effect":"Deny","Principal":"*","Action":"kms:*","Resource":"*","Condition":"#
        let cell =
            try matrix(
                statements: allow(role, "kms:Encrypt"),
                deny + #"{"Null":{"kms:EncryptionContextKeys":"true"}}}"#,
                deny + #"{"ForAllValues:StringNotEquals":{"kms:EncryptionContextKeys":"App"}}}"#
            )
            .rows[0][.encrypt]
        #expect(cell?.condition == "only with an encryption context that has the key `App`")
    }

    @Test func `a condition key that an operation does not carry makes its Allow void`() throws {
        let row = try matrix(
            statements: allow(role, "kms:*", #"{"StringLike":{"kms:EncryptionContext:App":"*"}}"#)
        )
        .rows[0]
        #expect(row[.encrypt]?.grade == .direct)
        #expect(row[.deletion]?.grade == AccessMatrix.Grade.none)
    }

    @Test func `a service of another region is shown as never calling`() throws {
        let row = try #require(try matrix("services", .documented).row("ec2.us-west-2.amazonaws.com"))
        #expect(row.cells.allSatisfy { $0.grade == .none && $0.witness == nil })
        #expect(row.cells[0].condition == "never: `ec2.us-west-2.amazonaws.com` is no service of us-east-1")
    }

    @Test func `a list of context keys without set qualifier is ambiguous in the documented policy only`() throws {
        for rendering in KeyPolicy.Rendering.allCases {
            var parameters = try samples.parameterisation("encrypt")
            parameters.allowedEncryptionContextKeys = ["Name"]
            let matrix = try matrix(KeyPolicy(parameters, rendering: rendering).document)
            let cell = try #require(matrix.row("arn:aws:iam::999999999999:role/roleA")?[.encrypt])
            #expect(cell.isAmbiguous == (rendering == .documented))
            if rendering == .documented {
                #expect(cell.alternatives.map(\.questions) == [[.setlessOperatorOnList]])
                let words = "only if the encryption context doesn't have the key `Name`"
                #expect(cell.alternatives.map(\.condition) == [words])
            }
        }
    }

    @Test func `a caller pattern opens the key to those who fit it`() throws {
        let statement = allow(
            #""*""#,
            "kms:Decrypt",
            #"{"ArnLike":{"aws:PrincipalArn":"arn:aws:iam::*:role/app-*"}}"#
        )
        let matrix = try matrix(statements: statement)
        let own = try #require(matrix.row("999999999999")?[.decrypt])
        #expect(own.grade == .direct)
        #expect(own.condition == "only if `aws:PrincipalArn` is like `arn:aws:iam::*:role/app-*`")
        #expect(matrix.row("*")?[.decrypt]?.grade == .delegated)
    }

    @Test func `what lies outside the fragment is refused by name and place`() throws {
        let statement = allow(role, "kms:Encrypt", #"{"StringEquals":{"aws:userid":"${aws:PrincipalTag/x}"}}"#)
        let error = #expect(throws: FragmentRefusal.self) { try matrix(statements: statement) }
        let place = "/Statement/0/Condition/StringEquals/aws:userid"
        let construct = "the policy variable in `${aws:PrincipalTag/x}`"
        #expect(error?.description == "\(place): \(construct) can't be decided for all requests")
    }
}
