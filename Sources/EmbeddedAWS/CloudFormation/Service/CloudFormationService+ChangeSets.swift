// SPDX-License-Identifier: Apache-2.0

import AWSWire
package import CoreValues
import JSONDocument

/// What a change set is to be.
package struct ChangeSetRequest: Sendable, Hashable {
    /// The change set's name.
    package var name: String
    /// `CREATE` or `UPDATE`, the latter when absent.
    package var kind: String?
    /// What its author says about it.
    package var details: String?
    /// What a failure of its execution leads to.
    package var onStackFailure: String?
    /// What the stack would become; its token is the change set's own.
    package var stack: StackRequest

    /// Makes a request.
    package init(name: String, stack: StackRequest) {
        self.name = name
        self.stack = stack
    }

    /// The token as the change set remembers it.
    fileprivate var token: StackToken? {
        stack.clientRequestToken.map {
            StackToken(operation: "CreateChangeSet", token: $0, fingerprint: fingerprint)
        }
    }

    /// A hash of everything but the token.
    private var fingerprint: String {
        var document = JSONObject()
        document["name"] = .string(name)
        document["kind"] = kind.map { .string($0) }
        document["description"] = details.map { .string($0) }
        document["onStackFailure"] = onStackFailure.map { .string($0) }
        document["stack"] = .string(stack.fingerprint)
        return StackRequest.hash(of: document)
    }
}

extension CloudFormationService {
    /// Works out what a request would change and keeps that; source: CloudFormation API reference, CreateChangeSet.
    ///
    /// Deviation: the name of a change set that can't be executed any more is free. `aws cloudformation deploy` makes
    /// names of the second it runs in, and here two deployments are done within one.
    package func createChangeSet(_ request: ChangeSetRequest, by caller: CallerIdentity) async throws -> ChangeSetRecord
    {
        let kind = try Self.checked(request)
        return try await account.write {
            state throws(AWSError) -> (changes: [EmbeddedMutation], result: ChangeSetRecord) in
            let existing = try Self.target(request, kind, in: state)
            let changeSets = existing.map { state.cloudFormation.changeSets(ofStack: $0.id) } ?? []
            if let token = request.token, let earlier = changeSets.first(where: { $0.token?.token == token.token }) {
                guard earlier.token == token else { throw CloudFormationError.tokenExists(token.token) }
                return ([], earlier)
            }
            guard !changeSets.contains(where: { $0.name == request.name && $0.isWaiting }) else {
                throw CloudFormationError.changeSetExists(request.name)
            }
            return try newChangeSet(request, kind, existing, by: caller, in: state)
        }
    }

    /// The change set with, if there is none yet, a stack that waits in review.
    private func newChangeSet(
        _ request: ChangeSetRequest,
        _ kind: ChangeSetRecord.Kind,
        _ existing: StackRecord?,
        by caller: CallerIdentity,
        in state: EmbeddedState
    ) throws(AWSError) -> (changes: [EmbeddedMutation], result: ChangeSetRecord) {
        let now = account.time.now()
        let stackID = existing?.id ?? newStackID(request.stack.stackName)
        let (definition, plan) = try definition(
            request.stack,
            previous: kind == .update ? existing?.definition : nil,
            stackID: stackID,
            stackName: existing?.name ?? request.stack.stackName
        )
        var changes: [EmbeddedMutation] = []
        let stack = existing ?? StackRecord(stackID, definition, plan, request.stack, by: caller, at: now)
        if existing == nil {
            let operation = StackOperation(creating: request.stack, at: now)
            var run = StackRun(stack, operation, in: state.cloudFormation, at: now, ids: account.ids)
            run.rest(.reviewInProgress, Self.userInitiated)
            changes = run.changes
        }
        let difference = StackDifference(from: stack, to: definition, plan, engine, state)
        guard difference.changedTypes.isEmpty else {
            throw CloudFormationError.typeChanged(difference.changedTypes)
        }
        let changeSet = ChangeSetRecord(
            newChangeSetID(request.name),
            request,
            kind,
            stack,
            definition,
            difference,
            at: now
        )
        return (changes + [.cloudFormation(.putChangeSet(changeSet))], changeSet)
    }

    /// A change set; source: CloudFormation API reference, DescribeChangeSet.
    package func changeSet(_ nameOrID: String, of stackName: String?) throws -> ChangeSetRecord {
        try account.read { try Self.changeSet(nameOrID, of: stackName, in: $0) }
    }

    /// A stack's change sets, oldest first; source: CloudFormation API reference, ListChangeSets.
    package func listChangeSets(of stackName: String, nextToken: String? = nil) throws -> StackPage<ChangeSetRecord> {
        let all = try account.read { state throws(AWSError) in
            state.cloudFormation.changeSets(ofStack: try Self.requiredStack(stackName, in: state).id)
        }
        return try StackPage(of: all, from: nextToken, list: "change-sets")
    }

