// SPDX-License-Identifier: Apache-2.0

/// An HTTP request as far as Signature Version 4 looks at it.
///
/// Nothing is decoded or reordered: what a signature covers are the bytes on the wire.
package struct SignableRequest: Sendable {
    /// The method as on the request line.
    package let method: String
    /// The path as on the request line, still percent-encoded.
    package let path: String
    /// The query as on the request line, without its question mark; empty when there is none.
    package let query: String
    /// The header fields in their order, repeated ones repeated.
    ///
    /// A server that takes the host out of the fields (HTTP/2's `:authority`) puts it back as `host`.
    package let headers: [(name: String, value: String)]
    /// The body.
    package let body: [UInt8]

    /// Takes a request apart from its line, fields and body.
    package init(
        method: String,
        path: String,
        query: String = "",
        headers: [(name: String, value: String)],
        body: [UInt8] = []
    ) {
        self.method = method
        self.path = path
        self.query = query
        self.headers = headers
        self.body = body
    }
}

extension SignableRequest {
    /// The values of a header field, in order; `name` in lower case.
    func values(of name: String) -> [String] {
        var values: [String] = []
        for header in headers where Self.matches(header.name, lowercased: name) {
            values.append(header.value)
        }
        return values
    }

    /// The same request with other fields or another query.
    func with(headers: [(name: String, value: String)]? = nil, query: String? = nil) -> SignableRequest {
        SignableRequest(
            method: method,
            path: path,
            query: query ?? self.query,
            headers: headers ?? self.headers,
            body: body
        )
    }

    /// Whether a field name is `lowercased` in any case.
    static func matches(_ name: String, lowercased: some StringProtocol) -> Bool {
        guard name.utf8.count == lowercased.utf8.count else { return false }
        for (byte, expected) in zip(name.utf8, lowercased.utf8) where byte != expected {
            guard (0x41...0x5A).contains(byte), byte | 0x20 == expected else { return false }
        }
        return true
    }
}
