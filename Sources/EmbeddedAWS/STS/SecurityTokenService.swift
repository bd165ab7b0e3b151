// SPDX-License-Identifier: Apache-2.0

package import AWSWire
import AccessPolicy
package import CoreValues

/// The embedded STS: sessions of the account's roles.
///
/// An administrator may assume any role of the account; a role that was never declared has no policies of its own, so
/// that only key policies and grants speak for its sessions. Source: STS API reference, AssumeRole.
package struct SecurityTokenService: Sendable {
    /// How long a session may last, in seconds.
    static let durationRange = 900...43_200
    /// How long it lasts unless the request says otherwise.
    package static let standardDuration = 3_600

    private let account: AccountID
    private let authority: CredentialAuthority
    private let registry: PrincipalRegistry
    private let random: any RandomSource

    /// Makes the service.
    package init(
        account: AccountID,
        authority: CredentialAuthority,
        registry: PrincipalRegistry,
        random: any RandomSource
    ) {
        self.account = account
        self.authority = authority
        self.registry = registry
        self.random = random
    }

    /// What AssumeRole asks for.
    package struct AssumeRoleInput: Sendable, Hashable {
        /// The role.
        package let roleARN: String
        /// What the session is called, 2 to 64 characters.
        package let sessionName: String
        /// How long it lasts, 900 to 43,200 seconds.
        package let durationSeconds: Int

        /// Makes an input.
        package init(roleARN: String, sessionName: String, durationSeconds: Int = standardDuration) {
            self.roleARN = roleARN
            self.sessionName = sessionName
            self.durationSeconds = durationSeconds
        }
    }

    /// A new session.
    package struct Session: Sendable {
        /// What its requests are signed with.
        package let credentials: SigningCredentials
        /// When that ends.
        package let expiresAt: Timestamp
        /// Who it is.
        package let caller: CallerIdentity
    }

    /// Starts a session of a role.
    /// - Throws: AWSError `ValidationError` for a bad input, `AccessDenied` when the caller may not.
    package func assumeRole(
        _ input: AssumeRoleInput,
        by caller: CallerIdentity,
        at now: Timestamp
    ) throws -> Session {
        try check(input)
        guard let role = ARN(parsing: input.roleARN), role.accountID == account,
            let session = CallerIdentity(roleARN: role, sessionName: input.sessionName),
            mayAssume(role, caller)
        else {
            throw AWSError(
                "AccessDenied",
                "User: \(caller.arn) is not authorized to perform: sts:AssumeRole on resource: \(input.roleARN)",
                status: 403
            )
        }
        let expiresAt = now.advanced(bySeconds: Int64(input.durationSeconds))
        let credentials = try authority.issueSession(
            RoleSession(roleARN: role, sessionName: input.sessionName, expiresAt: expiresAt),
            random: random
        )
        return Session(credentials: credentials, expiresAt: expiresAt, caller: session)
    }

    /// Whether a caller may assume a role: as its trust policy and the caller's own policies say, where the role was
    /// declared with one; administrators may assume any role.
    private func mayAssume(_ role: ARN, _ caller: CallerIdentity) -> Bool {
        let own = registry.policies(of: caller)
        let request = AuthorizationRequest(
            caller: caller,
            action: ServiceAction("sts:AssumeRole"),
            resource: role.description,
            resourceAccount: account
        )
        var policies = PolicySet(
            identityPolicies: own.identityPolicies,
            permissionBoundaries: own.permissionBoundary.map { [$0] },
            sessionPolicies: own.sessionPolicies
        )
        let byOwnPolicies = Authorizer(policies: policies).authorize(request).verdict
        guard let trust = registry.trustPolicy(of: role) else { return byOwnPolicies == .allowed }
        policies.resourcePolicy = trust
        let withTrust = Authorizer(policies: policies).authorize(request).verdict
        return withTrust == .allowed || withTrust != .explicitlyDenied && byOwnPolicies == .allowed
    }

    private func check(_ input: AssumeRoleInput) throws(AWSError) {
        guard input.roleARN.hasPrefix("arn:"), ARN(parsing: input.roleARN) != nil else {
            throw AWSError("ValidationError", "\(input.roleARN) is invalid")
        }
        let isPlain = input.sessionName.utf8.allSatisfy { byte in
            switch byte {
            case 48...57, 65...90, 97...122: true
            default: Array("_+=,.@-".utf8).contains(byte)
            }
        }
        guard isPlain, (2...64).contains(input.sessionName.utf8.count) else {
            throw violation(
                input.sessionName,
                "roleSessionName",
                "satisfy regular expression pattern: [\\w+=,.@-]{2,64}"
            )
        }
        guard Self.durationRange.contains(input.durationSeconds) else {
            let bound =
                input.durationSeconds < Self.durationRange.lowerBound
                ? "greater than or equal to \(Self.durationRange.lowerBound)"
                : "less than or equal to \(Self.durationRange.upperBound)"
            throw violation(String(input.durationSeconds), "durationSeconds", "have value \(bound)")
        }
    }

    private func violation(_ value: String, _ member: String, _ constraint: String) -> AWSError {
        AWSError(
            "ValidationError",
            "1 validation error detected: Value '\(value)' at '\(member)' failed to satisfy constraint: Member must "
                + constraint
        )
    }
}
