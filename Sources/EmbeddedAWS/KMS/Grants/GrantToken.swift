// SPDX-License-Identifier: Apache-2.0

import AWSWire
import CoreValues

/// A text that stands for one grant, sealed under the root key so that nobody else can make one.
///
/// Each has a nonce of its own, so that two tokens for one grant differ. Grants are in force at once here, so that a
/// token never gives more than its grant does; one whose grant has ended gives nothing.
struct GrantToken {
    /// The grant's key.
    let keyID: KeyID
    /// The grant.
    let grantID: String

    /// The longest token that requests may bring, in UTF-16 code units.
    static let maxLength = 8192
    /// How many tokens a request may bring.
    static let maxCount = 10

    /// The token as text.
    func text(_ rootKey: RootKey, random: any RandomSource) throws(AWSError) -> String {
        var bytes: [UInt8] = []
        keyID.append(to: &bytes)
        bytes.append(contentsOf: grantID.utf8)
        do {
            return Base64.encode(try rootKey.seal(bytes, for: .grantToken, authenticating: [], random: random))
        } catch {
            throw KMSError.internalFault
        }
    }

    /// Reads a token.
    init(_ text: String, _ rootKey: RootKey, member: String) throws(AWSError) {
        try MemberConstraint.length(text, of: member, in: 1...Self.maxLength)
        guard let sealed = Base64.decode(text),
            let bytes = try? rootKey.open(sealed, for: .grantToken, authenticating: []),
            let keyID = KeyID(bytes: bytes.prefix(KeyID.byteCount))
        else { throw KMSError.invalidGrantToken }
        self.init(keyID: keyID, grantID: String(decoding: bytes.dropFirst(KeyID.byteCount), as: UTF8.self))
    }

    init(keyID: KeyID, grantID: String) {
        self.keyID = keyID
        self.grantID = grantID
    }
}

extension KMSError {
    static var invalidGrantToken: AWSError {
        AWSError("InvalidGrantTokenException", "the grant token is none that CreateGrant returned")
    }

    static func grantNotFound(_ id: String) -> AWSError {
        AWSError("NotFoundException", "Grant ID \(id) not found")
    }
}

extension KMSEngine {
    /// Refuses tokens that aren't ours.
    func checkGrantTokens(_ tokens: [String]) throws(AWSError) {
        guard !tokens.isEmpty else { return }
        try MemberConstraint.count(tokens.count, of: "grantTokens", in: 0...GrantToken.maxCount)
        for (index, token) in tokens.enumerated() {
            _ = try GrantToken(token, rootKey, member: "grantTokens.\(index + 1).member")
        }
    }
}
