// SPDX-License-Identifier: Apache-2.0

package import AWSWire

/// A request as the HTTP layer hands it over: nothing interpreted, nothing dropped.
package struct WireRequest: Sendable {
    /// The request with all that a signature covers.
    package let signable: SignableRequest

    /// Makes a request.
    package init(_ signable: SignableRequest) {
        self.signable = signable
    }

    /// The first value of a header, by its lower-case name.
    func header(_ name: String) -> String? {
        signable.headers.first { $0.name == name }?.value
    }
}

/// An answer for the HTTP layer.
package struct WireResponse: Sendable {
    /// The HTTP status.
    package let status: Int
    /// Header names in lower case and their values.
    package let headers: [(name: String, value: String)]
    /// The body.
    package let body: [UInt8]
}
