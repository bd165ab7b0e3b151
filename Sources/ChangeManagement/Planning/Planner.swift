// SPDX-License-Identifier: Apache-2.0

package import CoreValues
import Crypto
import JSONDocument

/// Turns execution parameters into a plan: pure, deterministic, the same for the check at create and for the run.
package struct Planner: Sendable {
    /// How many problems one message lists at most.
    private static let maxListedProblems = 5

    /// The region that stacks are made in.
    package let region: String
    private let memory = PlanMemory()

    /// Makes a planner for one region.
    package init(region: String) {
        self.region = region
    }

    /// Plans an RFC.
    /// - Throws: ``RfcError`` `invalidArgument` that names for each problem the JSON path with line and column, what
    ///   was found and what would be accepted.
    package func plan(
        parameters text: String,
        changeType: ChangeTypeVersion,
        rfc: RfcID,
        account: AccountID
    ) throws(RfcError) -> Plan {
        let request = PlanMemory.Request(parameters: text, changeType: changeType.reference, account: account)
        if let known = memory.plan(of: rfc, for: request) {
            return known
        }
        let site = PlanningSite(rfc: rfc, account: account, region: region)
        let plan = try plan(text, changeType, site)
        memory.remember(plan, of: rfc, for: request)
        return plan
    }

    private func plan(
        _ text: String,
        _ changeType: ChangeTypeVersion,
        _ site: PlanningSite
    ) throws(RfcError) -> Plan {
        let parameters: JSONValue
        do {
            parameters = try JSONValue(parsing: text)
        } catch {
            let hint = TypographicQuote(firstIn: text).map { "; \($0)" } ?? ""
            throw RfcError(.invalidArgument, "ExecutionParameters is not valid JSON: \(error)\(hint)")
        }
        var problems = semanticProblems(parameters, changeType, site)
        let explained = Set(problems.map(\.pointer))
        for violation in changeType.inputSchema.validate(parameters) {
            if !explained.contains(violation.instance) {
                problems.append(ParameterProblem(violation.instance, violation.message))
            }
        }
        guard problems.isEmpty else { throw refusal(problems, in: text, changeType) }
        do {
            return try make(parameters, changeType, site)
        } catch {
            throw refusal([error], in: text, changeType)
        }
    }

    private func make(
        _ parameters: JSONValue,
        _ changeType: ChangeTypeVersion,
        _ site: PlanningSite
    ) throws(ParameterProblem) -> Plan {
        switch changeType.execution {
        case .kmsKeyCreate(let statements):
            try KeyCreatePlanning(
                parameters: parameters,
                statements: statements,
                site: site,
                isForReviewers: changeType.customerApproval == .required
            )
            .plan()
        case .stackDelete:
            try StackDeletePlanning(parameters: parameters, site: site).plan()
        case .template(let template):
            try TemplatePlanning(parameters: parameters, template: template, site: site).plan()
        }
    }

    /// Problems that the schema can't explain well, such as why a text can't be a principal.
    private func semanticProblems(
        _ parameters: JSONValue,
        _ changeType: ChangeTypeVersion,
        _ site: PlanningSite
    ) -> [ParameterProblem] {
        switch changeType.execution {
        case .kmsKeyCreate:
            KeyCreatePlanning.principalProblems(parameters, site: site) + StackFrame(parameters).tagProblems
        case .template: StackFrame(parameters).tagProblems
        case .stackDelete: []
        }
    }

    private func refusal(
        _ problems: [ParameterProblem],
        in text: String,
        _ changeType: ChangeTypeVersion
    ) -> RfcError {
        let bytes = Array(text.utf8)
        var lines = problems.prefix(Self.maxListedProblems)
            .map { problem in
                let place = problem.pointer.position(in: bytes).map { " (\($0))" } ?? ""
                let path = problem.pointer.tokens.isEmpty ? "the document" : problem.pointer.description
                return "\(path)\(place): \(problem.message)"
            }
        if problems.count > lines.count {
            lines.append("and \(problems.count - lines.count) more")
        }
        let intro = "ExecutionParameters do not fit change type \(changeType.reference.id) version "
        return RfcError(
            .invalidArgument,
            intro + "\(changeType.reference.version): " + lines.joined(separator: "; ")
        )
    }
}

/// Where and for which RFC a plan is made.
struct PlanningSite {
    let rfc: RfcID
    let account: AccountID
    let region: String

    /// The stack's name: AMS's form of stack ids, the same for every attempt at one RFC.
    ///
    /// Source: reference/amscm-api.md §6 (`stack-` and 17 characters out of a-z and 0-9).
    var stackName: String {
        let alphabet = Array("abcdefghijklmnopqrstuvwxyz0123456789")
        let digest = SHA256.hash(data: Array("assent stack of \(rfc)".utf8))
        return "stack-" + String(digest.prefix(17).map { alphabet[Int($0) % alphabet.count] })
    }

    /// The ClientRequestToken: the RFC's id, so that one RFC can never make two stacks.
    var token: String {
        rfc.description
    }
}
