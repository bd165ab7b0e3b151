// SPDX-License-Identifier: Apache-2.0

package import AWSWire
import AccessPolicy
import CoreValues

/// Rotation of key material; source: KMS developer guide, "Rotating AWS KMS keys".
extension KMSEngine {
    /// Days between two rotations when nobody says.
    package static let standardRotationPeriodInDays = 365
    /// How often a key can be rotated on demand.
    static let maxRotationsOnDemand = 25

    /// GetKeyRotationStatus: the schedule, `nil` while automatic rotation is off.
    ///
    /// A key that awaits deletion does not rotate, so its rotation reads as off until the deletion is called off.
    package func getKeyRotationStatus(
        _ keyID: String,
        _ call: KMSCall,
        in state: KMSState
    ) throws(AWSError) -> KMSOutcome<(key: KeyRecord, rotation: RotationSchedule?)> {
        try look(keyID, call, in: state) { (subject) throws(AWSError) in
            try authorize(.getKeyRotationStatus, on: subject, call)
            return (subject.key, subject.key.deletionDate == nil ? subject.key.rotation : nil)
        }
    }

    /// EnableKeyRotation, also with another period for a key that rotates already.
    package func enableKeyRotation(
        _ keyID: String,
        periodInDays: Int?,
        _ call: KMSCall,
        in state: KMSState
    ) throws(AWSError) -> KMSOutcome<KeyRecord> {
        try Self.check(rotationPeriodInDays: periodInDays)
        return try edit(keyID, call, in: state) { (subject) throws(AWSError) in
            try enablingRotation(periodInDays, subject, call)
        }
    }

    static func check(rotationPeriodInDays days: Int?) throws(AWSError) {
        if let days {
            try MemberConstraint.value(days, of: "rotationPeriodInDays", in: 90...2560)
        }
    }

    func enablingRotation(
        _ periodInDays: Int?,
        _ subject: KeySubject,
        _ call: KMSCall
    ) throws(AWSError) -> KeyRecord {
        let facts = RequestFacts.one("kms:RotationPeriodInDays", periodInDays.map { "\($0)" })
        try authorize(.enableKeyRotation, on: subject, call, facts)
        var key = subject.key
        try key.requireEnabled()
        let period = periodInDays ?? Self.standardRotationPeriodInDays
        if key.rotation?.periodInDays != period {
            key.rotation = RotationSchedule(periodInDays: period, from: call.now)
        }
        return key
    }

    /// DisableKeyRotation.
    package func disableKeyRotation(
        _ keyID: String,
        _ call: KMSCall,
        in state: KMSState
    ) throws(AWSError) -> KMSOutcome<KeyRecord> {
        try edit(keyID, call, in: state) { (subject) throws(AWSError) in
            try disablingRotation(subject, call)
        }
    }

    func disablingRotation(_ subject: KeySubject, _ call: KMSCall) throws(AWSError) -> KeyRecord {
        try authorize(.disableKeyRotation, on: subject, call)
        var key = subject.key
        try key.requireEnabled()
        key.rotation = nil
        return key
    }

    /// RotateKeyOnDemand; the automatic schedule stays as it is.
    package func rotateKeyOnDemand(
        _ keyID: String,
        _ call: KMSCall,
        in state: KMSState
    ) throws(AWSError) -> KMSOutcome<KeyRecord> {
        try edit(keyID, call, in: state) { (subject) throws(AWSError) in
            try authorize(.rotateKeyOnDemand, on: subject, call)
            var key = subject.key
            try key.requireEnabled()
            guard key.materials.count(where: { $0.origin == .onDemand }) < Self.maxRotationsOnDemand else {
                throw KMSError.limit(
                    "\(key.arn) has been rotated on demand \(Self.maxRotationsOnDemand) times, which is the limit."
                )
            }
            key.materials.append(try newMaterial(for: key.id, .onDemand, at: call.now))
            return key
        }
    }

    /// ListKeyRotations, oldest first; the material that the key was made with only on request.
    package func listKeyRotations(
        _ keyID: String,
        includesInitialMaterial: Bool,
        _ page: PageRequest,
        _ call: KMSCall,
        in state: KMSState
    ) throws(AWSError) -> KMSOutcome<(key: KeyRecord, rotations: Page<KeyMaterial>)> {
        _ = try page.checkedLimit(default: 100)
        return try look(keyID, call, in: state) { (subject) throws(AWSError) in
            try authorize(.listKeyRotations, on: subject, call)
            let shown = subject.key.materials.filter { includesInitialMaterial || $0.origin != .initial }
            return (subject.key, try Page(of: shown, page, defaultLimit: 100) { $0.id })
        }
    }

    // MARK: Material

    /// The key after the rotation that was due, which counts as made when it was due.
    func catchingUp(_ key: KeyRecord, at now: Timestamp) throws(AWSError) -> KeyRecord {
        guard let rotation = key.rotation else { return key }
        var key = key
        key.materials.append(try newMaterial(for: key.id, .automatic, at: rotation.next))
        key.rotation?.advance(past: now)
        return key
    }

    func newMaterial(
        for id: KeyID,
        _ origin: KeyMaterial.Origin,
        at moment: Timestamp
    ) throws(AWSError) -> KeyMaterial {
        do {
            return try KeyMaterial.generate(for: id, origin: origin, at: moment, rootKey: rootKey, random: random)
        } catch {
            throw KMSError.internalFault
        }
    }
}