    /// Removes a change set that is not being executed; source: CloudFormation API reference, DeleteChangeSet.
    package func deleteChangeSet(_ nameOrID: String, of stackName: String?) async throws {
        try await account.write { state throws -> (changes: [EmbeddedMutation], result: Void) in
            let changeSet = try Self.changeSet(nameOrID, of: stackName, in: state)
            guard changeSet.executionStatus != .executeInProgress else {
                throw CloudFormationError.changeSetStatus(changeSet)
            }
            return ([.cloudFormation(.removeChangeSet(changeSet.id))], ())
        }
    }

    static func changeSet(
        _ nameOrID: String,
        of stackName: String?,
        in state: EmbeddedState
    ) throws(AWSError) -> ChangeSetRecord {
        if nameOrID.hasPrefix("arn:") {
            guard let changeSet = state.cloudFormation.changeSet(id: nameOrID) else {
                throw CloudFormationError.noChangeSet(nameOrID)
            }
            return changeSet
        }
        guard let stackName else {
            throw CloudFormationError.validation(
                "StackName must be specified if ChangeSetName is not specified as an ARN."
            )
        }
        let stack = try requiredStack(stackName, in: state)
        guard let changeSet = state.cloudFormation.changeSets(ofStack: stack.id).last(where: { $0.name == nameOrID })
        else { throw CloudFormationError.noChangeSet(nameOrID) }
        return changeSet
    }

    // MARK: Checks

    private static func checked(_ request: ChangeSetRequest) throws(AWSError) -> ChangeSetRecord.Kind {
        try request.stack.check()
        guard StackRequest.isName(request.name), request.name.utf8.count <= 128 else {
            throw CloudFormationError.constraint(
                request.name,
                at: "changeSetName",
                "satisfy regular expression pattern: [a-zA-Z][-a-zA-Z0-9]*, with at most 128 characters"
            )
        }
        if let details = request.details, details.utf16.count > 8192 {
            throw CloudFormationError.constraint(nil, at: "description", "have length less than or equal to 8192")
        }
        if let reaction = request.onStackFailure, StackOperation.OnFailure(rawValue: reaction) == nil {
            throw CloudFormationError.constraint(
                reaction,
                at: "onStackFailure",
                "satisfy enum value set: [DO_NOTHING, ROLLBACK, DELETE]"
            )
        }
        guard let kind = ChangeSetRecord.Kind(rawValue: request.kind ?? "UPDATE") else {
            throw CloudFormationError.constraint(
                request.kind,
                at: "changeSetType",
                "satisfy enum value set: [CREATE, UPDATE]; the embedded CloudFormation imports nothing"
            )
        }
        if kind == .create {
            try StackRequest.checkName(request.stack.stackName)
        }
        return kind
    }

    /// The stack that a change set is for; `nil` when it is still to be made.
    private static func target(
        _ request: ChangeSetRequest,
        _ kind: ChangeSetRecord.Kind,
        in state: EmbeddedState
    ) throws(AWSError) -> StackRecord? {
        let name = request.stack.stackName
        switch kind {
        case .create:
            guard let stack = state.cloudFormation.stack(name: name) else { return nil }
            guard stack.status == .reviewInProgress else {
                throw CloudFormationError.stackNeedsUpdate(name, request.name)
            }
            return stack
        case .update:
            let stack = try requiredStack(name, in: state)
            guard stack.status.isUpdatable, !stack.isInProgress else { throw CloudFormationError.notUpdatable(stack) }
            return stack
        }
    }

    private func newChangeSetID(_ name: String) -> String {
        ARN(
            service: "cloudformation",
            region: account.region,
            account: account.accountID.description,
            resource: "changeSet/\(name)/\(account.ids.uuid())"
        )
        .description
    }
}

extension ChangeSetRecord {
    /// Whether it may still be executed, or is being executed.
    fileprivate var isWaiting: Bool {
        executionStatus == .available || executionStatus == .executeInProgress
    }

    /// What a comparison came to.
    fileprivate init(
        _ id: String,
        _ request: ChangeSetRequest,
        _ kind: Kind,
        _ stack: StackRecord,
        _ definition: StackDefinition,
        _ difference: StackDifference,
        at now: Timestamp
    ) {
        let isEmpty = kind == .update && difference.isEmpty
        self.init(
            id: id,
            name: request.name,
            stackID: stack.id,
            stackName: stack.name,
            createdAt: now,
            kind: kind,
            details: request.details,
            definition: definition,
            onFailure: request.onStackFailure.flatMap(StackOperation.OnFailure.init(rawValue:)),
            status: isEmpty ? .failed : .createComplete,
            statusReason: isEmpty
                ? "The submitted information didn't contain changes. Submit different information to create a change set."
                : nil,
            executionStatus: isEmpty ? .unavailable : .available,
            changes: difference.changes,
            token: request.token
        )
    }
}

extension StackPage {
    /// The part of a list that a token stands for.
    init(of all: [Item], from token: String?, list: String) throws(AWSError) {
        let start = min(try PageToken.number(token, of: list) ?? 0, all.count)
        let end = min(start + CloudFormationService.pageSize, all.count)
        self.init(items: Array(all[start..<end]), nextToken: end < all.count ? PageToken.text(end, of: list) : nil)
    }
}
