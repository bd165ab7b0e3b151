// SPDX-License-Identifier: Apache-2.0

package import CoreValues

/// Who can do what with a key by its policy, through which statements and under which conditions.
///
/// Every cell is decided for all requests of the fragment (``FragmentRefusal``), and carries a request that, put to an
/// ``Authorizer``, gets the verdict that the cell reports.
package struct AccessMatrix: Sendable, Hashable {
    /// The columns.
    package enum Operation: String, Sendable, Hashable, CaseIterable {
        case encrypt = "Encrypt"
        case decrypt = "Decrypt"
        case reEncryptFrom = "ReEncryptFrom"
        case reEncryptTo = "ReEncryptTo"
        case generateDataKey = "GenerateDataKey*"
        case createGrant = "CreateGrant"
        case administration = "Administration"
        case deletion = "Deletion"
        case policyChange = "PolicyChange"

        /// The permissions that the column stands for.
        package var actions: [KMSAction] {
            switch self {
            case .encrypt: [.encrypt]
            case .decrypt: [.decrypt]
            case .reEncryptFrom: [.reEncryptFrom]
            case .reEncryptTo: [.reEncryptTo]
            case .generateDataKey:
                [
                    .generateDataKey, .generateDataKeyWithoutPlaintext, .generateDataKeyPair,
                    .generateDataKeyPairWithoutPlaintext,
                ]
            case .createGrant: [.createGrant]
            case .administration:
                [
                    .enableKey, .disableKey, .enableKeyRotation, .disableKeyRotation, .rotateKeyOnDemand,
                    .updateKeyDescription, .tagResource, .untagResource, .createAlias, .updateAlias, .deleteAlias,
                    .importKeyMaterial, .replicateKey, .updatePrimaryRegion, .cancelKeyDeletion, .revokeGrant,
                ]
            case .deletion: [.scheduleKeyDeletion, .deleteImportedKeyMaterial]
            case .policyChange: [.putKeyPolicy]
            }
        }
    }

    /// How much somebody can do, from least to most.
    package enum Grade: String, Sendable, Hashable, Comparable, CaseIterable {
        /// No request is allowed.
        case none
        /// Identity policies of the caller's account decide.
        case delegated = "delegated to IAM"
        /// Not allowed itself, but one step away from it by something that is allowed: see ``Step``.
        case effective
        /// The key policy itself allows it.
        case direct

        package static func < (lhs: Grade, rhs: Grade) -> Bool {
            lhs.rank < rhs.rank
        }

        private var rank: Int {
            switch self {
            case .none: 0
            case .delegated: 1
            case .effective: 2
            case .direct: 3
            }
        }
    }

    /// A step by which somebody gets at what the policy doesn't give.
    package enum Step: String, Sendable, Hashable, CaseIterable {
        /// Moving ciphertext to a key of one's own and decrypting it there.
        case reEncryptFrom = "ReEncryptFrom"
        /// Granting it to oneself; nobody needs a permission to grant it.
        case createGrant = "CreateGrant"
        /// Rewriting the policy.
        case putKeyPolicy = "PutKeyPolicy"

        /// The step in words.
        package var text: String {
            switch self {
            case .reEncryptFrom: "by re-encrypting to a key of one's own"
            case .createGrant: "by granting it to oneself"
            case .putKeyPolicy: "by rewriting the key policy"
            }
        }
    }

    /// Whom a row is about.
    package struct Subject: Sendable, Hashable {
        /// What kind of row it is.
        package enum Kind: String, Sendable, Hashable, CaseIterable {
            /// Somebody the policy names.
            case named
            /// The other identities of an account.
            case account
            /// Identities of the key's account that come through an AWS service.
            case throughService = "through service"
            /// An AWS service that acts for itself.
            case service
            /// Whoever is left.
            case anyone
        }

        /// What kind of row it is.
        package let kind: Kind
        /// The principal, account or service as the policy writes it.
        package let name: String
        /// The row's heading.
        package let text: String
    }

    /// A request that shows what a cell says.
    package struct Witness: Sendable, Hashable {
        /// The request.
        package let request: AuthorizationRequest
        /// What the policy gives it.
        package let access: KeyAccess
    }

    /// What becomes of a cell when open questions are answered otherwise.
    package struct Alternative: Sendable, Hashable {
        /// The questions.
        package let questions: [Assumptions.Question]
        /// The grade then.
        package let grade: Grade
        /// The condition then.
        package let condition: String?
    }

    /// One subject and one operation.
    package struct Cell: Sendable, Hashable {
        /// The column.
        package let operation: Operation
        /// How much the subject can do.
        package let grade: Grade
        /// Which of the column's permissions reach the grade; empty for ``Grade/none``.
        package let actions: [KMSAction]
        /// The statements that decide the witness, from 0: those that give the grade or, for none, that deny.
        package let statements: [Int]
        /// When it holds, in words; `nil` when it always does.
        package let condition: String?
        /// The step it takes, when the operation itself isn't allowed.
        package let step: Step?
        /// A request that shows it; `nil` only where no request of the subject is possible.
        package let witness: Witness?
        /// What other readings of open questions make of it; empty when all agree.
        package internal(set) var alternatives: [Alternative] = []

        /// Whether readings of open questions differ.
        package var isAmbiguous: Bool {
            !alternatives.isEmpty
        }
    }

    /// One subject with its cells in the order of ``Operation``.
    package struct Row: Sendable, Hashable {
        /// Whom the row is about.
        package let subject: Subject
        /// The cells.
        package internal(set) var cells: [Cell]

        /// The cell of an operation.
        package subscript(operation: Operation) -> Cell? {
            cells.first { $0.operation == operation }
        }
    }

    /// The key's account.
    package let account: AccountID
    /// The key's region.
    package let region: String
    /// The rows: named principals, accounts, services in between, services, and anyone else.
    package let rows: [Row]

    /// Makes the matrix of a key policy.
    /// - Throws: ``FragmentRefusal`` for a policy that uses something outside the fragment, such as policy variables;
    ///   nothing that ``KeyPolicy`` builds does.
    package init(
        policy: PolicyDocument,
        account: AccountID,
        region: String,
        assumptions: Assumptions = Assumptions()
    ) throws(FragmentRefusal) {
        try self.init(CompiledPolicy(policy), account: account, region: region, assumptions: assumptions)
    }

    /// Makes the matrix of a key policy that is compiled already.
    package init(
        _ policy: CompiledPolicy,
        account: AccountID,
        region: String,
        assumptions: Assumptions = Assumptions()
    ) throws(FragmentRefusal) {
        self.account = account
        self.region = region
        let space = try RequestSpace([policy], account: account, region: region, assumptions: assumptions)
        var rows = try MatrixBuilder([policy], space).rows()
        let questions = MatrixBuilder.openQuestions([policy], space)
        for subset in Assumptions.alternatives where subset.allSatisfy(questions.contains) {
            let other = try RequestSpace(
                [policy],
                account: account,
                region: region,
                assumptions: subset.reduce(assumptions) { $0.flipping($1) }
            )
            for (number, row) in try MatrixBuilder([policy], other).rows().enumerated() {
                for (column, cell) in row.cells.enumerated() {
                    rows[number].cells[column].note(cell, subset)
                }
            }
        }
        self.rows = rows
    }

    /// The row of a subject by its name.
    package func row(_ name: String) -> Row? {
        rows.first { $0.subject.name == name }
    }
}

