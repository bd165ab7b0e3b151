// SPDX-License-Identifier: Apache-2.0

import AWSWire
import AccessPolicy
package import CoreValues

/// KMS over the embedded account: takes the engine's decisions on the present state and makes them durable.
package struct KMSService: Sendable {
    /// Decides.
    package let engine: KMSEngine
    private let account: EmbeddedAccount

    /// Makes a service.
    package init(engine: KMSEngine, account: EmbeddedAccount) {
        self.engine = engine
        self.account = account
    }

    /// Carries out an operation that the engine decides.
    ///
    /// Answers once the changes are durable. `viaService` is the endpoint of an AWS service that calls on the
    /// identity's behalf.
    package func perform<Result>(
        as identity: CallerIdentity,
        viaService: String? = nil,
        _ operation: (KMSEngine, KMSCall, KMSState) throws -> KMSOutcome<Result>
    ) async throws -> Result {
        try await perform(call(identity, viaService: viaService), operation)
    }

    func perform<Result>(
        _ call: KMSCall,
        _ operation: (KMSEngine, KMSCall, KMSState) throws -> KMSOutcome<Result>
    ) async throws -> Result {
        try await account.write { state in
            let outcome = try operation(engine, call, state.kms)
            return (outcome.changes.map { .kms($0) }, outcome.result)
        }
    }

    /// Removes keys whose deletion is due and makes rotations that are; nothing waits for it.
    package func sweep() async throws {
        let now = account.time.now()
        try await account.write { state in
            (try engine.sweep(state.kms, at: now).map { .kms($0) }, ())
        }
    }

    func call(_ identity: CallerIdentity, viaService: String?) -> KMSCall {
        KMSCall(engine.caller(identity, viaService: viaService), at: account.time.now())
    }

    /// Looks a key up without holding the lock any longer than that; a rotation that is due happens first.
    func subject(
        _ call: KMSCall,
        _ find: (KMSState) throws(AWSError) -> KeySubject
    ) async throws -> KeySubject {
        let found = try account.read { state in
            let subject = try find(state.kms)
            return subject.changes.isEmpty ? subject : nil
        }
        if let found {
            return found
        }
        return try await account.write { state in
            let subject = try find(state.kms)
            return (subject.changes.map { .kms($0) }, subject)
        }
    }
}
