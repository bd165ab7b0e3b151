// SPDX-License-Identifier: Apache-2.0

package import CoreValues

/// A long-lived access key as it is stored.
package struct AccessKeyRecord: Sendable, Hashable {
    /// The key's id, `AKIA` and sixteen more characters.
    package let accessKeyID: String
    /// Whose requests it signs: a user's, a role's, or the root's ARN.
    package let principal: ARN
    /// The secret, sealed with the root key.
    package let sealedSecret: [UInt8]
    /// When it was made.
    package let createdAt: Timestamp
    /// Whether requests signed with it are accepted.
    package let isActive: Bool

    /// Makes a record.
    package init(accessKeyID: String, principal: ARN, sealedSecret: [UInt8], createdAt: Timestamp, isActive: Bool) {
        self.accessKeyID = accessKeyID
        self.principal = principal
        self.sealedSecret = sealedSecret
        self.createdAt = createdAt
        self.isActive = isActive
    }
}

/// Where access keys are kept.
///
/// Another process (the command line) may add keys while the server runs.
package protocol AccessKeyStore: Sendable {
    /// The key with that id, read from the store each time.
    func accessKey(id: String) throws -> AccessKeyRecord?

    /// All keys, oldest first.
    func accessKeys() throws -> [AccessKeyRecord]

    /// Writes a key; durable on return.
    func put(_ record: AccessKeyRecord) throws

    /// Forgets a key; durable on return.
    func remove(id: String) throws
}
