// SPDX-License-Identifier: Apache-2.0

import AccessPolicy
import Logging

/// What the command line says about the server.
struct ServerSettings {
    /// The address to listen on.
    let host: String
    /// The port to listen on.
    let port: Int
    /// The account and region of the embedded AWS.
    let identity: AccountSettings
    /// The key policy statements to render whatever the change types say.
    let statements: KeyPolicy.Rendering?
    /// How much to log.
    let logLevel: Logger.Level

    /// The URL clients on this machine use.
    var endpoint: String {
        let name = host == "0.0.0.0" ? "127.0.0.1" : host == "::" ? "[::1]" : host.contains(":") ? "[\(host)]" : host
        return "http://\(name):\(port)"
    }
}
