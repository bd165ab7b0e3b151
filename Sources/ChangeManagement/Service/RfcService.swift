// SPDX-License-Identifier: Apache-2.0

package import CoreValues
import JSONDocument

/// What people may ask of RFCs; every change is one decision of the state machine, appended durably.
package struct RfcService: Sendable {
    /// How often a decision is made again when somebody else changed the RFC in between.
    private static let maxAttempts = 5

    /// The change types.
    package let catalogue: Catalogue
    private let store: any RfcStore
    private let planner: Planner
    private let time: any TimeSource
    private let ids: any IDGenerator
    private let workArrived: @Sendable () -> Void

    /// Makes the service.
    ///
    /// `workArrived` is called after work became durable, so that a worker may look at once.
    package init(
        catalogue: Catalogue,
        store: any RfcStore,
        planner: Planner,
        time: any TimeSource,
        ids: any IDGenerator,
        workArrived: @escaping @Sendable () -> Void
    ) {
        self.catalogue = catalogue
        self.store = store
        self.planner = planner
        self.time = time
        self.ids = ids
        self.workArrived = workArrived
    }

    /// Files an RFC; it stays in `Editing` until it is submitted.
    ///
    /// Execution parameters may be absent; when there are some, they have to satisfy the change type
    /// (reference/amscm-api.md §2.1).
    /// - Throws: ``RfcError`` `invalidArgument`.
    package func create(
        _ draft: RfcDraft,
        changeTypeID: String,
        version: String,
        by caller: CallerIdentity
    ) async throws -> RfcID {
        let changeType = try changeType(changeTypeID, version)
        guard changeType.accessLevel == .openAccess else {
            throw RfcError(.invalidArgument, "change type `\(changeTypeID)` is for operators only")
        }
        guard let id = RfcID(ids.uuid()) else {
            throw RfcError(.conflict, "no usable id was generated")
        }
        let now = time.now()
        try checkStart(draft.requestedStart, at: now)
        try check(draft, against: changeType, for: id, in: caller.accountID)
        let creation = RfcCreation(
            id: id,
            account: caller.accountID,
            changeType: changeType.reference,
            automation: changeType.automation,
            expectedDurationMinutes: changeType.expectedDurationMinutes,
            draft: draft
        )
        try await store.append(Rfc.create(creation, by: caller.arn, at: now))
        return id
    }

    /// Changes what the requester wrote; members that the patch leaves out keep their values.
    /// - Throws: ``RfcError`` `notFound`, `invalidState`, `invalidArgument`.
    package func update(_ id: RfcID, _ patch: RfcPatch, by caller: CallerIdentity) async throws {
        try await decide(on: id, by: caller) { rfc, now in
            let draft = patch.applied(to: rfc.draft)
            // A refusal because of the status comes before one because of the content.
            _ = try rfc.handle(.update(draft), by: caller.arn, at: now)
            try checkStart(patch.requestedStart, at: now)
            try check(draft, against: try catalogue.version(of: rfc), for: id, in: rfc.account)
            return .update(draft)
        }
    }

    /// Hands an RFC in for approval and execution.
    /// - Throws: ``RfcError`` `notFound`, `invalidState`, `invalidSchedule`, `invalidArgument`.
    package func submit(
        _ id: RfcID,
        override: RestrictedTimesOverride,
        by caller: CallerIdentity
    ) async throws {
        try await decide(on: id, by: caller) { rfc, now in
            let changeType = try catalogue.version(of: rfc)
            let command = RfcCommand.submit(override: override, approvals: changeType.approvalsAtSubmission)
            // A refusal because of the status comes before one because of the content.
            _ = try rfc.handle(command, by: caller.arn, at: now)
            guard rfc.draft.executionParameters != nil else {
                throw RfcError(
                    .invalidArgument,
                    "RFC \(id) has no ExecutionParameters; set them with UpdateRfc before submitting it"
                )
            }
            try check(rfc.draft, against: changeType, for: id, in: rfc.account)
            return command
        }
        workArrived()
    }

    /// Withdraws an RFC that has not begun.
    /// - Throws: ``RfcError`` `notFound`, `invalidState`.
    package func cancel(_ id: RfcID, reason: String, by caller: CallerIdentity) async throws {
        try DraftLimits.check("Reason", reason)
        try await decide(on: id, by: caller) { _, _ in .cancel(reason: reason) }
    }

    /// Gives the customer's approval.
    /// - Throws: ``RfcError`` `notFound`, `invalidState`.
    package func approve(_ id: RfcID, by caller: CallerIdentity) async throws {
        try await decide(on: id, by: caller) { _, _ in .approve }
        workArrived()
    }

    /// Refuses the customer's approval.
    /// - Throws: ``RfcError`` `notFound`, `invalidState`.
    package func reject(_ id: RfcID, reason: String, by caller: CallerIdentity) async throws {
        try DraftLimits.check("Reason", reason)
        try await decide(on: id, by: caller) { _, _ in .reject(reason: reason) }
    }

    /// An RFC of the caller's account.
    /// - Throws: ``RfcError`` `notFound`.
    package func rfc(_ id: RfcID, for caller: CallerIdentity) throws -> Rfc {
        guard let rfc = try store.rfc(id, in: caller.accountID) else {
            throw RfcError(.notFound, "there is no RFC `\(id)` in account \(caller.accountID)")
        }
        return rfc
    }

    /// What an RFC of the caller's account will do or has done: the approved plan, or the one that its present execution
    /// parameters make.
    /// - Throws: ``RfcError`` `notFound`, or `invalidArgument` when there are no parameters, or none that fit.
    package func plan(_ id: RfcID, for caller: CallerIdentity) throws -> PlanReading {
        let rfc = try rfc(id, for: caller)
        if rfc.planHash != nil {
            for recorded in try store.events(of: id).reversed() {
                if case .planApproved(let document, _) = recorded.event {
                    return PlanReading(document, isApproved: true, account: rfc.account, region: planner.region)
                }
            }
        }
        guard let parameters = rfc.draft.executionParameters else {
            throw RfcError(.invalidArgument, "RFC \(id) has no ExecutionParameters, so there is nothing to plan")
        }
        let plan = try planner.plan(
            parameters: parameters,
            changeType: try catalogue.version(of: rfc),
            rfc: id,
            account: rfc.account
        )
        return PlanReading(plan.document, isApproved: false, account: rfc.account, region: planner.region)
    }

    /// A page of the caller's account's RFCs.
    package func rfcs(_ query: RfcQuery) throws -> [Rfc] {
        try store.rfcs(query)
    }

    private func changeType(_ id: String, _ version: String) throws(RfcError) -> ChangeTypeVersion {
        do {
            return try catalogue.version(id, version)
        } catch {
            // A create with an unknown change type is a bad argument: CreateRfc models no ResourceNotFoundException.
            throw RfcError(.invalidArgument, error.message)
        }
    }

    private func checkStart(_ start: Timestamp?, at now: Timestamp) throws(RfcError) {
        guard let start, start <= now else { return }
        throw RfcError(
            .invalidArgument,
            "/RequestedStartTime: `\(start.basicForm)` has passed, it is \(now.basicForm); give a later one, or none "
                + "for as soon as possible"
        )
    }

    private func check(
        _ draft: RfcDraft,
        against changeType: ChangeTypeVersion,
        for id: RfcID,
        in account: AccountID
    ) throws(RfcError) {
        try draft.checkLimits()
        guard let text = draft.executionParameters else { return }
        _ = try planner.plan(parameters: text, changeType: changeType, rfc: id, account: account)
    }

    private func decide(
        on id: RfcID,
        by caller: CallerIdentity,
        _ command: (Rfc, Timestamp) throws -> RfcCommand
    ) async throws {
        for attempt in 1... {
            let rfc = try rfc(id, for: caller)
            let now = time.now()
            let decision = try rfc.handle(try command(rfc, now), by: caller.arn, at: now)
            do {
                return try await store.append(decision)
            } catch let error as RfcError where error.code == .conflict && attempt < Self.maxAttempts {
                continue
            }
        }
    }
}

extension ChangeTypeVersion {
    /// The approvals an RFC starts with when a customer submits it; source: reference/rfc-lifecycle.md §4.
    package var approvalsAtSubmission: ApprovalState {
        ApprovalState(
            aws: awsApproval == .notRequired ? .notRequired : .approvalPending,
            customer: customerApproval == .required ? .approvalPending : .notRequired
        )
    }
}

extension Catalogue {
    /// The change type version that an RFC was filed against.
    /// - Throws: ``RfcError`` `notFound` when it has been taken out of the catalogue since.
    package func version(of rfc: Rfc) throws(RfcError) -> ChangeTypeVersion {
        try version(rfc.changeType.id, rfc.changeType.version)
    }
}
