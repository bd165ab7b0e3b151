// SPDX-License-Identifier: Apache-2.0

package import CoreValues
package import Logging

/// What the dispatcher knows about a request by the time an operation runs.
package struct RequestContext: Sendable {
    /// Who signed the request.
    package let caller: CallerIdentity
    /// The AWS service that calls on the caller's behalf, as an administrator's request simulates it.
    package let viaService: String?
    /// The request id that the answer carries.
    package let requestID: String
    /// When the request arrived.
    package let now: Timestamp
    /// The region of the credential scope.
    package let region: String
    /// A logger that names the request.
    package let logger: Logger

    /// Makes a context.
    package init(
        caller: CallerIdentity,
        viaService: String? = nil,
        requestID: String,
        now: Timestamp,
        region: String,
        logger: Logger
    ) {
        self.caller = caller
        self.viaService = viaService
        self.requestID = requestID
        self.now = now
        self.region = region
        self.logger = logger
    }
}
