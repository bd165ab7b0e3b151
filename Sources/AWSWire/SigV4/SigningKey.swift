// SPDX-License-Identifier: Apache-2.0

import Crypto

/// The key that signs within one scope; source: IAM user guide, "Create a signed AWS API request", step 4.
enum SigningKey {
    /// The key that the derivation starts from.
    static func secret(_ secretAccessKey: String) -> SymmetricKey {
        var bytes = Array("AWS4".utf8)
        bytes.append(contentsOf: secretAccessKey.utf8)
        return SymmetricKey(data: bytes)
    }

    /// The signing key of a scope.
    static func derive(_ secret: SymmetricKey, scope: CredentialScope) -> SymmetricKey {
        var key = secret
        for step in [scope.date, scope.region, scope.service, CredentialScope.terminator] {
            key = SymmetricKey(data: HMAC<SHA256>.authenticationCode(for: Array(step.utf8), using: key))
        }
        return key
    }

    /// The signature, 64 lower-case hexadecimal digits, over a canonical request's hash.
    static func signature(
        _ key: SymmetricKey,
        time: String,
        scope: CredentialScope,
        canonicalRequest: SHA256.Digest
    ) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(192)
        for line in [SigV4Authorization.algorithm, time] {
            bytes.append(contentsOf: line.utf8)
            bytes.append(0x0A)
        }
        for part in [scope.date, scope.region, scope.service] {
            bytes.append(contentsOf: part.utf8)
            bytes.append(UInt8(ascii: "/"))
        }
        bytes.append(contentsOf: CredentialScope.terminator.utf8)
        bytes.append(0x0A)
        appendHex(canonicalRequest, to: &bytes)
        var signature: [UInt8] = []
        signature.reserveCapacity(64)
        appendHex(HMAC<SHA256>.authenticationCode(for: bytes, using: key), to: &signature)
        return signature
    }

    /// The hash of a body, as the payload line of a canonical request has it.
    static func payloadHash(_ body: [UInt8]) -> String {
        var text: [UInt8] = []
        text.reserveCapacity(64)
        appendHex(SHA256.hash(data: body), to: &text)
        return String(decoding: text, as: UTF8.self)
    }

    private static func appendHex(_ bytes: some Sequence<UInt8>, to text: inout [UInt8]) {
        for byte in bytes {
            text.append(hexDigit(byte >> 4))
            text.append(hexDigit(byte & 15))
        }
    }

    private static func hexDigit(_ value: UInt8) -> UInt8 {
        value < 10 ? 0x30 + value : 0x57 + value
    }
}
