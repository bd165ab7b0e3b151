// SPDX-License-Identifier: Apache-2.0

import AccessPolicy
package import CoreValues
import Synchronization

/// The policies of every principal, compiled and ready for decisions.
///
/// Kept beside the account's state because decisions are made while that is locked.
package final class PrincipalRegistry: PrincipalDirectory {
    private struct Declared {
        let policies: PrincipalPolicies
        let trust: CompiledPolicy?
    }

    private let declared = Mutex<[ARN: Declared]>([:])
    private let builtInAdministrators: Set<ARN>
    private let undeclared: PrincipalPolicies
    private let administrator = PrincipalPolicies(identityPolicies: [.administrator])

    /// Makes a registry.
    /// - Parameters:
    ///   - administrators: Principals that may do everything as long as nobody declares them with other policies.
    ///   - undeclaredAccess: What principals that were never declared may do; nothing when `nil`.
    package init(administrators: Set<ARN>, undeclaredAccess: ManagedPolicy? = .undeclared) {
        builtInAdministrators = administrators
        undeclared = PrincipalPolicies(
            identityPolicies: undeclaredAccess.map { [CompiledPolicy($0.document)] } ?? []
        )
    }

    package func policies(of caller: CallerIdentity) -> PrincipalPolicies {
        let principal: ARN
        switch caller.kind {
        case .root: return administrator
        case .user: principal = caller.arn
        case .assumedRole(let roleARN, _): principal = roleARN
        }
        if let known = declared.withLock({ $0[principal] }) {
            return known.policies
        }
        return builtInAdministrators.contains(principal) ? administrator : undeclared
    }

    /// Whether an undeclared principal is one of the administrators named at start.
    func isBuiltInAdministrator(_ principal: ARN) -> Bool {
        builtInAdministrators.contains(principal)
    }

    /// Who may assume a role: `nil` for a role that was never declared.
    func trustPolicy(of role: ARN) -> CompiledPolicy? {
        declared.withLock { $0[role]?.trust }
    }

    /// Takes over a principal as it is now.
    func put(_ record: PrincipalRecord) {
        var identity = record.attachedPolicies.compactMap { ManagedPolicy.named($0) }
            .map { CompiledPolicy($0.document) }
        identity += record.inlinePolicies.compactMap { policy in
            (try? PolicyDocument(parsing: policy.document)).map { CompiledPolicy($0) }
        }
        let boundary = record.permissionBoundary.flatMap { ManagedPolicy.named($0) }
            .map { CompiledPolicy($0.document) }
        let trust = record.trustPolicy.flatMap { try? PolicyDocument(parsing: $0) }.map(Self.compileTrust)
        let entry = Declared(
            policies: PrincipalPolicies(identityPolicies: identity, permissionBoundary: boundary),
            trust: trust
        )
        declared.withLock { $0[record.arn] = entry }
    }

    /// Forgets a principal.
    func remove(_ record: PrincipalRecord) {
        declared.withLock { $0[record.arn] = nil }
    }

    /// A trust policy names no resource, for it is about its own role; decisions want one.
    private static func compileTrust(_ document: PolicyDocument) -> CompiledPolicy {
        let statements = document.statements.map { statement in
            PolicyStatement(
                effect: statement.effect,
                principal: statement.principal,
                action: statement.action,
                resource: MatchElement(["*"]),
                condition: statement.condition
            )
        }
        return CompiledPolicy(PolicyDocument(version: document.version, id: document.id, statements: statements))
    }
}
