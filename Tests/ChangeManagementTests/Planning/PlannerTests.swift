// SPDX-License-Identifier: Apache-2.0

import AccessPolicy
import ChangeManagement
import JSONDocument
import TestSupport
import Testing

struct PlannerTests {
    /// A request, its change type, and the name of its golden plan.
    struct Case: CustomTestStringConvertible, Sendable {
        let name: String
        let parameters: String
        let isVersion2: Bool

        var testDescription: String {
            name
        }

        func plan(_ planner: Planner = Planner(region: Sample.region)) throws -> Plan {
            let changeType = try isVersion2 ? SampleChangeTypes.keyVersion2() : SampleChangeTypes.keyVersion1()
            return try planner.plan(
                parameters: parameters,
                changeType: changeType,
                rfc: Sample.rfcID(),
                account: Sample.account
            )
        }

        static let all: [Case] =
            [
                Case(name: "1.0-required", parameters: SampleParameters.requiredOnly, isVersion2: false),
                Case(name: "1.0-all", parameters: SampleParameters.all, isVersion2: false),
                Case(name: "2.0-required", parameters: SampleParameters.requiredOfVersion2, isVersion2: true),
                Case(name: "2.0-all", parameters: SampleParameters.allOfVersion2, isVersion2: true),
            ]
            + SampleParameters.parameterisations.map { sample in
                Case(name: "1.0-\(sample.name)", parameters: sample.parameters, isVersion2: false)
            }
    }

    @Test(arguments: Case.all)
    func `a request always makes the same plan`(_ sample: Case) throws {
        let plan = try sample.plan()
        var document = plan.document
        // The template is text inside the plan; the golden shows it as the document it is. What there is
        // to find in the policy, and who it lets in, is AccessPolicy's affair.
        let template = try #require(document["action"]?["template"]?.string)
        if case .object(var root) = document, case .object(var action)? = root["action"] {
            action["template"] = try JSONValue(parsing: template)
            root["action"] = .object(action)
            root["findings"] = nil
            root["access_matrix"] = nil
            document = .object(root)
        }
        #expect(Golden.compare(document.text(.indented) + "\n", "plans/\(sample.name).json") == .matches)
    }

    @Test(arguments: Case.all)
    func `a plan is the same from memory, and after its document was read back`(_ sample: Case) throws {
        let planner = Planner(region: Sample.region)
        let first = try sample.plan(planner)
        let second = try sample.plan(planner)
        #expect(first.document.text() == second.document.text())
        let again = try JSONValue(parsing: first.document.text())
        #expect(Plan.hash(of: again) == first.hash)
        #expect(PlannedAction(planDocument: again) == first.action)
    }

    @Test func `the hash of a plan is the same on every machine and in every release`() {
        let plan = Plan(
            action: .deleteStack(name: "stack-a1b2c3d4e5f6g7h8i", token: Sample.rfcID().description, timeoutMinutes: 30)
        )
        #expect(plan.hash == "dbeb5dff5aee155a770c53c2060ef04046f765215ecefc68689b14df78c27340")
        #expect(plan.hash == Plan.hash(of: plan.document.sorted))
    }

    @Test func `version 1 renders the documented statements, version 2 the corrected ones`() throws {
        #expect(try Case.all[1].plan().statements == .documented)
        #expect(try Case.all[3].plan().statements == .corrected)
    }

    @Test func `a plan carries what there is to know about its policy`() throws {
        let plan = try Case.all[1].plan()
        #expect(!plan.findings.isEmpty)
        let ids = plan.document["findings"]?.array?.compactMap { $0["id"]?.string }
        #expect(ids == plan.findings.map(\.id))
        for finding in plan.document["findings"]?.array ?? [] {
            #expect(finding["pointer"]?.string != nil)
            for member in ["severity", "title", "explanation", "fix", "documentation"] {
                #expect(finding[member]?.string?.isEmpty == false, "\(member)")
            }
        }
    }

