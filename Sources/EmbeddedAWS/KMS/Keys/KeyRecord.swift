// SPDX-License-Identifier: Apache-2.0

package import CoreValues

/// A symmetric KMS key as the account remembers it.
package struct KeyRecord: Sendable, Equatable {
    /// What a key can be used for at present.
    package enum Status: Sendable, Equatable {
        /// Ready for use.
        case enabled
        /// Switched off until somebody enables it.
        case disabled
        /// Gone, with its material, once that moment has passed.
        case pendingDeletion(at: Timestamp)
    }

    /// The key's id.
    package let id: KeyID
    /// The key's ARN as text, which nearly every answer carries.
    package let arn: String
    /// When the key was made.
    package let createdAt: Timestamp
    /// What its owner says it is for; may be empty.
    package var details: String
    /// What it can be used for at present.
    package var status: Status
    /// The key policy named `default`, the only one there is.
    package var policy: StoredKeyPolicy
    /// Its tags in the order in which they were added.
    package var tags: [KeyTag]
    /// When its material is replaced by itself; `nil` while automatic rotation is off.
    package var rotation: RotationSchedule?
    /// All its materials, oldest first; the last encrypts, each decrypts what it encrypted.
    package var materials: [KeyMaterial]

    /// Makes a record.
    package init(
        id: KeyID,
        arn: String,
        createdAt: Timestamp,
        details: String,
        status: Status = .enabled,
        policy: StoredKeyPolicy,
        tags: [KeyTag] = [],
        rotation: RotationSchedule? = nil,
        materials: [KeyMaterial]
    ) {
        self.id = id
        self.arn = arn
        self.createdAt = createdAt
        self.details = details
        self.status = status
        self.policy = policy
        self.tags = tags
        self.rotation = rotation
        self.materials = materials
    }

    /// When the key is deleted, `nil` unless that is scheduled.
    package var deletionDate: Timestamp? {
        if case .pendingDeletion(let date) = status { date } else { nil }
    }

    /// Whether the key no longer exists at that moment, though its record may still await removal.
    package func isGone(at now: Timestamp) -> Bool {
        deletionDate.map { $0 <= now } ?? false
    }

    /// Whether automatic rotation should have happened by that moment.
    ///
    /// Only enabled keys rotate: a disabled one catches up when it is enabled again (KMS developer guide, "Rotating
    /// AWS KMS keys").
    package func isRotationDue(at now: Timestamp) -> Bool {
        guard status == .enabled, let rotation else { return false }
        return rotation.next <= now
    }
}

/// A tag of a key.
package struct KeyTag: Sendable, Hashable {
    /// The tag's key, 1 to 128 characters.
    package let key: String
    /// The tag's value, up to 256 characters.
    package let value: String

    /// Makes a tag.
    package init(key: String, value: String) {
        self.key = key
        self.value = value
    }
}

/// When a key's material is next replaced, and how often.
package struct RotationSchedule: Sendable, Hashable {
    /// Days between two rotations, 90 to 2560.
    package let periodInDays: Int
    /// When the next one is due.
    package var next: Timestamp

    /// Makes a schedule.
    package init(periodInDays: Int, next: Timestamp) {
        self.periodInDays = periodInDays
        self.next = next
    }

    /// A schedule whose first rotation is one period after `start`.
    package init(periodInDays: Int, from start: Timestamp) {
        self.init(periodInDays: periodInDays, next: start.advanced(byDays: periodInDays))
    }

    /// Moves the next rotation to the first due moment after `now`; missed ones are not made up for.
    mutating func advance(past now: Timestamp) {
        let period = Int64(periodInDays) * Timestamp.millisecondsPerDay
        guard period > 0, next <= now else { return }
        next.milliseconds += ((now.milliseconds - next.milliseconds) / period + 1) * period
    }
}

extension Timestamp {
    static let millisecondsPerDay: Int64 = 86_400_000

    /// The moment that many days of 24 hours later.
    func advanced(byDays days: Int) -> Timestamp {
        Timestamp(milliseconds: milliseconds + Int64(days) * Self.millisecondsPerDay)
    }
}
