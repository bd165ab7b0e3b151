// SPDX-License-Identifier: Apache-2.0

package import ChangeManagement
package import CoreValues

/// The account, people and RFCs that tests are about.
package enum Sample {
    /// The account of all samples.
    package static let account = account("123456789012")
    /// The region of all samples.
    package static let region = "us-east-1"
    /// Who files RFCs.
    package static let requester = ARN(service: "iam", account: account.description, resource: "user/alice")
    /// Who approves them.
    package static let approver = ARN(service: "iam", account: account.description, resource: "user/bob")
    /// Who acts for the system.
    package static let system = ARN(service: "iam", account: account.description, resource: "role/assent-executor")
    /// When most samples begin: 2026-11-24T12:00:00Z.
    package static let noon = Timestamp(year: 2026, month: 11, day: 24, hour: 12)

    /// The requester as the caller of an API.
    package static let caller = CallerIdentity(
        kind: .user(name: "alice"),
        arn: requester,
        accountID: account,
        userID: "AIDAEXAMPLE"
    )

    /// An account by its twelve digits.
    package static func account(_ digits: String) -> AccountID {
        guard let account = AccountID(digits) else { preconditionFailure("`\(digits)` is no account id") }
        return account
    }

    /// An RFC id that ends in a number.
    package static func rfcID(_ number: Int = 1) -> RfcID {
        let digits = String(number)
        let tail = String(repeating: "0", count: max(0, 12 - digits.count)) + digits
        guard let id = RfcID("6cb4bd5a-a816-bd1a-c49c-\(tail)") else { preconditionFailure("\(number) is too large") }
        return id
    }

    /// What is fixed when an RFC for a KMS key is filed.
    package static func creation(
        _ id: RfcID = rfcID(),
        automation: AutomationStatus = .automated,
        start: Timestamp? = nil,
        title: String = "my-app-key"
    ) -> RfcCreation {
        var draft = RfcDraft(title: title)
        draft.executionParameters = SampleParameters.requiredOnly
        draft.requestedStart = start
        return RfcCreation(
            id: id,
            account: account,
            changeType: ChangeTypeReference(id: "ct-1d84keiri1jhg", version: "1.0"),
            automation: automation,
            expectedDurationMinutes: 60,
            draft: draft
        )
    }

    /// A new RFC for a KMS key.
    package static func created(
        _ id: RfcID = rfcID(),
        automation: AutomationStatus = .automated,
        start: Timestamp? = nil,
        at time: Timestamp = noon
    ) -> RfcDecision {
        Rfc.create(creation(id, automation: automation, start: start), by: requester, at: time)
    }
}
