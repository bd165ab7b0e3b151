// SPDX-License-Identifier: Apache-2.0

package import CoreValues

/// Who calls KMS, with the policies that speak for them.
package struct KMSCaller: Sendable {
    /// Who signed the request.
    package let identity: CallerIdentity
    /// The policies of the caller's user, role and session.
    package let policies: PrincipalPolicies
    /// The endpoint of the AWS service that calls on the caller's behalf, such as `ec2.us-east-1.amazonaws.com`.
    package let viaService: String?
    /// The services that the request came through, such as `cloudformation.amazonaws.com`.
    package let calledVia: [String]

    /// Makes a caller; a direct one unless said otherwise.
    package init(
        _ identity: CallerIdentity,
        policies: PrincipalPolicies,
        viaService: String? = nil,
        calledVia: [String] = []
    ) {
        self.identity = identity
        self.policies = policies
        self.viaService = viaService
        self.calledVia = calledVia
    }
}

/// One call: who makes it and when.
package struct KMSCall: Sendable {
    /// Who calls.
    package let caller: KMSCaller
    /// The present moment.
    package let now: Timestamp

    /// Makes a call.
    package init(_ caller: KMSCaller, at now: Timestamp) {
        self.caller = caller
        self.now = now
    }
}

/// What an operation decided: the changes to apply and what to answer.
package struct KMSOutcome<Result: Sendable>: Sendable {
    /// The changes, none for an operation that only looks.
    package let changes: [KMSMutation]
    /// The answer.
    package let result: Result

    /// Makes an outcome.
    init(_ result: Result, changes: [KMSMutation] = []) {
        self.changes = changes
        self.result = result
    }
}
