// SPDX-License-Identifier: Apache-2.0

package import AccessPolicy
import JSONDocument

/// A predefined policy that users and roles can have attached.
package struct ManagedPolicy: Sendable {
    /// Its name.
    package let name: String
    /// What it is for.
    package let details: String
    /// What it says.
    package let document: PolicyDocument

    /// Its ARN; predefined policies belong to AWS's own account alias.
    package var arn: String {
        "arn:aws:iam::aws:policy/\(name)"
    }

    private init(_ name: String, _ details: String, allow actions: [String], deny: [String] = []) {
        self.name = name
        self.details = details
        var statements = [
            PolicyStatement(effect: .allow, action: MatchElement(actions), resource: MatchElement(["*"]))
        ]
        if !deny.isEmpty {
            statements.append(
                PolicyStatement(effect: .deny, action: MatchElement(deny), resource: MatchElement(["*"]))
            )
        }
        document = PolicyDocument(statements: statements)
    }

    private static let reading = [
        "amscm:Get*", "amscm:List*", "amsskms:Get*", "amsskms:List*", "sts:GetCallerIdentity",
    ]

    /// Files RFCs, follows them, withdraws them.
    package static let requester = ManagedPolicy(
        "AssentRequester",
        "File, change, submit and cancel RFCs, and read everything about them.",
        allow: reading + [
            "amscm:CreateRfc", "amscm:UpdateRfc", "amscm:SubmitRfc", "amscm:CancelRfc",
            "amscm:CreateRfcCorrespondence", "amscm:CreateRfcAttachment",
        ]
    )
    /// Decides about RFCs that need the customer's approval.
    package static let approver = ManagedPolicy(
        "AssentApprover",
        "Approve and reject RFCs, and read everything about them.",
        allow: reading + [
            "amscm:ApproveRfc", "amscm:RejectRfc", "amscm:CreateRfcCorrespondence", "amscm:CreateRfcAttachment",
        ]
    )
    /// Works the queue of manual RFCs and sees the account's keys and stacks.
    package static let operatorPolicy = ManagedPolicy(
        "AssentOperator",
        "Everything with RFCs and restricted execution times; read keys and stacks.",
        allow: ["amscm:*", "amsskms:*", "sts:GetCallerIdentity"] + inspecting
    )
    /// Reads everything, changes nothing.
    package static let auditor = ManagedPolicy(
        "AssentAuditor",
        "Read RFCs, keys, key policies, grants, stacks, users and roles.",
        allow: reading + inspecting + ["iam:Get*", "iam:List*"]
    )
    /// Runs the server.
    package static let assentAdministrator = ManagedPolicy(
        "AssentAdministrator",
        "Everything with RFCs, users and roles, and any role of the account.",
        allow: ["amscm:*", "amsskms:*", "iam:*", "sts:*"] + inspecting
    )
    /// Everything on everything.
    package static let administrator = ManagedPolicy(
        "AdministratorAccess",
        "Everything on everything; key policies still have to delegate to IAM.",
        allow: ["*"]
    )

    private static let inspecting = [
        "kms:Describe*", "kms:Get*", "kms:List*", "cloudformation:Describe*", "cloudformation:Get*",
        "cloudformation:List*",
    ]

    /// All predefined policies, by name.
    package static let all = [
        administrator, assentAdministrator, approver, auditor, operatorPolicy, requester,
    ]

    /// What a caller that was never declared may do: the whole change-management API, as AMS's own default roles
    /// allow, and nothing with keys, stacks, users or roles.
    package static let undeclared = ManagedPolicy(
        "AssentUndeclared",
        "What principals that were never declared may do.",
        allow: ["amscm:*", "amsskms:*", "sts:GetCallerIdentity"]
    )

    /// The predefined policy of that ARN.
    package static func named(_ arn: String) -> ManagedPolicy? {
        all.first { $0.arn == arn }
    }
}