extension AccessMatrix.Cell {
    init(_ operation: AccessMatrix.Operation, _ filling: CellBuilder.Filling) {
        self.operation = operation
        grade = filling.grade
        actions = filling.actions
        statements = filling.statements
        condition = filling.condition
        step = filling.step
        witness = filling.witness
    }

    /// The same cell for another caller whom the policy treats alike.
    func moved(to principal: SpacePrincipal) -> AccessMatrix.Cell {
        guard let witness else { return self }
        var request = witness.request
        request.principal = principal.principal
        for key in principal.context.keys where request.context[key] != nil {
            request.context[key] = principal.context[key]
        }
        if request.context[RequestKeys.granteePrincipal] != nil {
            let name = principal.principal.roleARN ?? principal.principal.text
            request.context[RequestKeys.granteePrincipal] = .one(name)
        }
        return AccessMatrix.Cell(
            operation: operation,
            grade: grade,
            actions: actions,
            statements: statements,
            condition: condition,
            step: step,
            witness: AccessMatrix.Witness(request: request, access: witness.access),
            alternatives: alternatives
        )
    }

    /// Notes what another reading says, unless it says the same or a smaller change leads there already.
    fileprivate mutating func note(_ other: AccessMatrix.Cell, _ questions: [Assumptions.Question]) {
        guard other.grade != grade || other.condition != condition else { return }
        let isKnown = alternatives.contains { $0.grade == other.grade && $0.condition == other.condition }
        if !isKnown {
            alternatives.append(
                AccessMatrix.Alternative(questions: questions, grade: other.grade, condition: other.condition)
            )
        }
    }
}