    @Test func `a setting can make version 1 render the corrected statements`() throws {
        let changeType = try ChangeTypeVersion(
            definition: .object(SampleChangeTypes.definition("ct-1d84keiri1jhg", "1.0")),
            schemaText: try SampleChangeTypes.shippedSchema("ct-1d84keiri1jhg", "1.0"),
            templateText: nil,
            statements: .corrected
        )
        let plan = try Planner(region: Sample.region)
            .plan(
                parameters: SampleParameters.all,
                changeType: changeType,
                rfc: Sample.rfcID(),
                account: Sample.account
            )
        #expect(plan.statements == .corrected)
        #expect(plan.hash != (try Case.all[1].plan().hash))
    }

    @Test func `plans of different RFCs differ in stack and token, of the same parameters in nothing else`() throws {
        let planner = Planner(region: Sample.region)
        let changeType = try SampleChangeTypes.keyVersion1()
        let plans = try [1, 2]
            .map { number in
                try planner.plan(
                    parameters: SampleParameters.requiredOnly,
                    changeType: changeType,
                    rfc: Sample.rfcID(number),
                    account: Sample.account
                )
            }
        guard case .createStack(let one) = plans[0].action, case .createStack(let two) = plans[1].action else {
            Issue.record("not a creation")
            return
        }
        #expect(one.template == two.template)
        #expect(one.name != two.name)
        #expect(one.token == Sample.rfcID(1).description)
        #expect(one.name.hasPrefix("stack-"))
        #expect(one.name.utf8.count == 23)
    }

    @Test func `changed parameters are planned anew, whatever was planned before`() throws {
        let planner = Planner(region: Sample.region)
        let changeType = try SampleChangeTypes.keyVersion1()
        func hash(_ parameters: String) throws -> String {
            try planner.plan(
                parameters: parameters,
                changeType: changeType,
                rfc: Sample.rfcID(),
                account: Sample.account
            )
            .hash
        }
        let first = try hash(SampleParameters.requiredOnly)
        #expect(try hash(SampleParameters.all) != first)
        #expect(try hash(SampleParameters.requiredOnly) == first)
    }

    @Test func `the memory of plans is bounded, and forgetting changes nothing`() throws {
        let planner = Planner(region: Sample.region)
        let changeType = try SampleChangeTypes.keyVersion1()
        func plan(_ number: Int) throws -> Plan {
            try planner.plan(
                parameters: SampleParameters.requiredOnly,
                changeType: changeType,
                rfc: Sample.rfcID(number),
                account: Sample.account
            )
        }
        let first = try plan(0)
        for number in 1...600 {
            _ = try plan(number)
        }
        #expect(try plan(0).document.text() == first.document.text())
    }

    @Test func `the stack carries the requester's tags, the RFC's id and the name`() throws {
        guard case .createStack(let order) = try Case.all[1].plan().action else {
            Issue.record("not a creation")
            return
        }
        #expect(order.tags.map(\.key) == ["foo", "assent:rfc-id", "Name"])
        #expect(order.tags.map(\.value) == ["bar", Sample.rfcID().description, "TestStack"])
    }

    @Test func `a stack deletion plans the deletion of that stack, with its time limit`() throws {
        let plan = try Planner(region: Sample.region)
            .plan(
                parameters: #"{"StackId":"stack-a1b2c3d4e5f6g7h8i","TimeoutInMinutes":30}"#,
                changeType: try SampleChangeTypes.stackDelete(),
                rfc: Sample.rfcID(),
                account: Sample.account
            )
        let expected = PlannedAction.deleteStack(
            name: "stack-a1b2c3d4e5f6g7h8i",
            token: Sample.rfcID().description,
            timeoutMinutes: 30
        )
        #expect(plan.action == expected)
        #expect(PlannedAction(planDocument: plan.document) == expected)
    }

    @Test func `a template gets the parameters as texts, lists joined with commas`() throws {
        let plan = try Planner(region: Sample.region)
            .plan(
                parameters: #"{"Parameters":{"A":"x","B":1.50,"C":true,"D":["p","q"]}}"#,
                changeType: try SampleChangeTypes.template(),
                rfc: Sample.rfcID(),
                account: Sample.account
            )
        guard case .createStack(let order) = plan.action else {
            Issue.record("not a creation")
            return
        }
        #expect(order.parameters.map(\.key) == ["A", "B", "C", "D"])
        #expect(order.parameters.map(\.value) == ["x", "1.50", "true", "p,q"])
    }
}
