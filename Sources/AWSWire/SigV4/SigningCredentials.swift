// SPDX-License-Identifier: Apache-2.0

/// An access key with its secret, and the session token that belongs to temporary ones.
package struct SigningCredentials: Sendable, CustomStringConvertible, CustomDebugStringConvertible {
    /// The public half, which travels in the request.
    package let accessKeyID: String
    /// The secret half, which never does.
    package let secretAccessKey: String
    /// The token of temporary credentials, `nil` for long-lived keys.
    package let sessionToken: String?

    /// Makes credentials.
    package init(accessKeyID: String, secretAccessKey: String, sessionToken: String? = nil) {
        self.accessKeyID = accessKeyID
        self.secretAccessKey = secretAccessKey
        self.sessionToken = sessionToken
    }

    /// The access key id; the secret and the token are left out.
    package var description: String {
        "credentials of \(accessKeyID)"
    }

    /// The same as ``description``, so that no debugger output shows secrets either.
    package var debugDescription: String {
        description
    }
}
