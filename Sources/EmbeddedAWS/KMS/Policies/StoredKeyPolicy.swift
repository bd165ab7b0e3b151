// SPDX-License-Identifier: Apache-2.0

package import AccessPolicy

/// A key policy that has been accepted, shared by all copies of its key's record.
package final class StoredKeyPolicy: Sendable, Equatable {
    /// The policy as KMS keeps it.
    package let document: PolicyDocument

    /// Keeps a policy.
    package init(_ document: PolicyDocument) {
        self.document = document
    }

    package static func == (lhs: StoredKeyPolicy, rhs: StoredKeyPolicy) -> Bool {
        lhs === rhs || lhs.document == rhs.document
    }
}
