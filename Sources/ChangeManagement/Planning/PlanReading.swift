// SPDX-License-Identifier: Apache-2.0

import AccessPolicy
import CoreValues
package import JSONDocument

/// A plan for people to read: the document, its hash, and who will be able to do what with the key it makes.
package struct PlanReading: Sendable {
    /// The plan as it is, or would be, approved.
    package let document: JSONValue
    /// The document's hash, 64 hexadecimal digits.
    package let hash: String
    /// Whether it has been approved and is what runs.
    package let isApproved: Bool
    /// The key policy that the plan's stack gives its key, `nil` for plans that make none.
    package let keyPolicy: JSONValue?
    /// The access matrix of that policy.
    package let accessMatrix: JSONValue?

    init(_ document: JSONValue, isApproved: Bool, account: AccountID, region: String) {
        self.document = document
        self.isApproved = isApproved
        hash = Plan.hash(of: document)
        let template = (document["action"]?["template"]?.string).flatMap { try? JSONValue(parsing: $0) }
        let resources = template?["Resources"]?.object?.members ?? []
        let key = resources.first { $0.value["Type"]?.string == "AWS::KMS::Key" }
        keyPolicy = key?.value["Properties"]?["KeyPolicy"]
        accessMatrix = keyPolicy.flatMap { policy in
            guard let policy = try? PolicyDocument(json: policy) else { return nil }
            return try? AccessMatrix(policy: policy, account: account, region: region).document
        }
    }
}
